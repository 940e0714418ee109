// A border database on a server of its own that flushes to the disk, and what must hold in it after anything broke off.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initKeys, logNameOf, publicKeyOf } from '@detente/keys';
import { startPostgres } from '@detente/store/embedded';
import { migrate, roleUrl } from '@detente/store/migrate';
import { readTree } from '@detente/store/worker';
import { faultsOfLog, until } from '@detente/testkit';
import pg from 'pg';
import { sequence } from '../../src/jobs/sequence.ts';
import type { Worker } from '../../src/worker-context.ts';
import { BATCH, ORIGIN, sequencerOf } from './sequencer-process.ts';

const PASSWORD = 'of the test alone';

export type Border = {
  /** As detente_worker. */
  url: string;
  keysFolder: string;
  /** A worker in this process, which goes on after every fault. */
  next: Worker;
  /** Gives the sequencer some leaves for its next batch. */
  promise(): Promise<void>;
  /** What does not hold, now; and what does not when the next start has appended and signed a batch. */
  faults(): Promise<string[]>;
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
};

export async function startBorder(t: { teardown(end: () => unknown): unknown }): Promise<Border> {
  const [dataDir, keysFolder] = ['data', 'keys'].map((what) => mkdtempSync(join(tmpdir(), `detente-faults-${what}-`)));
  const server = await startPostgres({ dataDir: dataDir! });
  t.teardown(async () => {
    await server.stop();
    for (const folder of [dataDir!, keysFolder!]) rmSync(folder, { recursive: true, force: true });
  });
  const passwords = { detente_worker: PASSWORD };
  await migrate({ url: server.superuserUrl('postgres'), database: 'border', passwords });
  const admin = server.superuserUrl('detente_border');
  const url = roleUrl(admin, 'detente_border', 'detente_worker', PASSWORD);
  initKeys(keysFolder!);
  const next = sequencerOf(url, join(keysFolder!, 'worker'));
  t.teardown(() => next.border.close());
  const promised: Buffer[] = [];
  const log = { name: logNameOf(ORIGIN), publicKey: publicKeyOf(next.publicKeys.log.jwk) };
  const look = () => connected(admin, (client) => faultsOfLog(client, { log, promised, batchSize: BATCH }));
  const sql: Border['sql'] = (text, values) =>
    connected(admin, async (client) => (await client.query(text, values)).rows as never[]);
  return {
    ...{ url, next, sql, keysFolder: join(keysFolder!, 'worker') },
    async promise() {
      const leaves = Array.from({ length: 3 }, () => randomBytes(32));
      await sql('INSERT INTO pending_leaves (leaf, tick) SELECT unnest($1::bytea[]), 0', [leaves]);
      promised.push(...leaves);
    },
    async faults() {
      const broken = await look();
      await goOn(next);
      return [...broken, ...(await look()), ...(await leftOver(sql))];
    },
  };
}

/** The server may be recovering. */
async function connected<T>(url: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  let client: pg.Client | undefined;
  await until('the server answers', async () => {
    client = new pg.Client(url);
    client.on('error', () => undefined);
    return client.connect().then(
      () => true,
      () => false,
    );
  });
  return ask(client!).finally(() => client!.end().catch(() => undefined));
}

/** The next start: it signs what was left, and appends and signs a batch of its own. The session of one that was killed may hold
 *  the lock for a moment. */
async function goOn(worker: Worker): Promise<void> {
  const ticks: number[] = [];
  await until('the log is continued', async () => {
    ticks.push((await readTree(worker.border.now))!.tick);
    await sequence(worker);
    ticks.push((await readTree(worker.border.now))!.tick);
    return ticks.at(-1)! > ticks[0]!;
  });
}

async function leftOver(sql: Border['sql']): Promise<string[]> {
  const [row] = await sql<{ pending: number; unsigned: boolean; stops: number }>(
    `SELECT (SELECT count(*)::int FROM pending_leaves) AS pending, (SELECT count(*)::int FROM signing_stops) AS stops,
       NOT EXISTS (SELECT FROM checkpoints c WHERE c.size = tree.size) AS unsigned FROM tree`,
  );
  const { pending, unsigned, stops } = row!;
  return [
    ...(pending > 0 ? [`${pending} leaves still wait`] : []),
    ...(unsigned ? ['the tree is not signed'] : []),
    ...(stops > 0 ? ['signing is stopped'] : []),
  ];
}
