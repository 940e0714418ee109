// Outgoing rows arrive in border: applied together with the number of the last one, so each exactly once.

import { grantedLevel, type Logged } from '@detente/reciprocity';
import type { Transaction } from '../database.ts';
import { lockMark, nextLate, readFolded } from '../late.ts';
import { applyRelay, raiseRelays } from './apply-relays.ts';
import type { GrantLine, OutgoingBody, OutgoingKind, OutgoingRow } from './outgoing.ts';
import type { PeerRow } from './peers.ts';
import { voidReceipts } from './revocation.ts';
import { lowerWarnings } from './warnings.ts';

/** Applies rows, in order, but those that border has already; together with the number of the last one.
 *  @returns how many were applied */
export async function applyOutgoing(tx: Transaction, rows: readonly OutgoingRow[]): Promise<number> {
  const [applied] = await tx.query<{ number: number }>('SELECT number FROM applied FOR UPDATE');
  const waiting = rows.filter(({ number }) => number > applied!.number);
  if (waiting.length === 0) return 0;
  for (const run of runsOf(waiting)) await applyRun(tx, run);
  await tx.execute('UPDATE applied SET number = $1', [waiting.at(-1)!.number]);
  return waiting.length;
}

type Row<K extends OutgoingKind> = { number: number; kind: K; body: OutgoingBody[K] };

/** Rows of one kind that follow one another and are about different things: they can go in together. */
function runsOf(rows: readonly OutgoingRow[]): OutgoingRow[][] {
  const runs: OutgoingRow[][] = [];
  let seen = new Set<string>();
  for (const row of rows) {
    const about = row.kind === 'record' ? row.body.digest : row.kind === 'edition' ? row.body.id : String(row.number);
    const last = runs.at(-1);
    if (last?.[0]?.kind === row.kind && !seen.has(about)) last.push(row);
    else {
      runs.push([row]);
      seen = new Set();
    }
    seen.add(about);
  }
  return runs;
}

async function applyRun(tx: Transaction, run: readonly OutgoingRow[]): Promise<void> {
  const { kind } = run[0]!;
  if (kind === 'record') return applyRecords(tx, run as Row<'record'>[]);
  if (kind === 'edition') return applyEditions(tx, run.map(({ body }) => body) as OutgoingBody['edition'][]);
  if (kind === 'notice') return addNotices(tx, run.map(({ body }) => body) as OutgoingBody['notice'][]);
  if (kind === 'leaf') return addLeaves(tx, run.map(({ body }) => body) as OutgoingBody['leaf'][]);
  for (const row of run) await applyOne(tx, row);
}

async function applyOne(tx: Transaction, row: OutgoingRow): Promise<void> {
  switch (row.kind) {
    case 'peer':
      return applyPeer(tx, row.body);
    case 'statement':
      return applyStatement(tx, row.body);
    case 'descriptor':
      await tx.execute('INSERT INTO descriptor (seq, jws) VALUES ($1, $2)', [row.body.seq, row.body.jws]);
      return addLeaves(tx, [{ leaf: row.body.digest, tick: row.body.tick, after: null }]);
    case 'terms':
      return applyTerms(tx, row.number, row.body);
    case 'relay':
      return applyRelay(tx, row.number, row.body);
    case 'withheld':
      return withhold(tx, row.body.digests);
    case 'conformance':
      await tx.execute('INSERT INTO conformance (peer) VALUES ($1) ON CONFLICT (peer) DO UPDATE SET asked_at = now()', [
        row.body.peer,
      ]);
  }
}

async function addNotices(tx: Transaction, notices: readonly OutgoingBody['notice'][]): Promise<void> {
  await tx.execute(
    `INSERT INTO notices_out (peer, kind, digest, body)
     SELECT peer, kind, digest, body FROM json_to_recordset($1) AS r (peer text, kind text, digest text, body text)`,
    [JSON.stringify(notices)],
  );
  // What narrows goes ahead of the rows that were written before it: a warning among those must not bring back what is gone.
  const warned = new Set(notices.filter(({ kind }) => kind === 'warning').map(({ peer }) => peer));
  for (const peer of warned) await lowerWarnings(tx, peer, (peer) => readFolded(tx, peer));
}

async function addLeaves(tx: Transaction, leaves: readonly OutgoingBody['leaf'][]): Promise<void> {
  if (leaves.length === 0) return;
  const bytes = (digest: string | null) => (digest === null ? null : Buffer.from(digest, 'base64url'));
  await tx.execute(
    'INSERT INTO pending_leaves (leaf, tick, after) SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[])',
    [leaves.map(({ leaf }) => bytes(leaf)), leaves.map(({ tick }) => tick), leaves.map(({ after }) => bytes(after))],
  );
}

