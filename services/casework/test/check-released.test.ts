// What is out names somebody who became known since: its case has a new draft without the name, and its acts say why.

import { test } from 'tap';
import { checkReleased } from '../src/jobs/check-released.ts';
import { makeDrafts } from '../src/jobs/draft.ts';
import { startWorkerNode } from './worker-node.ts';
import { CN, decide, fields, releaseCase } from './worker-pair.ts';

test('what is out is looked at again, and an officer is told once', async (t) => {
  const node = await startWorkerNode(t, { origin: CN });
  const { worker, home, report } = node;
  const summary = 'It was followed at ulmeric fendral.';
  const [inBoth, inRecord, clean] = [
    await report({ fields: { ...fields, summary } }),
    await report({ fields: { ...fields, root_cause: 'Trust in ulmeric fendral.' } }),
    await report({ fields }),
  ];
  for (const id of [inBoth, inRecord, clean]) await releaseCase(node, id, true);
  const gone = await report({ fields: { ...fields, summary } });
  await releaseCase(node, gone);
  await decide(node, gone, 'retraction', null);
  t.equal(await checkReleased(worker), false, 'nobody is known');
  await report({ fields, parties: { deployer: ['Ulmeric Fendral'] } });
  t.equal(await checkReleased(worker), true);
  const { rows: acts } = await home.query(`SELECT object, reason FROM acts WHERE act = 'case.named' ORDER BY number`);
  const reasonOf = (id: string) => acts.find(({ object }) => object === id)?.reason as string;
  t.same(new Set(acts.map(({ object }) => object)), new Set([inBoth, inRecord]));
  t.match(reasonOf(inBoth), /deployer at \/summary/);
  t.match(reasonOf(inBoth), /deployer at public:\/summary/);
  t.match(reasonOf(inRecord), /^protected_term: deployer at \/root_cause; it is out with that: release the new draft/);
  t.equal(await checkReleased(worker), false, 'a draft is due already');
  await makeDrafts(worker);
  const { rows } = await home.query(
    `SELECT status, d.fields->>'summary' AS summary FROM cases JOIN LATERAL (
       SELECT fields FROM drafts WHERE case_id = id ORDER BY version DESC LIMIT 1) d ON true WHERE id = $1`,
    [inBoth],
  );
  t.match(rows, [{ status: 'drafted', summary: /^It was followed at Named party [0-9A-F]{6}\.$/ }]);
  t.equal(await checkReleased(worker), false, 'nor when it waits');
  await releaseCase(node, inBoth, true);
  await releaseCase(node, inRecord, true);
  t.equal(await checkReleased(worker), false, 'nor when what is out is clean again');
});
