// Two workers and what passes between them: enrolment, offers, terms, grants, corrections, withdrawals, refusals.

import { createHash } from 'node:crypto';
import { foldGrants } from '@detente/reciprocity';
import { issueRecord } from '@detente/record';
import { test } from 'tap';
import { carryOut, carryPlaces } from '../src/jobs/carry.ts';
import { carryOutDecisions } from '../src/jobs/decide.ts';
import { makeDrafts } from '../src/jobs/draft.ts';
import { takeIn } from '../src/jobs/landing.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { sequence } from '../src/jobs/sequence.ts';
import { recomputeTerms } from '../src/jobs/terms.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';

const CN = 'https://cn.example';
const US = 'https://us.example';
const fields = {
  kind: 'incident',
  title: 'A forged instruction',
  summary: 'It was followed.',
  language: 'en',
  root_cause: 'Trust',
};

function offer(tier: 'green' | 'amber' | null, backlog = true) {
  const rule = { type: 'incident', domains: ['*' as const], bands: ['*' as const], tier, onward: null };
  return {
    gives: [{ ...rule, condition: 'unconditional' as const }],
    ...{ obligations: [], backlog, valid_from: '2026-01-01', valid_until: null },
  };
}

/** Adds the other as a peer, by the fingerprint of its real identity key. */
async function add(node: WorkerNode, other: WorkerNode, name: string): Promise<void> {
  const { origin, keys } = other.worker;
  const fingerprint = keys.signer('identity').kid;
  await handlePeerRequest(node.worker, { op: 'add', name, origin, fingerprint, ca: null });
  await carryOut(node.worker);
}

/** What the two exchanges do: each one's descriptor and statements land at the other. */
async function talk(from: WorkerNode, to: WorkerNode): Promise<void> {
  await carryOut(from.worker);
  const { rows: descriptors } = await from.border.query('SELECT jws FROM descriptor');
  const { rows: statements } = await from.border.query(
    'SELECT jws FROM statements_out WHERE sent_at IS NULL ORDER BY seq',
  );
  const land = (kind: string, jws: string) =>
    to.border.query('INSERT INTO landing (peer, kind, digest, body) VALUES ($1, $2, $3, $4)', [
      from.worker.origin,
      kind,
      createHash('sha256').update(jws).digest('base64url'),
      jws,
    ]);
  for (const { jws } of descriptors) await land('descriptor', jws);
  for (const { jws } of statements) await land('statement', jws);
  await from.border.query('UPDATE statements_out SET sent_at = now()');
  await takeIn(to.worker);
  await carryOut(to.worker);
}

async function releaseCase(node: WorkerNode, id: string): Promise<void> {
  await makeDrafts(node.worker);
  const { rows } = await node.home.query('SELECT digest FROM drafts WHERE case_id = $1 ORDER BY version DESC LIMIT 1', [
    id,
  ]);
  await decide(node, id, 'release', rows[0].digest);
}

async function decide(node: WorkerNode, id: string, kind: string, draft: string | null): Promise<void> {
  await node.home.query(
    `INSERT INTO decisions (case_id, kind, draft, public, actor, reason) VALUES ($1, $2, $3, false, 'officer', 'test')`,
    [id, kind, draft],
  );
  await carryOutDecisions(node.worker);
  await carryOut(node.worker);
}

async function log(node: WorkerNode): Promise<void> {
  for (let tick = 0; tick < 14; tick++) await sequence(node.worker);
  await carryPlaces(node.worker);
}

async function pair(t: Parameters<typeof startWorkerNode>[0]): Promise<{ cn: WorkerNode; us: WorkerNode }> {
  const cn = await startWorkerNode(t, { origin: CN });
  const us = await startWorkerNode(t, { origin: US });
  await add(cn, us, 'us');
  await add(us, cn, 'cn');
  await talk(cn, us);
  await talk(us, cn);
  return { cn, us };
}

