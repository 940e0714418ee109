// The pull between two nodes, and the databases under both: whoever takes part is killed at a named place on the way.

import { offer } from '@detente/testkit';
import { test } from 'tap';
import { killEach, type Row, type Side, startSides } from './sides.ts';

/** From the giver's page to the taker's inbox, and the receipt back. */
function pull(giver: Side, taker: Side): Row[] {
  const provoke = () => giver.lab.report(3, 'cyber');
  const serving = { node: giver.node, process: 'exchange', provoke } as const;
  const pulling = { node: taker.node, process: 'exchange', provoke } as const;
  return [
    { ...serving, phase: 'composes a page', seams: [giver.seams.composes] },
    { ...serving, phase: 'has served a page that nobody got', seams: [giver.seams.composes], commit: true },
    { ...pulling, phase: 'lands a verified page', seams: [taker.seams.keepsOwnReceipt] },
    { ...pulling, phase: 'has landed a page', seams: [taker.seams.keepsOwnReceipt], commit: true },
    {
      ...pulling,
      phase: 'has brought a receipt, not marked it',
      seams: [giver.seams.keepsReceipt, taker.seams.marksReceipt],
    },
    {
      ...pulling,
      quiet: true,
      phase: 'has put a statement, not marked it',
      seams: [giver.seams.landsStatement, taker.seams.marksStatement],
      provoke: () => offer(taker.node, giver.node, 'green'),
    },
    { ...pulling, process: 'worker', phase: 'takes records home', seams: [taker.seams.takesHome] },
    {
      ...pulling,
      process: 'worker',
      phase: 'has taken records home, and border still has them',
      seams: [taker.seams.takesHome, taker.seams.clearsLanding],
    },
  ];
}

/** The database under everything, on either side. */
function databases(cn: Side, us: Side): Row[] {
  const everything = () => Promise.all([cn.lab.report(4, 'cyber'), us.lab.report(4, 'bio')]);
  return [
    {
      ...{ node: cn.node, process: 'postgres', phase: 'gives a page' },
      seams: [cn.seams.composes],
      provoke: everything,
    },
    {
      ...{ node: us.node, process: 'postgres', phase: 'lands a page' },
      seams: [us.seams.keepsOwnReceipt],
      provoke: everything,
    },
  ];
}

test('whatever is killed in the middle of a pull, each record arrives once', async (t) => {
  const [cn, us] = await startSides(t);
  await killEach(t, [cn, us], [...pull(cn, us), ...databases(cn, us)]);
});