async function applyRecords(tx: Transaction, rows: readonly Row<'record'>[]): Promise<void> {
  const known = await knownOf(
    tx,
    rows.map(({ body }) => body.digest),
  );
  const placed = rows.map(({ number, body }) => {
    const { held, waits, place } = known.get(body.digest)!;
    return { number, body, held, waits, place: body.place ?? place };
  });
  await keepPresentations(
    tx,
    placed.filter(({ body }) => body.body !== null).map(({ body, place }) => ({ ...body, place })),
  );
  const isNew = placed.filter(({ held, waits, place }) => !held && !waits && place === null);
  await addLeaves(
    tx,
    isNew.map(({ body: { digest, tick, after } }) => ({ leaf: digest, tick, after })),
  );
  await withhold(
    tx,
    placed.flatMap(({ body }) => body.after ?? []),
  );
  for (const { number, body, held, place } of placed) {
    if (body.body !== null && !held && place !== null) await arriveLate(tx, body, place);
    await applyLines(tx, number, body.lines);
  }
}

/** What border knows of records: a presentation, a leaf that waits for its batch, or the place where that went. */
async function knownOf(tx: Transaction, digests: readonly string[]) {
  const leaves = digests.map((digest) => Buffer.from(digest, 'base64url'));
  // Locked, so that a batch that is taking a leaf is either over, and the place known below, or still to come.
  const waiting = await tx.query<{ leaf: Buffer }>(
    'SELECT leaf FROM pending_leaves WHERE leaf = ANY ($1::bytea[]) ORDER BY leaf FOR UPDATE',
    [leaves],
  );
  const rows = await tx.query<{ digest: string; held: boolean; place: number | null }>(
    `SELECT digest, EXISTS (SELECT FROM presentations p WHERE p.digest = d.digest) AS held, s.place
     FROM unnest($1::text[], $2::bytea[]) AS d (digest, leaf) LEFT JOIN sequenced s USING (leaf)`,
    [digests, leaves],
  );
  const waits = new Set(waiting.map(({ leaf }) => leaf.toString('base64url')));
  return new Map(rows.map((row) => [row.digest, { ...row, waits: waits.has(row.digest) }]));
}

async function keepPresentations(tx: Transaction, records: readonly OutgoingBody['record'][]): Promise<void> {
  if (records.length === 0) return;
  await tx.execute(
    `INSERT INTO presentations (digest, record_id, cell, least, tick, body, lengths, place)
     SELECT digest, record_id, cell, least, tick, body, lengths, place FROM json_to_recordset($1)
       AS r (digest text, record_id uuid, cell text, least smallint, tick bigint, body text, lengths integer[], place bigint)
     ON CONFLICT (digest) DO UPDATE SET body = excluded.body, lengths = excluded.lengths
     WHERE length(excluded.body) > length(presentations.body)`,
    [JSON.stringify(records)],
  );
}

/** From now on those alone are given these who have been: what was corrected, withdrawn, or names somebody, is not told anew. */
async function withhold(tx: Transaction, digests: readonly string[]): Promise<void> {
  if (digests.length === 0) return;
  const found = await tx.query<Logged & { digest: string }>(
    'SELECT digest, record_id, cell, least, place FROM presentations WHERE digest = ANY ($1::text[]) AND had IS NULL',
    [digests],
  );
  if (found.length === 0) return;
  const had = new Map(found.map(({ digest }) => [digest, [] as string[]]));
  for (const { peer } of await tx.query<{ peer: string }>('SELECT DISTINCT peer FROM grants ORDER BY peer')) {
    const mark = await lockMark(tx, peer);
    const grants = await readFolded(tx, peer);
    for (const one of found)
      if (one.place !== null && one.place < mark && grantedLevel(grants, one) !== null) had.get(one.digest)!.push(peer);
  }
  await tx.execute(
    `UPDATE presentations p SET had = ARRAY(SELECT json_array_elements_text(r.had))
     FROM json_to_recordset($1) AS r (digest text, had json) WHERE p.digest = r.digest`,
    [JSON.stringify(Array.from(had, ([digest, peers]) => ({ digest, had: peers })))],
  );
}

/** A presentation that was in the log before it came to border: late for every peer that was given pages past its place. */
async function arriveLate(tx: Transaction, body: OutgoingBody['record'], place: number): Promise<void> {
  const peers = await tx.query<{ peer: string }>('SELECT DISTINCT peer FROM grants ORDER BY peer');
  for (const { peer } of peers) {
    const mark = await lockMark(tx, peer);
    const facts = { ...body, place };
    if (place < mark && grantedLevel(await readFolded(tx, peer), facts) !== null)
      await addLateItems(tx, peer, [{ digest: body.digest, rule: 'widened' }]);
  }
}

