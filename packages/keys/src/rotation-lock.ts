// One process at a time changes keys on the disk: a finisher that slept while others went on would put an old key over a new one.
import { randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KeysError } from './errors.ts';
import { createKeyFile, readKeyFile, removeKeyFile } from './key-files.ts';
import { formatKeyFile } from './key-sets.ts';

/** Those that this process holds. */
const held = new Set<string>();

/** What a killed process left behind is taken over.
 *  @returns what `work` returns; undefined when another process, or this one further up, is at it
 *  @throws KeysError `file_unwritable`, and what `work` throws */
export function alone<T>(root: string, work: () => T): T | undefined {
  const file = lockOf(root);
  if (!acquire(file)) return undefined;
  held.add(file);
  try {
    return work();
  } finally {
    held.delete(file);
    removeKeyFile(file);
  }
}

/** Whose process id it has. */
export function lockOf(root: string): string {
  return join(root, 'worker', 'rotation.lock');
}

const MOST_ATTEMPTS = 10;

function acquire(file: string): boolean {
  for (let attempt = 0; attempt < MOST_ATTEMPTS && !held.has(file); attempt++) {
    if (createKeyFile(file, formatKeyFile({ pid: process.pid }))) return true;
    const pid = holderOf(file);
    if (pid === undefined) continue;
    if (pid !== process.pid && isAlive(pid)) return false;
    moveAway(file, pid);
  }
  return false;
}

/** Undefined where it was let go meanwhile. */
function holderOf(file: string): number | undefined {
  try {
    return (readKeyFile(file) as { pid: number }).pid;
  } catch (error) {
    if (error instanceof KeysError && error.code === 'file_missing') return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Unless somebody else has done so, and holds it now: then it is put back. */
function moveAway(file: string, pid: number): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (holderOf(aside) !== pid) linkSync(aside, file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'EEXIST'].includes(code)) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
