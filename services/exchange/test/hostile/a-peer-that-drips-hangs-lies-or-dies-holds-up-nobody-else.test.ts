import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type Heard, type HostileNode, startHostileNode, until } from '@detente/testkit';
import { test } from 'tap';
import { startNode } from '../exchange-node.ts';
import { enrol, startHonest } from './victim.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const isFeed = ({ url }: Heard) => url.startsWith('/exchange/v1/feed');

/** Ways to hold up whoever asks. */
const manners: Record<string, (node: HostileNode, heard: Heard, response: ServerResponse) => boolean> = {
  hangs: () => true,
  drips: (_, __, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
    return true;
  },
  dies: (_, __, response) => {
    response.socket?.destroy();
    return true;
  },
  lies: (node, heard, response) => {
    const page = JSON.stringify({ ...node.log.page({ after: 0 }), next: 7 });
    response.writeHead(200, { 'content-type': 'application/json', ...node.sealed(heard, 200, page) }).end(page);
    return true;
  },
  // An honest page of bad records, and always one more.
  floods: (node) => {
    for (let count = 0; count < 20; count++) {
      const { token } = node.record();
      node.log.add(token, `${token.slice(0, -2)}~`);
    }
    return false;
  },
};

test('peers that drip, hang, lie, die or flood hold up nobody’s records but their own', async (t) => {
  const us = await startNode(t);
  const them = await startHonest(t, us);
  await them.worker.grant(us.origin, { cell: 'incident/cyber/unrated' }, 1);
  const asked = new Map<string, number>();
  for (const [manner, answer] of Object.entries(manners)) {
    const node = await startHostileNode(t);
    await enrol(us, node);
    node.answer = (heard, response) => {
      if (!isFeed(heard)) return false;
      asked.set(manner, (asked.get(manner) ?? 0) + 1);
      return answer(node, heard, response);
    };
  }
  const env = { ...process.env, ...us.env, DETENTE_LOG_LEVEL: 'error', DETENTE_PULL_MS: '100' };
  const child = fork(main, { env: { ...env, DETENTE_PULL_TIMEOUT_MS: '600000' }, stdio: 'inherit' });
  t.teardown(() => child.kill('SIGKILL'));
  const [message] = await once(child, 'message');
  us.proxy.target = message.port;
  await until('each of them is asked', async () => asked.size === 5);

  for (let round = 1; round <= 3; round++) {
    await them.worker.release({ hazard_domain: 'cyber' });
    await them.worker.sequence();
    await until(`record ${round} of the honest node lands`, async () => (await us.landed(them)).length === round);
  }
  t.equal(asked.get('hangs'), 1, 'who has not answered is not asked again beside it');
  t.equal(asked.get('drips'), 1);
  t.ok(asked.get('dies')! > 1 && asked.get('lies')! > 1, 'who answers badly is asked again');
  t.ok((await us.count('quarantine', `code <> 'quarantine_full'`)) <= 1000);
  t.equal(await us.fault(them), null);
});
