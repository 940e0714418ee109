// A node's border with editions and a log, and a publication service over it as role detente_publication, for the tests here.

import { generateKeyPairSync, hash, randomUUID } from 'node:crypto';
import { createLogger, listen, readConfig } from '@detente/server';
import { type Database, openDatabase } from '@detente/store/database';
import { createTestDatabases } from '@detente/store/embedded';
import { appendBatch, emptyFrontier, type Frontier, partialTiles, rootOf, signCheckpoint } from '@detente/tlog';
import type { Test } from 'tap';
import { buildPublication } from '../src/app.ts';
import { PublicationConfig } from '../src/config.ts';

export const logName = 'cn.example/log/v1';

export type Node = Awaited<ReturnType<typeof createNode>>;

export async function createNode(t: Test) {
  const { border } = await createTestDatabases(t);
  const admin = openDatabase({ url: border.superuserUrl, max: 2, name: 'detente test' });
  t.teardown(() => admin.close());
  const env = {
    DETENTE_BORDER_URL: border.url('detente_publication'),
    DETENTE_RATE_LIMIT_PER_MINUTE: '0',
    DETENTE_PRESSURE_DELAY_MS: '0',
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

/** A log in the database: `grow` commits a tree, `sign` its checkpoint, as the worker does one after the other. */
function growingLog(admin: Database) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const held = new Map<string, Buffer>();
  const entries: Buffer[] = [];
  let frontier: Frontier = emptyFrontier();
  async function grow(leaves: readonly Buffer[]): Promise<void> {
    const { size } = frontier;
    entries.push(...leaves);
    const before = new Map(
      partialTiles(size).map(({ level, index }) => [`${level}/${index}`, held.get(`${level}/${index}`)]),
    );
    const appended = appendBatch({
      frontier,
      entries: leaves,
      readPartial: (level, index) => before.get(`${level}/${index}`),
      partialBundle: bundleOf(entries.slice(size - (size % 256), size)),
    });
    frontier = appended.frontier;
    for (const { level, index, bytes } of appended.tiles) held.set(`${level}/${index}`, bytes);
    await admin.write(async (tx) => {
      for (const { level, index, bytes } of appended.tiles) {
        const values = [level, index, bytes];
        await tx.query(
          `INSERT INTO tiles (level, index, hashes) VALUES ($1, $2, $3)
           ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes`,
          values,
        );
      }
      for (let index = Math.floor(size / 256); index * 256 < entries.length; index++) {
        await tx.query(
          `INSERT INTO entries (index, leaves) VALUES ($1, $2) ON CONFLICT (index) DO UPDATE SET leaves = excluded.leaves`,
          [index, Buffer.concat(entries.slice(index * 256, (index + 1) * 256))],
        );
      }
    });
  }
  async function sign(): Promise<void> {
    const note = signCheckpoint({ origin: logName, size: frontier.size, root: rootOf(frontier) }, privateKey);
    await admin.write((tx) => tx.query('INSERT INTO checkpoints (size, note) VALUES ($1, $2)', [frontier.size, note]));
  }
  return { publicKey, entries, grow, sign };
}

function bundleOf(leaves: readonly Buffer[]): Buffer | undefined {
  return leaves.length === 0 ? undefined : Buffer.concat(leaves.flatMap((leaf) => [Buffer.of(0, 32), leaf]));
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
