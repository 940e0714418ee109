// Where the log of this node is not what it signed: leaves, tiles, frontier, checkpoint, and the records that lie at their leaves.

import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { leastLevel, RecordError, type VerifiedRecord, verifyRecord } from '@detente/record';
import type { Asker, Reader } from '@detente/store/database';
import {
  type PlacedRecord,
  readKeptRecords,
  readLog,
  readLogRows,
  readPlacedRecords,
  type StoredLog,
} from '@detente/store/worker';
import {
  damageBelow,
  damageOfTail,
  damageOfTile,
  type LogDamage,
  type LogRows,
  partialTiles,
  rowsOfTail,
  TILE_WIDTH,
  TlogError,
  tilesAbove,
  verifyCheckpoint,
} from '@detente/tlog';
import type { OwnKeys } from './own-keys.ts';
import { prefixLengths } from './prefix-lengths.ts';

/** `checkpoint`: no key of ours has signed it, or not this size; `tree`: it ends before what was signed; `record`: it is not what
 *  the leaf at its place stands for. */
export type Damage = { code: LogDamage['code'] | 'checkpoint' | 'tree' | 'record'; place: number };

type RecordOfRow = Omit<PlacedRecord, 'place'>;

export type Own = { origin: string; logName: string; keys: OwnKeys };

/** Rows that are as signed, by a digest over all that they say and over the keys: the edge is looked at before each batch, and its records
 *  are verified once, and not at all while they are what this process has signed. */
export type VerifiedRows = Set<string>;

/** More than a tile of leaves has at its edge. */
const MOST_VERIFIED = 4_096;

/** What must hold before anything is appended to the log: its edge leads to the newest checkpoint, the frontier continues it, and
 *  the records at the edge are those of their leaves. */
export async function damageAtTail(
  border: Reader,
  own: Own,
  verified: VerifiedRows = new Set(),
): Promise<Damage | undefined> {
  const log = await readLog(border);
  if (!log) return undefined;
  const { size, frontier, checkpoint } = log;
  const root = checkpoint && signedRoot(checkpoint, own);
  if (checkpoint && root === undefined) return { code: 'checkpoint', place: checkpoint.size };
  if (checkpoint && checkpoint.size > size) return { code: 'tree', place: size };
  const signed = checkpoint && root && { size: checkpoint.size, root };
  const wanted = rowsOfTail({ size, signed });
  const rows = await readLogRows(border, wanted);
  const damage = damageOfTail(rows, { size, frontier, signed });
  if (damage?.code === 'root') return (await damageAbove(border, log)) ?? damage;
  const from = (wanted.bundles[0] ?? 0) * TILE_WIDTH;
  const records = await readPlacedRecords(border, from, Math.max(from, size));
  return damage ?? damageOfRecords(rows, records, (row) => isVerified(row, own, verified));
}

