import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Test, test } from 'tap';
import type { Released } from './border-worker.ts';
import { introduce, type Node, startNode } from './exchange-node.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const CYBER = 'incident/cyber/unrated';
const cyber = { hazard_domain: 'cyber' };

/** The exchange of a node as a process of its own, behind the node's proxy in place of the one in this process. */
async function start(t: Test, node: Node, more: Record<string, string> = {}): Promise<ChildProcess> {
  const env = { ...process.env, ...node.env, DETENTE_LOG_LEVEL: 'error', DETENTE_PULL_MS: '100', ...more };
  const child = fork(main, { env, stdio: 'inherit' });
  t.teardown(() => child.kill('SIGKILL'));
  const [message] = await once(child, 'message');
  t.match(message, { ready: true, port: Number });
  node.proxy.target = message.port;
  return child;
}

async function until(condition: () => Promise<boolean>, patience = 60_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not come to that in time');
    await sleep(20);
  }
}

async function releaseMany(node: Node, count: number): Promise<Released[]> {
  const records = [];
  for (let at = 0; at < count; at++) records.push(await node.worker.release(cyber));
  await node.worker.sequence(512);
  return records;
}

test('an exchange that is killed again and again in the middle of a pull loses nothing and doubles nothing', async (t) => {
  const [cn, us] = await Promise.all([startNode(t), startNode(t)]);
  await introduce(cn, us);
  await cn.worker.grant(us.origin, { cell: CYBER }, 2);
  const records = await releaseMany(cn, 160);
  const settings = { DETENTE_PULL_RECORDS: '10', DETENTE_VERIFY_THREADS: '1' };
  const counts: number[] = [];
  for (const enough of [1, 50, 110]) {
    const child = await start(t, us, settings);
    await until(async () => (await us.count('landing')) >= enough);
    child.kill('SIGKILL');
    await once(child, 'exit');
    counts.push(await us.count('landing'));
  }
  t.comment(`killed at ${counts} of 160`);
  t.ok(
    counts.some((count) => count > 0 && count < 160),
    'it was killed in the middle',
  );

  const child = await start(t, us, settings);
  await until(async () => (await us.cursor(cn))?.after === cn.worker.size);
  await until(async () => (await us.count('receipts_out', 'sent_at IS NULL')) === 0);
  const landed = (await us.landed(cn)).map(({ digest }) => digest);
  t.same([...landed].sort(), records.map(({ digest }) => digest).sort(), 'every record is there, once');
  const sent = await us.rows<{ seq: string; jws: string }>('SELECT seq, jws FROM receipts_out ORDER BY seq');
  const kept = await cn.rows<{ seq: string; jws: string }>('SELECT seq, jws FROM receipts_in ORDER BY seq');
  t.same(kept, sent, 'the giver holds each receipt, once and as signed');
  const said = sent.flatMap(({ jws }) => JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString()).records);
  t.same(said.map(({ digest }) => digest).sort(), [...landed].sort(), 'each record is signed for, once');

  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  t.equal(code, 0, 'a signal ends it in order');
});

test('a giver that is killed while it serves gives everything once it is back', async (t) => {
  const [cn, us] = await Promise.all([startNode(t), startNode(t)]);
  await introduce(cn, us);
  await cn.worker.grant(us.origin, { cell: CYBER }, 2);
  const records = await releaseMany(cn, 120);
  const giver = await start(t, cn, { DETENTE_PULL_MS: '60000' });
  const pulled = us.pull(cn, { limit: 5 });
  await until(async () => (await us.count('landing')) >= 15);
  giver.kill('SIGKILL');
  await pulled;
  t.ok((await us.landed(cn)).length < 120, 'it was killed in the middle');
  t.match(await us.fault(cn), /./);
  await start(t, cn, { DETENTE_PULL_MS: '60000' });
  await us.pull(cn);
  t.same((await us.landed(cn)).map(({ digest }) => digest).sort(), records.map(({ digest }) => digest).sort());
  t.equal(await us.fault(cn), null);
});

test('processes pull each other by their rhythm, and one that hangs holds up nobody else', async (t) => {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);
  await introduce(cn, us, sg);
  for (const giver of [us, sg]) await giver.worker.grant(cn.origin, { cell: CYBER }, 1);
  let asked = 0;
  us.proxy.tamper = () => {
    asked += 1;
    return undefined;
  };
  await start(t, cn, { DETENTE_PULL_TIMEOUT_MS: '30000' });
  await until(async () => asked > 0);
  for (let round = 1; round <= 3; round++) {
    await sg.worker.release(cyber);
    await us.worker.release(cyber);
    await sg.worker.sequence();
    await us.worker.sequence();
    await until(async () => (await cn.landed(sg)).length === round, 10_000);
  }
  t.equal(asked, 1, 'a peer that has not answered is not asked again beside it');
  t.equal((await cn.landed(us)).length, 0);
  t.equal(await cn.fault(sg), null);
});

test('a wrong setting stops the process with one sentence that names it', async (t) => {
  const child = fork(main, { env: { PATH: process.env.PATH, DETENTE_ORIGIN: 'cn.example' }, stdio: 'pipe' });
  let said = '';
  child.stderr!.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  t.equal(code, 1);
  t.match(said, /^exchange: settings: .*DETENTE_BORDER_URL is not set.*\n$/);
});
