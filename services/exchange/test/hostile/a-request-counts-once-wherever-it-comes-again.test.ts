import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createLogger, readConfig } from '@detente/server';
import { openDatabase } from '@detente/store/database';
import { type Test, test } from 'tap';
import { buildExchange } from '../../src/app.ts';
import { ExchangeConfig } from '../../src/config.ts';
import type { Node } from '../exchange-node.ts';
import { changesNothing, problemOf, startVictim, type Victim } from './victim.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A receipt of its own for each call, so that every request that counts leaves a row. */
async function receiptCall({ us, mallory }: Victim, seq: number) {
  const digest = 'A'.repeat(43);
  const body = {
    log: `${new URL(us.origin).host}/log/v1`,
    page: { after: 0, next: seq },
    records: [{ digest, level: 1, disclosed: digest }],
  };
  const receipt = await mallory.state('detente-receipt+jwt', body, { aud: us.origin, seq });
  const call = { method: 'POST', path: '/exchange/v1/receipts', body: JSON.stringify({ receipt }) };
  return mallory.sign(us.origin, call, { lifetime: 300 });
}

/** The same node's second replica: another app over the same database. */
async function startReplica(t: Test, us: Node): Promise<number> {
  const config = readConfig(ExchangeConfig, us.env);
  const border = openDatabase({ url: config.DETENTE_BORDER_URL, max: 6, name: 'test replica' });
  const logger = createLogger({ name: 'exchange', level: 'silent' });
  const app = await buildExchange({ config, border, keys: us.keys, logger, checkReplies: true });
  await app.listen({ port: 0, host: '127.0.0.1' });
  t.teardown(async () => {
    await app.close();
    await border.close();
  });
  return (app.server.address() as AddressInfo).port;
}

test('a request counts once, wherever and whenever it comes again', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const first = await receiptCall(victim, 1);
  t.equal((await mallory.send(us.proxy.target, first)).status, 204);

  await t.test('at the same node', async (t) => {
    t.same(await changesNothing(t, us, () => problemOf(t, victim, first)), [409, 'nonce_replayed']);
  });

  await t.test('at a second replica at the same instant: of 200 pairs exactly 200 have an effect', async (t) => {
    const replica = await startReplica(t, us);
    const statuses: number[][] = [];
    for (let seq = 2; seq < 202; seq++) {
      const raw = await receiptCall(victim, seq);
      const pair = await Promise.all([us.proxy.target, replica].map((port) => mallory.send(port, raw)));
      statuses.push(pair.map(({ status }) => status).sort());
    }
    t.same(new Set(statuses.map(String)), new Set(['204,409']));
    t.equal(await us.count('receipts_in', 'seq > 1'), 200);
    t.equal(await us.count('nonces'), 201);
  });

  await t.test('after kill -9 and a start anew', async (t) => {
    const start = async () => {
      const env = { ...process.env, ...us.env, DETENTE_LOG_LEVEL: 'error', DETENTE_PULL_MS: '3600000' };
      const child = fork(main, { env, stdio: 'inherit' });
      t.teardown(() => child.kill('SIGKILL'));
      const [message] = await once(child, 'message');
      return { child, port: message.port as number };
    };
    const before = await start();
    const raw = await receiptCall(victim, 300);
    t.equal((await mallory.send(before.port, raw)).status, 204);
    before.child.kill('SIGKILL');
    await once(before.child, 'exit');
    const after = await start();
    for (const old of [raw, first]) {
      const { status, json } = await mallory.send(after.port, old);
      t.same([status, json.code], [409, 'nonce_replayed']);
    }
    t.equal(await us.count('receipts_in', 'seq = 300'), 1);
  });
});
