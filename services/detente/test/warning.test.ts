// A grave incident reaches a peer while the log stands still, the terms give nothing, and after the sender was killed.

import { dataOf } from '@detente/client';
import { introduce, releasing, runDetente, startNode, type TestNode, until } from '@detente/testkit';
import { test } from 'tap';
import { patientLab } from './lab.ts';

const policy = releasing();
/** No batch of the log in a test's time. */
const HOUR = 3_600_000;

async function reportGrave(node: TestNode, count: number, level = 6): Promise<void> {
  const lab = await patientLab(node);
  const severity = { level, axes: { people: level, safeguards: 3, reach: 3 } };
  await lab.report(count, 'bio', { severity });
}

const warnedOf = async (node: TestNode) => dataOf(await node.casework.GET('/casework/v1/warnings')).items;
const statusOf = async (node: TestNode) => dataOf(await node.casework.GET('/casework/v1/status'));
const recallsAt = async (node: TestNode) =>
  dataOf(await node.casework.GET('/casework/v1/recalls', { params: { query: {} } })).items;
const sentBy = async (node: TestNode) => dataOf(await node.casework.GET('/casework/v1/notices')).items;

test('a grave incident is known at a peer at once', { timeout: 200_000 }, async (t) => {
  const start = (name: string) => startNode(t, { name, policy, tickMs: HOUR });
  const [cn, us] = await Promise.all([start('cn'), start('us')]);
  await introduce(cn, us);

  await t.test('the way was tried with a canary each', async (t) => {
    await until('both hear each other', async () => {
      const statuses = await Promise.all([statusOf(cn), statusOf(us)]);
      return statuses.every(({ canaries_missing }) => canaries_missing === 0);
    });
    const [peer] = dataOf(await cn.casework.GET('/casework/v1/peers')).items;
    t.equal(peer?.canary, new Date().toISOString().slice(0, 10));
  });

  await t.test('without an offer and before the log shows it', async (t) => {
    await reportGrave(cn, 1);
    await until('us knows', async () => (await warnedOf(us)).length === 1);
    const [warned] = await warnedOf(us);
    t.match(warned, { peer: 'cn', count: 1, unlogged: 1, overdue: 0 });
    t.match(warned?.newest, { severity: 6, domain: 'bio', logged: false });
    const query = { warned: true };
    const [item] = dataOf(await us.casework.GET('/casework/v1/inbox', { params: { query } })).items;
    t.match(item, { peer: 'cn', level: 2, band: '5-7', digest: warned?.newest.digest });
    t.notOk(item && 'index' in item, 'it has no place in the log');
    await until('cn knows that it arrived', async () => (await sentBy(cn))[0]?.delivered_at !== undefined);
    t.match((await sentBy(cn)).slice(0, 1), [{ peer: 'us', kind: 'warning', escalation: 0, proof: 'waiting' }]);
    t.match((await statusOf(cn)).warnings, { undelivered: 0, escalation: 0, unproven: 0 });
  });

  await t.test('what a killed exchange had not brought is brought when it is back, once', async (t) => {
    await us.kill('exchange');
    await reportGrave(cn, 3);
    await until(
      'they wait',
      async () => (await cn.sql('border', `SELECT FROM notices_out WHERE kind = 'warning'`)).length === 4,
    );
    await cn.kill('exchange');
    await until('us knows all', async () => (await warnedOf(us))[0]?.count === 4);
    await until('all are delivered', async () => (await statusOf(cn)).warnings.undelivered === 0);
    const landed = await us.sql('home', 'SELECT count(*)::int AS n, count(DISTINCT digest)::int AS d FROM received');
    t.same(landed, [{ n: 4, d: 4 }]);
  });

  await t.test('a withdrawal asks for it back, and the signed answer comes home', async (t) => {
    const { items: cases } = dataOf(await cn.casework.GET('/casework/v1/cases', { params: { query: {} } }));
    const { id } = cases[0]!;
    await cn.casework.POST('/casework/v1/cases/{id}/retraction', {
      params: { path: { id } },
      body: { reason: 'wrong' },
    });
    await until('us is asked', async () => (await recallsAt(us)).length === 1);
    const [recall] = await recallsAt(us);
    t.match(recall, { peer: 'cn', direction: 'received', cause: 'retracted', level: 0, overdue: false });
    const kept = await runDetente(['recall', 'answer', recall!.digest, '--kept', '--reason', 'r', '--data', us.data]);
    t.match(kept, { code: 1, stderr: /legal_basis/ });
    const args = ['recall', 'answer', recall!.digest, '--purged', '--reason', 'asked to', '--data', us.data];
    t.match(await runDetente(args), { code: 0 });
    await until('cn has the answer', async () => (await recallsAt(cn))[0]?.answer?.answer === 'purged');
    const query = { warned: true, history: true };
    const items = dataOf(await us.casework.GET('/casework/v1/inbox', { params: { query } })).items;
    t.match(
      items.filter((one) => recall!.records.some((given) => given.digest === one.digest)),
      [{ level: 0, fields: {} }],
    );
  });

  await t.test('a second officer approves, not the one who decided, and the peer hears of it', async (t) => {
    const rows = await cn.sql(
      'home',
      `SELECT digest, case_id FROM records r WHERE NOT retracted AND id NOT IN (SELECT id FROM records WHERE retracted)
       ORDER BY digest`,
    );
    const [first, second] = rows as { digest: string; case_id: string }[];
    t.match(await warnedOf(us), [{ count: 4, unapproved: 3, overdue: 0 }], 'what was purged is no warning any more');
    t.match(
      (await sentBy(cn)).find((one) => one.digest === first!.digest),
      { approval: 'waiting' },
    );
    const approve = (digest: string) => runDetente(['approve', digest, '--reason', 'read', '--data', cn.data]);
    t.match(await approve(first!.digest), { code: 0, stdout: /Approved/ });
    await until('us knows', async () => (await warnedOf(us))[0]?.unapproved === 2);
    t.match(
      (await sentBy(cn)).find((one) => one.digest === first!.digest && one.kind === 'warning'),
      {
        approval: 'approved',
      },
    );
    t.match(await approve(first!.digest), { code: 1, stderr: /approved already/ });
    await cn.sql(
      'home',
      `UPDATE decisions SET actor = (SELECT actor FROM acts WHERE act = 'peer.add') WHERE case_id = $1`,
      [second!.case_id],
    );
    t.match(await approve(second!.digest), { code: 1, stderr: /another officer has to approve it/ });
    const { token } = dataOf(
      await cn.casework.POST('/casework/v1/tokens', { body: { name: 'other-self', scope: 'officer', reason: 'test' } }),
    );
    const asOther = [second!.digest, '--reason', 'read', '--data', cn.data, '--token', token];
    t.match(
      await runDetente(['approve', ...asOther]),
      { code: 1, stderr: /another officer has to approve it/ },
      'nor as another self',
    );
    t.match(await approve('A'.repeat(43)), { code: 1, stderr: /There is no warning/ });
  });

  await t.test('what waits long calls the officers of both sides', async (t) => {
    await cn.sql('border', `UPDATE notices_out SET created_at = now() - interval '2 hours'`);
    await us.sql('home', `UPDATE received SET warned_at = now() - interval '2 hours'`);
    t.match((await statusOf(cn)).warnings, { undelivered: 0, unproven: 4, unapproved: 3 });
    t.match((await statusOf(us)).warnings, { unproven_received: 4, unapproved_received: 2 });
    t.match(await warnedOf(us), [{ overdue: 4 }]);
    await cn.sql('border', `UPDATE notices_out SET delivered_at = NULL, next_at = now() + interval '1 hour'`);
    t.match((await statusOf(cn)).warnings, { undelivered: 7, escalation: 3 });
    const ran = await runDetente(['warnings', '--data', cn.data]);
    t.match(ran, { code: 0, stdout: /us +warning .* no +overdue +(overdue|approved) +3/ });
  });
});
