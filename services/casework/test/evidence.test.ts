// What the two databases hold becomes evidence: what is counted, from when, and what is left out.

import { randomUUID } from 'node:crypto';
import { type Evidence, offerFrom } from '@detente/reciprocity';
import { openDatabase } from '@detente/store/database';
import { test } from 'tap';
import { boundBetween } from '../src/conduct.ts';
import { readLedger } from '../src/evidence.ts';
import { addCase, addPeer, addVersion, createNode, digest, type Node, origin } from './casework-node.ts';

const DAY = 86_400;
const ago = (days: number) => new Date(Date.now() - days * DAY * 1000).toISOString();
const day = (days: number) => ago(days).slice(0, 10);
/** Days ago, to a tenth. */
const age = (seconds: number) => Math.round((Date.now() / 1000 - seconds) / (DAY / 10)) / 10;

const noteOf = (size: number) => {
  const root = Buffer.alloc(32).toString('base64');
  return `us.example/log/v1\n${size}\n${root}\n\n— us.example/log/v1 ${Buffer.alloc(68, 1).toString('base64')}\n`;
};

type Row = { id?: string; tick?: number; level?: number; fields?: object; days?: number } & Record<string, unknown>;

async function receive({ home }: Node, peer: string, name: string, row: Row = {}): Promise<void> {
  const all = {
    id: randomUUID(),
    tick: 1,
    place: 9,
    level: 2,
    rule: null,
    exercise: false,
    retracted: false,
    revoked: null,
    relay: null,
    direct: null,
    terms: null,
    ...row,
  };
  const { fields = { title: 'x', detected: day(20) }, days = 5 } = row;
  await home.run(
    `INSERT INTO received (peer, digest, id, type, tick, place, level, domain, band, tlp, exercise, retracted, presentation,
       fields, rule, received_at, revoked_at, relay, direct, page_terms)
     VALUES ($1, $2, $3, 'incident/1', $4, $5, $6, 'cyber', '4', 'clear', $7, $8, 'x', $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[peer, digest(name), all.id, all.tick, all.place, all.level, all.exercise, all.retracted],
      ...[JSON.stringify(fields), all.rule, ago(days), all.revoked],
      ...[all.relay, all.direct ?? (all.relay === null ? all.level : null), all.terms],
    ],
  );
}

async function ledgerOf(node: Node, peer: string) {
  const open = (url: string) => openDatabase({ url, max: 2, name: 'detente evidence test' });
  const [home, border] = [open(node.env.DETENTE_HOME_URL), open(node.env.DETENTE_BORDER_URL)];
  try {
    return await readLedger({ home, border }, { own: origin, peer, now: new Date() });
  } finally {
    await Promise.all([home.close(), border.close()]);
  }
}

const recordsIn = (evidence: Evidence[]) =>
  new Map(evidence.flatMap((one) => (one.kind === 'record' ? [[one.digest, one] as const] : [])));

test('of what a peer gave, each record is timed once, from when it could be given', async (t) => {
  const node = await createNode(t);
  const peer = await addPeer(node, 'us');
  const id = randomUUID();
  await receive(node, peer, 'first', { id });
  await receive(node, peer, 'corrected', { id, tick: 2, days: 1 });
  const gone = randomUUID();
  await receive(node, peer, 'withdrawn', { id: gone });
  await receive(node, peer, 'withdrawal', { id: gone, tick: 2, days: 1, retracted: true, fields: {} });
  const stolen = { id: randomUUID(), revoked: ago(1) };
  await receive(node, peer, 'forged before', { ...stolen, days: 6 });
  await receive(node, peer, 'between forgeries', { id: stolen.id, tick: 2 });
  await receive(node, peer, 'forged withdrawal', { ...stolen, tick: 3, days: 1, retracted: true, fields: {} });
  await receive(node, peer, 'late', { rule: 'offer_unconditional', place: 5, days: 2 });
  await receive(node, peer, 'unseen', { rule: 'offer_unconditional', place: 3, days: 2 });
  await receive(node, peer, 'cosigned', { rule: 'offer_unconditional', place: 60, days: 2 });
  await receive(node, peer, 'signed part', { level: 0, fields: {} });
  await receive(node, peer, 'exercise', { exercise: true });
  await receive(node, peer, 'revoked', { revoked: ago(1) });
  await receive(node, peer, 'old', { days: 91 });
  await receive(node, peer, 'of a day ahead', { fields: { title: 'x', detected: day(-400) } });
  await receive(node, peer, 'of a day behind its place', {
    rule: 'offer_unconditional',
    place: 5,
    days: 2,
    fields: { detected: day(4) },
  });
  await receive(node, peer, 'after a gap', { days: 4 });
  await receive(node, peer, 'both ways', { level: 2, relay: 'https://sg.example', direct: 1 });
  await receive(node, peer, 'relayed', { relay: 'https://sg.example', rule: 'relayed', place: 5, days: 2 });
  const receipt = async (seq: number, next: number, days: number) => {
    const page = Buffer.from(JSON.stringify({ page: { after: 0, next }, records: [] })).toString('base64url');
    await node.border.run('INSERT INTO receipts_out (peer, seq, jws, sent_at) VALUES ($1, $2, $3, $4)', [
      ...[peer, seq, `e30.${page}.x`, ago(days)],
    ]);
  };
  await receipt(1, 4, 12);
  await node.border.run('INSERT INTO pull_gaps (peer, since, until) VALUES ($1, $2, $3)', [peer, ago(6), ago(4.01)]);
  await receipt(2, 100, 7);
  await node.border.run('INSERT INTO witnessed_days (log, peer, day, note, at) VALUES ($1, $2, $3, $4, $5)', [
    ...['us.example/log/v1', peer, day(9), noteOf(60), ago(9)],
  ]);
  await node.border.run(`UPDATE peers SET keys = '{"record":{"kid":"new","former":[{"kid":"old"}]}}'`);
  for (const [name, code, kid] of [
    ['junk', 'field_invalid', 'old'],
    ['beyond', 'above_terms', 'new'],
    ['first', 'tick_conflict', 'new'],
    ['of the node that it relays for', 'tick_conflict', 'other'],
  ])
    await node.border.run(
      `INSERT INTO quarantine (peer, kind, digest, code, detail, body) VALUES ($1, 'record', $2, $3, '', $4)`,
      [peer, digest(name!), code, `${Buffer.from(JSON.stringify({ kid })).toString('base64url')}.e30.x~`],
    );
  const { evidence, exchanged, witnessedSince } = await ledgerOf(node, peer);
  const records = recordsIn(evidence);
  const of = (name: string) => records.get(digest(name))!;
  t.equal(of('first').detected, Date.parse(day(19)) / 1000, 'the end of its day');
  t.match([age(of('first').at), age(of('first').ready), of('first').isJunk], [5, 5, false]);
  t.equal(of('corrected').detected, null, 'a correction is no report');
  t.same(
    ['first', 'corrected', 'withdrawn', 'junk', 'between forgeries'].map((name) => of(name).isNews),
    [true, false, false, false, true],
  );
  t.match([age(of('late').at), age(of('late').ready)], [2, 12], 'it may have been there since the page before it');
  t.equal(age(of('cosigned').ready), 9, 'or since the checkpoint that we cosigned before it');
  t.equal(of('unseen').detected, null, 'nobody can tell when it was logged');
  t.match([of('signed part').percent, of('first').percent! > 0], [null, true]);
  t.equal(of('of a day ahead').detected, null);
  t.equal(of('of a day behind its place').detected, null, 'we had signed more of the log before that day');
  t.equal(age(of('after a gap').unseenSince!), 6, 'it may have been there since the page before');
  t.notOk('unseenSince' in of('first'));
  t.equal(exchanged.find((one) => one.digest === digest('both ways'))!.level, 1, 'as much as its own node gave');
  t.equal(of('both ways').percent, 14, 'one of seven fields');
  t.match([of('junk').isJunk, records.size], [true, 14], 'and nothing else, nor what a relay brought');
  t.equal(exchanged.length, 13);
  t.equal(age(witnessedSince), 9, 'since the first cosignature that is kept');
  await node.border.run('UPDATE peers SET listed = false');
  t.equal(
    (await ledgerOf(node, peer)).witnessedSince,
    Number.POSITIVE_INFINITY,
    'of a log that nobody else may know, never',
  );
});

test('what a peer gave to others alone, or to us late, although the terms gave it, was withheld', async (t) => {
  const node = await createNode(t);
  const peer = await addPeer(node, 'us');
  const relay = 'https://sg.example';
  const terms = async (name: string, days: number, level: number | null) =>
    node.home.run(
      `INSERT INTO terms (peer, direction, day, digest, cells, computed_at) VALUES ($1, 'taken', $2, $3, $4, $5)`,
      [
        peer,
        day(days),
        name,
        JSON.stringify({ 'incident/cyber/4': { level, rule: { code: 'x', params: {} } } }),
        ago(days),
      ],
    );
  for (const days of [20, 19, 18, 17, 12]) await terms(`terms of ${days}`, days, 2);
  await receive(node, peer, 'page before', { place: 4, days: 20, terms: 'terms of 20' });
  await receive(node, peer, 'page behind', { place: 40, days: 17, terms: 'terms of 17' });
  await receive(node, peer, 'page later', { place: 39, days: 12, terms: 'terms of 12' });
  await receive(node, peer, 'relayed', { relay, rule: 'relayed', place: 20, days: 15, fields: { detected: day(18) } });
  await receive(node, peer, 'undated', {
    relay,
    rule: 'relayed',
    place: 21,
    days: 15,
    level: 1,
    fields: { title: 'x' },
  });
  await receive(node, peer, 'late', {
    rule: 'offer_unconditional',
    place: 22,
    days: 15,
    fields: { detected: day(18) },
  });
  await receive(node, peer, 'no page went past it yet', { relay, rule: 'relayed', place: 41, days: 15 });
  await receive(node, peer, 'before any page', { relay, rule: 'relayed', place: 3, days: 15 });
  await receive(node, peer, 'signed part', { relay, rule: 'relayed', place: 23, days: 15, level: 0, fields: {} });
  const cosigned = (size: number, days: number) =>
    node.border.run('INSERT INTO witnessed_days (log, peer, day, note, at) VALUES ($1, $2, $3, $4, $5)', [
      ...['us.example/log/v1', peer, day(days), noteOf(size), ago(days)],
    ]);
  await cosigned(10, 19);
  await cosigned(30, 18);
  const found = async () => {
    const { evidence, exchanged } = await ledgerOf(node, peer);
    const withheld = evidence.flatMap((one) => (one.kind === 'withheld' ? [one] : []));
    return { withheld, late: recordsIn(evidence).get(digest('late'))!, exchanged };
  };
  const { withheld, late, exchanged } = await found();
  const byDigest = new Map(withheld.map((one) => [one.digest, one]));
  t.same([...byDigest.keys()].sort(), [digest('relayed'), digest('undated')].sort());
  t.match(byDigest.get(digest('relayed')), { by: peer, band: '4', detected: Date.parse(day(17)) / 1000 });
  t.equal(age(byDigest.get(digest('undated'))!.detected), 18, 'detected before our cosignature behind its place');
  t.equal(age(late.ready), 15, 'when it came, since a page should have brought it');
  t.notOk(
    exchanged.some((one) => one.digest === digest('relayed')),
    'and the peer is credited with none',
  );

  await node.home.run(
    `UPDATE terms SET cells = jsonb_set(cells, '{incident/cyber/4,level}', 'null') WHERE digest = 'terms of 18'`,
  );
  const without = await found();
  t.same(without.withheld, [], 'for a day of these the terms did not give it');
  t.equal(age(without.late.ready), 19, 'nor was the late one withheld');
  await node.home.run(`UPDATE terms SET cells = (SELECT cells FROM terms WHERE digest = 'terms of 17')`);
  t.equal((await found()).withheld.length, 2);
  await node.home.run(`UPDATE received SET page_terms = 'of others' WHERE place = 4`);
  t.same((await found()).withheld, [], 'the peer counted by other terms than we did');
});

test('of what we gave, a record counts from when it was both logged and granted, or warned of', async (t) => {
  const node = await createNode(t);
  const peer = await addPeer(node, 'us');
  const give = async (name: string, place: number | null) => {
    const caseId = await addCase(node);
    const fields = { title: 'x', detected: day(20), root_cause: 'y' };
    await node.home.run(
      `INSERT INTO drafts (case_id, version, digest, fields, public_fields, holds) VALUES ($1, 1, 'd', $2, '{}', '[]')`,
      [caseId, JSON.stringify(fields)],
    );
    const made = await addVersion(node, caseId, { draft: 1, domain: 'cyber', band: '4', place, token: `${name}~` });
    if (place === null) return made;
    await node.border.run(
      `INSERT INTO presentations (digest, record_id, cell, least, tick, body, lengths, place)
       SELECT $1, gen_random_uuid(), 'incident/cyber/4', 1, 1, 'x', '{1,1,1}', $2`,
      [made, place],
    );
    return made;
  };
  const [early, later, behind, warned] = [
    await give('early', 3),
    await give('later', 20),
    await give('behind', 40),
    await give('warned', null),
  ];
  for (const [size, days] of [
    [16, 30],
    [32, 10],
    [48, 9],
  ])
    await node.border.run(`INSERT INTO checkpoints (size, note, made_at) VALUES ($1, '', $2)`, [size, ago(days!)]);
  await node.border.run('INSERT INTO served (peer, mark, late) VALUES ($1, 32, 0)', [peer]);
  await node.border.run(
    `INSERT INTO notices_out (peer, kind, digest, body, delivered_at) VALUES ($1, 'warning', $2, 'x', $3)`,
    [peer, warned, ago(3)],
  );
  await node.home.run(
    `INSERT INTO grants (number, line, peer, cell, from_index, level, rule, terms)
     VALUES (1, 0, $1, 'incident/cyber/4', 0, 3, 'offer_unconditional', 'terms')`,
    [peer],
  );
  await node.home.run(
    `INSERT INTO terms (peer, direction, day, digest, cells, computed_at) VALUES ($1, 'given', $2, 'terms', '{}', $3)`,
    [peer, day(20), ago(20)],
  );
  const asked = [
    { to: peer, level: 0, made: later },
    { to: peer, level: 1, made: early },
    { to: 'https://fr.example', level: 0, made: early },
  ];
  for (const [seq, { to, level, made }] of asked.entries()) {
    await node.home.run(
      `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body)
       SELECT $1, 'detente-recall+jwt', $2, $3::int, $4, $4, 'x', json_build_object('cause', 'narrowed', 'level', $5::int,
         'records', json_build_array(json_build_object('id', id, 'digest', digest))) FROM records WHERE digest = $6`,
      [origin, to, seq + 1, `recall ${seq}`, level, made],
    );
    await node.home.run('INSERT INTO recalls (digest, peer, own, due_at) VALUES ($1, $2, true, now())', [
      ...[`recall ${seq}`, to],
    ]);
  }
  const { evidence, exchanged } = await ledgerOf(node, peer);
  const records = recordsIn(evidence);
  const of = (name: string) => records.get(name)!;
  t.same(
    [early, later, warned].map((name) => of(name).isNews),
    [true, false, true],
    'what was asked back whole is not given',
  );
  t.match([age(of(early).at), age(of(early).ready)], [20, 30], 'granted later than it was logged');
  t.match([age(of(later).at), age(of(later).ready)], [10, 10]);
  t.notOk(of(behind), 'it was on no page yet');
  t.equal(age(of(warned).at), 3);
  t.same(
    new Map(exchanged.map((one) => [one.digest, one.level])),
    new Map([
      [early, 3],
      [later, 3],
      [warned, 2],
    ]),
  );
});

test('any number of offers in a day makes nobody forget what bound before it', async (t) => {
  const node = await createNode(t);
  const peer = await addPeer(node, 'us');
  const promised = [{ code: 'answer_recalls_within', params: { days: 7 } }];
  const bodyOf = (iss: string) => {
    return { ...offerFrom('floor-only', '2026-01-01'), obligations: iss === peer ? promised : [] };
  };
  const sign = (iss: string, aud: string, { first = 1, count = 1, days = 40 }) =>
    node.home.run(
      `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body, received_at)
       SELECT $1, 'detente-offer+jwt', $2, n, $1 || n, $1 || n, 'x', $3, $4 FROM generate_series($5::int, $6::int) n`,
      [iss, aud, JSON.stringify(bodyOf(iss)), ago(days), first, first + count - 1],
    );
  await sign(origin, peer, {});
  await sign(peer, origin, {});
  await sign(peer, origin, { first: 2, count: 60, days: 1 });
  await node.home.findTurns(origin, peer);
  await node.home.findTurns(peer, origin);
  const home = openDatabase({ url: node.env.DETENTE_HOME_URL, max: 1, name: 'detente evidence test' });
  t.teardown(() => home.close());
  const { peer: bound } = await boundBetween(home.now, { own: origin, peer, day: day(0) });
  t.match(bound, [{ obligation: { code: 'answer_recalls_within' } }]);
  t.equal(age(bound[0]!.from), 40);
});
