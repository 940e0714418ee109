// A node's border with editions and a log, and a publication service over it as role detente_publication, for the tests here.

import { generateKeyPairSync, hash, randomBytes, randomUUID } from 'node:crypto';
import { createLogger, listen, readConfig } from '@detente/server';
import { type Database, openDatabase } from '@detente/store/database';
import { createTestDatabases } from '@detente/store/embedded';
import { ensureTree, sequenceBatch, storeCheckpoint, unsignedTree } from '@detente/store/worker';
import { signCheckpoint } from '@detente/tlog';
import type { Test } from 'tap';
import { buildPublication } from '../src/app.ts';
import { PublicationConfig } from '../src/config.ts';

export const logName = 'cn.example/log/v1';

export type Node = Awaited<ReturnType<typeof createNode>>;

export async function createNode(t: Test, more: Record<string, string> = {}) {
  const { border } = await createTestDatabases(t);
  const admin = openDatabase({ url: border.superuserUrl, max: 2, name: 'detente test' });
  t.teardown(() => admin.close());
  const env = {
    DETENTE_BORDER_URL: border.url('detente_publication'),
    DETENTE_RATE_LIMIT_PER_MINUTE: '0',
    DETENTE_PRESSURE_DELAY_MS: '0',
    ...more,
  };
  const config = readConfig(PublicationConfig, env);
  const database = openDatabase({ url: config.DETENTE_BORDER_URL, max: 4, name: 'detente publication' });
  const logger = createLogger({ name: 'publication', level: 'error' });
  const app = await buildPublication({ config, database, logger, checkReplies: true });
  app.addHook('onClose', () => database.close());
  const { origin, close } = await listen(app, { host: config.DETENTE_HOST, port: config.DETENTE_PORT });
  t.teardown(close);
  return { env, admin, origin, log: growingLog(admin) };
}

/** A log in the database, grown and signed by what the worker does it with. */
function growingLog(admin: Database) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const entries: Buffer[] = [];
  /** Commits a batch with one real leaf in it. */
  async function grow(batchSize: number): Promise<void> {
    const leaf = randomBytes(32);
    const batch: Buffer[] = [];
    const random = (count: number) => {
      const bytes = randomBytes(count);
      // The padding is the one draw of this length; where the leaf went is read from the database.
      if (count === 32 * batchSize) for (let at = 0; at < count; at += 32) batch.push(bytes.subarray(at, at + 32));
      return bytes;
    };
    await admin.write(async (tx) => {
      await ensureTree(tx, batchSize, '2026-01-01');
      await tx.query('UPDATE tree SET batch_size = $1', [batchSize]);
      await tx.query('INSERT INTO pending_leaves (leaf, tick) SELECT $1, tick FROM tree', [leaf]);
      await sequenceBatch(tx, random, '2026-01-01');
    });
    entries.push(...batch);
    const [placed] = await admin.read((reader) =>
      reader.query<{ place: number }>('SELECT place FROM sequenced WHERE leaf = $1', [leaf]),
    );
    entries[placed!.place] = leaf;
  }
  async function sign(): Promise<void> {
    const tree = (await admin.read(unsignedTree))!;
    const note = signCheckpoint({ origin: logName, ...tree }, privateKey);
    await admin.write((tx) => storeCheckpoint(tx, tree.size, note));
  }
  return { publicKey, entries, grow, sign };
}

export type Edition = {
  id: string;
  tick: number;
  place: number | null;
  retracted: boolean;
  exercise: boolean;
  kind: string;
  domain: string;
  band: string;
  month: string | null;
  title: string;
};

/** Writes an edition as the worker's carry does. */
export async function addEdition(node: Node, more: Partial<Edition> = {}): Promise<Edition> {
  const edition: Edition = {
    id: randomUUID(),
    tick: 1,
    place: null,
    retracted: false,
    exercise: false,
    kind: 'incident',
    domain: 'cyber',
    band: '2-3',
    month: '2026-03',
    title: 'A planner ran commands',
    ...more,
  };
  const { id, tick, place, retracted, exercise, kind, domain, band, month, title } = edition;
  const fields = { kind, title, summary: 'Something was run.', language: 'en' };
  await node.admin.write((tx) =>
    tx.query(
      `INSERT INTO editions (id, digest, tick, place, retracted, exercise, kind, domain, band, month, fields, token)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'a.b.c~')`,
      [id, hash('sha256', id, 'base64url'), tick, place, retracted, exercise, kind, domain, band, month, fields],
    ),
  );
  return edition;
}

export async function get(node: Node, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(node.origin + path, { headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  const json = () => JSON.parse(bytes.toString());
  return { status: response.status, headers: response.headers, bytes, json };
}
