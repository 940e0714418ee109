// The node's two databases: embedded beside it, or on servers that somebody else runs.

import { type EmbeddedPostgres, startPostgres } from '@detente/store/embedded';
import {
  type BatchSizes,
  insertFirstToken,
  inspectBatches,
  inspectDatabase,
  inspectStops,
  migrate,
  ROLES,
  type Role,
  roleUrl,
  type SchemaState,
  setPasswords,
} from '@detente/store/migrate';
import { CommandError } from './errors.ts';
import { ensurePassword, LOGINS, type Login, type NodeFolder, type NodeSettings, readPassword } from './node-folder.ts';

/** Administrators of the servers of home and border; the same one twice where there is one server. */
export type Admins = { home: string; border: string };

export const DATABASES = { home: 'detente_home', border: 'detente_border' } as const;
export type DatabaseName = keyof typeof DATABASES;
export const DATABASE_NAMES: readonly DatabaseName[] = ['home', 'border'];

/** Which databases a process logs in to (design section 3). */
export const ACCESS: Record<Login, readonly DatabaseName[]> = {
  reporting: ['home'],
  casework: ['home', 'border'],
  worker: ['home', 'border'],
  exchange: ['border'],
  publication: ['border'],
};

/** Starts the embedded server of a node. `onLog` gets what keeps it from working.
 *  @throws StoreError */
export function startEmbedded(
  folder: NodeFolder,
  onLog: (line: string) => void,
  options: { port?: number; durable?: boolean; template?: string | undefined } = {},
): Promise<EmbeddedPostgres> {
  return startPostgres({ dataDir: folder.postgres, log: onLog, ...options });
}

export function embeddedAdmins(server: EmbeddedPostgres): Admins {
  const url = server.superuserUrl('postgres');
  return { home: url, border: url };
}

/** Administrators as they were named on the command line or in DETENTE_HOME_URL and DETENTE_BORDER_URL; undefined: embedded.
 *  @throws CommandError `usage` */
export function configuredAdmins(options: { homeUrl?: string; borderUrl?: string }): Admins | undefined {
  const home = options.homeUrl ?? process.env.DETENTE_HOME_URL;
  const border = options.borderUrl ?? process.env.DETENTE_BORDER_URL ?? home;
  if (home === undefined && border === undefined) return undefined;
  if (home === undefined || border === undefined)
    throw new CommandError(
      'usage',
      'Name the administrator of home too: --home-url postgres://admin:password@host/postgres.',
    );
  for (const url of [home, border]) {
    if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
      throw new CommandError('usage', 'A database is named as postgres://admin:password@host:port/postgres.');
  }
  return { home, border };
}

/** Brings both databases to this version and sets the logins' passwords.
 *  @returns the migrations that ran now */
export async function migrateBoth(folder: NodeFolder, admins: Admins): Promise<Record<DatabaseName, string[]>> {
  const passwordsFor = passwordsIn(folder);
  // One after the other: on one server the second waits for the first's lock anyway.
  const home = await migrate({ url: admins.home, database: 'home', passwords: passwordsFor(ROLES.home) });
  const border = await migrate({ url: admins.border, database: 'border', passwords: passwordsFor(ROLES.border) });
  return { home, border };
}

/** Sets the logins' passwords in databases that have the schema of this version. */
export async function givePasswords(folder: NodeFolder, admins: Admins): Promise<void> {
  const passwordsFor = passwordsIn(folder);
  for (const name of DATABASE_NAMES) await setPasswords(admins[name], name, passwordsFor(ROLES[name]));
}

function passwordsIn(folder: NodeFolder) {
  const secrets = new Map(LOGINS.map((login) => [`detente_${login}`, ensurePassword(folder, login)]));
  return (roles: readonly Role[]) => Object.fromEntries(roles.map((role) => [role, secrets.get(role)!]));
}

/** Whether a database has the schema of this version. */
export function inspect(admins: Admins, name: DatabaseName): Promise<SchemaState> {
  return inspectDatabase(databaseUrl(admins, name), name);
}

/** The size of the log's batches in border; undefined before the first start. */
export function inspectLog(admins: Admins): Promise<BatchSizes | undefined> {
  return inspectBatches(databaseUrl(admins, 'border'));
}

/** Why the log stands still; nothing where it does not. */
export async function inspectSigning(admins: Admins): Promise<string[]> {
  return (await inspectStops(databaseUrl(admins, 'border'))).map(({ reason }) => reason);
}

function databaseUrl(admins: Admins, name: DatabaseName): string {
  const url = new URL(admins[name]);
  url.pathname = `/${DATABASES[name]}`;
  return url.href;
}

export function putFirstToken(admins: Admins, hash: string): Promise<boolean> {
  return insertFirstToken({ url: admins.home, database: DATABASES.home, hash });
}

/** The database URLs of one process, with its own login. */
export function urlsOf(
  login: Login,
  from: { folder: NodeFolder; settings: NodeSettings; server: Pick<EmbeddedPostgres, 'port'> | undefined },
): Partial<Record<DatabaseName, string>> {
  const password = readPassword(from.folder, login);
  const urls = ACCESS[login].map((name) => {
    const base = baseUrl(name, from.settings, from.server);
    return [name, roleUrl(base, DATABASES[name], `detente_${login}`, password)];
  });
  return Object.fromEntries(urls);
}

/** A URL without user and password, as it may stand in node.json. */
export function withoutLogin(url: string, name: DatabaseName): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  plain.pathname = `/${DATABASES[name]}`;
  return plain.href;
}

function baseUrl(
  name: DatabaseName,
  { databases }: NodeSettings,
  server: Pick<EmbeddedPostgres, 'port'> | undefined,
): string {
  if (databases !== 'embedded') return databases[name];
  return `postgres://127.0.0.1:${server!.port}/${DATABASES[name]}`;
}
