// A node's databases with rows in them, and the casework service over them as role detente_casework, for the tests here.

import { hash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpener, initKeys, loadKeys, readPublicKeys } from '@detente/keys';
import { createLogger, listen, readConfig } from '@detente/server';
import { type Database, openDatabase } from '@detente/store/database';
import { createTestDatabases } from '@detente/store/embedded';
import type { Test } from 'tap';
import { buildCasework } from '../src/app.ts';
import { CaseworkConfig, loadVaultSealer } from '../src/config.ts';
import { findTurns } from '../src/jobs/offer-turns.ts';

export const origin = 'https://cn.example';
export const digest = (text: string) => hash('sha256', text, 'base64url');

export type Node = Awaited<ReturnType<typeof createNode>>;

export async function createNode(t: Test) {
  const databases = await createTestDatabases(t);
  const root = mkdtempSync(join(tmpdir(), 'detente-casework-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  initKeys(root);
  const vaultKey = join(root, 'vault.json');
  const publicKeys = readPublicKeys(join(root, 'worker'));
  writeFileSync(vaultKey, JSON.stringify(publicKeys.vault.jwk));
  const home = ownerOf(t, databases.home.ownerUrl);
  const border = ownerOf(t, databases.border.ownerUrl);
  const lab = randomUUID();
  await home.run(`INSERT INTO labs (id, key_hash, name_sealed) VALUES ($1, 'x', '')`, [lab]);
  const env = {
    DETENTE_ORIGIN: origin,
    DETENTE_HOME_URL: databases.home.url('detente_casework'),
    DETENTE_BORDER_URL: databases.border.url('detente_casework'),
    DETENTE_VAULT_KEY: vaultKey,
    DETENTE_RATE_LIMIT_PER_MINUTE: '0',
    DETENTE_PRESSURE_DELAY_MS: '0',
  };
  const keys = loadKeys(join(root, 'worker'));
  const openVault = (sealed: Buffer) => createOpener(keys.boxKey('vault')).open(sealed).toString();
  return { env, databases, home, border, lab, keys, publicKeys, openVault };
}

/** A database as its owner: to seed rows, and to see what came of a call. */
function ownerOf(t: Test, url: string) {
  const database = openDatabase({ url, max: 2, name: 'detente test' });
  t.teardown(() => database.close());
  return {
    run: (text: string, values: unknown[] = []) => database.write((tx) => tx.execute(text, values)),
    /** What the worker finds of the offers from one node to another. */
    findTurns: (iss: string, aud: string) => database.write((tx) => findTurns(tx, { iss, aud })),
    rows: <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
      database.read((reader) => reader.query<Row>(text, values)),
  };
}

/** A service of the node in this process.
 *  @returns its origin */
export async function serve(t: Test, node: { env: Record<string, string> }, lines: string[] = []) {
  const config = readConfig(CaseworkConfig, node.env);
  const open = (url: string): Database => openDatabase({ url, max: 4, name: 'detente casework' });
  const [home, border] = [open(config.DETENTE_HOME_URL), open(config.DETENTE_BORDER_URL)];
  const logger = createLogger({ name: 'casework', level: 'debug' }, { write: (line) => void lines.push(line) });
  const vault = loadVaultSealer(config.DETENTE_VAULT_KEY);
  const app = await buildCasework({ config, home, border, vault, logger, checkReplies: true });
  app.addHook('onClose', async () => {
    await Promise.all([home.close(), border.close()]);
  });
  const listening = await listen(app, { host: config.DETENTE_HOST, port: config.DETENTE_PORT });
  t.teardown(listening.close);
  return listening.origin;
}

/** A token as `init` makes the first. */
export async function addToken(node: Node, name: string, scope: 'officer' | 'reader'): Promise<string> {
  const token = `detente_${randomBytes(32).toString('base64url')}`;
  await node.home.run('INSERT INTO tokens (hash, name, scope) VALUES ($1, $2, $3)', [digest(token), name, scope]);
  return token;
}

// biome-ignore lint/suspicious/noExplicitAny: the service itself holds its answers against the contract
export type Answer = { status: number; headers: Headers; json: any };
export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** Calls the service with a token. A string is sent as it is, anything else as JSON. */
export function caller(service: string, token: string | undefined): Caller {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${service}/casework/v1${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) };
  };
}

export const incidentFields = (more: Record<string, unknown> = {}) => ({
  kind: 'incident',
  title: 'A planner ran unapproved commands',
  summary: 'An agent of the operator issued commands that nobody had approved.',
  language: 'en',
  ...more,
});

