// What an officer is told of an offer, and which offers are not signed.

import { offerFrom } from '@detente/reciprocity';
import { test } from 'tap';
import {
  type Answer,
  addPeer,
  addToken,
  caller,
  createNode,
  digest,
  jobsOf,
  type Node,
  origin,
  serve,
} from './casework-node.ts';

const today = () => new Date().toISOString().slice(0, 10);
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const codesOf = ({ json }: Answer) => json.findings.map(({ code }: { code: string }) => code);
const rule = (change: object = {}) => {
  const all = { type: 'incident', domains: ['*'], bands: ['*'], tier: 'green', condition: 'unconditional' };
  return { ...all, onward: null, ...change };
};
const offer = (change: object = {}) => ({
  ...offerFrom('floor-only', today()),
  gives: [rule()],
  backlog: true,
  ...change,
});

const none = { count: 0, items: [] };
const nothing = { releases: none, recalls: none, singles: none, summary: [] };

/** An offer that was signed, as the worker keeps it. */
async function keep(node: Node, [iss, aud]: [string, string], seq: number, body: object): Promise<void> {
  await node.home.run(
    `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body)
     VALUES ($1, 'detente-offer+jwt', $2, $3, $4, $4, 'x', $5)`,
    [iss, aud, seq, digest(`${iss} ${seq}`), JSON.stringify(body)],
  );
  await node.home.findTurns(iss, aud);
}

