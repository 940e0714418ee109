// Signed versions on their way to border: rows at home and in `outgoing`, cut to what anybody is granted.

import {
  foldGrants,
  type GrantRow,
  type Grants,
  grantedLevel,
  LATER_VERSION,
  warningLevel,
  wasEverGiven,
} from '@detente/reciprocity';
import type { Level } from '@detente/record';
import type { Transaction } from '@detente/store/database';
import {
  type GrantLine,
  insertRecords,
  type NewOutgoing,
  type OutgoingBody,
  type PlacedRecord,
  readGrants,
  storeGrants,
  writeOutgoings,
} from '@detente/store/worker';
import { factsOf, outgoingRecord } from './outgoing-record.ts';
import type { NewVersion } from './versions.ts';

/** @param origins peers that are not expelled
 *  @returns what border will hold of them, as `readPlacedRecords` reads it */
export async function sendVersions(
  tx: Transaction,
  versions: readonly NewVersion[],
  origins: readonly string[],
): Promise<BorderRow[]> {
  if (versions.length === 0) return [];
  const peers = await readPeerGrants(tx, origins);
  const records = versions
    .filter(({ row }) => !row.edition)
    .map((version) => {
      const { level, lines } = grantedOf(peers, version);
      return { version, level, lines, body: outgoingRecord(version.row, level, version.before?.digest ?? null, lines) };
    });
  const editions = versions.filter(({ row }) => row.edition).map((version) => ({ version, body: editionOf(version) }));
  await insertRecords(tx, [
    ...records.map(({ version: { row }, level }) => ({ ...row, border_level: level })),
    ...editions.map(({ version }) => version.row),
  ]);
  const numbers = await writeOutgoings(tx, [
    ...records.map(({ body }): NewOutgoing => ({ kind: 'record', body })),
    ...editions.map(({ body }): NewOutgoing => ({ kind: 'edition', body })),
    ...records.flatMap(({ version }) => warningsOf(peers, version)),
  ]);
  for (const [at, { lines }] of records.entries()) if (lines.length > 0) await storeGrants(tx, numbers[at]!, lines);
  return [...records.flatMap(({ body }) => rowOfRecord(body)), ...editions.map(({ body }) => rowOfEdition(body))];
}

type BorderRow = Omit<PlacedRecord, 'place'>;

const unsaid = { fields: null, lengths: null, cell: null, least: null, tlp: null, retracted: null, exercise: null };

/** None where nobody is granted anything: then border has the leaf alone. */
function rowOfRecord({ digest, record_id: id, tick, body, lengths, cell, least }: OutgoingBody['record']): BorderRow[] {
  return body === null ? [] : [{ ...unsaid, digest, id, tick, token: body, lengths, cell, least }];
}

function rowOfEdition({ digest, id, tick, token, fields, retracted, exercise }: OutgoingBody['edition']): BorderRow {
  return { ...unsaid, digest, id, tick, token, fields, retracted, exercise };
}

type PeerGrants = { peer: string; rows: GrantRow[]; grants: Grants };

async function readPeerGrants(tx: Transaction, origins: readonly string[]): Promise<PeerGrants[]> {
  const all: PeerGrants[] = [];
  for (const peer of origins) {
    const rows = await readGrants(tx, peer);
    all.push({ peer, rows, grants: foldGrants(rows) });
  }
  return all;
}

/** The longest prefix that any peer is granted; and, for peers that were given the version before and are granted nothing of
 *  this one, its signed part alone, so that a correction or withdrawal reaches them. */
function grantedOf(peers: readonly PeerGrants[], { row, before }: NewVersion) {
  let highest: Level | null = null;
  const lines: GrantLine[] = [];
  for (const { peer, rows, grants } of peers) {
    let level = grantedLevel(grants, { ...factsOf(row), place: null });
    if (level === null && before !== undefined && wasEverGiven(rows, { ...factsOf(before), place: before.place })) {
      level = 0;
      const given = { cell: null, record_id: row.id, from_index: before.place ?? 0, level, terms: null };
      lines.push({ peer, ...given, rule: LATER_VERSION });
    }
    if (level !== null && (highest === null || level > highest)) highest = level;
  }
  return { level: highest, lines };
}

/** What peers are told at once of a grave version, whatever log and terms are like. A withdrawal is no warning. */
function warningsOf(peers: readonly PeerGrants[], { row }: NewVersion): NewOutgoing[] {
  const { digest, severity, retracted, token, lengths } = row;
  if (retracted) return [];
  return peers.flatMap(({ peer, grants }): NewOutgoing[] => {
    const level = warningLevel({ severity, granted: grantedLevel(grants, { ...factsOf(row), place: null }) });
    if (level === null) return [];
    return [{ kind: 'notice', body: { peer, kind: 'warning', digest, body: token.slice(0, lengths[level]) } }];
  });
}

function editionOf({ row, before, fields }: NewVersion) {
  const shown = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
  const { id, digest, tick, retracted, exercise, domain, band, severity } = row;
  return {
    ...{ id, digest, tick, retracted, exercise, domain, band, severity, after: before?.digest ?? null },
    kind: (fields.kind as string | undefined) ?? null,
    month: (fields.occurred_month as string | null | undefined) ?? null,
    fields: shown,
    token: row.token.slice(0, row.lengths[1]),
  };
}
