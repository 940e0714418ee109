// A peer's life by the command: the sandbox, the check of its node, enrolment, and the end.

import { dataOf } from '@detente/client';
import { offer, releasing, runDetente, startNode, type TestNode, until } from '@detente/testkit';
import { test } from 'tap';
import { patientLab } from './lab.ts';

const peer = (node: TestNode, ...args: string[]) => runDetente(['peer', ...args, '--data', node.data]);
const shown = async (node: TestNode, name: string) =>
  dataOf(await node.casework.GET('/casework/v1/peers/{name}', { params: { path: { name } } }));
const inbox = async (node: TestNode, query: { peer?: string } = { peer: 'cn' }) =>
  dataOf(await node.casework.GET('/casework/v1/inbox', { params: { query } })).items;

test('a peer is tried in the sandbox, enrolled and let go', { timeout: 300_000 }, async (t) => {
  const start = (name: string) => startNode(t, { name, policy: releasing() });
  const [cn, us] = await Promise.all([start('cn'), start('us')]);
  const add = (node: TestNode, { name, origin, fingerprint }: TestNode) =>
    peer(node, 'add', name, origin, '--fingerprint', fingerprint, '--sandbox');

  await t.test('in the sandbox it is known, and given nothing', async (t) => {
    t.match(await add(cn, us), { code: 0, stdout: /given nothing until you enrol it/ });
    await until('cn has the descriptor', async () => (await shown(cn, 'us')).status === 'active');
    const early = await peer(cn, 'enrol', 'us', '--reason', 'too early');
    t.match(early, { code: 1, stderr: /has not been checked|did not pass|no canary/ });
    const checked = await peer(cn, 'check', 'us');
    t.match(checked, { code: 1, stdout: /serves a page +NO .*does not know this node yet/, stderr: /did not pass/ });
    await add(us, cn);
    await until('us has the descriptor', async () => (await shown(us, 'cn')).status === 'active');
    await offer(cn, us, 'amber');
    await (await patientLab(cn)).report(1, 'cyber');
    await until(
      'it is logged',
      async () => (await cn.sql('home', 'SELECT FROM records WHERE place >= 0')).length === 1,
    );
    t.match(await peer(cn, 'list'), { stdout: /us +sandbox/ });
    t.same(await inbox(us), []);
  });

  await t.test('its node passes every check, and it is enrolled', async (t) => {
    const checked = await peer(cn, 'check', 'us');
    t.match(checked, { code: 0, stdout: /refuses a replay +yes/ }, checked.stderr);
    t.notMatch(checked.stdout, / NO /);
    await until('canaries came through', async () => {
      const { canary, canary_taken } = await shown(cn, 'us');
      return canary !== undefined && canary_taken !== undefined;
    });
    t.match(await peer(cn, 'enrol', 'us', '--reason', 'checked'), { code: 0, stdout: /us is enrolled/ });
    t.match(await peer(cn, 'show', 'us'), { stdout: /contact +duty officer/ });
    await until('it is given what was logged before', async () => (await inbox(us)).length === 1);
    t.same(await inbox(us, {}), [], 'there cn is in the sandbox still, and shown to whoever asks for it');
    t.match(await shown(cn, 'us'), { sandbox: false, standing: { standing: 'good', reason: 'enrolled' } });
    const again = await peer(cn, 'enrol', 'us', '--reason', 'twice');
    t.match(again, { code: 1, stderr: /enrolled already/ });
  });

  await t.test('let go, it is asked for all of it; when it has answered it is a stranger', async (t) => {
    const gone = await peer(cn, 'offboard', 'us', '--told', 'the treaty ends', '--reason', 'decree');
    t.match(gone, { code: 0, stdout: /What stays: 0 records of us here/ });
    const recalled = async () => dataOf(await us.casework.GET('/casework/v1/recalls', { params: { query: {} } })).items;
    await until('us is asked', async () => (await recalled()).length === 1);
    const [recall] = await recalled();
    t.match(recall, { direction: 'received', cause: 'ended', level: 0 });
    const answer = await runDetente([
      'recall',
      'answer',
      recall!.digest,
      '--purged',
      '--reason',
      'asked',
      '--data',
      us.data,
    ]);
    t.equal(answer.code, 0, answer.stderr);
    await until('it is expelled', async () => (await shown(cn, 'us')).status === 'expelled');
    t.match((await inbox(us))[0], { level: 0, fields: {} });
    t.match(await peer(cn, 'offboard', 'us', '--reason', 'twice'), { code: 1, stderr: /expelled already/ });
  });
});