function signedRoot({ size, note }: NonNullable<StoredLog['checkpoint']>, { logName, keys }: Own): Buffer | undefined {
  try {
    const signed = verifyCheckpoint(note, { name: logName, publicKey: keys.log });
    return signed.size === size ? signed.root : undefined;
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}

/** Where the hashes at the edge differ from the tiles below them, the first of all leaves. */
async function damageAbove(border: Reader, { size }: StoredLog): Promise<Damage | undefined> {
  const found: Damage[] = [];
  for (const edge of partialTiles(size).filter(({ level }) => level > 0)) {
    const below = Array.from({ length: edge.width }, (_, i) => edge.index * TILE_WIDTH + i);
    const tiles = [edge, ...below.map((index) => ({ level: edge.level - 1, index }))];
    const damage = damageBelow(await readLogRows(border, { tiles, bundles: [] }), edge);
    if (damage) found.push(damage);
  }
  return found.toSorted((a, b) => a.place - b.place)[0];
}

/** The first damage in so many tiles of leaves from one on, and in the records at their leaves: those that border gives away, and
 *  those at home that they are cut from.
 *  @param above whether all full tiles above are looked at too, see `damageOfTile` */
export async function damageInTiles(
  { border, home }: { border: Reader; home: Asker },
  own: Own,
  at: { first: number; count: number; above: boolean },
): Promise<Damage | undefined> {
  const log = await readLog(border);
  const size = log?.size ?? 0;
  const end = Math.min(at.first + at.count, Math.ceil(size / TILE_WIDTH));
  const bundles = Array.from({ length: Math.max(0, end - at.first) }, (_, i) => at.first + i);
  const rows = await readLogRows(border, { tiles: bundles.flatMap((index) => tilesAbove(index, size)), bundles });
  for (const index of bundles) {
    const damage = damageOfTile(rows, index, size, at.above);
    if (damage) return damage;
  }
  const isSigned = (row: PlacedRecord) => isAsSigned(row, own);
  const [from, to] = [at.first * TILE_WIDTH, Math.min(end * TILE_WIDTH, size)];
  return (
    damageOfRecords(rows, await readPlacedRecords(border, from, end * TILE_WIDTH), isSigned) ??
    damageOfRecords(rows, await readKeptRecords(home, from, to), isSigned)
  );
}

function damageOfRecords(
  rows: LogRows,
  records: readonly PlacedRecord[],
  isSigned: (row: PlacedRecord) => boolean,
): Damage | undefined {
  const damaged = records.find((record) => !isOfItsLeaf(rows, record) || !isSigned(record));
  return damaged && { code: 'record', place: damaged.place };
}

function isOfItsLeaf(rows: LogRows, { digest, place }: PlacedRecord): boolean {
  const at = (place % TILE_WIDTH) * ENTRY_SIZE + 2;
  const leaf = rows.bundle(Math.floor(place / TILE_WIDTH))?.subarray(at, at + 32);
  return leaf !== undefined && Buffer.from(leaf).toString('base64url') === digest;
}

const ENTRY_SIZE = 34;

function isVerified(row: PlacedRecord, own: Own, verified: VerifiedRows): boolean {
  const digest = digestOf(row, own);
  if (verified.has(digest)) return true;
  if (!isAsSigned(row, own)) return false;
  keep(verified, digest);
  return true;
}

/** Rows as border will have them of records that this process has signed: while they say the same, they need not be verified. */
export function keepSigned(
  verified: VerifiedRows,
  own: Pick<Own, 'origin' | 'keys'>,
  rows: readonly RecordOfRow[],
): void {
  for (const row of rows) keep(verified, digestOf(row, own));
}

function keep(verified: VerifiedRows, digest: string): void {
  if (verified.size >= MOST_VERIFIED) verified.clear();
  verified.add(digest);
}

/** Over all that a row says, in an order that is not the database's. */
function digestOf(row: RecordOfRow, { origin, keys }: Pick<Own, 'origin' | 'keys'>): string {
  const { digest, token, id, tick, fields, lengths, cell, least, tlp, retracted, exercise } = row;
  const shown = fields && Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const said = [digest, token, id, tick, shown, lengths, cell, least, tlp, retracted, exercise];
  return hash('sha256', JSON.stringify([origin, keys.recordKids, said]), 'base64url');
}

/** Signature and disclosures too, which the digest does not cover, and what the row says beside them: where the token is cut, and
 *  what grants are asked about. */
export function isAsSigned(row: RecordOfRow, { origin, keys }: Pick<Own, 'origin' | 'keys'>): boolean {
  try {
    return isOf(row, verifyRecord(row.token, { iss: origin, keyFor: keys.recordKey }));
  } catch (error) {
    if (error instanceof RecordError) return false;
    throw error;
  }
}

function isOf(row: RecordOfRow, record: VerifiedRecord): boolean {
  const said = {
    ...{ id: record.id, tick: record.tick, digest: record.digest, tlp: record.tlp, least: leastLevel(record.tlp) },
    ...{ retracted: record.retracted, exercise: record.exercise, fields: shownOf(record.fields) },
    lengths: prefixLengths(record.type, row.token, record.level),
    // Without its first tier, and in a withdrawal, a record does not say its cell.
    cell: record.level === 0 || record.retracted ? row.cell : record.cell,
  };
  return Object.entries(said).every(([name, value]) => {
    const kept = row[name as keyof typeof said];
    return kept === null || isDeepStrictEqual(kept, value);
  });
}

/** The fields of a public edition, as they are kept beside it. */
function shownOf(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** For the officer, with what to do. */
export function sentenceOf({ code, place }: Damage): string {
  return `${sentences[code](place)} Nothing is appended or signed until the rows are as they were: put them back from a copy.`;
}

const sentences: Record<Damage['code'], (place: number) => string> = {
  entry: (place) => `Leaf ${place} of the log is not the one that was signed, or its hash in the tile is not.`,
  tile: (place) => `The tiles of the log do not fit one another from leaf ${place} on.`,
  root: () => 'The tiles of the log do not lead to the root that was signed last.',
  frontier: (place) => `The frontier of the log does not fit its tiles from leaf ${place} on.`,
  checkpoint: (place) => `The checkpoint of ${place} leaves is not signed by the log key of this node.`,
  tree: (place) => `The log ends at leaf ${place}, and a larger one was signed.`,
  record: (place) => `The record at leaf ${place} of the log is not the one that was signed.`,
};
