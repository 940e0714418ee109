// Tells a server that is still running on a data folder from the pid file of one that was killed.

import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../store-error.ts';

/** A server whose parent was killed needs a moment to notice, and longer to write its last checkpoint. */
const PATIENCE = { ready: 2_000, stopping: 30_000 };

export type PidFile = { readonly pid: number; readonly status: string };

/** `postmaster.pid`: the pid stands on its first line, the status on the eighth (pg_ctl relies on the same). */
export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' };
}

/** Returns once no server runs on the cluster.
 *  @throws StoreError `folder_in_use` when one keeps running */
export async function refuseRunning(cluster: string, folder: string): Promise<void> {
  const started = Date.now();
  while (true) {
    const found = await readPidFile(cluster);
    if (!found || !(await isServerOf(cluster, found.pid))) return removeStale(cluster, found);
    const patience = found.status === 'stopping' ? PATIENCE.stopping : PATIENCE.ready;
    if (Date.now() - started > patience) {
      const message = `Another node runs on ${folder} (its database is process ${found.pid}): stop it or name another folder.`;
      throw new StoreError('folder_in_use', message);
    }
    await sleep(50);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** After a reboot the pid may belong to anybody, so its command line must name this cluster. */
async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  return (await commandLine(pid)).includes(cluster);
}

async function commandLine(pid: number): Promise<string> {
  if (platform() === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'command=', '-p', String(pid)], (_error, stdout) => resolve(stdout));
  });
}

/** PostgreSQL clears a pid file whose process is gone, but refuses to start while that pid is anybody's. */
async function removeStale(cluster: string, found: PidFile | undefined): Promise<void> {
  if (found && isAlive(found.pid)) await rm(join(cluster, 'postmaster.pid'), { force: true });
}
