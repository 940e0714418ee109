import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Test, test } from 'tap';
import { call, createNode, type Node, report } from './reporting-node.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const cases = '/reporting/v1/cases';

async function start(t: Test, node: Node): Promise<{ child: ChildProcess; origin: string }> {
  const child = fork(main, { env: { ...process.env, ...node.env, DETENTE_LOG_LEVEL: 'warn' }, stdio: 'inherit' });
  t.teardown(() => child.kill('SIGKILL'));
  const [message] = await once(child, 'message');
  t.match(message, { ready: true, port: Number });
  return { child, origin: `http://127.0.0.1:${message.port}` };
}

test('a process killed in the middle of a burst has kept every report it acknowledged, once', async (t) => {
  const node = await createNode(t);
  const lab = await node.addLab();
  const requests = Array.from({ length: 400 }, (_, at) => ({
    key: randomUUID(),
    body: JSON.stringify(report({}, { title: `report ${at}` })),
  }));
  const acknowledged = new Map<string, string>();
  let differing = 0;
  const send = async (origin: string, { key, body }: (typeof requests)[number]) => {
    const answer = await call(origin, cases, lab, body, { 'idempotency-key': key }).catch(() => undefined);
    if (answer?.status !== 201) return;
    if ((acknowledged.get(key) ?? answer.text) !== answer.text) differing += 1;
    acknowledged.set(key, answer.text);
  };
  const sendAll = (origin: string) => {
    const left = requests.values();
    const sender = async () => {
      for (const request of left) await send(origin, request);
    };
    return Promise.all(Array.from({ length: 16 }, sender));
  };

  const first = await start(t, node);
  const burst = sendAll(first.origin);
  while (acknowledged.size < 40) await new Promise((resolve) => setTimeout(resolve, 1));
  first.child.kill('SIGKILL');
  await burst;
  t.comment(`${acknowledged.size} of 400 were acknowledged`);
  t.ok(acknowledged.size < 400, 'it was killed in the middle');
  await whole(t, node);
  const ids = [...acknowledged.values()].map((text) => JSON.parse(text).id);
  t.equal(await node.count('cases', 'id = ANY ($1)', [ids]), ids.length, 'what was acknowledged is there');

  const second = await start(t, node);
  await sendAll(second.origin);
  t.equal(acknowledged.size, 400, 'sent again, everything is acknowledged');
  t.equal(differing, 0, 'and what was acknowledged before gets the same answer');
  t.equal(await node.count('cases'), 400, 'nothing is lost and nothing doubled');
  t.equal((await node.rows(`SELECT DISTINCT fields->>'title' FROM cases`)).length, 400);
  await whole(t, node);
  for (const { key, body } of requests.slice(0, 20))
    await node.verify(JSON.parse(acknowledged.get(key)!).receipt, body);

  second.child.kill('SIGTERM');
  const [code] = await once(second.child, 'exit');
  t.equal(code, 0, 'a signal ends it in order');
});

/** A case, its vault, leaf, receipt and stored reply are there, and a draft is due, together or not at all. */
async function whole(t: Test, node: Node): Promise<void> {
  const having = (ids: string) => `(SELECT count(*)::integer FROM cases WHERE id IN (SELECT ${ids}))`;
  const [row] = await node.rows<Record<string, number>>(`
    SELECT (SELECT count(*)::integer FROM cases) AS cases, ${having('case_id FROM vault')} AS vault,
      ${having('case_id FROM intake_leaves')} AS leaves, ${having('case_id FROM receipts')} AS receipts,
      ${having(`(reply::json->>'id')::uuid FROM idempotency`)} AS replies,
      ${having('id FROM cases WHERE draft_due')} AS due`);
  t.ok(
    (await node.count('queue_worker.jobs', `task_identifier = 'draft'`)) > 0 || row!.cases === 0,
    'the worker is asked',
  );
  t.equal(new Set(Object.values(row!)).size, 1, JSON.stringify(row));
  for (const table of ['vault', 'intake_leaves', 'receipts', 'idempotency'])
    t.equal(await node.count(table), row!.cases, table);
}

test('a wrong setting stops the process with one sentence that names it', async (t) => {
  const child = fork(main, { env: { PATH: process.env.PATH, DETENTE_ORIGIN: 'cn.example' }, stdio: 'pipe' });
  let said = '';
  child.stderr!.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  t.equal(code, 1);
  t.match(said, /^reporting: settings: .*DETENTE_HOME_URL is not set.*\n$/);
  t.match(said, 'DETENTE_ORIGIN');
});
