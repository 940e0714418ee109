// Two nodes of which one has signed what the other has not yet: what is given meanwhile, and what both officers are shown.

import { foldGrants } from '@detente/reciprocity';
import { readGrants } from '@detente/store/worker';
import { type Test, test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { hearingNames, recomputeTerms } from '../src/jobs/terms.ts';
import { caller, digest, serve } from './casework-node.ts';
import type { WorkerNode } from './worker-node.ts';
import { CN, offer, pair, talk, US } from './worker-pair.ts';

const CELL = 'incident/bio/4';

/** What a page of one node for the other says of its terms, as the exchange keeps it. */
async function page(from: WorkerNode, to: WorkerNode): Promise<void> {
  await carryOut(from.worker);
  const newest = 'SELECT day::text, digest, inputs FROM terms WHERE peer = $1 ORDER BY number DESC LIMIT 1';
  const { rows } = await from.border.query(newest, [to.worker.origin]);
  await to.border.query(
    `INSERT INTO cursors (peer, terms_day, terms, terms_inputs, pulled_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (peer) DO UPDATE SET terms_day = $2, terms = $3, terms_inputs = $4`,
    [from.worker.origin, rows[0].day, rows[0].digest, rows[0].inputs],
  );
}

async function show(t: Test, node: WorkerNode, name: string) {
  const service = await serve(t, { env: { ...node.env, DETENTE_PORT: '0' } });
  const token = `detente_${'x'.repeat(43)}`;
  await node.home.query(`INSERT INTO tokens (hash, name, scope) VALUES ($1, 'chen', 'officer')`, [digest(token)]);
  return async () => (await caller(service, token)('GET', `/peers/${name}`)).json;
}

async function granted({ worker }: WorkerNode, peer: string, cell: string) {
  const { cells } = foldGrants(await readGrants(worker.home.now, peer));
  const last = cells.get(cell as never)?.segments.at(-1);
  return last && { level: last.level, rule: last.rule, from: last.from };
}

const newestOf = async ({ home }: WorkerNode, typ: string, iss: string) => {
  const select = 'SELECT digest FROM statements WHERE typ = $1 AND iss = $2 ORDER BY seq DESC LIMIT 1';
  return (await home.query(select, [`detente-${typ}+jwt`, iss])).rows[0]?.digest;
};

test('what is wider waits until the other side computes with it too, and both are shown what differs', async (t) => {
  const { cn, us } = await pair(t);
  const [atCn, atUs] = [await show(t, cn, 'us'), await show(t, us, 'cn')];
  const hear = hearingNames(cn.worker);
  const say = (body: object) => handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: body as never });
  await say(offer('green', false));
  await talk(cn, us);
  await Promise.all([page(us, cn), page(cn, us)]);
  await hear();
  t.same(await granted(cn, US, CELL), { level: 2, rule: 'offer_unconditional', from: 0 });
  t.same([(await atCn()).differs, (await atUs()).differs], [undefined, undefined], 'both compute the same');
  const had = await newestOf(cn, 'offer', CN);

  await say(offer('amber', false));
  await page(cn, us);
  const has = await newestOf(cn, 'offer', CN);
  t.match(await granted(cn, US, CELL), { level: 2, rule: 'wider_waits' });
  t.match((await atCn()).differs?.inputs, [{ code: 'differs_our_offer', params: { ours: has, theirs: had } }]);
  t.match((await atUs()).differs?.inputs, [{ code: 'differs_their_offer', params: { ours: had, theirs: has } }]);
  await cn.border.query('UPDATE tree SET size = size + 16');
  await hear();
  await recomputeTerms(cn.worker, US);
  t.match(await granted(cn, US, CELL), { rule: 'wider_waits' }, 'it is not there yet');

  await talk(cn, us);
  await page(us, cn);
  await hear();
  t.same(
    await granted(cn, US, CELL),
    { level: 3, rule: 'offer_unconditional', from: 0 },
    'from where it was signed on',
  );
  t.same([(await atCn()).differs, (await atUs()).differs], [undefined, undefined]);

  await t.test('what narrows waits for nobody, and what the other forgot asks nothing back', async (t) => {
    const recalls = async () => (await cn.home.query('SELECT FROM recalls')).rowCount;
    await us.home.query(`DELETE FROM statements WHERE digest = $1`, [has]);
    await us.home.query(`UPDATE statements SET turns = NULL WHERE typ = 'detente-offer+jwt'`);
    await recomputeTerms(us.worker, CN);
    await page(us, cn);
    await hear();
    t.match((await atCn()).differs?.inputs, [{ code: 'differs_our_offer', params: { ours: has, theirs: had } }]);
    t.match(await granted(cn, US, CELL), { level: 3 });
    t.equal(await recalls(), 0);
    await say(offer('clear', false));
    await carryOut(cn.worker);
    t.match(await granted(cn, US, CELL), { level: 1, rule: 'offer_unconditional' });
  });

  await t.test('what was named more than a day ago holds nothing up', async (t) => {
    await page(us, cn);
    await say(offer('amber', false));
    t.match(await granted(cn, US, CELL), { level: 2, rule: 'wider_waits' }, 'the lower of both is green');
    await cn.border.query(`UPDATE cursors SET pulled_at = now() - interval '25 hours'`);
    await recomputeTerms(cn.worker, US);
    t.match(await granted(cn, US, CELL), { level: 3, rule: 'offer_unconditional' });
    t.equal((await atCn()).differs, undefined);
    await cn.border.query('UPDATE cursors SET pulled_at = now()');
    await say(offer('clear', false));
  });

  await t.test('where the other does not say with what it computes, our own terms hold', async (t) => {
    await cn.border.query(`UPDATE cursors SET terms = $1`, ['A'.repeat(43)]);
    await say(offer('amber', false));
    await hear();
    t.match(await granted(cn, US, CELL), { level: 3, rule: 'offer_unconditional' });
    t.match((await atCn()).differs?.inputs, [{ code: 'differs_unknown', params: {} }]);
  });
});
