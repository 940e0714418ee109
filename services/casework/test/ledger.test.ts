// What officers say about conduct: contests and attestations.

import { test } from 'tap';
import { actsOf, addPeer, addToken, caller, createNode, digest, jobsOf, serve } from './casework-node.ts';

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
});
