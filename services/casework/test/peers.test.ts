// Two workers and what passes between them: enrolment, offers, terms, grants, corrections, withdrawals, refusals.

import { signDescriptor, signStatement } from '@detente/keys';
import { foldGrants } from '@detente/reciprocity';
import { issueRecord } from '@detente/record';
import { newestStatement } from '@detente/store/worker';
import { test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { takeIn } from '../src/jobs/landing.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { recomputeTerms } from '../src/jobs/terms.ts';
import { CN, decide, fields, landStatement, log, offer, pair, releaseCase, talk, US } from './worker-pair.ts';

const OFFER = 'detente-offer+jwt';
const DESCRIPTOR = 'detente-descriptor+jwt';

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

test('of two peers with one name, asked for before either was carried, the first is added and nothing is stuck behind', async (t) => {
  const { cn } = await pair(t);
  const add = (origin: string) =>
    handlePeerRequest(cn.worker, { op: 'add', name: 'fr', origin, fingerprint: 'A'.repeat(43), ca: null });
  await add('https://fr.example');
  await add('https://fr2.example');
  await carryOut(cn.worker);
  const { rows } = await cn.border.query(`SELECT origin FROM peers WHERE name = 'fr'`);
  t.same(rows, [{ origin: 'https://fr.example' }]);
  t.equal((await cn.home.query('SELECT FROM outgoing')).rowCount, 0);
});

test('a version that gave its signed part alone bars no later one from what the terms give', async (t) => {
  const { cn } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green') });
  await carryOut(cn.worker);
  const id = await cn.report({ fields });
  await releaseCase(cn, id);
  for (const tlp of ['amber', 'clear']) {
    await cn.home.query('UPDATE cases SET tlp = $1, draft_due = true', [tlp]);
    await releaseCase(cn, id);
  }
  const { rows } = await cn.border.query('SELECT array_length(lengths, 1) AS held FROM presentations ORDER BY tick');
  t.same(rows, [{ held: 3 }, { held: 1 }, { held: 3 }], 'green, signed part, green');
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

test('two statements with one sequence number: the first is kept, the second is evidence, and what follows comes through', async (t) => {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green') });
  await talk(cn, us);
  const sign = async (seq: number, tier: 'green' | 'amber') => {
    const body = { ...offer(tier) };
    const { jws } = await signStatement({ typ: OFFER, iss: CN, aud: US, seq, body }, cn.worker.keys.signer('agency'));
    return jws;
  };
  await landStatement(us, await sign(1, 'amber'));
  await landStatement(us, await sign(2, 'amber'));
  await takeIn(us.worker);
  const { rows } = await us.border.query('SELECT code, detail FROM quarantine');
  t.match(rows, [{ code: 'claims_malformed', detail: /another .* has the sequence number 1/ }]);
  const held = await us.home.query(
    `SELECT seq::int, body->'gives'->0->>'tier' AS tier FROM statements WHERE iss = $1 AND typ = $2 ORDER BY seq`,
    [CN, OFFER],
  );
  t.same(held.rows, [
    { seq: 1, tier: 'green' },
    { seq: 2, tier: 'amber' },
  ]);
});

test('a descriptor that is older than the known one rolls nothing back', async (t) => {
  const { cn, us } = await pair(t);
  const { rows } = await cn.border.query('SELECT jws FROM descriptor');
  const known = async () => (await us.border.query('SELECT keys, descriptor FROM peers WHERE origin = $1', [CN])).rows;
  const newer = await cn.worker.home.write(async (tx) => {
    const { body } = (await newestStatement(tx, DESCRIPTOR, CN, ''))!;
    return signDescriptor(
      { iss: CN, seq: 5, jti: 'A'.repeat(22), body: body as never },
      cn.worker.keys.signer('identity'),
    );
  });
  await us.border.query('DELETE FROM landing');
  await us.home.query('DELETE FROM statements WHERE iss = $1', [CN]);
  await landStatement(us, newer.jws, 'descriptor');
  await takeIn(us.worker);
  await carryOut(us.worker);
  t.match(await known(), [{ descriptor: newer.jws }]);
  await landStatement(us, rows[0].jws, 'descriptor');
  await takeIn(us.worker);
  await carryOut(us.worker);
  t.match(await known(), [{ descriptor: newer.jws }]);
  const kept = await us.home.query('SELECT seq::int FROM statements WHERE iss = $1 AND typ = $2 ORDER BY seq', [
    CN,
    DESCRIPTOR,
  ]);
  t.same(kept.rows, [{ seq: 1 }, { seq: 5 }], 'but it is kept as history');
});

test('a late item is no more than the terms give, unless its sender gives that record by name', async (t) => {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green') });
  await talk(cn, us);
  await releaseCase(cn, await cn.report({ fields }));
  const { rows } = await cn.home.query('SELECT token, lengths, digest FROM records');
  const land = async (rule: string | null) => {
    await us.border.query(
      `INSERT INTO landing (peer, kind, digest, place, late, rule, body, received_at)
       VALUES ($1, 'record', $2, 5, 1, $3, $4, $5)`,
      [CN, rows[0].digest, rule, rows[0].token.slice(0, rows[0].lengths[4]), new Date(0)],
    );
    await takeIn(us.worker);
  };
  for (const rule of [null, 'widened', 'later_version_of_given', 'named']) {
    await land(rule);
    t.equal((await us.home.query('SELECT FROM received')).rowCount, 0, `${rule}`);
    t.equal((await us.border.query('SELECT FROM landing')).rowCount, 0, 'and it does not wait');
  }
  // The same bytes are kept once.
  t.match((await us.border.query('SELECT code FROM quarantine')).rows, [{ code: 'above_terms' }]);
  await land('named_disclosure');
  t.match((await us.home.query('SELECT level, rule FROM received')).rows, [{ level: 4, rule: 'named_disclosure' }]);
});

test('what is not clear any more is withdrawn from the public with the version that says so', async (t) => {
  const { cn } = await pair(t);
  const id = await cn.report({ fields });
  await releaseCase(cn, id, true);
  await cn.home.query(`UPDATE cases SET tlp = 'amber', draft_due = true`);
  await releaseCase(cn, id, true);
  const { rows } = await cn.home.query('SELECT edition, tlp, retracted FROM records ORDER BY edition, tick');
  t.same(rows, [
    { edition: false, tlp: 'clear', retracted: false },
    { edition: false, tlp: 'amber', retracted: false },
    { edition: true, tlp: 'clear', retracted: false },
    { edition: true, tlp: 'clear', retracted: true },
  ]);
  t.match((await cn.border.query('SELECT retracted, fields FROM editions')).rows, [{ retracted: true, fields: {} }]);
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
