// The worker between home, border and the log, killed at every place at which it has done half of something.

import { offer, stopAt, until } from '@detente/testkit';
import { type Test, test } from 'tap';
import { killEach, type Row, type Side, startSides } from './sides.ts';

/** From the signed record to the signed log. */
function carryAndLog(cn: Side, us: Side): Row[] {
  const [fromCn, fromUs] = [() => cn.lab.report(3, 'cyber'), () => us.lab.report(3, 'bio')];
  const [ofCn, ofUs] = [{ node: cn.node, process: 'worker' } as const, { node: us.node, process: 'worker' } as const];
  return [
    { ...ofCn, phase: 'carries a record to border', seams: [cn.seams.carriesRecord], provoke: fromCn },
    { ...ofCn, phase: 'writes a batch of the log', seams: [cn.seams.placesLeaves], provoke: fromCn },
    { ...ofUs, phase: 'has committed a batch', seams: [us.seams.placesLeaves], commit: true, provoke: fromUs },
    { ...ofCn, phase: 'has signed a checkpoint, not kept it', seams: [cn.seams.keepsCheckpoint], provoke: fromCn },
    // Nothing is written behind these rows, so that no later one takes them along.
    { ...ofUs, phase: 'has carried, and home still has the row', seams: [us.seams.forgetsCarried], provoke: fromUs },
    {
      ...ofUs,
      quiet: true,
      phase: 'has brought places home, and border still has them',
      seams: [us.seams.bringsPlacesHome, us.seams.clearsPlaces],
      // A leaf that is no record: nobody else wants the lock on records.
      provoke: () => offer(us.node, cn.node, 'green'),
    },
  ];
}

/** From an officer's offer to what is granted. */
function offers(cn: Side, us: Side): Row[] {
  return [
    {
      ...{ node: cn.node, process: 'worker', phase: 'has signed an offer, not committed it' },
      seams: [cn.seams.sendsStatement],
      provoke: () => offer(cn.node, us.node, 'amber-strict'),
    },
    {
      ...{ node: cn.node, process: 'worker', phase: 'has narrowed in border, not at home', commit: true, quiet: true },
      seams: [cn.seams.narrows],
      provoke: () => offer(cn.node, us.node, 'clear'),
    },
  ];
}

test('a worker killed between home, border and log signs nothing twice', async (t) => {
  const [cn, us] = await startSides(t);
  await killEach(t, [cn, us], [...carryAndLog(cn, us), ...offers(cn, us)]);
  await t.test('an offer that broke off does not come after a newer one', (t) => breakOff(t, cn, us));
});

/** The session of an offer ends half-way, so that it would be tried again; by then the officer has made another. */
async function breakOff(t: Test, { node, seams }: Side, { node: peer }: Side): Promise<void> {
  const stop = await stopAt(seams.sendsStatement);
  await offer(node, peer, 'amber-strict');
  await node.sql('home', 'SELECT pg_terminate_backend($1)', [await stop.reached()]);
  await stop.release();
  await offer(node, peer, 'green');
  const jobs = `SELECT FROM queue_worker.jobs WHERE task_identifier = 'peer' AND attempts < max_attempts`;
  await until('no offer is left to be tried', async () => (await node.sql('home', jobs)).length === 0);
  const newest = `SELECT body->'gives'->0->>'tier' AS tier FROM statements
    WHERE iss = $1 AND typ = 'detente-offer+jwt' ORDER BY seq DESC LIMIT 1`;
  t.same(await node.sql('home', newest, [node.origin]), [{ tier: 'green' }], 'the last word is the officer’s last');
}
