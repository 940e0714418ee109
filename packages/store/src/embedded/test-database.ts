// Databases for tests: one server a run, a migrated template of each database, a clone of it for each test file.

import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg, { type Client } from 'pg';
import { migrate } from '../migrate/migrate.ts';
import {
  type DatabaseKind,
  OWNER,
  ownerUrl,
  type Passwords,
  ROLES,
  type Role,
  roleUrl,
  secureDatabase,
} from '../migrate/roles.ts';
import { startPostgres } from './postgres.ts';

const { escapeIdentifier: id } = pg;
const FOLDER = fileURLToPath(new URL('../../../../migrations/', import.meta.url));
/** Holds the superuser's connection string when the whole run shares a server. */
export const TEST_SERVER = 'DETENTE_TEST_POSTGRES';
/** Holds the folder of `makeTemplate` that the run's nodes are copied from. */
export const TEST_CLUSTER = 'DETENTE_TEST_CLUSTER';

export type TestServer = { readonly url: string; stop(): Promise<void> };

export type TestDatabase = {
  readonly name: string;
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  /** Connection string of one of this database's roles. */
  url(role: Role): string;
};

/** A server on a folder that is gone afterwards, not flushed to the disk. The script that runs all tests starts one and
 *  hands its URL on as DETENTE_TEST_POSTGRES. */
export async function startTestServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'detente-test-'));
  const server = await startPostgres({ dataDir: folder, durable: false });
  return {
    url: server.superuserUrl('postgres'),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The run's server when there is one, else a server of this test file's own. */
export async function acquireTestServer(): Promise<TestServer> {
  const url = process.env[TEST_SERVER];
  return url === undefined ? startTestServer() : { url, stop: async () => undefined };
}

/** Two databases of this test file's own, with schema, roles and grants; dropped when the test ends.
 *  @param t anything with tap's `teardown`
 *  @param folder migrations, when not the repository's */
export async function createTestDatabases(
  t: { teardown(end: () => unknown): unknown },
  folder: string = FOLDER,
): Promise<Record<DatabaseKind, TestDatabase>> {
  const server = await acquireTestServer();
  const admin = new pg.Client(server.url);
  await admin.connect();
  const made: string[] = [];
  t.teardown(async () => {
    for (const name of made) await admin.query(`DROP DATABASE IF EXISTS ${id(name)} WITH (FORCE)`);
    await admin.end();
    await server.stop();
  });
  const run = randomBytes(4).toString('hex');
  async function clone(kind: DatabaseKind): Promise<TestDatabase> {
    const template = await ensureTemplate(server.url, kind, folder);
    const name = `test_${kind}_${run}`;
    made.push(name);
    await cloneDatabase(admin, kind, template, name);
    return describe(server.url, name);
  }
  return { home: await clone('home'), border: await clone('border') };
}

/** Migrated once per server and contents of the migrations; test files that come at the same time wait for each other
 *  inside `migrate`, and the later ones find nothing to do. */
async function ensureTemplate(url: string, kind: DatabaseKind, folder: string): Promise<string> {
  const name = `template_${kind}_${await hashFolder(join(folder, kind))}`;
  const admin = new pg.Client(url);
  await admin.connect();
  try {
    await admin.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
    if (rowCount) return name;
    await migrate({ url, database: kind, name, folder, passwords: passwords(url) });
    await admin.query(`ALTER DATABASE ${id(name)} IS_TEMPLATE true`); // the mark that it is whole
    return name;
  } finally {
    await admin.end();
  }
}

async function cloneDatabase(admin: Client, kind: DatabaseKind, template: string, name: string): Promise<void> {
  await admin.query(`CREATE DATABASE ${id(name)} OWNER ${OWNER} TEMPLATE ${id(template)} STRATEGY file_copy`);
  await secureDatabase(admin, kind, name);
}

function describe(url: string, name: string): TestDatabase {
  const superuser = new URL(url);
  superuser.pathname = `/${name}`;
  return {
    name,
    ownerUrl: ownerUrl(url, name),
    superuserUrl: superuser.href,
    url: (role) => roleUrl(url, name, role, password(url, role)),
  };
}

/** All processes of a run derive the same passwords from the superuser's. */
function password(url: string, role: Role): string {
  return createHash('sha256')
    .update(`${new URL(url).password}/${role}`)
    .digest('hex');
}

function passwords(url: string): Passwords {
  const roles = [...ROLES.home, ...ROLES.border];
  return Object.fromEntries(roles.map((role) => [role, password(url, role)]));
}

async function hashFolder(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(folder)).sort()) {
    hash.update(`${file}\n`).update(await readFile(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
