// What officers see of conduct, and say about it: the balance, contests and attestations.

import { offerFrom } from '@detente/reciprocity';
import { test } from 'tap';
import { actsOf, addPeer, addToken, caller, createNode, digest, jobsOf, origin, serve } from './casework-node.ts';

test('a mark is contested with what we signed, and what only we know is attested', async (t) => {
  const node = await createNode(t);
  const service = await serve(t, node);
  const officer = caller(service, await addToken(node, 'chen', 'officer'));
  const peer = await addPeer(node, 'us');
  const answer = digest('answer');
  await node.home.run(
    `INSERT INTO recalls (digest, peer, own, made_at, due_at, answer, answered_at)
     VALUES ($1, $2, false, now() - interval '20 days', now(), $3, now() - interval '19 days')`,
    [digest('recall'), peer, answer],
  );
  const contest = (body: object, name = 'us') =>
    officer('POST', `/peers/${name}/contests`, { about: digest('mark'), shows: [answer], reason: 'r', ...body });
  t.equal((await contest({ told: 'We did.' })).status, 202);
  const said = { about: digest('mark'), shows: [answer], told: 'We did.' };
  t.match(await jobsOf(node, 'peer'), [{ payload: { op: 'contest', peer, contest: said } }]);
  t.same(await actsOf(node, peer), ['chen peer.contest: r']);
  t.equal((await contest({ about: digest('recall'), shows: undefined })).status, 202);
  t.match(
    (await jobsOf(node, 'peer')).at(-1),
    { payload: { contest: { shows: [answer] } } },
    'what answers it is found',
  );
  t.match(await contest({ shows: undefined }), {
    status: 422,
    json: { errors: [{ pointer: '/shows', code: 'nothing_of_ours_answers_it' }] },
  });
  t.match(await contest({ shows: [answer, digest('recall')] }), {
    status: 422,
    json: { errors: [{ pointer: '/shows/1', code: 'not_signed_by_us_of_late' }] },
  });
  for (const body of [{ shows: [] }, { about: 'A' }, { told: '' }, { shows: Array(21).fill(answer) }])
    t.equal((await contest(body)).status, 422, JSON.stringify(body));
  t.equal((await contest({}, 'nobody')).status, 404);

  const attest = (obligation: string, name = 'us') =>
    officer('POST', `/peers/${name}/attestations`, { obligation, reason: 'r' });
  t.equal((await attest('suite_adopted/frontier-bio')).status, 202);
  const day = new Date().toISOString().slice(0, 10);
  const job = { op: 'attest', peer, obligation: 'suite_adopted/frontier-bio', day };
  t.match((await jobsOf(node, 'peer')).at(-1), { payload: job });
  for (const wrong of ['acknowledge_within', 'drill/x', 'suite_adopted/', 'suite_adopted/É'])
    t.equal((await attest(wrong)).status, 422, wrong);
  t.equal((await attest('drill', 'nobody')).status, 404);
  await addPeer(node, 'fr', 'expelled');
  t.equal((await attest('drill', 'fr')).status, 409);
  t.equal((await contest({}, 'fr')).status, 409);

  const leave = (name: string) => officer('PUT', `/peers/${name}/standing`, { standing: 'computed', reason: 'r' });
  t.equal((await leave('us')).status, 202);
  t.match((await jobsOf(node, 'peer')).at(-1), { payload: { op: 'judge', peer } });
  t.equal((await leave('fr')).status, 409, 'conduct brings nobody back');
});

test('the balance has what each side kept of its promises, as data and as a table', async (t) => {
  const node = await createNode(t);
  const service = await serve(t, node);
  const token = await addToken(node, 'chen', 'reader');
  const reader = caller(service, token);
  const peer = await addPeer(node, 'us');
  const said = async (iss: string, aud: string, typ: string, body: object) =>
    node.home.run(
      `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body, received_at)
       VALUES ($1, $2, $3, 1, $4, $4, 'x', $5, now() - interval '40 days')`,
      [iss, typ, aud, digest(`${iss} ${typ}`), JSON.stringify(body)],
    );
  const obligations = [{ code: 'answer_recalls_within', params: { days: 7 } }];
  await said(origin, peer, 'detente-offer+jwt', { ...offerFrom('floor-only', '2026-01-01'), obligations });
  await node.home.findTurns(origin, peer);
  const reason = { code: 'officer', params: { told: 'so' } };
  await said(peer, origin, 'detente-standing+jwt', {
    standing: 'probation',
    since: '2026-01-02',
    reason,
    overridden: true,
  });
  const recall = (name: string, own: boolean, answered: number | null) =>
    node.home.run(
      `INSERT INTO recalls (digest, peer, own, made_at, due_at, answer, answered_at)
       VALUES ($1, $2, $3, now() - interval '20 days', now(), $4, now() - $5 * interval '1 day')`,
      [digest(name), peer, own, answered === null ? null : digest(`answer to ${name}`), answered],
    );
  await recall('a', false, 19);
  await recall('b', true, 5);
  await recall('c', true, null);
  await said(peer, origin, 'detente-contest+jwt', { about: digest('c'), shows: [digest('answer to b')], told: null });

  const { status, json } = await reader('GET', '/peers/us/balance');
  t.equal(status, 200);
  t.match(json, {
    names: { own: 'cn.example', peer: 'us.example' },
    own: {
      standing: { standing: 'probation', reason },
      given: [],
      promised: [{ obligation: 'answer_recalls_within', kept: 1, broken: 0, breaches: [] }],
    },
    peer: {
      standing: null,
      promised: [
        {
          ...{ kept: 0, broken: 2, contested: 1 },
          breaches: [
            { evidence: digest('answer to b'), shown: false, contested: false },
            { evidence: digest('c'), shown: false, contested: true },
          ].reverse(),
        },
      ],
    },
    contests: [{ by: 'peer', about: digest('c') }],
  });
  const headers = { authorization: `Bearer ${token}` };
  const table = await fetch(`${service}/casework/v1/peers/us/balance.csv`, { headers });
  t.equal(table.headers.get('content-type'), 'text/csv; charset=utf-8');
  t.match(await table.text(), /\r\nus.example,promised,,,,,,,answer_recalls_within,0,2,1\r\n$/);
  t.equal((await reader('GET', '/peers/nobody/balance')).status, 404);
  const { json: shown } = await reader('GET', '/peers/us');
  t.match(shown.our_standing, { standing: 'probation', reason: 'officer', params: { told: 'so' }, overridden: true });
});
