// The rows of the log as they lie there, for whoever checks whether they fit: nothing is parsed that may be damaged.

import type { LogRows, TileId } from '@detente/tlog';
import type { Asker, Reader } from '../database.ts';
import type { RecordRow } from './release.ts';

export type StoredLog = {
  size: number;
  frontier: Buffer;
  /** The newest checkpoint: the size that it is kept under, and the signed note. */
  checkpoint: { size: number; note: string } | undefined;
};

/** The log as it claims to be; undefined before the first start. */
export async function readLog(reader: Reader): Promise<StoredLog | undefined> {
  const [tree] = await reader.query<{ size: number; frontier: Buffer }>('SELECT size, frontier FROM tree');
  const [checkpoint] = await reader.query<{ size: number; note: string }>(
    'SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1',
  );
  return tree && { ...tree, checkpoint };
}

/** Tiles and entry bundles, as many as there are of those that are named. */
export async function readLogRows(
  reader: Reader,
  { tiles, bundles }: { tiles: readonly TileId[]; bundles: readonly number[] },
): Promise<LogRows> {
  const held = await reader.query<{ level: number; index: number; hashes: Buffer }>(
    `SELECT level, index, hashes FROM tiles
     JOIN (SELECT DISTINCT l, i FROM unnest($1::smallint[], $2::bigint[]) AS t (l, i)) t ON level = l AND index = i`,
    [tiles.map((tile) => tile.level), tiles.map((tile) => tile.index)],
  );
  const entries = await reader.query<{ index: number; leaves: Buffer }>(
    'SELECT index, leaves FROM entries WHERE index = ANY ($1::bigint[])',
    [bundles],
  );
  const hashes = new Map(held.map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
  const leaves = new Map(entries.map((bundle) => [bundle.index, bundle.leaves]));
  return { tile: (level, index) => hashes.get(`${level}/${index}`), bundle: (index) => leaves.get(index) };
}

/** A record as a row has it: a presentation for peers, a public edition with its fields as they are shown, or what is kept at home.
 *  Null is what the row does not say. */
export type PlacedRecord = {
  digest: string;
  place: number;
  token: string;
  id: string;
  tick: number;
  fields: Record<string, unknown> | null;
  /** Where the token is cut for each level. */
  lengths: number[] | null;
  cell: string | null;
  least: number | null;
  tlp: string | null;
  retracted: boolean | null;
  exercise: boolean | null;
};

/** The records of border whose place is one of [from, to), by place. */
export async function readPlacedRecords(border: Asker, from: number, to: number): Promise<PlacedRecord[]> {
  return border.query<PlacedRecord>(
    `SELECT digest, place, body AS token, record_id AS id, tick, NULL AS fields, lengths, cell, least, NULL AS tlp,
       NULL AS retracted, NULL AS exercise
     FROM presentations WHERE place >= $1 AND place < $2
     UNION ALL
     SELECT digest, place, token, id, tick, fields, NULL, NULL, NULL, NULL, retracted, exercise
     FROM editions WHERE place >= $1 AND place < $2
     ORDER BY place`,
    [from, to],
  );
}

/** The records kept at home whose place is one of [from, to), by place: what a longer prefix is cut from. */
export async function readKeptRecords(home: Asker, from: number, to: number): Promise<PlacedRecord[]> {
  const rows = await home.query<KeptRow & { place: number }>(
    `SELECT digest, place, token, id, tick, lengths, type, domain, band, tlp, retracted, exercise FROM records
     WHERE place >= $1 AND place < $2 ORDER BY place`,
    [from, to],
  );
  return rows.map((row) => ({ ...keptRecord(row), place: row.place }));
}

type KeptRow = Pick<
  RecordRow,
  'digest' | 'token' | 'id' | 'tick' | 'lengths' | 'type' | 'domain' | 'band' | 'tlp' | 'retracted' | 'exercise'
>;

/** What a row of home says of its record. */
export function keptRecord(row: KeptRow): Omit<PlacedRecord, 'place'> {
  const { digest, token, id, tick, lengths, type, domain, band, tlp, retracted, exercise } = row;
  const cell = `${type.split('/', 1)[0]}/${domain}/${band}`;
  return { digest, token, id, tick, lengths, cell, tlp, retracted, exercise, fields: null, least: null };
}

/** All descriptors of this node, as signed, newest first: they show the keys that it has had. */
export async function readOwnDescriptors(reader: Asker): Promise<string[]> {
  return (await reader.query<{ jws: string }>('SELECT jws FROM descriptor ORDER BY seq DESC')).map(({ jws }) => jws);
}