test('two nodes that enrolled each other compute the same terms, and records follow them', async (t) => {
  const { cn, us } = await pair(t);
  t.same((await us.border.query('SELECT status FROM peers')).rows, [{ status: 'active' }]);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green') });
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green') });
  t.equal(
    (await cn.home.query(`SELECT FROM statements WHERE typ LIKE '%offer%'`)).rowCount,
    1,
    'a standing offer is not signed twice',
  );
  await talk(cn, us);
  await talk(us, cn);
  const given = (
    await cn.home.query(`SELECT digest, cells FROM terms WHERE direction = 'given' ORDER BY computed_at DESC`)
  ).rows[0];
  const taken = (
    await us.home.query(`SELECT digest, cells FROM terms WHERE direction = 'taken' ORDER BY computed_at DESC`)
  ).rows[0];
  t.same(taken, given, 'both sides compute the same terms');
  t.equal(given.cells['incident/cyber/0-1'].level, 2);

  const id = await cn.report({ fields });
  await releaseCase(cn, id);
  const { rows } = await cn.border.query('SELECT body, lengths, place FROM presentations');
  t.equal(rows[0].lengths.length, 3, 'border holds the prefix up to green and no more');
  const { rows: own } = await cn.home.query('SELECT token FROM records');
  t.ok(own[0].token.startsWith(rows[0].body), 'byte for byte a prefix of what was signed');
  t.notOk(rows[0].body.includes(Buffer.from('"root_cause"').toString('base64url').slice(2, 12)));

  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await carryOut(cn.worker);
  t.equal(
    (await cn.border.query('SELECT lengths FROM presentations')).rows[0].lengths.length,
    4,
    'a wider offer lengthens it',
  );
});

test('what is granted below the served mark becomes a late item, once', async (t) => {
  const { cn } = await pair(t);
  const id = await cn.report({ fields });
  await releaseCase(cn, id);
  await log(cn);
  await cn.border.query(
    'INSERT INTO served (peer, mark) VALUES ($1, 112) ON CONFLICT (peer) DO UPDATE SET mark = 112',
    [US],
  );
  t.equal((await cn.border.query('SELECT FROM presentations')).rowCount, 0);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green', false) });
  await carryOut(cn.worker);
  t.equal((await cn.border.query('SELECT FROM late_items')).rowCount, 0, 'without backlog nothing older is given');
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber', true) });
  await carryOut(cn.worker);
  const late = await cn.border.query('SELECT number, rule FROM late_items');
  t.same(late.rows, [{ number: '1', rule: 'widened' }]);
  const { rows } = await cn.border.query('SELECT place FROM presentations');
  t.type(rows[0].place, 'string', 'it came to border with its place in the log');
});

test('a narrowing is in border before it is committed at home, and no lower number widens again', async (t) => {
  const { cn } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await carryOut(cn.worker);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer(null) });
  const levels = async () => {
    const { rows } = await cn.border.query(
      'SELECT number::int, line, cell, record_id, from_index::int, level, rule, terms FROM grants WHERE peer = $1',
      [US],
    );
    return foldGrants(rows)
      .cells.get('incident/cyber/0-1')
      ?.segments.map(({ level }) => level);
  };
  t.same(await levels(), [null], 'narrow before the carry has run');
  await carryOut(cn.worker);
  t.same(await levels(), [null], 'and after it');
  const floor = await cn.border.query(
    `SELECT level FROM grants WHERE cell = 'incident/cyber/5-7' ORDER BY number DESC LIMIT 1`,
  );
  t.equal(floor.rows[0].level, 2, 'the floor stays');
});

test('a correction is a later version of the same record in a later batch; a withdrawal reaches whoever was given it', async (t) => {
  const { cn } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green') });
  await carryOut(cn.worker);
  const id = await cn.report({ fields });
  await releaseCase(cn, id);
  await cn.home.query(
    `UPDATE cases SET fields = fields || '{"title": "A forged instruction, corrected"}', tlp = 'red', draft_due = true`,
  );
  await releaseCase(cn, id);
  await decide(cn, id, 'retraction', null);
  await log(cn);
  const { rows } = await cn.home.query('SELECT id, tick::int, place::int, retracted FROM records ORDER BY tick');
  t.equal(rows.length, 3);
  t.equal(new Set(rows.map((row) => row.id)).size, 1, 'one record');
  const batches = rows.map((row) => Math.floor(row.place / 16));
  t.ok(batches[0]! < batches[1]! && batches[1]! < batches[2]!, 'each in a later batch');
  t.ok(
    rows.every((row, i) => batches[i]! >= row.tick),
    'none before its tick',
  );
  const shown = await cn.border.query('SELECT tick::int, lengths FROM presentations ORDER BY tick');
  t.same(
    shown.rows.map(({ lengths }) => lengths.length),
    [3, 1, 1],
    'the red correction crosses as its signed part alone',
  );
});

