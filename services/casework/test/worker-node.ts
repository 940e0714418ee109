// A worker over a test's own two databases, and the few things that other processes would do for it.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealer, initKeys, loadKeys, publicKeysBeside, readRevocations, readVaultKey } from '@detente/keys';
import { createLogger } from '@detente/server';
import { openDatabase } from '@detente/store/database';
import { createTestDatabases } from '@detente/store/embedded';
import type { Role } from '@detente/store/migrate';
import pg from 'pg';
import { keepDescriptor } from '../src/jobs/own-descriptor.ts';
import { prepareLog } from '../src/jobs/sequence.ts';
import type { Policy } from '../src/policy.ts';
import { createTermKeeper } from '../src/term-keeper.ts';
import { makeWorker, type Worker } from '../src/worker-context.ts';

type Test = { teardown(end: () => unknown): unknown };

export type WorkerNode = {
  worker: Worker;
  /** SQL as the owner, for what a test wants to see or to break. */
  home: pg.Client;
  border: pg.Client;
  /** Settings of the casework service over the same databases. */
  env: Record<string, string>;
  /** Connection string of another process's role. */
  url(database: 'home' | 'border', role: Role): string;
  /** A report as the reporting process leaves it. */
  report(report: { fields: Record<string, unknown>; parties?: Record<string, string[]> }): Promise<string>;
};

export async function startWorkerNode(
  t: Test,
  options: { origin: string; policy?: Policy; batchSize?: number },
): Promise<WorkerNode> {
  const databases = await createTestDatabases(t);
  const folder = mkdtempSync(join(tmpdir(), 'detente-worker-'));
  initKeys(folder);
  const keysFolder = join(folder, 'worker');
  const open = (kind: 'home' | 'border') =>
    openDatabase({ url: databases[kind].url('detente_worker'), max: 6, name: `test worker ${kind}` });
  const [home, border] = [open('home'), open('border')];
  const keys = loadKeys(keysFolder, 'worker');
  const settings = {
    DETENTE_LOG_LEVEL: 'silent' as const,
    DETENTE_ORIGIN: options.origin,
    DETENTE_HOME_URL: databases.home.url('detente_worker'),
    DETENTE_BORDER_URL: databases.border.url('detente_worker'),
    DETENTE_KEYS: keysFolder,
    DETENTE_TICK_MS: 1000,
    DETENTE_BATCH_SIZE: options.batchSize ?? 16,
    DETENTE_DRAW: 4,
    DETENTE_CARRY_MS: 100,
    DETENTE_POLICY: '',
    DETENTE_ORGANISATIONS: '',
    DETENTE_CONTACT: 'duty officer',
    DETENTE_WITNESSES_REQUIRED: 1,
    DETENTE_K: 5,
  };
  const worker = makeWorker({
    settings,
    home,
    border,
    keys,
    publicKeys: publicKeysBeside(keys, keysFolder),
    revoked: readRevocations(keysFolder),
    policy: options.policy,
    contract: createHash('sha256').update('contract').digest('base64url'),
    terms: createTermKeeper(home, keys),
    doubt: { due: false },
    log: createLogger({ name: 'worker', level: 'silent' }),
  });
  const owners = {
    home: await connect(databases.home.superuserUrl),
    border: await connect(databases.border.superuserUrl),
  };
  t.teardown(async () => {
    await Promise.all([home.close(), border.close(), owners.home.end(), owners.border.end()]);
    rmSync(folder, { recursive: true, force: true });
  });
  await prepareLog(worker);
  await keepDescriptor(worker);
  const sealer = createSealer(readVaultKey(join(folder, 'reporting')));
  const lab = randomUUID();
  await owners.home.query('INSERT INTO labs (id, key_hash, name_sealed) VALUES ($1, $2, $3)', [
    lab,
    randomBytes(32).toString('base64url'),
    sealer.seal(Buffer.from('Northlight Laboratory')),
  ]);
  return {
    worker,
    ...owners,
    env: {
      DETENTE_ORIGIN: options.origin,
      DETENTE_HOME_URL: databases.home.url('detente_casework'),
      DETENTE_BORDER_URL: databases.border.url('detente_casework'),
      DETENTE_VAULT_KEY: join(folder, 'reporting', 'vault.public.json'),
      DETENTE_RATE_LIMIT_PER_MINUTE: '0',
      DETENTE_PRESSURE_DELAY_MS: '0',
    },
    url: (database, role) => databases[database].url(role),
    async report({ fields, parties = {} }) {
      const id = randomUUID();
      await owners.home.query('INSERT INTO cases (id, lab, fields) VALUES ($1, $2, $3)', [
        id,
        lab,
        JSON.stringify(fields),
      ]);
      await owners.home.query(
        'INSERT INTO vault (case_id, parties_sealed, body_sealed, media_type) VALUES ($1, $2, $3, $4)',
        [id, sealer.seal(Buffer.from(JSON.stringify(parties))), sealer.seal(Buffer.from('{}')), 'application/json'],
      );
      return id;
    },
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}
