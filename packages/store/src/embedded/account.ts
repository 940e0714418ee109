// PostgreSQL refuses to run as root: as root it is started as the user `postgres`, otherwise as whoever we are.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { StoreError } from '../store-error.ts';

const run = promisify(execFile);
const NAME = 'postgres';

/** Whom a child process is started as; undefined members mean: as ourselves. */
export type Account = { readonly name: string; readonly uid?: number; readonly gid?: number };

/** The account that the server runs as. As root the system user `postgres` is made when there is none.
 *  @throws StoreError `account_missing` */
export async function databaseAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return { name: 'this user' };
  const known = await lookUp();
  if (known) return known;
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', NAME]);
  } catch (cause) {
    throw accountMissing(cause);
  }
  const made = await lookUp();
  if (!made) throw accountMissing();
  return made;
}

/** Whether the account can do what a line of POSIX shell asks for, `$1` being the path: permission bits, ACLs and the
 *  folders above are the system's to judge. */
export async function accountCan(account: Account, question: 'enter' | 'execute', path: string): Promise<boolean> {
  const line = question === 'enter' ? 'cd "$1"' : 'test -x "$1"';
  const child = spawn('/bin/sh', ['-c', line, 'sh', path], { cwd: '/', stdio: 'ignore', ...identity(account) });
  const [code] = await once(child, 'exit');
  return code === 0;
}

/** uid and gid as spawn wants them. */
export function identity(account: Account): { uid?: number; gid?: number } {
  return account.uid === undefined || account.gid === undefined ? {} : { uid: account.uid, gid: account.gid };
}

async function lookUp(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
    return { name: `the user ${NAME}`, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

function accountMissing(cause?: unknown): StoreError {
  return new StoreError(
    'account_missing',
    `PostgreSQL refuses to run as root and the user ${NAME} could not be made: run as an ordinary user.`,
    { cause },
  );
}
