// The first keys of a node: each with its successor in its holder's folder, and the public halves for the worker.
import { join } from 'node:path';
import { KeysError } from './errors.ts';
import { thumbprint } from './jwk.ts';
import { createKeyFile, createKeyFolder, keyFileExists, readKeyFile, sweepDrafts } from './key-files.ts';
import {
  collectPublicKeys,
  formatKeyFile,
  generateKey,
  type PublicKeys,
  readPublicKeys,
  readVaultKey,
} from './key-sets.ts';
import { holders, type Purpose, purposesOf } from './purposes.ts';
import { settleKeys } from './rotate.ts';

export type InitialKeys = {
  /** Files that this call created, as `<holder>/<file>`; empty when everything was there. */
  created: string[];
  /** Thumbprint of the identity key: what a peer compares out of band. */
  fingerprint: string;
  publicKeys: PublicKeys;
};

/** Creates `<root>/<holder>/<purpose>.json` and `<purpose>.next.json` for every purpose, then `reporting/vault.public.json`, then
 *  `worker/public.json`. Safe to repeat, and to kill at any point: nothing is overwritten, and the next run completes the set.
 *  `worker/public.json` comes last and marks the set as complete: a key that is missing afterwards is lost, not unborn, and
 *  is never silently replaced by another.
 *  @throws KeysError `file_missing`, `file_damaged`, `file_mode`, `folder_mode`, `file_unwritable`, `keys_disagree` */
export function initKeys(root: string): InitialKeys {
  const created: string[] = [];
  const complete = keyFileExists(join(root, 'worker', 'public.json'));
  createKeyFolder(root);
  if (complete) settleKeys(root);
  for (const holder of holders) {
    const folder = join(root, holder);
    createKeyFolder(folder);
    sweepDrafts(folder);
    for (const purpose of purposesOf(holder)) {
      const made = complete ? [] : createKeyPair(folder, purpose);
      created.push(...made.map((file) => `${holder}/${file}`));
    }
  }
  const publicKeys = collectPublicKeys(root);
  created.push(...handOver(root, publicKeys));
  return { created, fingerprint: thumbprint(publicKeys.identity.jwk), publicKeys };
}

function createKeyPair(folder: string, purpose: Purpose): string[] {
  const current = `${purpose}.json`;
  const next = `${purpose}.next.json`;
  // The current key is created first, so a successor alone is no half-written pair: a key was lost.
  if (!keyFileExists(join(folder, current)) && keyFileExists(join(folder, next))) readKeyFile(join(folder, current));
  return [current, next].filter(
    (name) =>
      !keyFileExists(join(folder, name)) && createKeyFile(join(folder, name), formatKeyFile(generateKey(purpose))),
  );
}

function handOver(root: string, publicKeys: PublicKeys): string[] {
  const created: string[] = [];
  const reporting = join(root, 'reporting');
  const worker = join(root, 'worker');
  if (createKeyFile(join(reporting, 'vault.public.json'), formatKeyFile(publicKeys.vault.jwk))) {
    created.push('reporting/vault.public.json');
  }
  agree(join(reporting, 'vault.public.json'), readVaultKey(reporting), publicKeys.vault.jwk);
  if (createKeyFile(join(worker, 'public.json'), formatKeyFile(publicKeys))) created.push('worker/public.json');
  agree(join(worker, 'public.json'), readPublicKeys(worker), publicKeys);
  return created;
}

function agree(file: string, stored: object, expected: object): void {
  if (JSON.stringify(stored) === JSON.stringify(expected)) return;
  const message = `${file} does not belong to the keys beside it: restore the whole key folder from one backup`;
  throw new KeysError('keys_disagree', message, { at: file });
}
