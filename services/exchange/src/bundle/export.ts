// A bundle for one peer: what it would have pulled and been sent, and no more.

import { signBundle } from '@detente/keys';
import { ProblemError } from '@detente/server';
import {
  keepBundleOut,
  lastDescriptors,
  nextSequence,
  type Peer,
  peerNamed,
  readBundleIn,
  readCursor,
  unsentReceipts,
  unsentStatements,
  waitingNotices,
} from '@detente/store/exchange';
import type { Exchange } from '../app.ts';
import { servePage } from '../serve-page.ts';
import { BundleFault } from './fault.ts';
import {
  type BundleContent,
  endOf,
  formatContent,
  formatFile,
  MAX_CARRIED,
  MAX_DESCRIPTORS,
  type Place,
} from './format.ts';

/** Within the budget that a receiver keeps for notices. */
const NOTICES = 100;
const RECEIPTS = 100;
const LIMIT = 1000;

export type Exporter = Pick<Exchange, 'origin' | 'border' | 'keys'>;

export type Exported = {
  text: string;
  peer: string;
  seq: number;
  statements: number;
  receipts: number;
  notices: number;
  pages: number;
  /** How far it leads in our log. */
  from: number;
  next: number;
  /** Whether there is more than it had room for. */
  more: boolean;
  /** Why it has no pages. */
  withheld: string | null;
};

/** @param name the peer's name or origin
 *  @param now milliseconds of the epoch
 *  @throws BundleFault `peer_unknown` */
export async function exportBundle(exporter: Exporter, name: string, now: number): Promise<Exported> {
  const { origin, border, keys } = exporter;
  const peer = await border.read((reader) => peerNamed(reader, name));
  if (!peer || peer.status === 'expelled')
    throw new BundleFault('peer_unknown', `no peer is called ${name}: detente peer list shows them`);
  const before = await readBefore(exporter, peer);
  const { seen, descriptors, statements, receipts, notices, start } = before;
  const carried = { statements, receipts, notices };
  const room = MAX_CARRIED - sizeOf(carried);
  const { pages, end, more, withheld } = await composePages(exporter, peer, { start, room });
  const isFull = more || receipts.length === RECEIPTS || notices.length === NOTICES;
  const content = formatContent(
    {
      bundle: 'detente/bundle/1',
      seen,
      descriptors,
      statements: statements.map(({ jws }) => ({ statement: jws })),
      receipts: receipts.map(({ jws }) => ({ receipt: jws })),
      notices: notices.map(({ kind, body }) => ({ [kind]: body })) as BundleContent['notices'],
      start,
      more: isFull,
    },
    pages,
  );
  const { seq, jws } = await border.write(async (tx) => {
    const seq = await nextSequence(tx, 'detente-bundle+jwt', peer.origin);
    await keepBundleOut(tx, { peer: peer.origin, seq }, carried);
    const made = Math.floor(now / 1000);
    const input = { iss: origin, aud: peer.origin, seq, made, content: Buffer.from(content) };
    return { seq, ...(await signBundle(input, keys.transport)) };
  });
  return {
    text: formatFile(jws, content),
    peer: peer.origin,
    seq,
    statements: statements.length,
    receipts: receipts.length,
    notices: notices.length,
    pages: pages.length,
    from: start.after,
    next: end.after,
    more: isFull,
    withheld,
  };
}

/** What is there for the peer beside pages. One that is not enrolled is shown the descriptor, as anybody is. */
async function readBefore({ border }: Exporter, { origin, status }: Peer) {
  return border.read(async (reader) => {
    const descriptors = await lastDescriptors(reader, MAX_DESCRIPTORS);
    if (descriptors.length === 0)
      throw new BundleFault('peer_unknown', 'this node has no descriptor yet: start its worker once');
    const last = await readBundleIn(reader, origin);
    const { after, late } = await readCursor(reader, origin);
    const told = { seen: { seq: last?.seq ?? 0, after, late }, descriptors };
    const start: Place = { after: last?.after ?? 0, late: last?.late ?? 0 };
    if (status === 'pending') return { ...told, start, statements: [], receipts: [], notices: [] };
    const statements = await unsentStatements(reader, origin);
    const receipts = await unsentReceipts(reader, origin, RECEIPTS);
    return { ...told, start, statements, receipts, notices: await waitingNotices(reader, origin, NOTICES) };
  });
}

function sizeOf(carried: Record<string, readonly ({ jws: string } | { body: string })[]>): number {
  const lengths = Object.values(carried).flatMap((all) => all.map((one) => ('jws' in one ? one.jws : one.body).length));
  return lengths.reduce((sum, length) => sum + length, 0);
}

type Pages = { pages: string[]; end: Place; more: boolean; withheld: string | null };

/** Pages as the feed gives them, until the checkpoint of the first is reached or there is no more room. */
async function composePages(
  { origin, border }: Exporter,
  peer: Peer,
  { start, room }: { start: Place; room: number },
): Promise<Pages> {
  const pages: string[] = [];
  let end = start;
  let left = room;
  const done = (more: boolean, withheld: string | null = null) => ({ pages, end, more, withheld });
  if (peer.status === 'pending') return done(false, 'the peer is not enrolled here yet');
  for (;;) {
    let page: { next: number; late_next: number; late: unknown[] };
    try {
      const request = { ...end, origin, peer: peer.origin, limit: LIMIT };
      page = JSON.parse(await border.write((tx) => servePage(tx, request)));
    } catch (error) {
      if (!(error instanceof ProblemError && error.code === 'unavailable')) throw error;
      return done(false, error.detail ?? 'there are no terms with the peer yet, or no checkpoint');
    }
    if (page.next === end.after && page.late.length === 0) return done(false);
    // On the wire it is ASCII; here it has the one spelling.
    const text = JSON.stringify(page);
    if (text.length > left && pages.length > 0) return done(true);
    pages.push(text);
    left -= text.length;
    end = endOf({ start, pages: [page] });
  }
}
