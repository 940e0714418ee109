// A node's home with keys and labs, and reporting services over it as role detente_reporting, for the tests here.

import { createPublicKey, hash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchLine, CaseStatus } from '@detente/contract/reporting';
import { createOpener, initKeys, loadKeys, verifyIntakeReceipt } from '@detente/keys';
import { createLogger, listen, readConfig } from '@detente/server';
import { type Database, openDatabase } from '@detente/store/database';
import { createTestDatabases } from '@detente/store/embedded';
import type { Test } from 'tap';
import { buildReporting } from '../src/app.ts';
import { ReportingConfig } from '../src/config.ts';
import { loadReportingKeys } from '../src/keys.ts';

export const iss = 'https://cn.example';

export type Node = Awaited<ReturnType<typeof createNode>>;

export async function createNode(t: Test) {
  const { home } = await createTestDatabases(t);
  const root = mkdtempSync(join(tmpdir(), 'detente-reporting-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  initKeys(root);
  const { publicKey, kid } = receiptKey(root);
  const opener = createOpener(loadKeys(join(root, 'worker')).boxKey('vault'));
  const admin = openDatabase({ url: home.superuserUrl, max: 2, name: 'detente test' });
  t.teardown(() => admin.close());
  const env = {
    DETENTE_ORIGIN: iss,
    DETENTE_HOME_URL: home.url('detente_reporting'),
    DETENTE_KEYS: join(root, 'reporting'),
    DETENTE_RATE_LIMIT_PER_MINUTE: '0',
    DETENTE_PRESSURE_DELAY_MS: '0',
  };
  const verify = (receipt: unknown, body: string) =>
    verifyIntakeReceipt({
      receipt,
      body: Buffer.from(body),
      iss,
      keyFor: (name) => (name === kid ? publicKey : undefined),
    });
  const asked = asking(admin);
  /** What is in the vault of a case, opened. */
  const vaultOf = async (id: string) => {
    const rows = await asked.rows<{ number: number; body: Buffer; parties: Buffer; media_type: string }>(
      `SELECT number, body_sealed AS body, parties_sealed AS parties, media_type FROM vault WHERE case_id = $1
       ORDER BY number`,
      [id],
    );
    return rows.map((row) => ({
      ...row,
      body: opener.open(row.body).toString(),
      parties: JSON.parse(opener.open(row.parties).toString()),
    }));
  };
  return { env, admin, verify, vaultOf, ...asked };
}

function receiptKey(root: string) {
  const { kid, privateKey } = loadKeys(join(root, 'reporting')).signer('lab-receipt');
  return { kid, publicKey: createPublicKey(privateKey) };
}

function asking(admin: Database) {
  const rows = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
    admin.read((reader) => reader.query<Row>(text, values));
  const count = async (table: string, where = 'true', values: unknown[] = []) =>
    Number((await rows<{ count: number }>(`SELECT count(*) FROM ${table} WHERE ${where}`, values))[0]!.count);
  const addLab = async () => {
    const key = randomBytes(24).toString('base64url');
    await admin.write((tx) =>
      tx.execute(`INSERT INTO labs (key_hash, name_sealed) VALUES ($1, '')`, [hash('sha256', key, 'base64url')]),
    );
    return key;
  };
  return { rows, count, addLab };
}

/** A service of the node in this process.
 *  @returns its origin */
export async function serve(t: Test, node: Node, more: Record<string, string> = {}, lines: string[] = []) {
  const config = readConfig(ReportingConfig, { ...node.env, ...more });
  const database = openDatabase({ url: config.DETENTE_HOME_URL, max: 4, name: 'detente reporting' });
  const logger = createLogger({ name: 'reporting', level: 'debug' }, { write: (line) => void lines.push(line) });
  const keys = loadReportingKeys(config.DETENTE_KEYS);
  const app = await buildReporting({ config, database, keys, logger, checkReplies: true });
  app.addHook('onClose', () => database.close());
  const { origin, close } = await listen(app, { host: config.DETENTE_HOST, port: config.DETENTE_PORT });
  t.teardown(close);
  return origin;
}

/** Members of the answers that the tests look at. */
export type Body = Required<Omit<BatchLine, 'status'>> &
  Omit<CaseStatus, 'status'> & { status: string; detail: string; instance?: string };
export type Answer = { status: number; headers: Headers; text: string; json: Body };

/** Calls the service as a lab. A string is sent as it is, anything else as JSON; a key is made up unless one is given. */
export async function call(
  origin: string,
  path: string,
  lab: string | undefined,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(origin + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(lab !== undefined && { authorization: `Bearer ${lab}` }),
      ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: readLines(text)[0]! };
}

export function readLines(text: string): Body[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** A report that is right. */
export function report(more: Record<string, unknown> = {}, fields: Record<string, unknown> = {}) {
  return {
    fields: {
      kind: 'incident',
      title: 'A planner ran unapproved commands',
      summary: 'An agent of the operator issued commands that nobody had approved.',
      language: 'en',
      ...fields,
    },
    parties: { deployer: ['Harbour Works'], model: ['Planner 4'] },
    ...more,
  };
}

/** In how many transactions these cases came in. */
export async function transactionsOf(node: Node, ids: string[]): Promise<number> {
  const rows = await node.rows<{ count: number }>('SELECT count(DISTINCT xmin::text) FROM cases WHERE id = ANY ($1)', [
    ids,
  ]);
  return rows[0]!.count;
}
