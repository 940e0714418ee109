// A log of section 6 and pages of section 9 of docs/protocol.md: one to show, and one to follow.

import { sign, verify } from 'node:crypto';
import { digestOf, type Jwk, type Key, sha256 } from './signed.ts';

const hashLeaf = (entry: Uint8Array) => sha256(Buffer.of(0), entry);
const hashNode = (left: Uint8Array, right: Uint8Array) => sha256(Buffer.of(1), left, right);

/** The root of these leaf hashes (RFC 6962 §2.1). */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return leaves[0]!;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return hashNode(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

/** The subtrees that cover `[from, to)`. */
function cover(from: number, to: number): { start: number; end: number }[] {
  const subtrees = [];
  for (let at = from; at < to; ) {
    let width = 1;
    while (at % (2 * width) === 0 && at + 2 * width <= to) width *= 2;
    subtrees.push({ start: at, end: at + width });
    at += width;
  }
  return subtrees;
}

function noteKeyId(name: string, { x }: Jwk): Buffer {
  return sha256(`${name}\n`, Buffer.of(1), Buffer.from(x, 'base64url')).subarray(0, 4);
}

export class ShownLog {
  readonly entries: Buffer[] = [];
  readonly records = new Map<number, string>();
  readonly name: string;
  readonly #key: Key;

  constructor(name: string, key: Key) {
    this.name = name;
    this.#key = key;
  }

  /** @param presentation what the peer is given of it; absent for what is no record */
  add(entry: string, presentation?: string): void {
    if (presentation !== undefined) this.records.set(this.entries.length, presentation);
    this.entries.push(Buffer.from(entry, 'base64url'));
  }

  checkpoint(): string {
    const text = `${this.name}\n${this.entries.length}\n${rootOf(this.entries.map(hashLeaf)).toString('base64')}\n`;
    const signature = sign(null, Buffer.from(text), this.#key.private);
    const line = Buffer.concat([noteKeyId(this.name, this.#key.jwk), signature]).toString('base64');
    return `${text}\n— ${this.name} ${line}\n`;
  }

  /** What stands behind `after`, up to so many records. */
  page(asked: { after: number; late: number; limit: number }, about: { day: string; terms: string }) {
    const leaves = this.entries.map(hashLeaf);
    const { after, late, limit } = asked;
    const waiting = [...this.records].filter(([index]) => index >= after);
    const next = waiting.length > limit ? waiting[limit]![0] : leaves.length;
    const items: unknown[] = [];
    const gap = (from: number, to: number) => {
      const hashes = cover(from, to).map(({ start, end }) => rootOf(leaves.slice(start, end)).toString('base64url'));
      if (from < to) items.push({ gap: { to, hashes } });
    };
    let at = after;
    for (const [index, record] of waiting.slice(0, limit)) {
      gap(at, index);
      items.push({ record });
      at = index + 1;
    }
    gap(at, next);
    const proof = next === 0 || next === leaves.length ? [] : prove(next, leaves, true);
    const consistency = proof.map((hash) => hash.toString('base64url'));
    const span = { log: this.name, after, next, ...about };
    return { ...span, items, checkpoint: this.checkpoint(), consistency, late: [], late_next: late };
  }
}

/** RFC 6962 §2.1.2: that the first `size` of these leaves are the beginning of all of them. */
function prove(size: number, leaves: readonly Buffer[], isWhole: boolean): Buffer[] {
  if (size === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  if (size <= half) return [...prove(size, left, isWhole), rootOf(right)];
  return [...prove(size - half, right, false), rootOf(left)];
}

type Item = { record: string } | { gap: { to: number; hashes: string[] } };
type Late = { number: number; index: number; record: string; proof: string[]; rule: string };
export type Page = {
  log: string;
  after: number;
  next: number;
  day: string;
  terms: string;
  items: Item[];
  checkpoint: string;
  late: Late[];
  late_next: number;
};

/** Where one is in a peer's log. */
export class FollowedLog {
  after = 0;
  late = 0;
  #hashes: Buffer[] = [];
  readonly #name: string;
  readonly #key: Jwk;

  constructor(name: string, key: Jwk) {
    this.#name = name;
    this.#key = key;
  }

  /** The records of a page, late ones with their number.
   *  @throws Error when it does not lead to its root; then nothing has moved */
  take(page: Page): { record: string; late?: number }[] {
    const { size, root } = this.#read(page.checkpoint);
    const before = { after: this.after, hashes: [...this.#hashes] };
    try {
      if (page.log !== this.#name || page.after !== this.after) throw new Error('another page than was asked for');
      for (const item of page.items) {
        if ('record' in item) this.#append(entryHash(item.record), 1);
        else this.#skip(item.gap);
      }
      if (this.after !== page.next || size !== page.next) throw new Error('it does not end where it says');
      const folded = this.#hashes.reduceRight((right, left) => hashNode(left, right));
      if (!folded.equals(root)) throw new Error('its root is another');
      for (const one of page.late) proveInclusion(one, size, root);
    } catch (error) {
      [this.after, this.#hashes] = [before.after, before.hashes];
      throw error;
    }
    this.late = page.late_next;
    const items = page.items.flatMap((item) => ('record' in item ? [{ record: item.record }] : []));
    return [...items, ...page.late.map(({ record, number }) => ({ record, late: number }))];
  }

  #skip({ to, hashes }: { to: number; hashes: string[] }): void {
    const subtrees = cover(this.after, to);
    if (subtrees.length !== hashes.length) throw new Error('a gap has another number of hashes');
    for (const [at, { start, end }] of subtrees.entries())
      this.#append(Buffer.from(hashes[at]!, 'base64url'), end - start);
  }

  #append(subtree: Buffer, width: number): void {
    let hash = subtree;
    for (let at = this.after / width; at % 2 === 1; at = (at - 1) / 2) hash = hashNode(this.#hashes.pop()!, hash);
    this.#hashes.push(hash);
    this.after += width;
  }

  #read(note: string): { size: number; root: Buffer } {
    const [text = '', signatures = ''] = note.split('\n\n');
    const [name, size, root = ''] = text.split('\n');
    const line = signatures.split('\n').find((one) => one.startsWith(`— ${this.#name} `)) ?? '';
    const signed = Buffer.from(line.split(' ')[2] ?? '', 'base64');
    const key = { key: this.#key, format: 'jwk' } as const;
    const isOurs = name === this.#name && signed.subarray(0, 4).equals(noteKeyId(this.#name, this.#key));
    if (!isOurs || !verify(null, Buffer.from(`${text}\n`), key, signed.subarray(4)))
      throw new Error('the checkpoint is not signed by the log');
    return { size: Number(size), root: Buffer.from(root, 'base64') };
  }
}

function entryHash(record: string): Buffer {
  return hashLeaf(Buffer.from(digestOf('detente+sd-jwt', record), 'base64url'));
}

/** RFC 9162 §2.1.3.2. */
function proveInclusion({ index, record, proof }: Late, size: number, root: Buffer): void {
  let [at, last, hash] = [index, size - 1, entryHash(record)];
  for (const text of proof) {
    const other = Buffer.from(text, 'base64url');
    if (at % 2 === 1 || at === last) {
      hash = hashNode(other, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = hashNode(hash, other);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  if (last !== 0 || !hash.equals(root)) throw new Error('a late item is not in the log');
}
