// What a node's worker would do in border, as little of it as the exchange needs: keys and peers, records, log, grants.

import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  descriptorKeys,
  type KeyRing,
  loadKeys,
  logNameOf,
  type PublicKeys,
  type PublishedPurpose,
  type Revocation,
  readPublicKeys,
  rotateKeys,
  signDescriptor,
  signStatement,
  thumbprint,
  verifyDescriptor,
  witnessNameOf,
} from '@detente/keys';
import { cellOf, type IssuedRecord, issueRecord, type Level, leastLevel, type Tlp } from '@detente/record';
import {
  appendBatch,
  emptyFrontier,
  type Frontier,
  formatFrontier,
  partialTiles,
  planBatch,
  signCheckpoint,
} from '@detente/tlog';
import type pg from 'pg';

export const today = () => new Date().toISOString().slice(0, 10);
const BATCH = 16;

export type Released = IssuedRecord & { id: string; place: number };
export type Fields = Record<string, unknown>;

export class BorderWorker {
  readonly origin: string;
  keys: KeyRing;
  publicKeys: PublicKeys;
  readonly border: pg.Client;
  #frontier: Frontier = emptyFrontier();
  #tiles = new Map<string, Buffer>();
  #bundles = new Map<number, Buffer>();
  #pending: { digest: string; released: Released }[] = [];
  #number = 0;
  #tick = 0;
  #seq = 0;
  #described = 0;
  #revoked: Revocation[] = [];
  readonly #keysRoot: string;

  constructor(origin: string, keysRoot: string, border: pg.Client) {
    this.origin = origin;
    this.#keysRoot = keysRoot;
    this.keys = loadKeys(join(keysRoot, 'worker'));
    this.publicKeys = readPublicKeys(join(keysRoot, 'worker'));
    this.border = border;
  }

  get fingerprint(): string {
    return this.keys.signer('identity').kid;
  }

  get size(): number {
    return this.#frontier.size;
  }

  async begin(): Promise<void> {
    await this.border.query('INSERT INTO tree (batch_size) VALUES ($1)', [BATCH]);
    await this.describe();
  }