async function applyEditions(tx: Transaction, editions: readonly OutgoingBody['edition'][]): Promise<void> {
  await tx.execute(
    `INSERT INTO editions (id, digest, tick, retracted, exercise, kind, domain, band, severity, month, fields, token)
     SELECT id, digest, tick, retracted, exercise, kind, domain, band, severity, month, fields, token
     FROM json_to_recordset($1) AS r (id uuid, digest text, tick bigint, retracted boolean, exercise boolean, kind text,
       domain text, band text, severity smallint, month text, fields jsonb, token text)
     ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, tick = excluded.tick, place = NULL,
       retracted = excluded.retracted, exercise = excluded.exercise, kind = excluded.kind, domain = excluded.domain,
       band = excluded.band, severity = excluded.severity, month = excluded.month, fields = excluded.fields,
       token = excluded.token`,
    [JSON.stringify(editions)],
  );
  await addLeaves(
    tx,
    editions.map(({ digest, tick, after }) => ({ leaf: digest, tick, after })),
  );
}

async function applyPeer(tx: Transaction, body: OutgoingBody['peer']): Promise<void> {
  const {
    origin,
    name,
    fingerprint,
    ca,
    status,
    keys,
    log_name,
    descriptor,
    sandbox,
    listed = true,
    earlier = [],
  } = body;
  await tx.execute(
    `INSERT INTO peers (origin, name, fingerprint, ca, status, keys, log_name, descriptor, sandbox, listed, earlier)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (origin) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status, keys = excluded.keys,
       log_name = excluded.log_name, descriptor = excluded.descriptor, sandbox = excluded.sandbox,
       earlier = excluded.earlier`,
    [origin, name, fingerprint, ca, status, JSON.stringify(keys), log_name, descriptor, sandbox, listed, earlier],
  );
  await voidReceipts(tx, origin, (keys as PeerRow['keys']).receipt);
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
  if (tick !== null) await addLeaves(tx, [{ leaf: digest, tick, after: null }]);
}

async function applyTerms(tx: Transaction, number: number, body: OutgoingBody['terms']): Promise<void> {
  const { peer, day, digest, relays = [], inputs = null } = body;
  await tx.execute(
    'INSERT INTO terms (peer, day, digest, number, relays, inputs) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING',
    [peer, day, digest, number, relays, inputs],
  );
  await applyLines(tx, number, body.lines);
}

/** Adds grants, makes late items of what they give below the mark up to which the peer was served, and lowers the warnings that
 *  wait. Also called ahead of the carry for what narrows: the same lines again are no news. */
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
    await lowerWarnings(tx, peer, async () => after);
    const touched = await presentationsBelow(tx, mark, own);
    const risen = touched.filter((one) => (grantedLevel(after, one) ?? -1) > (grantedLevel(before, one) ?? -1));
    await addLateItems(
      tx,
      peer,
      risen.map(({ digest, record_id }) => ({ digest, rule: ruleOf(own, record_id) })),
    );
    await raiseRelays(tx, peer, { before, after, cells: own.flatMap((line) => line.cell ?? []) });
  }
}

/** A single grant is named by its own rule, so that the receiver can tell it from what its terms give. */
function ruleOf(lines: readonly GrantLine[], record: string): string {
  return lines.find(({ record_id }) => record_id === record)?.rule ?? 'widened';
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

type Facts = Logged & { digest: string };

/** Logged presentations below a mark that the lines are about. */
async function presentationsBelow(tx: Transaction, mark: number, lines: readonly GrantLine[]): Promise<Facts[]> {
  return tx.query<Facts>(
    `SELECT digest, record_id, cell, least, place FROM presentations
     WHERE place < $1 AND (cell = ANY ($2::text[]) OR record_id = ANY ($3::uuid[])) ORDER BY place`,
    [mark, lines.flatMap((line) => line.cell ?? []), lines.flatMap((line) => line.record_id ?? [])],
  );
}

async function addLateItems(tx: Transaction, peer: string, items: readonly { digest: string; rule: string }[]) {
  if (items.length === 0) return;
  const first = await nextLate(tx, peer, items.length);
  await tx.execute(
    `INSERT INTO late_items (peer, number, digest, rule)
     SELECT $1, $3 + ordinality - 1, digest, rule
     FROM unnest($2::text[], $4::text[]) WITH ORDINALITY AS d (digest, rule, ordinality)`,
    [peer, items.map(({ digest }) => digest), first, items.map(({ rule }) => rule)],
  );
}
