// An outgoing row arrives in border: applied together with its number, so exactly once.

import { foldGrants, type GrantRow, type Grants, grantAt } from '@detente/reciprocity';
import { type Cell, FLOOR_SEVERITY, type Level, levelFor, parseCell, TIERS } from '@detente/record';
import type { Transaction } from '../database.ts';
import type { GrantLine, OutgoingBody, OutgoingRow } from './outgoing.ts';

/** Applies a row unless border has it already. */
export async function applyOutgoing(tx: Transaction, row: OutgoingRow): Promise<void> {
  const moved = await tx.execute('UPDATE applied SET number = $1 WHERE number < $1', [row.number]);
  if (moved !== 1) return;
  switch (row.kind) {
    case 'leaf':
      return addLeaf(tx, row.body);
    case 'record':
      return applyRecord(tx, row.number, row.body);
    case 'edition':
      return applyEdition(tx, row.body);
    case 'peer':
      return applyPeer(tx, row.body);
    case 'statement':
      return applyStatement(tx, row.body);
    case 'descriptor':
      await tx.execute('INSERT INTO descriptor (seq, jws) VALUES ($1, $2)', [row.body.seq, row.body.jws]);
      return addLeaf(tx, { leaf: row.body.digest, tick: row.body.tick, after: null });
    case 'terms':
      return applyTerms(tx, row.number, row.body);
  }
}

async function addLeaf(tx: Transaction, { leaf, tick, after }: OutgoingBody['leaf']): Promise<void> {
  await tx.execute('INSERT INTO pending_leaves (leaf, tick, after) VALUES ($1, $2, $3)', [
    Buffer.from(leaf, 'base64url'),
    tick,
    after === null ? null : Buffer.from(after, 'base64url'),
  ]);
}

async function applyRecord(tx: Transaction, number: number, body: OutgoingBody['record']): Promise<void> {
  const { digest, record_id, cell, least, tick, after, lengths, place } = body;
  const held = await tx.query('SELECT FROM presentations WHERE digest = $1', [digest]);
  // Locked, so that a batch that is taking the leaf is either over, and its place known below, or still to come.
  const waits = await tx.query('SELECT FROM pending_leaves WHERE leaf = $1 FOR UPDATE', [
    Buffer.from(digest, 'base64url'),
  ]);
  const logged = await tx.query<{ place: number }>('SELECT place FROM sequenced WHERE leaf = $1', [
    Buffer.from(digest, 'base64url'),
  ]);
  const known = place ?? logged[0]?.place ?? null;
  if (body.body !== null)
    await tx.execute(
      `INSERT INTO presentations (digest, record_id, cell, least, tick, body, lengths, place)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (digest) DO UPDATE SET body = excluded.body, lengths = excluded.lengths
       WHERE length(excluded.body) > length(presentations.body)`,
      [digest, record_id, cell, least, tick, body.body, lengths, known],
    );
  const isNew = known === null && waits.length === 0 && held.length === 0;
  if (isNew) await addLeaf(tx, { leaf: digest, tick, after });
  if (body.body !== null && held.length === 0 && known !== null) await arriveLate(tx, body, known);
  await applyLines(tx, number, body.lines);
}

/** A presentation that was in the log before it came to border: late for every peer that was given pages past its place. */
async function arriveLate(tx: Transaction, body: OutgoingBody['record'], place: number): Promise<void> {
  const peers = await tx.query<{ peer: string }>('SELECT DISTINCT peer FROM grants ORDER BY peer');
  for (const { peer } of peers) {
    const mark = await lockMark(tx, peer);
    const facts = { ...body, place };
    if (place < mark && levelOf(await readFolded(tx, peer), facts) !== null)
      await addLateItems(tx, peer, [{ digest: body.digest, rule: 'widened' }]);
  }
}

async function applyEdition(tx: Transaction, body: OutgoingBody['edition']): Promise<void> {
  const { id, digest, tick, retracted, exercise, kind, domain, band, severity, month, fields, token, after } = body;
  await tx.execute(
    `INSERT INTO editions (id, digest, tick, retracted, exercise, kind, domain, band, severity, month, fields, token)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, tick = excluded.tick, place = NULL,
       retracted = excluded.retracted, exercise = excluded.exercise, kind = excluded.kind, domain = excluded.domain,
       band = excluded.band, severity = excluded.severity, month = excluded.month, fields = excluded.fields,
       token = excluded.token`,
    [id, digest, tick, retracted, exercise, kind, domain, band, severity, month, JSON.stringify(fields), token],
  );
  await addLeaf(tx, { leaf: digest, tick, after });
}

async function applyPeer(tx: Transaction, body: OutgoingBody['peer']): Promise<void> {
  const { origin, name, fingerprint, ca, status, keys, log_name, descriptor } = body;
  await tx.execute(
    `INSERT INTO peers (origin, name, fingerprint, ca, status, keys, log_name, descriptor)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (origin) DO UPDATE SET status = excluded.status, keys = excluded.keys, log_name = excluded.log_name,
       descriptor = excluded.descriptor`,
    [origin, name, fingerprint, ca, status, JSON.stringify(keys), log_name, descriptor],
  );
}

