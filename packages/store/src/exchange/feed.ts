// What a page is made of: what the peer may have, from grants joined with presentations at read, and the tiles around it.

import type { GrantRow, InputDigests } from '@detente/reciprocity';
import type { Cell, Level } from '@detente/record';
import type { Asker, Reader, Transaction } from '../database.ts';
import { nextLate } from '../late.ts';

export type Served = { mark: number; late: number };

/** Locks the peer's served mark for the transaction: a page is composed and its mark raised under one lock with the grants. */
export async function lockServed(tx: Transaction, peer: string): Promise<Served> {
  const lock = () => tx.query<Served>('SELECT mark, late FROM served WHERE peer = $1 FOR UPDATE', [peer]);
  const [row] = await lock();
  if (row) return row;
  await tx.execute('INSERT INTO served (peer) VALUES ($1) ON CONFLICT DO NOTHING', [peer]);
  return (await lock())[0]!;
}

export async function raiseMark(tx: Transaction, peer: string, mark: number): Promise<void> {
  await tx.execute('UPDATE served SET mark = $2 WHERE peer = $1 AND mark < $2', [peer, mark]);
}

/** All grants to a peer. */
export async function readGrants(reader: Reader, peer: string): Promise<GrantRow[]> {
  return reader.query<GrantRow>(
    'SELECT number, line, cell, record_id, from_index, level, rule, terms FROM grants WHERE peer = $1',
    [peer],
  );
}

/** `inputs`: digests of the statements that they follow from; null for terms from before they were kept. */
export type PageTerms = { day: string; digest: string; inputs: InputDigests | null };

/** The terms that hold for the peer now. */
export async function readTerms(reader: Reader, peer: string): Promise<PageTerms | undefined> {
  const [row] = await reader.query<PageTerms>(
    'SELECT day, digest, inputs FROM terms WHERE peer = $1 ORDER BY number DESC LIMIT 1',
    [peer],
  );
  return row;
}

/** The newest signed checkpoint. */
export async function readCheckpoint(reader: Asker): Promise<{ size: number; note: string } | undefined> {
  const [row] = await reader.query<{ size: number; note: string }>(
    'SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1',
  );
  return row;
}

export type Presentation = {
  digest: string;
  record_id: string;
  cell: Cell;
  least: number;
  body: string;
  lengths: number[];
  place: number;
};

/** Presentations of the log's range [from, to) in cells or of records that have a grant, in order of place. What of each is
 *  granted is folded by the caller. Of what is given to nobody new, those that the peer has. */
export async function presentationsBetween(
  reader: Reader,
  range: { peer: string; from: number; to: number; limit: number },
  granted: { cells: readonly string[]; records: readonly string[] },
): Promise<Presentation[]> {
  return reader.query<Presentation>(
    `SELECT digest, record_id, cell, least, body, lengths, place FROM presentations
     WHERE place >= $1 AND place < $2
       AND (cell = ANY ($4::text[]) OR record_id = ANY ($5::uuid[])) AND (had IS NULL OR $6 = ANY (had))
     ORDER BY place LIMIT $3`,
    [range.from, range.to, range.limit, granted.cells, granted.records, range.peer],
  );
}

/** `relay`: whose record it is when it is another node's, its log, and what may be passed on of it; null for our own. */
export type LatePresentation = Presentation & {
  number: number;
  rule: string;
  relay: { log: string; level: Level | null; followed: boolean } | null;
};

/** Late items behind a number, in order. */
export async function lateBehind(
  reader: Reader,
  peer: string,
  after: number,
  limit: number,
): Promise<LatePresentation[]> {
  return reader.query<LatePresentation>(
    `SELECT number, rule, digest, record_id, cell, least, body, lengths, place, NULL::json AS relay
     FROM late_items l JOIN presentations p USING (digest)
     WHERE l.peer = $1 AND l.number > $2 AND (had IS NULL OR $1 = ANY (had))
     UNION ALL
     SELECT number, 'relayed', digest, record_id, cell, least, body, lengths, place,
       json_build_object('log', log_name, 'level', level, 'followed', followed)
     FROM relays s JOIN relayed USING (digest) JOIN peers o ON o.origin = relayed.origin
     WHERE s.peer = $1 AND s.number > $2 AND NOT EXISTS (
       SELECT FROM relayed l WHERE l.origin = relayed.origin AND l.record_id = relayed.record_id AND l.place > relayed.place)
     ORDER BY number LIMIT $3`,
    [peer, after, limit],
  );
}

/** Gives relayed items of these numbers new ones behind all others of the peer, whose mark is locked. */
export async function putOff(tx: Transaction, peer: string, numbers: readonly number[]): Promise<void> {
  const first = await nextLate(tx, peer, numbers.length);
  await tx.execute(
    `UPDATE relays SET number = $3 + ordinality - 1
     FROM unnest($2::bigint[]) WITH ORDINALITY AS n (old, ordinality) WHERE peer = $1 AND number = old`,
    [peer, numbers, first],
  );
}

/** Tiles by level and index. */
export async function readTiles(
  reader: Reader,
  ids: readonly { level: number; index: number }[],
): Promise<{ level: number; index: number; bytes: Buffer }[]> {
  if (ids.length === 0) return [];
  return reader.query(
    `SELECT level, index, hashes AS bytes FROM tiles JOIN unnest($1::smallint[], $2::bigint[]) AS t (l, i)
     ON level = l AND index = i`,
    [ids.map((id) => id.level), ids.map((id) => id.index)],
  );
}
