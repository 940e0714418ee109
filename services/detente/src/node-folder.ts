// The folder of one node:
//   node.json          name, origin, ports, rhythm; written last, so that a folder with it is complete
//   keys/<process>/    the keys that a process holds (packages/keys)
//   secrets/<process>.json   the password of its database login; officer.json: the first officer's token;
//                            import-desk.json: the demonstration's API key
//   postgres/          the embedded PostgreSQL, unless the databases are elsewhere
//   policy.json        automatic release, if there is to be any
//   organisations.txt  other names of organisations, if officers know more than the project's list
//   state.json         while the node runs: its process and the ports that were picked

import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError } from './errors.ts';

/** Sent to a node's process when the keys in its folder are others. */
export const KEYS_CHANGED = 'SIGUSR2';

export type NodeSettings = {
  name: string;
  /** Public origin, such as `https://cn.example`. */
  origin: string;
  contact: string;
  /** 0: any free one. */
  ports: { public: number; casework: number };
  /** Ms of the rhythms: log batches, looks for what waits to cross, pulls from peers. */
  tick_ms: number;
  carry_ms: number;
  pull_ms: number;
  batch_size: number;
  draw: number;
  /** Ms from one checkpoint that peers are asked to witness to the next; five ticks when absent. */
  witness_ms?: number;
  /** Witnesses that must have signed a checkpoint before it is shown as witnessed; one when absent. */
  witnesses_required?: number;
  /** Peers on this machine, over plain HTTP too: for development only. */
  loopback: boolean;
  /** Networks that are not public and in which peers may be, with commas between. */
  peer_networks?: string;
  /** Files of the router's certificate; without them it speaks plain HTTP, behind a proxy of one's own. */
  tls?: { cert: string; key: string };
  /** Addresses and networks of such a proxy, with commas between: it is believed whose address a request comes from. */
  trusted_proxies?: string;
  /** `embedded`, or the URLs of both databases without user and password. */
  databases: 'embedded' | { home: string; border: string };
};

export type NodeState = {
  pid: number;
  origin: string;
  public: number;
  casework: string;
  /** Port of the embedded PostgreSQL, if it has one. */
  database?: number;
  started: string;
};

/** Processes that log in to a database. */
export const LOGINS = ['reporting', 'casework', 'worker', 'exchange', 'publication'] as const;
export type Login = (typeof LOGINS)[number];

export type NodeFolder = ReturnType<typeof nodeFolder>;

/** The places inside a node's folder. */
export function nodeFolder(path: string) {
  const root = resolve(path);
  return {
    root,
    node: join(root, 'node.json'),
    state: join(root, 'state.json'),
    policy: join(root, 'policy.json'),
    organisations: join(root, 'organisations.txt'),
    keys: join(root, 'keys'),
    postgres: join(root, 'postgres'),
    secret: (name: Login | 'officer' | 'import-desk') => join(root, 'secrets', `${name}.json`),
  };
}

/** Makes the folder, or opens one that an `init` began.
 *  @throws CommandError `setup` when the folder holds other things */
export function createFolder(folder: NodeFolder): void {
  const known = new Set(['node.json', 'keys', 'secrets', 'postgres', 'policy.json', 'organisations.txt', 'state.json']);
  if (existsSync(folder.root)) {
    if (!statSync(folder.root).isDirectory())
      throw new CommandError('setup', `${folder.root} is a file: name a folder with --data.`);
    const foreign = readdirSync(folder.root).filter((name) => !known.has(name) && !name.startsWith('.'));
    if (foreign.length > 0 && !existsSync(join(folder.root, 'secrets')))
      throw new CommandError(
        'setup',
        `${folder.root} holds other things (${foreign[0]}): name an empty or a new folder.`,
      );
  }
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  // PostgreSQL refuses to run as root, and the user that it runs as must get through to its own folder below.
  if (process.getuid?.() === 0) chmodSync(folder.root, 0o711);
  mkdirSync(join(folder.root, 'secrets'), { recursive: true, mode: 0o700 });
}