  /** Signs a descriptor of the keys as they are, and shows it. */
  async describe(): Promise<string> {
    const body = {
      keys: descriptorKeys(this.publicKeys),
      endpoints: { exchange: `${this.origin}/exchange/v1`, log: `${this.origin}/log/v1` },
      types: { incident: [1] },
      contract: randomBytes(32).toString('base64url'),
      log: logNameOf(this.origin),
      witness: witnessNameOf(this.origin),
      contact: { name: 'duty officer' },
      day: today(),
      ...(this.#revoked.length > 0 && { revoked: this.#revoked }),
    };
    const seq = ++this.#described;
    const { jws } = await signDescriptor({ iss: this.origin, seq, body }, this.keys.signer('identity'));
    await this.border.query('INSERT INTO descriptor (seq, jws) VALUES ($1, $2)', [seq, jws]);
    return jws;
  }

  /** Rotates keys and shows it. */
  async rotate(purposes: readonly PublishedPurpose[], { revoke = false } = {}): Promise<string> {
    const rotated = rotateKeys(this.#keysRoot, purposes);
    if (revoke)
      for (const { purpose, from } of rotated) this.#revoked.push({ purpose, kid: from, before: 0 } as Revocation);
    this.keys = loadKeys(join(this.#keysRoot, 'worker'));
    this.publicKeys = readPublicKeys(join(this.#keysRoot, 'worker'));
    return this.describe();
  }

  /** Adds a peer as an officer does: known by its fingerprint alone. */
  async addPeer(peer: { origin: string; fingerprint: string }): Promise<void> {
    await this.border.query('INSERT INTO peers (origin, name, fingerprint) VALUES ($1, $1, $2)', [
      peer.origin,
      peer.fingerprint,
    ]);
  }

  /** Takes in the descriptor that has landed, and keeps the one before it where its identity or log key is another. */
  async enrol(origin: string): Promise<void> {
    const { rows } = await this.border.query(
      `DELETE FROM landing l USING peers p WHERE l.peer = $1 AND p.origin = $1 AND kind = 'descriptor'
       RETURNING body, fingerprint, keys, descriptor, earlier`,
      [origin],
    );
    const { fingerprint, keys: known, descriptor, earlier } = rows[0];
    const { body } = await verifyDescriptor(rows[0].body, { origin, fingerprint, next: known.identity?.next });
    const isSame = (['identity', 'log'] as const).every((one) => thumbprint(body.keys[one].jwk) === known[one]?.kid);
    const keys = Object.entries(body.keys).map(([purpose, { jwk, next }]) => [
      purpose,
      { jwk, next, kid: thumbprint(jwk) },
    ]);
    await this.border.query(
      `UPDATE peers SET status = 'active', keys = $2, log_name = $3, descriptor = $4, earlier = $5, fingerprint = $6
       WHERE origin = $1`,
      [
        ...[origin, JSON.stringify(Object.fromEntries(keys)), body.log, rows[0].body],
        ...[descriptor === null || isSame ? earlier : [...earlier, descriptor], thumbprint(body.keys.identity.jwk)],
      ],
    );
  }

  /** Terms with a peer, without what they give. */
  async agree(peer: string, day = today()): Promise<void> {
    const [digest, offer] = [randomBytes(32), randomBytes(32)].map((bytes) => bytes.toString('base64url'));
    await this.border.query('INSERT INTO terms (peer, day, digest, number, inputs) VALUES ($1, $2, $3, $4, $5)', [
      ...[peer, day, digest, ++this.#number, [offer, null, digest, null]],
    ]);
  }

  /** A grant; what it widens below the peer's mark becomes late. */
  async grant(
    peer: string,
    what: { cell: string } | { record: string },
    level: Level | null,
    from = 0,
    rule = 'as_offered',
  ): Promise<void> {
    const cell = 'cell' in what ? what.cell : null;
    const record = 'record' in what ? what.record : null;
    await this.border.query('INSERT INTO served (peer) VALUES ($1) ON CONFLICT DO NOTHING', [peer]);
    await this.border.query('BEGIN');
    const { rows } = await this.border.query('SELECT mark, late FROM served WHERE peer = $1 FOR UPDATE', [peer]);
    await this.border.query(
      `INSERT INTO grants (number, line, peer, cell, record_id, from_index, level, rule, terms)
       VALUES ($1, 0, $2, $3, $4, $5, $6, $7, NULL)`,
      [++this.#number, peer, cell, record, from, level, rule],
    );
    const { rowCount } = await this.border.query(
      `INSERT INTO late_items (peer, number, digest, rule)
       SELECT $1, $2 + row_number() OVER (ORDER BY place), digest, 'widened' FROM presentations
       WHERE place >= $3 AND place < $4 AND (cell = $5 OR record_id = $6)`,
      [peer, rows[0].late, from, rows[0].mark, cell, record],
    );
    await this.border.query('UPDATE served SET late = late + $2 WHERE peer = $1', [peer, rowCount]);
    await this.border.query('COMMIT');
  }

  /** Signs a record and hands it to border whole, waiting for its batch. */
  async release(fields: Fields, more: { tlp?: Tlp; kid?: string } = {}): Promise<Released> {
    const { tlp = 'clear' } = more;
    const id = randomUUID();
    const part = { iss: this.origin, id, type: 'incident/1', tlp, tick: this.#tick, exercise: false, retracted: false };
    const { kid, privateKey } = this.keys.signer('record');
    const issued = issueRecord({ ...part, fields: incidentFields(fields) } as never, {
      kid: more.kid ?? kid,
      privateKey,
    });
    const released = { ...issued, id, place: -1 };
    const cell = cellOf({ type: 'incident/1', ...(fields as object) });
    await this.border.query(
      `INSERT INTO presentations (digest, record_id, cell, least, tick, body, lengths)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [issued.digest, id, cell, leastLevel(tlp), this.#tick, issued.token, issued.lengths],
    );
    this.#pending.push({ digest: issued.digest, released });
    return released;
  }

  /** One batch and its checkpoint. */
  async sequence(batchSize = BATCH): Promise<void> {
    const pending = this.#pending.splice(0, batchSize);
    const leaves = pending.map(({ digest }) => ({ leaf: Buffer.from(digest, 'base64url') }));
    const plan = planBatch({ size: this.size, batchSize, pending: leaves, random: randomBytes });
    const partial = new Set(partialTiles(this.size).map(({ level, index }) => `${level}/${index}`));
    const tileOf = (level: number, index: number) => {
      const key = `${level}/${index}`;
      return partial.has(key) ? this.#tiles.get(key) : undefined;
    };
    const at = Math.floor(this.size / 256);
    const partialBundle = this.size % 256 === 0 ? undefined : this.#bundles.get(at);
    const tree = { frontier: this.#frontier, entries: plan.entries, readPartial: tileOf, partialBundle };
    const after = appendBatch(tree);
    for (const { level, index, bytes } of after.tiles) {
      this.#tiles.set(`${level}/${index}`, Buffer.from(bytes));
      await this.border.query(
        `INSERT INTO tiles (level, index, hashes) VALUES ($1, $2, $3)
         ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes`,
        [level, index, bytes],
      );
    }
    for (const { index, bytes } of after.bundles) {
      this.#bundles.set(index, bytes);
      await this.border.query(
        `INSERT INTO entries (index, leaves) VALUES ($1, $2) ON CONFLICT (index) DO UPDATE SET leaves = excluded.leaves`,
        [index, bytes],
      );
    }
    for (const [i, { digest, released }] of pending.entries()) {
      released.place = plan.places[i]!;
      await this.border.query('UPDATE presentations SET place = $2 WHERE digest = $1', [digest, released.place]);
    }
    this.#frontier = after.frontier;
    this.#tick += 1;
    const checkpoint = { origin: logNameOf(this.origin), size: this.size, root: after.root };
    const note = signCheckpoint(checkpoint, this.keys.signer('log').privateKey);
    const frontier = formatFrontier(this.#frontier);
    await this.border.query('UPDATE tree SET size = $1, tick = tick + 1, frontier = $2', [this.size, frontier]);
    await this.border.query('INSERT INTO checkpoints (size, note) VALUES ($1, $2)', [this.size, note]);
  }

  /** Remembers the log as it is.
   *  @returns goes back to it, as a node does that was restored from a copy, or that shows somebody else another log */
  async remember(): Promise<() => Promise<void>> {
    const [frontier, tiles, bundles] = [this.#frontier, new Map(this.#tiles), new Map(this.#bundles)];
    const tables = ['tiles', 'entries', 'checkpoints', 'tree'];
    const kept = `log_${++this.#number}`;
    for (const table of tables) await this.border.query(`CREATE TABLE ${kept}_${table} AS TABLE ${table}`);
    return async () => {
      [this.#frontier, this.#tiles, this.#bundles] = [frontier, new Map(tiles), new Map(bundles)];
      await this.border.query('TRUNCATE cosignatures, checkpoints, tiles, entries, tree');
      for (const table of tables) await this.border.query(`INSERT INTO ${table} SELECT * FROM ${kept}_${table}`);
    };
  }

  /** An offer or standing for a peer, signed but not sent. */
  async sign(
    peer: string,
    typ: 'detente-offer+jwt' | 'detente-standing+jwt' | 'detente-canary+jwt',
    body: object,
    store = true,
  ): Promise<string> {
    const seq = ++this.#seq;
    const statement = { typ, iss: this.origin, aud: peer, seq, body };
    const { jws, digest } = await signStatement(statement, this.keys.signer('agency'));
    if (store)
      await this.border.query('INSERT INTO statements_out (peer, typ, seq, digest, jws) VALUES ($1, $2, $3, $4, $5)', [
        peer,
        typ,
        seq,
        digest,
        jws,
      ]);
    return jws;
  }
}

export const offer = () => ({
  gives: [{ type: 'incident', domains: ['*'], bands: ['*'], tier: 'green', condition: 'unconditional', onward: null }],
  access: [],
  obligations: [],
  waives: [],
  notice_days: 0,
  backlog: true,
  valid_from: today(),
  valid_until: null,
});
export const standing = () => ({
  standing: 'good',
  since: today(),
  reason: { code: 'enrolled', params: {} },
  overridden: false,
});

/** Fields with something in every tier. */
export function incidentFields(fields: Fields): Fields {
  return {
    kind: 'incident',
    title: 'A planner ran unapproved commands',
    summary: 'An agent of an operator issued commands that nobody had approved.',
    language: 'en',
    detected: '2026-03-04',
    root_cause: 'The approval step trusted a flag that the model itself could set.',
    narrative: 'A long account of what happened, hour by hour.',
    ...fields,
  };
}