test('a statement or record that does not verify is quarantined with its bytes and reason', async (t) => {
  const { cn, us } = await pair(t);
  const id = await cn.report({ fields });
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green') });
  await talk(cn, us);
  await releaseCase(cn, id);
  const { rows } = await cn.home.query('SELECT token, lengths, digest FROM records');
  const land = (body: string, received = new Date()) =>
    us.border.query(
      `INSERT INTO landing (peer, kind, digest, place, body, received_at) VALUES ($1, 'record', $2, 5, $3, $4)`,
      [CN, rows[0].digest, body, received],
    );
  const green = rows[0].token.slice(0, rows[0].lengths[2]);
  await land(green);
  await land(green.replace(/~([^~]{40})/, (_: string, d: string) => `~${d.slice(0, 39)}${d[39] === 'A' ? 'B' : 'A'}`));
  await land(rows[0].token, new Date(0));
  await us.border.query(`INSERT INTO landing (peer, kind, digest, body) VALUES ($1, 'statement', $2, 'a.b.c')`, [
    CN,
    'x',
  ]);
  await takeIn(us.worker);
  const refused = await us.border.query('SELECT code FROM quarantine ORDER BY code');
  t.same(
    refused.rows.map(({ code }) => code),
    ['above_terms', 'jws_malformed', 'token_invalid'],
  );
  t.equal((await us.border.query('SELECT FROM landing')).rowCount, 0);
  const kept = await us.home.query('SELECT level, presentation FROM received');
  t.same(kept.rows, [{ level: 2, presentation: green }]);
});

test('terms are computed anew on the next UTC day', async (t) => {
  const { cn } = await pair(t);
  const before = (await cn.home.query(`SELECT count(*)::int AS n FROM terms WHERE direction = 'given'`)).rows[0].n;
  await recomputeTerms(cn.worker, US, '2030-01-01');
  await recomputeTerms(cn.worker, US, '2030-01-01');
  const after = (await cn.home.query(`SELECT count(*)::int AS n FROM terms WHERE direction = 'given'`)).rows[0].n;
  t.equal(after, before + 1);
});

test('one version that lands twice is one, and what contradicts it is refused without stopping the rest', async (t) => {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await talk(cn, us);
  await releaseCase(cn, await cn.report({ fields }));
  const { rows } = await cn.home.query('SELECT id, tick::int, token, lengths, digest FROM records');
  const [{ id, tick, token, lengths, digest }] = rows;
  const part = { iss: CN, id, tick, type: 'incident/1', tlp: 'clear' as const, exercise: false, retracted: false };
  const twin = issueRecord({ ...part, fields }, cn.worker.keys.signer('record'));
  const land = (body: string, name: string, place: number) =>
    us.border.query(`INSERT INTO landing (peer, kind, digest, place, body) VALUES ($1, 'record', $2, $3, $4)`, [
      CN,
      name,
      place,
      body,
    ]);
  await land(token.slice(0, lengths[2]), digest, 9);
  await land(token.slice(0, lengths[3]), digest, 7);
  await land(twin.token.slice(0, twin.lengths[2]), twin.digest, 8);
  const early = issueRecord({ ...part, tick: tick + 1, fields }, cn.worker.keys.signer('record'));
  await land(early.token.slice(0, early.lengths[2]), early.digest, 3);
  await takeIn(us.worker);
  const kept = await us.home.query('SELECT digest, level, place::int FROM received');
  t.same(kept.rows, [{ digest, level: 3, place: 7 }], 'the longest presentation and the lowest index');
  t.same((await us.border.query('SELECT code FROM quarantine ORDER BY number')).rows, [
    { code: 'tick_conflict' },
    { code: 'order_conflict' },
  ]);
  t.equal((await us.border.query('SELECT FROM landing')).rowCount, 0);
});

test('a withdrawal reaches a peer whose terms were narrowed after it was given the record', async (t) => {
  const { cn } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green') });
  const id = await cn.report({ fields });
  await releaseCase(cn, id);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer(null) });
  await decide(cn, id, 'retraction', null);
  const { rows } = await cn.border.query('SELECT lengths FROM presentations ORDER BY tick');
  t.equal(rows.length, 2);
  t.equal(rows[1].lengths.length, 1, 'its signed part alone');
  const lines = await cn.border.query(`SELECT level, rule FROM grants WHERE record_id IS NOT NULL`);
  t.same(lines.rows, [{ level: 0, rule: 'later_version_of_given' }]);
});
