// Whoever has a part in a record's way is killed once in the middle of it. Every place on the way is in the `crash-*.faults.ts`.

import { test } from 'tap';
import { killEach, startSides } from './sides.ts';

test('whatever is killed on the way from a report to a peer’s inbox, it goes on', { timeout: 280_000 }, async (t) => {
  const [cn, us] = await startSides(t);
  const provoke = () => cn.lab.report(3, 'cyber');
  const bothReport = () => Promise.all([provoke(), us.lab.report(3, 'bio')]);
  await killEach(
    t,
    [cn, us],
    [
      {
        ...{ node: cn.node, process: 'reporting', phase: 'has committed an import, not answered it', commit: true },
        ...{ seams: [cn.seams.takesReports], provoke: () => cn.lab.imports(20, 'cyber') },
      },
      {
        ...{ node: cn.node, process: 'router', phase: 'has requests open that reporting goes on to commit' },
        ...{ seams: [cn.seams.takesReports], provoke },
      },
      {
        ...{ node: cn.node, process: 'worker', phase: 'has signed a release, not committed it' },
        ...{ seams: [cn.seams.signsRelease], provoke },
      },
      {
        ...{ node: cn.node, process: 'exchange', phase: 'has served a page that nobody got', commit: true },
        ...{ seams: [cn.seams.composes], provoke },
      },
      {
        ...{ node: us.node, process: 'exchange', phase: 'has landed a page', commit: true },
        ...{ seams: [us.seams.keepsOwnReceipt], provoke },
      },
      {
        ...{ node: us.node, process: 'worker', phase: 'takes records home' },
        ...{ seams: [us.seams.takesHome], provoke },
      },
      {
        ...{ node: us.node, process: 'postgres', phase: 'lands a page' },
        ...{ seams: [us.seams.keepsOwnReceipt], provoke: bothReport },
      },
    ],
  );
});