async function applyStatement(tx: Transaction, body: OutgoingBody['statement']): Promise<void> {
  const { peer, typ, seq, digest, jws, tick } = body;
  await tx.execute('INSERT INTO statements_out (peer, typ, seq, digest, jws) VALUES ($1, $2, $3, $4, $5)', [
    peer,
    typ,
    seq,
    digest,
    jws,
  ]);
  if (tick !== null) await addLeaf(tx, { leaf: digest, tick, after: null });
}

async function applyTerms(tx: Transaction, number: number, body: OutgoingBody['terms']): Promise<void> {
  await tx.execute('INSERT INTO terms (peer, day, digest, number) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    body.peer,
    body.day,
    body.digest,
    number,
  ]);
  await applyLines(tx, number, body.lines);
}

/** Adds grants, and makes late items of what they give below the mark up to which the peer was served. Also called ahead of
 *  the carry for what narrows: the same lines again are no news. */
export async function applyLines(tx: Transaction, number: number, lines: readonly GrantLine[]): Promise<void> {
  const byPeer = Map.groupBy(
    lines.map((line, at) => ({ ...line, at })),
    ({ peer }) => peer,
  );
  for (const [peer, own] of [...byPeer].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const mark = await lockMark(tx, peer);
    const before = await readFolded(tx, peer);
    await insertLines(tx, number, own);
    const after = await readFolded(tx, peer);
    const touched = await presentationsBelow(tx, mark, own);
    const risen = touched.filter((one) => (levelOf(after, one) ?? -1) > (levelOf(before, one) ?? -1));
    await addLateItems(
      tx,
      peer,
      risen.map(({ digest, record_id }) => ({ digest, rule: ruleOf(own, record_id) })),
    );
  }
}

/** A single grant is named by its own rule, so that the receiver can tell it from what its terms give. */
function ruleOf(lines: readonly GrantLine[], record: string): string {
  return lines.find(({ record_id }) => record_id === record)?.rule ?? 'widened';
}

async function lockMark(tx: Transaction, peer: string): Promise<number> {
  await tx.execute('INSERT INTO served (peer) VALUES ($1) ON CONFLICT DO NOTHING', [peer]);
  const [row] = await tx.query<{ mark: number }>('SELECT mark FROM served WHERE peer = $1 FOR UPDATE', [peer]);
  return row!.mark;
}

async function readFolded(tx: Transaction, peer: string): Promise<Grants> {
  const rows = await tx.query<GrantRow>(
    'SELECT number, line, cell, record_id, from_index, level, rule, terms FROM grants WHERE peer = $1',
    [peer],
  );
  return foldGrants(rows);
}

async function insertLines(tx: Transaction, number: number, lines: readonly (GrantLine & { at: number })[]) {
  await tx.execute(
    `INSERT INTO grants (number, line, peer, cell, record_id, from_index, level, rule, terms)
     SELECT $1, at, peer, cell, record_id, from_index, level, rule, terms
     FROM json_to_recordset($2::json) AS l (at integer, peer text, cell text, record_id uuid, from_index bigint,
       level smallint, rule text, terms text)
     ON CONFLICT DO NOTHING`,
    [number, JSON.stringify(lines)],
  );
}

type Facts = { digest: string; record_id: string; cell: Cell; least: number; place: number };

/** Logged presentations below a mark that the lines are about. */
async function presentationsBelow(tx: Transaction, mark: number, lines: readonly GrantLine[]): Promise<Facts[]> {
  return tx.query<Facts>(
    `SELECT digest, record_id, cell, least, place FROM presentations
     WHERE place < $1 AND (cell = ANY ($2::text[]) OR record_id = ANY ($3::uuid[])) ORDER BY place`,
    [mark, lines.flatMap((line) => line.cell ?? []), lines.flatMap((line) => line.record_id ?? [])],
  );
}

/** What the grants give of a presentation, under its TLP; null for nothing. `place` null: it has none yet. */
export function levelOf(
  grants: Grants,
  { cell, record_id, place, least }: Omit<Facts, 'digest' | 'place'> & { place: number | null },
): Level | null {
  const granted = grantAt(grants, { cell, record_id, index: place })?.level ?? null;
  const severity = parseCell(cell).band === '5-7' ? FLOOR_SEVERITY : null;
  return levelFor({ granted, tlp: TIERS[least - 1]!, severity });
}

async function addLateItems(tx: Transaction, peer: string, items: readonly { digest: string; rule: string }[]) {
  if (items.length === 0) return;
  await tx.execute(
    `WITH last AS (UPDATE served SET late = late + $3 WHERE peer = $1 RETURNING late - $3 AS late)
     INSERT INTO late_items (peer, number, digest, rule)
     SELECT $1, last.late + ordinality, digest, rule
     FROM last, unnest($2::text[], $4::text[]) WITH ORDINALITY AS d (digest, rule, ordinality)`,
    [peer, items.map(({ digest }) => digest), items.length, items.map(({ rule }) => rule)],
  );
}
