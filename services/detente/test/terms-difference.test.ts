// A country widens its offer while the other's worker stands still: what both officers read, and what is given meanwhile.

import { dataOf } from '@detente/client';
import { introduce, offer, releasing, runDetente, startNode, until } from '@detente/testkit';
import { test } from 'tap';
import { patientLab } from './lab.ts';

test('what is wider waits for the other node, and both read which statement it lacks', {
  timeout: 240_000,
}, async (t) => {
  const [cn, us] = await Promise.all([startNode(t, { name: 'cn', policy: releasing() }), startNode(t, { name: 'us' })]);
  await introduce(cn, us);
  await offer(cn, us, 'green');
  await offer(us, cn, 'green');
  const differs = async (node: typeof cn, name: string) => {
    const { data } = await node.casework.GET('/casework/v1/peers/{name}', { params: { path: { name } } });
    return data?.differs?.inputs.map(({ code }) => code) ?? [];
  };
  const agreed = async () => [...(await differs(cn, 'us')), ...(await differs(us, 'cn'))].length === 0;
  const inbox = async () => dataOf(await us.casework.GET('/casework/v1/inbox', { params: { query: {} } })).items;
  const lab = await patientLab(cn);
  await lab.report(1, 'bio');
  await until('us has it', async () => (await inbox()).length === 1 && (await agreed()));
  const [{ digest, level } = { digest: '', level: null }] = await inbox();
  t.equal(level, 2);

  process.kill(us.pid('worker'), 'SIGSTOP');
  t.teardown(() => process.kill(us.pid('worker'), 'SIGCONT'));
  await offer(cn, us, 'amber');
  await until('both see it', async () => {
    const [atCn, atUs] = [await differs(cn, 'us'), await differs(us, 'cn')];
    return `${atCn} ${atUs}` === 'differs_our_offer differs_their_offer';
  });
  await lab.report(1, 'bio');
  const newest = async () =>
    (await cn.sql('home', 'SELECT digest FROM records WHERE place >= 0 AND digest <> $1', [digest]))[0]?.digest;
  await until('another is logged', async () => (await newest()) !== undefined);
  const read = async (node: typeof cn, ...args: string[]) => (await runDetente([...args, '--data', node.data])).stdout;
  t.match(await read(cn, 'terms', 'us'), /^differs +The other side computes with another offer of ours: /m);
  t.match(await read(us, 'terms', 'cn', '--lang', 'zh'), /^differs +对方据以计算的其自身提议不同：/m);
  t.match(
    await read(cn, 'why', 'us', `${await newest()}`),
    /grant +done +.* more is given as soon as the other side computes with/,
  );

  process.kill(us.pid('worker'), 'SIGCONT');
  const levels = async () => (await inbox()).map(({ level }) => level);
  await until('us has both, and more of them', async () => `${await levels()}` === '3,3' && (await agreed()));
  t.equal(dataOf(await us.casework.GET('/casework/v1/quarantine', { params: { query: {} } })).items.length, 0);
});
