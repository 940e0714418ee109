// Files that only their owner may read: created whole or not at all, never overwritten, refused when others can read them.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { KeysError } from './errors.ts';

/** Creates the folder with mode 0700 when it is not there.
 *  @throws KeysError `file_unwritable`, `folder_mode` */
export function createKeyFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
  checkKeyFolder(folder);
}

/** @throws KeysError `folder_missing`, `folder_mode` */
export function checkKeyFolder(folder: string): void {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) {
    throw new KeysError('folder_missing', `${folder} is not a folder: run "detente init", or correct the path`, {
      at: folder,
    });
  }
  if ((stat.mode & 0o077) !== 0) {
    throw new KeysError('folder_mode', `${folder} is open to other users: run chmod 700 ${folder}`, { at: folder });
  }
}

/** Creates a file of mode 0600 with this text, durable when the call returns. A file that exists is left as it is.
 *  @returns whether this call created it.
 *  @throws KeysError `file_unwritable` */
export function createKeyFile(file: string, text: string): boolean {
  try {
    let outcome: 'created' | 'exists' | 'swept';
    do outcome = publish(file, text);
    while (outcome === 'swept'); // ends: every other run sweeps a folder once
    syncFolder(dirname(file));
    return outcome === 'created';
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

function publish(file: string, text: string): 'created' | 'exists' | 'swept' {
  const draft = draftOf(file);
  try {
    writeDurably(draft, text);
    // Not rename: that would replace a key which another run created in between.
    linkSync(draft, file);
    return 'created';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return 'exists';
    // A run that starts now takes this draft for one that was left behind.
    if (code === 'ENOENT' && existsSync(dirname(file))) return 'swept';
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Writes a file of mode 0600, whole or not at all and durable when the call returns, in place of the one that is there.
 *  @throws KeysError `file_unwritable` */
export function replaceKeyFile(file: string, text: string): void {
  const draft = draftOf(file);
  try {
    writeDurably(draft, text);
    renameSync(draft, file);
    syncFolder(dirname(file));
  } catch (cause) {
    throw unwritable(file, cause);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Puts the file that is at `source` in place of the one at `target`, in one step; the source stays where it is.
 *  @param isMeant asked of what was picked up: false, and nothing happens
 *  @throws KeysError `file_unwritable` */
export function promoteKeyFile(source: string, target: string, isMeant: (draft: string) => boolean): void {
  const draft = draftOf(target);
  try {
    linkSync(source, draft);
    if (isMeant(draft)) renameSync(draft, target);
    syncFolder(dirname(target));
  } catch (cause) {
    if (cause instanceof KeysError) throw cause;
    throw unwritable(target, cause);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a file, durably, if it is there. */
export function removeKeyFile(file: string): void {
  rmSync(file, { force: true });
  syncFolder(dirname(file));
}

/** Removes what a killed run left behind: drafts, whose keys nobody has seen. */
export function sweepDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.') && name.endsWith('.draft')) rmSync(join(folder, name), { force: true });
  }
}

export function keyFileExists(file: string): boolean {
  return existsSync(file);
}

/** The parsed JSON of a file that only its owner may read.
 *  @throws KeysError `file_missing`, `file_unreadable`, `file_mode`, `file_damaged` */
export function readKeyFile(file: string): unknown {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      const message = `${file} is missing: if "detente init" never came to its end, run it again; else restore a backup`;
      throw new KeysError('file_missing', message, { at: file });
    }
    throw new KeysError('file_unreadable', `${file} cannot be read (${code}): let this user read it`, {
      at: file,
      cause,
    });
  }
  try {
    const stat = fstatSync(descriptor);
    if ((stat.mode & 0o077) !== 0) {
      throw new KeysError('file_mode', `${file} is open to other users: run chmod 600 ${file}`, { at: file });
    }
    return JSON.parse(readFileSync(descriptor, 'utf8'));
  } catch (cause) {
    if (cause instanceof KeysError) throw cause;
    throw damaged(file, 'it is not JSON');
  } finally {
    closeSync(descriptor);
  }
}

/** The cause is not kept: what a parser says about a private key's text quotes it. */
export function damaged(file: string, why: string): KeysError {
  return new KeysError('file_damaged', `${file} is damaged (${why}): restore it from a backup of this folder`, {
    at: file,
  });
}

function draftOf(file: string): string {
  return join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.draft`);
}

function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    fchmodSync(descriptor, 0o600); // whatever the umask took away
    // Each process may run under a user of its own, to whom its folder belongs; root writes there for it.
    if (process.getuid?.() === 0) {
      const { uid, gid } = statSync(dirname(file));
      fchownSync(descriptor, uid, gid);
    }
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function unwritable(path: string, cause: unknown): KeysError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'error';
  const message = `cannot create ${path} (${code}): make room and let this user write there, then run it again`;
  return new KeysError('file_unwritable', message, { at: path, cause });
}
