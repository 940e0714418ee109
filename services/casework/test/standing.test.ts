// Standings that officers set: what they take from a peer, and what they leave.

import { test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import type { WorkerNode } from './worker-node.ts';
import { fields, log, offer, pair, releaseCase, talk, US } from './worker-pair.ts';

const set = async (node: WorkerNode, standing: 'good' | 'restricted' | 'suspended' | 'expelled', told?: string) => {
  await handlePeerRequest(node.worker, { op: 'standing', peer: US, standing, ...(told !== undefined && { told }) });
  await carryOut(node.worker);
};
const termsOf = async ({ home }: WorkerNode, cell: string) =>
  (
    await home.query(
      `SELECT cells->$1 AS cell FROM terms WHERE direction = 'given' ORDER BY computed_at DESC LIMIT 1`,
      [cell],
    )
  ).rows[0].cell;
const statusOf = async ({ border }: WorkerNode) => (await border.query('SELECT status FROM peers')).rows[0].status;
const recalls = async ({ home }: WorkerNode) =>
  (await home.query('SELECT body FROM recalls JOIN statements USING (digest) ORDER BY made_at')).rows;

test('a suspended peer keeps the floor alone, and what it had is recalled; restored, it is given again', async (t) => {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await talk(cn, us);
  await releaseCase(cn, await cn.report({ fields }));
  await log(cn);
  await cn.border.query(
    'INSERT INTO served (peer, mark) VALUES ($1, 100000) ON CONFLICT (peer) DO UPDATE SET mark = 100000',
    [US],
  );
  await set(cn, 'suspended', 'receipts are missing');
  t.equal(await statusOf(cn), 'suspended');
  t.match(await termsOf(cn, 'incident/cyber/2-3'), {
    level: null,
    rule: { code: 'standing_suspended', params: { instead_of: 3 } },
  });
  t.match(await termsOf(cn, 'incident/cyber/5-7'), { level: 2 });
  t.match(await recalls(cn), [{ body: { cause: 'narrowed', level: 0 } }]);
  const { rows } = await cn.home.query(
    `SELECT body FROM statements WHERE typ = 'detente-standing+jwt' ORDER BY seq DESC LIMIT 1`,
  );
  t.match(rows[0].body, {
    standing: 'suspended',
    overridden: true,
    reason: { code: 'officer', params: { told: 'receipts are missing' } },
  });
  await set(cn, 'good');
  t.equal(await statusOf(cn), 'active');
  t.match(await termsOf(cn, 'incident/cyber/2-3'), { level: 3 });
});

test('the peer computes the same terms from the standing that it is told', async (t) => {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await set(cn, 'restricted');
  await talk(cn, us);
  const { rows: given } = await cn.home.query(
    `SELECT digest FROM terms WHERE direction = 'given' ORDER BY computed_at DESC LIMIT 1`,
  );
  const { rows: taken } = await us.home.query(
    `SELECT digest FROM terms WHERE direction = 'taken' ORDER BY computed_at DESC LIMIT 1`,
  );
  t.same(given, taken);
  t.match(await termsOf(cn, 'incident/cyber/2-3'), { level: 2 });
});

test('an expelled peer is given nothing at all; who is not enrolled has no standing', async (t) => {
  const { cn } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await set(cn, 'expelled');
  t.equal(await statusOf(cn), 'expelled');
  t.match(await termsOf(cn, 'incident/cyber/5-7'), { level: null });
  await cn.border.query(`UPDATE peers SET status = 'pending'`);
  const before = (await cn.home.query('SELECT FROM statements')).rowCount;
  await set(cn, 'suspended');
  t.equal((await cn.home.query('SELECT FROM statements')).rowCount, before);
});
