import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Test, test } from 'tap';
import { call, createNode, report, serve } from './reporting-node.ts';

const path = '/reporting/v1/cases/batch';
const ndjson = { 'content-type': 'application/x-ndjson' };

test('a batch that is broken off gives its slot back', async (t) => {
  const node = await createNode(t);
  const origin = await serve(t, node);
  const labs = await Promise.all(Array.from({ length: 9 }, () => node.addLab()));
  const send = (lab: string) => call(origin, `${path}?dry_run=true`, lab, JSON.stringify(report()), ndjson);
  const headOf = (lab: string, length: number) =>
    `POST ${path}?dry_run=true HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${lab}\r\n` +
    `Content-Type: application/x-ndjson\r\nContent-Length: ${length}\r\n\r\n`;
  const open = (text: string) => openSocket(t, origin, text);
  const statusOf = async (lab: string) => (await send(lab)).status;
  /** Whether eight batches can begin, and no ninth. */
  const areFree = async () => {
    let answered = 0;
    const sockets = labs.slice(0, 8).map((lab) => open(`${headOf(lab, 1_000)}{`));
    for (const socket of sockets) socket.on('data', () => void answered++);
    await sleep(200);
    const ninth = await statusOf(labs[8]!);
    for (const socket of sockets) socket.destroy();
    return answered === 0 && ninth === 503;
  };

  await t.test('while its body comes in', async (t) => {
    const sockets = labs.slice(0, 8).map((lab) => open(`${headOf(lab, 1_000)}{"fie`));
    await until(async () => (await statusOf(labs[8]!)) === 503);
    for (const socket of sockets) socket.destroy();
    await t.resolves(until(areFree));
  });

  await t.test('while it is answered', async (t) => {
    const lines = '\n'.repeat(10_000);
    const sockets = labs.slice(0, 8).map((lab) => open(headOf(lab, lines.length) + lines));
    for (const socket of sockets)
      void once(socket, 'data').then(
        () => socket.resetAndDestroy(),
        () => undefined,
      );
    await Promise.all(sockets.map((socket) => once(socket, 'close')));
    await t.resolves(until(areFree));
  });

  await t.test('while it waits behind another on its connection', async (t) => {
    await node.admin.write(async (tx) => {
      await tx.query('LOCK TABLE cases IN ACCESS EXCLUSIVE MODE');
      const line = JSON.stringify(report());
      const first = (lab: string) => headOf(lab, line.length).replace('?dry_run=true', '') + line;
      const sockets = labs.slice(0, 4).map((lab) => open(`${first(lab)}${headOf(lab, 1_000)}{`));
      await until(async () => (await statusOf(labs[8]!)) === 503);
      for (const socket of sockets) socket.resetAndDestroy();
      await sleep(100);
    });
    await t.resolves(until(areFree));
  });

  await t.test('while it is asked whose key it brings', async (t) => {
    const unknown = await Promise.all(Array.from({ length: 8 }, () => node.addLab()));
    await node.admin.write(async (tx) => {
      await tx.query('LOCK TABLE labs IN ACCESS EXCLUSIVE MODE');
      const sockets = unknown.map((lab) => open(`${headOf(lab, 1_000)}{`));
      await until(async () => (await node.count('pg_locks', 'NOT granted')) > 0);
      await sleep(100);
      for (const socket of sockets) socket.resetAndDestroy();
      await sleep(100);
    });
    await t.resolves(until(areFree));
  });

  await t.test('a lab that drips has two slots, and the others the rest', async (t) => {
    const [lab, other] = labs as [string, string];
    const sockets = [0, 1].map(() => open(`${headOf(lab, 1_000)}{`));
    await until(async () => (await statusOf(lab)) === 429);
    const refused = await send(lab);
    t.equal(refused.json.code, 'rate_limited');
    t.equal(refused.headers.get('retry-after'), '5');
    t.match(refused.json.detail, 'send the next when one has ended');
    t.equal(await statusOf(other), 200);
    for (const socket of sockets) socket.destroy();
    await until(async () => (await statusOf(lab)) === 200);
  });
});

function openSocket(t: Test, origin: string, text: string): Socket {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.on('error', () => undefined);
  t.teardown(() => socket.destroy());
  socket.write(text);
  return socket;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 10_000; performance.now() < end; await sleep(50)) if (await holds()) return;
  throw new Error('it never came to that');
}
