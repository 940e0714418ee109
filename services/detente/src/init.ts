// `detente init`: makes a node's folder, or completes one that an earlier init began. Nothing that exists is replaced.

import { hash } from 'node:crypto';
import { initKeys, parseOrigin } from '@detente/keys';
import type { EmbeddedPostgres } from '@detente/store/embedded';
import {
  type Admins,
  embeddedAdmins,
  givePasswords,
  migrateBoth,
  putFirstToken,
  startEmbedded,
  withoutLogin,
} from './databases.ts';
import { CommandError } from './errors.ts';
import {
  createFolder,
  ensureOfficerToken,
  ensurePassword,
  findNode,
  LOGINS,
  type NodeFolder,
  type NodeSettings,
  occupy,
  vacate,
  writeNode,
} from './node-folder.ts';

export type InitInput = Pick<NodeSettings, 'origin'> &
  Partial<NodeSettings> & {
    /** Administrators of the database servers; undefined: embedded. */
    admins?: Admins | undefined;
    /** Leaves the embedded server running for a start that follows at once. */
    keepServer?: boolean;
    /** false: nothing is flushed to the disk, for a folder that does not outlive this process. */
    durable?: boolean;
    /** Folder of `makeTemplate`, once that is made: new databases are copied from it. */
    template?: Promise<string> | undefined;
  };

export type Initialised = {
  settings: NodeSettings;
  fingerprint: string;
  /** The first officer's token, when this call was the first to come to its end. */
  token: string | undefined;
  keysCreated: number;
  /** The embedded server, still running, when it was asked for. */
  server: EmbeddedPostgres | undefined;
};

const DEFAULTS = {
  contact: 'duty officer',
  tick_ms: 60_000,
  carry_ms: 250,
  pull_ms: 60_000,
  batch_size: 16,
  draw: 60,
  loopback: false,
} as const;

/** @throws CommandError `setup`, `usage`; StoreError, KeysError */
export async function initNode(folder: NodeFolder, input: InitInput): Promise<Initialised> {
  const settings = settingsOf(input);
  const found = findNode(folder);
  if (found && found.origin !== settings.origin)
    throw new CommandError('setup', `${folder.root} is the node of ${found.origin}: name another folder.`);
  createFolder(folder);
  occupy(folder, settings.origin);
  try {
    const { created, fingerprint } = initKeys(folder.keys);
    for (const login of LOGINS) ensurePassword(folder, login);
    const token = found ? undefined : ensureOfficerToken(folder);
    const server = await prepareDatabases(folder, input, token);
    if (!found) writeNode(folder, settings);
    return { settings: found ?? settings, fingerprint, token, keysCreated: created.length, server };
  } finally {
    vacate(folder);
  }
}

async function prepareDatabases(
  folder: NodeFolder,
  { admins, keepServer = false, durable = true, template }: InitInput,
  token: string | undefined,
): Promise<EmbeddedPostgres | undefined> {
  const server = admins
    ? undefined
    : await startEmbedded(folder, () => undefined, { durable, template: await template });
  let done = false;
  try {
    const as = admins ?? embeddedAdmins(server!);
    if (template === undefined) await migrateBoth(folder, as);
    else await givePasswords(folder, as);
    if (token !== undefined) await putFirstToken(as, hash('sha256', token, 'base64url'));
    done = true;
    return keepServer ? server : undefined;
  } finally {
    if (!done || !keepServer) await server?.stop();
  }
}

/** @throws CommandError `usage` */
function settingsOf({ admins, keepServer: _, durable: __, template: ___, ...input }: InitInput): NodeSettings {
  const origin = checkedOrigin(input.origin);
  const port = Number(new URL(origin).port) || 8480;
  return {
    ...DEFAULTS,
    name: nameIn(origin),
    ports: { public: port, casework: port === 65_535 ? 0 : port + 1 },
    databases: admins
      ? { home: withoutLogin(admins.home, 'home'), border: withoutLogin(admins.border, 'border') }
      : 'embedded',
    ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
    origin,
  };
}

/** The first label of the host, which for a country's node is the country. */
function nameIn(origin: string): string {
  const [label = ''] = new URL(origin).hostname.split('.');
  return /^[a-z][a-z0-9-]{0,31}$/.test(label) ? label : 'node';
}

function checkedOrigin(origin: string): string {
  try {
    parseOrigin(origin);
    return origin;
  } catch (cause) {
    const message = `${origin} is no origin: name it as https://cn.example, in lower case and without a path.`;
    throw new CommandError('usage', message, { cause });
  }
}