/** A case as reporting inserts it. */
export async function addCase(
  node: Node,
  more: { fields?: Record<string, unknown>; source?: unknown; status?: string; domain?: string; tlp?: string } = {},
): Promise<string> {
  const id = randomUUID();
  await node.home.run(
    `INSERT INTO cases (id, lab, source, status, fields, hazard_domain, tlp) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      node.lab,
      more.source === undefined ? null : JSON.stringify(more.source),
      more.status ?? 'drafted',
      JSON.stringify(incidentFields(more.fields)),
      more.domain ?? null,
      more.tlp ?? 'clear',
    ],
  );
  return id;
}

/** A draft as the worker adds it.
 *  @returns its digest */
export async function addDraft(
  node: Node,
  caseId: string,
  more: { holds?: unknown[]; fields?: Record<string, unknown> } = {},
): Promise<string> {
  const made = digest(randomUUID());
  const fields = JSON.stringify(incidentFields({ severity: 'unrated', hazard_domain: null, ...more.fields }));
  await node.home.run(
    `INSERT INTO drafts (case_id, version, digest, fields, public_fields, holds)
     SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $3, $4 FROM drafts WHERE case_id = $1`,
    [caseId, made, fields, JSON.stringify(more.holds ?? [])],
  );
  await node.home.run('UPDATE cases SET draft_due = false WHERE id = $1', [caseId]);
  return made;
}

export type SeededVersion = {
  id?: string;
  draft?: number | null;
  edition?: boolean;
  tick?: number;
  retracted?: boolean;
  token?: string;
  lengths?: number[];
  place?: number | null;
  domain?: string;
  band?: string;
  tlp?: string;
};

/** A version as the worker issues it.
 *  @returns its digest */
export async function addVersion(node: Node, caseId: string, more: SeededVersion = {}): Promise<string> {
  const token = more.token ?? `jws~${randomUUID()}~`;
  const made = digest(token);
  await node.home.run(
    `INSERT INTO records (digest, id, case_id, draft, edition, type, domain, band, tlp, tick, exercise, retracted, token,
       lengths, place)
     VALUES ($1, $2, $3, $4, $5, 'incident/1', $6, $7, $8, $9, false, $10, $11, $12, $13)`,
    [
      made,
      more.id ?? randomUUID(),
      caseId,
      more.draft ?? null,
      more.edition ?? false,
      more.domain ?? 'other',
      more.band ?? 'unrated',
      more.tlp ?? 'clear',
      more.tick ?? 1,
      more.retracted ?? false,
      token,
      more.lengths ?? [4, 4, 4, 4, 4, token.length],
      more.place ?? null,
    ],
  );
  return made;
}

/** A peer as the worker enrols it. */
export async function addPeer(node: Node, name: string, status = 'active'): Promise<string> {
  const peer = `https://${name}.example`;
  await node.border.run(`INSERT INTO peers (origin, name, fingerprint, status, log_name) VALUES ($1, $2, $3, $4, $5)`, [
    peer,
    name,
    digest(name),
    status,
    `${name}.example/log/v1`,
  ]);
  return peer;
}

/** Rows of grants to a peer, in order, as the worker writes them. */
export async function addGrants(
  node: Node,
  peer: string,
  rows: { cell?: string; record_id?: string; from_index?: number; level: number | null; rule: string }[],
): Promise<void> {
  for (const { cell = null, record_id = null, from_index = 0, level, rule } of rows) {
    await node.border.run(
      `INSERT INTO grants (number, line, peer, cell, record_id, from_index, level, rule)
       SELECT coalesce(max(number), 0) + 1, 0, $1, $2, $3, $4, $5, $6 FROM grants`,
      [peer, cell, record_id, from_index, level, rule],
    );
  }
}

/** The acts since a number, as `actor act object reason`. */
export async function actsOf(node: Node, object: string): Promise<string[]> {
  const rows = await node.home.rows<{ line: string }>(
    `SELECT actor || ' ' || act || ': ' || reason AS line FROM acts WHERE object = $1 ORDER BY number`,
    [object],
  );
  return rows.map(({ line }) => line);
}

/** Keys of the jobs that the worker was asked to do. */
export async function jobsOf(node: Node, task: string): Promise<{ key: string | null; payload: unknown }[]> {
  return node.home.rows(
    `SELECT j.key, p.payload FROM queue_worker.jobs j JOIN queue_worker._private_jobs p USING (id)
     WHERE j.task_identifier = $1 ORDER BY j.id`,
    [task],
  );
}
