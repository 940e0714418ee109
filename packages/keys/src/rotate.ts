// Rotation on the disk: the announced successor becomes the key, and a fresh one is announced in its place.
//
// A journal in the worker's folder is the point of no return. Before it lies there nothing has changed; from then on whoever
// finds it finishes the work, so a kill at any point ends in the keys before or in the keys behind it. Every state between is
// one that a process can be started in.
import { join } from 'node:path';
import { KeysError } from './errors.ts';
import {
  createKeyFile,
  keyFileExists,
  promoteKeyFile,
  readKeyFile,
  removeKeyFile,
  replaceKeyFile,
} from './key-files.ts';
import {
  collectPublicKeys,
  formatKeyFile,
  generateKey,
  type KeptRevocation,
  readKey,
  readKeyPair,
  readRevocations,
} from './key-sets.ts';
import { holderOf, type PublishedPurpose } from './purposes.ts';
import { alone, lockOf } from './rotation-lock.ts';

/** What happens to one purpose, by thumbprints: the key, the successor that was announced, and the one to be announced. */
export type Rotation = {
  purpose: PublishedPurpose;
  from: string;
  to: string;
  then: string;
  /** The old key is revoked as well: the log index from which on what it signed does not count; null: the log's end. */
  revoked?: { before: number | null };
};

const journalOf = (root: string) => join(root, 'worker', 'rotation.json');

/** Rotates keys to their announced successors; what was begun before is finished first.
 *  @param options.revoke revokes the old keys in the same act
 *  @param options.step called before each change of the disk, with its name: where a test kills
 *  @throws KeysError `rotation_unfinished` when another one was found and finished instead, or another process is at one; those of
 *    reading key files */
export function rotateKeys(
  root: string,
  purposes: readonly PublishedPurpose[],
  options: { revoke?: { before: number | null }; step?: (name: string) => void } = {},
): Rotation[] {
  const rotations = alone(root, () => rotate(root, purposes, options));
  if (rotations !== undefined) return rotations;
  const message = `another process is at work on these keys: look, then say again (if none is, remove ${lockOf(root)})`;
  throw new KeysError('rotation_unfinished', message);
}

function rotate(
  root: string,
  purposes: readonly PublishedPurpose[],
  { revoke, step = () => undefined }: NonNullable<Parameters<typeof rotateKeys>[2]>,
): Rotation[] {
  if (finish(root, step).length > 0)
    throw new KeysError('rotation_unfinished', 'another rotation had begun and is finished now: look, then say again');
  const rotations = [...new Set(purposes)].map((purpose): Rotation => {
    const folder = join(root, holderOf(purpose));
    const { current, next } = readKeyPair(folder, purpose);
    step(`${purpose} gets another successor`);
    createKeyFile(join(folder, `${purpose}.after.json`), formatKeyFile(generateKey(purpose)));
    const then = readKey(join(folder, `${purpose}.after.json`), purpose).kid;
    return { purpose, from: current.kid, to: next.kid, then, ...(revoke && { revoked: revoke }) };
  });
  step('the journal is written');
  createKeyFile(journalOf(root), formatKeyFile({ rotations }));
  return finish(root, step);
}

/** Finishes a rotation that was begun and interrupted.
 *  @returns what was finished; empty when there was nothing to do, or another process is at it */
export function settleKeys(root: string, step: (name: string) => void = () => undefined): Rotation[] {
  if (!keyFileExists(journalOf(root))) return [];
  return alone(root, () => finish(root, step)) ?? [];
}

function finish(root: string, step: (name: string) => void): Rotation[] {
  const journal = journalOf(root);
  if (!keyFileExists(journal)) return [];
  const { rotations } = readKeyFile(journal) as { rotations: Rotation[] };
  for (const rotation of rotations) advance(join(root, holderOf(rotation.purpose)), rotation, step);
  step('the public halves are written');
  replaceKeyFile(join(root, 'worker', 'public.json'), formatKeyFile(collectPublicKeys(root)));
  const revoked = rotations.flatMap(({ purpose, from, revoked }): KeptRevocation[] =>
    revoked ? [{ purpose, kid: from, before: revoked.before }] : [],
  );
  // Behind the public halves: no descriptor may show a key and revoke it.
  if (revoked.length > 0) {
    step('the revocations are written');
    for (const one of revoked) keepRevocation(join(root, 'worker'), one);
  }
  step('the journal is removed');
  removeKeyFile(journal);
  return rotations;
}

/** Remembers that a key which was rotated away was stolen; said again, with another index or none, that is the one that counts.
 *  @param folder the worker's
 *  @throws KeysError `file_unwritable`, those of `readRevocations` */
export function keepRevocation(folder: string, revocation: KeptRevocation): void {
  const others = readRevocations(folder).filter(({ kid }) => kid !== revocation.kid);
  replaceKeyFile(join(folder, 'revoked.json'), formatKeyFile({ revoked: [...others, revocation] }));
}

/** Moves each file only if it is the key that is meant, so that doing it twice is doing it once. */
function advance(folder: string, { purpose, from, to, then }: Rotation, step: (name: string) => void): void {
  const [current, next, after] = ['', '.next', '.after'].map((part) => join(folder, `${purpose}${part}.json`)) as [
    string,
    string,
    string,
  ];
  const is = (file: string, kid: string) => keyFileExists(file) && readKey(file, purpose).kid === kid;
  step(`the ${purpose} key is replaced`);
  // The old private key is gone with this: nothing is ever signed with it again.
  if (is(current, from)) promoteKeyFile(next, current, (draft) => is(draft, to));
  step(`the successor of the ${purpose} key is replaced`);
  if (is(current, to) && is(next, to)) promoteKeyFile(after, next, (draft) => is(draft, then));
  if (is(next, then)) removeKeyFile(after);
}