/** @throws CommandError `setup` when there is no node, or half of one */
export function readNode(folder: NodeFolder): NodeSettings {
  const settings = findNode(folder);
  if (settings) return settings;
  const begun = existsSync(join(folder.root, 'secrets'));
  const why = begun ? `${folder.root} is half-written, its init never came to an end` : `${folder.root} holds no node`;
  throw new CommandError('setup', `${why}: run detente init --data ${folder.root} --origin URL.`);
}

/** The node's settings, or undefined where there is no node yet.
 *  @throws CommandError `setup` when they are damaged */
export function findNode(folder: NodeFolder): NodeSettings | undefined {
  return readJson<NodeSettings>(folder.node);
}

export function writeNode(folder: NodeFolder, settings: NodeSettings): void {
  writePrivate(folder.node, settings);
}

/** The password of a process's login, made when there is none.
 *  @returns 43 characters, base64url */
export function ensurePassword(folder: NodeFolder, login: Login): string {
  const file = folder.secret(login);
  const found = readJson<{ password: string }>(file);
  if (found) return found.password;
  const password = randomBytes(32).toString('base64url');
  writePrivate(file, { password });
  return password;
}

/** @throws CommandError `setup` */
export function readPassword(folder: NodeFolder, login: Login): string {
  const found = readJson<{ password: string }>(folder.secret(login));
  if (found) return found.password;
  throw new CommandError('setup', `${folder.secret(login)} is missing: run detente init on this folder again.`);
}

/** The first officer's token, made when there is none. The file may be removed once the token is kept elsewhere. */
export function ensureOfficerToken(folder: NodeFolder): string {
  const found = readJson<{ token: string }>(folder.secret('officer'));
  if (found) return found.token;
  const token = `detente_${randomBytes(32).toString('base64url')}`;
  writePrivate(folder.secret('officer'), { token });
  return token;
}

/** The key of the demonstration's import desk, if there is one. */
export function findLabKey(folder: NodeFolder): string | undefined {
  return readJson<{ key: string }>(folder.secret('import-desk'))?.key;
}

export function keepLabKey(folder: NodeFolder, key: string): void {
  writePrivate(folder.secret('import-desk'), { key });
}

export function findOfficerToken(folder: NodeFolder): string | undefined {
  return readJson<{ token: string }>(folder.secret('officer'))?.token;
}

/** What runs on the folder now, or undefined. What a killed node left is removed. */
export function findState(folder: NodeFolder): NodeState | undefined {
  const state = readState(folder);
  return state && isRunning(state, folder) ? state : undefined;
}

/** Damaged, it says nothing: it is always written whole, so a power cut or a full disk was in between. */
function readState(folder: NodeFolder): NodeState | undefined {
  try {
    return readJson<NodeState>(folder.state);
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** Marks the folder as in use by this process.
 *  @throws CommandError `setup` when another uses it */
export function occupy(folder: NodeFolder, origin: string): void {
  const state: NodeState = { pid: process.pid, origin, public: 0, casework: '', started: new Date().toISOString() };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writePrivate(folder.state, state, linkSync);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const running = findState(folder);
      if (running) {
        const message = `A node already runs on ${folder.root} (process ${running.pid}): stop it or name another folder.`;
        throw new CommandError('setup', message);
      }
      rmSync(folder.state, { force: true });
    }
  }
}

export function writeState(folder: NodeFolder, state: NodeState): void {
  writePrivate(folder.state, state);
}

export function vacate(folder: NodeFolder): void {
  rmSync(folder.state, { force: true });
}

/** After a reboot the number may be anybody's, so where the system tells, its command line must be ours. */
function isRunning({ pid }: NodeState, folder: NodeFolder): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return line.includes('detente') || line.includes(folder.root);
  } catch {
    return true;
  }
}

function readJson<T>(file: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new CommandError('setup', `${file} is damaged: restore it from a backup of this folder.`, { cause });
  }
}

/** Whole or not at all, and for its owner alone.
 *  @param put `linkSync` refuses to replace a file, with EEXIST */
function writePrivate(file: string, value: object, put: (draft: string, file: string) => void = renameSync): void {
  const draft = `${file}.${process.pid}.draft`;
  try {
    writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
    put(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