test('an offer is checked before it is signed', async (t) => {
  const node = await createNode(t);
  const service = await serve(t, node);
  const officer = caller(service, await addToken(node, 'chen', 'officer'));
  const peer = await addPeer(node, 'sg');
  const ask = (body: unknown, name = 'sg') => officer('POST', `/peers/${name}/offer/check`, { offer: body });
  const sign = (body: unknown) => officer('PUT', '/peers/sg/offer', { offer: body, reason: 'r' });

  await t.test('with nothing signed yet, nothing is to be said of a plain one', async (t) => {
    const { status, json } = await ask(offer());
    t.equal(status, 200);
    t.same(json, { ...nothing, findings: [], narrows: [], counts_from: today() });
    t.equal((await ask(offer({ valid_from: dayIn(9) }))).json.counts_from, dayIn(9));
    t.equal((await ask(offer({ valid_from: '2020-01-01' }))).json.counts_from, today(), 'no day comes back');
    t.equal((await ask(offer(), 'nobody')).status, 404);
    t.same(await jobsOf(node, 'peer'), [], 'and nothing is signed');
  });

  await t.test('what bars signing is named with its place, and is not signed', async (t) => {
    const drill = { kind: 'drill', name: 'a', condition: 'unconditional' };
    const within = { code: 'acknowledge_within', params: { hours: 24 } };
    const wrong = offer({
      gives: [rule({ onward: { to: ['*'], tier: 'amber' } }), rule()],
      access: [drill, drill],
      obligations: [within, within, { code: 'of_next_year', params: {} }],
      valid_from: dayIn(-9),
      valid_until: dayIn(-1),
    });
    const { status, json } = await sign(wrong);
    t.equal(status, 422);
    t.same(
      json.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`),
      [
        '/offer/gives/0 onward_above_tier',
        '/offer/access access_twice',
        '/offer/obligations obligation_unknown',
        '/offer/obligations obligation_twice',
        '/offer/valid_until already_ended',
      ],
    );
    t.match(json.errors[0], {
      in: 'body',
      detail: 'Rule 1 lets more be passed on than it gives.',
      params: { rule: 0 },
    });
    t.match(json.errors[2].params, { obligation: 'of_next_year' });
    const asked = await ask(wrong);
    t.equal(asked.status, 200);
    t.same(codesOf(asked)[1], 'rule_shadowed', 'who asks is told all');
    t.same(
      asked.json.findings.filter(({ bars_signing }: { bars_signing: boolean }) => !bars_signing).length,
      1,
      'and what of it does not bar',
    );
    t.same(await jobsOf(node, 'peer'), []);
  });

  await t.test('an offer that none can be is refused by both alike', async (t) => {
    for (const [body, pointer] of [
      [null, '/offer'],
      [[], '/offer'],
      ['x', '/offer'],
      [{}, '/offer/gives'],
      [offer({ valid_from: '2026-02-30' }), '/offer/valid_from'],
      [offer({ valid_until: '2020-01-01' }), '/offer/valid_until'],
      [offer({ gives: [rule({ bands: ['*', '4'] })] }), '/offer/gives/0/bands'],
      [
        offer({ obligations: [{ code: 'acknowledge_within', params: { hours: 'x' } }] }),
        '/offer/obligations/0/params/hours',
      ],
      [offer({ obligations: [{ code: '__proto__', params: {} }] }), '/offer/obligations/0/code'],
      [offer({ notice_days: 366 }), '/offer/notice_days'],
    ] as const)
      for (const answer of [await ask(body), await sign(body)]) {
        t.equal(answer.status, 422, JSON.stringify(body)?.slice(0, 200));
        t.equal(answer.json.errors[0].pointer, pointer);
      }
    const relayed = await ask(offer({ relays: [peer, 'https://br.example'] }));
    t.match(relayed.json.findings, [
      { code: 'relay_origin_unknown', params: { origin: 'https://br.example' }, bars_signing: false },
    ]);
    const many = offer({ gives: Array.from({ length: 256 }, (_, at) => rule({ type: `t${at}` })) });
    t.equal((await ask(many)).json.findings.length, 256);
    const last = offer({ valid_from: '9999-12-31', notice_days: 365 });
    t.equal((await ask(last)).json.counts_from, '9999-12-31');
  });

  await t.test('it is held against the offers that count today, in both directions', async (t) => {
    await keep(
      node,
      [origin, peer],
      1,
      offer({ gives: [rule({ tier: 'red' })], valid_from: dayIn(-90), notice_days: 30 }),
    );
    await keep(node, [origin, peer], 2, offer({ valid_from: dayIn(-9), notice_days: 3 }));
    const { json } = await ask(offer());
    t.match(json.findings, [
      { code: 'waits_for_notice', params: { from: today(), until: dayIn(30) }, bars_signing: false },
    ]);
    t.equal(json.counts_from, dayIn(30), 'the one that waits does not count yet');
    t.match(json.narrows[0], { code: 'gives_less', params: { cell: /^incident\// } });
    t.match((await sign(offer({ valid_from: dayIn(-1) }))).json.errors, [
      { pointer: '/offer/valid_from', code: 'backdated' },
    ]);
    const accepted = await sign(offer());
    t.match(accepted, { status: 202, json: { status: 'accepted', counts_from: dayIn(30) } });
    t.same(codesOf(accepted), ['waits_for_notice']);
    t.equal((await jobsOf(node, 'peer')).length, 1);
    await keep(node, [peer, origin], 1, offer({ gives: [rule({ domains: ['cyber'] })], obligations: [] }));
    const asGiven = offer({
      gives: [rule({ domains: ['bio'], tier: 'red', condition: 'as-given' }), rule({ tier: 'red' })],
      waives: ['drill'],
    });
    t.same(codesOf(await ask(asGiven)), ['rule_never_returned', 'waives_nothing', 'waits_for_notice']);
  });

  await t.test('a promise that our conduct of late would break is found, and does not bar', async (t) => {
    const obligations = [{ code: 'answer_recalls_within', params: { days: 7 } }];
    await node.home.run(
      `INSERT INTO recalls (digest, peer, own, made_at, due_at) VALUES ($1, $2, false, now() - interval '20 days', now())`,
      [digest('recall'), peer],
    );
    const found = async () =>
      (await ask(offer({ obligations }))).json.findings.filter(
        ({ code }: { code: string }) => code === 'obligation_broken_today',
      );
    t.same(await found(), [], 'before it was enrolled nothing was owed');
    await node.home.run(
      `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body, received_at)
       VALUES ($1, 'detente-standing+jwt', $2, 1, 's', 's', 'x', '{}', now() - interval '30 days')`,
      [origin, peer],
    );
    const params = { obligation: 'answer_recalls_within', kept: 0, broken: 1 };
    t.same(await found(), [{ code: 'obligation_broken_today', params, bars_signing: false }]);
  });

  await t.test('one that has ended promises nothing any more', async (t) => {
    await node.home.run('UPDATE statements SET void_at = now() WHERE iss = $1 AND seq < 3', [origin]);
    await keep(
      node,
      [origin, peer],
      3,
      offer({ gives: [rule({ tier: 'red' })], valid_from: dayIn(-80), valid_until: dayIn(-2), notice_days: 30 }),
    );
    const { json } = await ask(offer({ valid_from: dayIn(-5) }));
    t.same(json, { ...nothing, findings: [], narrows: [], counts_from: today() });
  });

  await t.test('no more than sixteen wait for their day', async (t) => {
    for (let at = 1; at <= 16; at++) await keep(node, [origin, peer], 3 + at, offer({ valid_from: dayIn(at) }));
    t.same(codesOf(await ask(offer({ valid_from: dayIn(16) }))), [], 'of two that begin alike the later counts');
    const refused = await sign(offer({ valid_from: dayIn(17) }));
    t.match(refused, { status: 422, json: { errors: [{ pointer: '/offer/valid_from', code: 'too_many_ahead' }] } });
    t.same(codesOf(await ask(offer())), [], 'one that counts sooner replaces them');
  });
});

test('what an offer would change is told before it is signed', async (t) => {
  const node = await createNode(t);
  const service = await serve(t, node);
  const officer = caller(service, await addToken(node, 'chen', 'officer'));
  const peer = await addPeer(node, 'sg');
  const ask = (what: string, body: unknown, name = 'sg') =>
    officer('POST', `/peers/${name}/offer/${what}`, { offer: body });
  const standing = {
    standing: 'good',
    since: '2026-01-01',
    reason: { code: 'enrolled', params: {} },
    overridden: false,
  };
  for (const [iss, aud] of [
    [origin, peer],
    [peer, origin],
  ])
    await node.home.run(
      `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body)
       VALUES ($1, 'detente-standing+jwt', $2, 1, $3, $3, 'x', $4)`,
      [iss, aud, digest(`standing ${iss}`), JSON.stringify(standing)],
    );
  await keep(node, [origin, peer], 1, offer());
  await keep(node, [peer, origin], 1, offer({ gives: [rule({ tier: 'red', condition: 'as-given' })] }));
  const id = (at: number) => `00000000-0000-4000-8000-00000000000${at}`;
  const add = async (
    at: number,
    more: { tlp?: string; place?: number | null; age?: number; exercise?: boolean } = {},
  ) => {
    const { tlp = 'clear', place = at, age = 1, exercise = false } = more;
    await node.home.run('INSERT INTO cases (id, lab, fields) VALUES ($1, $2, $3)', [id(at), node.lab, '{}']);
    await node.home.run(
      `INSERT INTO records (digest, id, case_id, type, domain, band, tlp, tick, exercise, retracted, token, lengths, place, issued_at)
       VALUES ($1, $2, $2, 'incident/1', 'bio', '2-3', $3, $4, $5, false, 'x', '{1}', $6, now() - $7 * interval '1 day')`,
      [digest(`${at}`), id(at), tlp, at, exercise, place, age],
    );
  };
  await add(1);
  await add(2, { tlp: 'amber' });
  await add(3, { age: 100 });
  await add(4, { place: null });
  await add(5, { place: 50, exercise: true });
  await node.home.run(
    `INSERT INTO received (peer, digest, id, type, tick, place, level, domain, band, tlp, exercise, retracted, presentation, fields)
     VALUES ($1, $2, $3, 'incident/1', 1, 1, 2, 'cyber', '4', 'clear', false, false, 'x', '{}')`,
    [peer, digest('theirs'), id(9)],
  );
  for (const [number, cell, record, level, grant] of [
    [1, 'incident/bio/2-3', null, 2, 'offer_unconditional'],
    [2, null, id(3), 5, 'named_disclosure'],
  ])
    await node.border.run(
      `INSERT INTO grants (number, line, peer, cell, record_id, from_index, level, rule, terms) VALUES ($1, 0, $2, $3, $4, 0, $5, $6, 'x')`,
      [number, peer, cell, record, level, grant],
    );
  await node.border.run('INSERT INTO served (peer, mark) VALUES ($1, 40)', [peer]);
  await node.border.run('INSERT INTO tree (batch_size, size) VALUES (16, 60)');

  await t.test('a wider one: what it releases, and what stands beside it', async (t) => {
    const { json, status } = await ask('check', offer({ gives: [rule({ tier: 'amber' })] }));
    t.equal(status, 200);
    const released = json.releases.items.map((one: Record<string, unknown>) => [one.record, one.before, one.after]);
    t.same(released.sort(), [
      [id(1), 2, 3],
      [id(2), null, 3],
      [id(5), 2, 3],
    ]);
    t.equal(json.releases.count, 3);
    t.match(json.releases.items[0], { cell: 'incident/bio/2-3', rule: { code: 'offer_unconditional' } });
    t.same(json.recalls, none);
    t.match(json.singles, { count: 1, items: [{ record: id(3), before: 5, after: 5 }] });
    t.same(json.summary, [
      { code: 'offer_releases', params: { count: 3 } },
      { code: 'offer_beside_singles', params: { count: 1 } },
    ]);
    const fromNow = await ask('check', offer({ gives: [rule({ tier: 'amber' })], backlog: false }));
    t.same(fromNow.json.releases, none);
  });

  await t.test('a narrower one: what it asks back of what was served', async (t) => {
    const { json } = await ask('check', offer({ gives: [rule({ tier: null })] }));
    t.same(
      json.recalls.items.map((one: Record<string, unknown>) => [one.record, one.before, one.after]).sort(),
      [
        [id(1), 2, null],
        [id(3), 5, null],
      ],
      'neither what is not logged nor what lies behind its mark',
    );
    t.match(json.singles.items, [{ record: id(3), after: null }]);
    t.same(json.releases, none);
  });

  await t.test('what of the last days would have flowed, in both directions', async (t) => {
    const { json, status } = await ask('simulate', offer({ gives: [rule({ tier: 'amber' })] }));
    t.equal(status, 200);
    t.match(json, { days: 90, counts_from: today() });
    t.match(json.given, { records: 3, more: 3, less: 0 });
    t.match(json.given.items[0], { record: id(2), before: null, after: 3, rule: { code: 'offer_unconditional' } });
    t.same(json.given.summary, [{ code: 'given_more', params: { records: 3, days: 90, count: 3 } }]);
    t.match(json.taken, { records: 1, more: 1, less: 0, items: [{ record: id(9), before: 2, after: 3 }] });
    t.match(json.taken.items[0].rule, { code: 'offer_as_given', params: { returned: 3 } });
    t.ok(json.taken.cells.some(({ cell }: { cell: string }) => cell === 'incident/chemical/4'));
    const same = await ask('simulate', offer());
    t.match(same.json, { given: { summary: [{ code: 'given_same' }], cells: [] }, taken: { more: 0, less: 0 } });
    t.equal((await ask('simulate', offer(), 'nobody')).status, 404);
    t.equal((await ask('simulate', {})).status, 422);
    t.same(await jobsOf(node, 'peer'), [], 'and nothing is signed');
  });
});
