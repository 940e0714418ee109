// A data folder: made once by initdb, or copied, beside its final place and renamed into it, so that it is whole or not there.
//   <folder>/cluster/                 the database itself, owned by the account that the server runs as
//   <folder>/cluster/detente-superuser  the superuser's password, mode 0600
//   <folder>/cluster.<pid>.partial    an initdb at work, or one that was killed

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';
import { type Account, accountCan, identity } from './account.ts';
import { type Binaries, MAJOR } from './binaries.ts';
import { isAlive } from './running.ts';

/** Bytes that must be free: a new cluster takes 40 MB, and a running one writes its log in files of 16 MB. */
const ROOM = { create: 128 * 2 ** 20, start: 48 * 2 ** 20 };

export const SUPERUSER = 'postgres';

export type Cluster = { readonly path: string; readonly password: string };

type ClusterOptions = { account: Account; binaries: Binaries; durable: boolean; template?: string | undefined };

/** Makes the folder and lets the database account through it.
 *  @throws StoreError `folder_closed` */
export async function openFolder(folder: string, account: Account): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: account.uid === undefined ? 0o700 : 0o711 });
    if (account.uid !== undefined) await chmod(folder, 0o711);
  } catch (cause) {
    throw new StoreError('folder_closed', `The folder ${folder} cannot be made or opened: name another one.`, {
      cause,
    });
  }
  if (await accountCan(account, 'enter', folder)) return;
  const message = `PostgreSQL runs as ${account.name}, who may not enter ${folder}: name a folder outside of closed home directories, or run as an ordinary user.`;
  throw new StoreError('folder_closed', message);
}

/** The cluster in the folder, made when there is none.
 *  @param durable false skips flushing the new files to the disk: for tests only
 *  @param template folder whose cluster is copied, see `PostgresOptions`
 *  @throws StoreError `disk_full`, `folder_foreign`, `folder_version`, `postgres_failed` */
export async function ensureCluster(folder: string, options: ClusterOptions): Promise<Cluster> {
  const path = join(folder, 'cluster');
  await removePartials(folder);
  const version = await readFile(join(path, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) await createCluster(folder, path, options);
  else if (version.trim() !== MAJOR) throw wrongVersion(folder, version.trim());
  await refuseFullDisk(folder, 'start');
  return { path, password: (await readFile(join(path, 'detente-superuser'), 'utf8')).trim() };
}

/** @throws StoreError `disk_full` */
export async function refuseFullDisk(folder: string, purpose: keyof typeof ROOM): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= ROOM[purpose]) return;
  const message = `The disk that holds ${folder} has ${megabytes(free)} MB left and the database needs ${megabytes(ROOM[purpose])} MB: make room or name another folder.`;
  throw new StoreError('disk_full', message);
}

async function createCluster(folder: string, path: string, options: ClusterOptions): Promise<void> {
  const { account, template } = options;
  await refuseFullDisk(folder, 'create');
  const partial = `${path}.${process.pid}.partial`;
  const password = randomBytes(24).toString('base64url');
  await mkdir(partial, { mode: 0o700 });
  await own(partial, account);
  if (template === undefined) await initdb(partial, { ...options, password, folder });
  else await copyTemplate(join(template, 'cluster'), partial, { ...options, password, folder });
  await writePrivate(join(partial, 'detente-superuser'), password, account);
  try {
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { recursive: true, force: true });
    // Lost a race against another start on this folder: its cluster is as good as ours.
    if (await readFile(join(path, 'PG_VERSION'), 'utf8').catch(() => undefined)) return;
    const message = `${path} holds files but no database: remove it or name another folder.`;
    throw new StoreError('folder_foreign', message, { cause });
  }
}

type Making = ClusterOptions & { password: string; folder: string };

async function initdb(target: string, options: Making): Promise<void> {
  const passwordFile = `${target}.password`;
  await writePrivate(passwordFile, options.password, options.account);
  const how = [
    ...['--pgdata', target, '--username', SUPERUSER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    // The builtin provider knows Unicode and sorts by code point: the same on every machine, with nothing to load.
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    // A cluster that is copied is small: a part of its log is as large as all else in it.
    ...['--no-instructions', ...(options.durable ? [] : ['--no-sync', '--wal-segsize', '1'])],
  ];
  const made = runTool(options.binaries.initdb, how, options);
  await orRemove(target, options, made).finally(() => rm(passwordFile, { force: true }));
}

/** The template's superuser has another password, which must not open the copy: it is changed before anything listens. */
async function copyTemplate(from: string, target: string, options: Making): Promise<void> {
  const copied = runTool('/bin/cp', ['-a', `${from}/.`, target], options);
  await orRemove(target, options, copied);
  const change = `ALTER ROLE ${SUPERUSER} PASSWORD '${options.password}'\n`;
  const how = ['--single', '-D', target, ...(options.durable ? [] : ['-F']), '-c', 'exit_on_error=on', 'postgres'];
  const changed = runTool(options.binaries.postgres, how, options, change);
  await orRemove(target, options, changed);
}

type Ended = { code: number | null; output: string };

/** Runs a program as the database account. */
async function runTool(binary: string, args: string[], { account }: Making, input = ''): Promise<Ended> {
  const child = spawn(binary, args, {
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    stdio: 'pipe',
    ...identity(account),
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  child.stdin.on('error', () => undefined); // its exit code tells
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => output.push(Buffer.from(error.message)));
    child.once('close', resolve);
  });
  return { code, output: Buffer.concat(output).toString('utf8').trim() };
}

async function orRemove(target: string, { folder }: Making, ended: Promise<Ended>): Promise<void> {
  const { code, output } = await ended;
  if (code === 0) return;
  await rm(target, { recursive: true, force: true });
  await refuseFullDisk(folder, 'create');
  const cause = new Error(output);
  throw new StoreError('postgres_failed', `PostgreSQL could not make a database in ${folder}.`, { cause });
}

/** Removes what a killed initdb left, by the process that had started it. */
async function removePartials(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /^cluster\.(\d+)\.partial(?:\.password)?$/.exec(name)?.[1];
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue;
    // An initdb that outlived its parent may still be writing: what is left goes at the next start.
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function writePrivate(path: string, text: string, account: Account): Promise<void> {
  await writeFile(path, `${text}\n`, { mode: 0o600 });
  await own(path, account);
}

async function own(path: string, account: Account): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
}

function wrongVersion(folder: string, version: string): StoreError {
  const message = `The database in ${folder} was made by PostgreSQL ${version} and this is ${MAJOR}: name another folder.`;
  return new StoreError('folder_version', message);
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 2 ** 20);
}
