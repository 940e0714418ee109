// Brings one database to the schema of this version: roles, the database itself, queue, numbered SQL files, grants.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg, { type ClientBase } from 'pg';
import { installQueue } from '../queue/install.ts';
import { StoreError } from '../store-error.ts';
import type { DatabaseKind, Passwords, Role } from './roles.ts';
import { ensureDatabase, ensureRoles, ownerUrl, secureDatabase, secureSchema } from './roles.ts';

const FOLDER = fileURLToPath(new URL('../../../../migrations/', import.meta.url));
const FILE = /^\d{4}_[a-z0-9_-]+\.sql$/;
const LOCK = 7_305_808_869;

/** The queue that lives in each database, and the one role that works on it. */
export const QUEUES = {
  home: { schema: 'queue_worker', role: 'detente_worker' },
  border: { schema: 'queue_exchange', role: 'detente_exchange' },
} as const satisfies Record<DatabaseKind, { schema: string; role: Role }>;

export type MigrateOptions = {
  /** Administrator of the server (superuser, or CREATEROLE and CREATEDB), any database that exists. */
  url: string;
  database: DatabaseKind;
  /** Name of the database; `detente_home` or `detente_border` when absent. */
  name?: string;
  /** Passwords to set; a role without one keeps what it has. */
  passwords?: Passwords;
  /** Folder with `home/` and `border/`; the repository's own when absent. */
  folder?: string;
};

/** Migrates one database; running it again changes nothing but passwords and grants. Two at once wait for each other.
 *  The numbered files that are new run in one transaction, so that a failure leaves the schema as it was.
 *  @returns the names of the files that ran now, without `.sql`
 *  @throws StoreError `schema_newer` when the database knows a file that this version does not; `migration_failed` */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { url, database } = options;
  const name = options.name ?? `detente_${database}`;
  const folder = join(options.folder ?? FOLDER, database);
  return withClient(url, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await ensureRoles(admin, database, options.passwords ?? {});
    await ensureDatabase(admin, name);
    await secureDatabase(admin, database, name);
    return withClient(ownerUrl(url, name), async (owner) => {
      await refuseNewer(owner, folder, name);
      await secureSchema(owner);
      await installQueue({ url: ownerUrl(url, name), ...QUEUES[database] });
      const applied = await applyFiles(owner, folder, name);
      await applyGrants(owner, folder, name);
      return applied;
    });
  });
}

/** Sets passwords of a database's roles, which `migrate` has made, and changes nothing else.
 *  @param url administrator of the server, as for `migrate` */
export function setPasswords(url: string, database: DatabaseKind, passwords: Passwords): Promise<void> {
  return withClient(url, (admin) => ensureRoles(admin, database, passwords));
}

async function refuseNewer(owner: ClientBase, folder: string, name: string): Promise<void> {
  const { rows: found } = await owner.query(`SELECT to_regclass('public.migrations') IS NOT NULL AS present`);
  if (!found[0].present) return;
  const { rows } = await owner.query<{ name: string }>('SELECT name FROM public.migrations ORDER BY id');
  const files = new Set(await migrationNames(folder));
  const unknown = rows.find((row) => !files.has(row.name));
  if (!unknown) return;
  const message = `The database ${name} already has migration ${unknown.name}, which this version of Detente does not know: run the version that made it, or a newer one.`;
  throw new StoreError('schema_newer', message);
}

async function migrationNames(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((file) => FILE.test(file)).map((file) => file.slice(0, -'.sql'.length));
}

async function applyFiles(owner: ClientBase, folder: string, name: string): Promise<string[]> {
  let current = 'the first file';
  const say = (line: string) => {
    current = /^### MIGRATION (\S+)/.exec(line)?.[1] ?? current;
  };
  try {
    const applied = await runner({
      dbClient: owner,
      dir: folder,
      ignorePattern: '(?!\\d{4}_[a-z0-9_-]+\\.sql$).*',
      direction: 'up',
      singleTransaction: true,
      migrationsTable: 'migrations',
      noLock: true, // held by the caller, on the server and not on the database alone
      logger: { info: say, warn: say, error: () => undefined },
    });
    return applied.map((migration) => migration.name);
  } catch (cause) {
    throw failed(`Migration ${current} of ${name}`, cause);
  }
}

async function applyGrants(owner: ClientBase, folder: string, name: string): Promise<void> {
  const grants = await readFile(join(folder, 'grants.sql'), 'utf8');
  try {
    await owner.query(`BEGIN;\n${grants}\n;COMMIT`);
  } catch (cause) {
    throw failed(`grants.sql of ${name}`, cause);
  }
}

function failed(what: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError('migration_failed', `${what} failed and nothing was changed: ${reason}`, { cause });
}

async function withClient<T>(url: string, use: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'detente migrate' });
  client.on('error', () => undefined); // the query that waits reports it
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
