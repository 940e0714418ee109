// What several test files need: a temporary folder with a node's keys in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initKeys, type KeyFor, type KeyRing, loadKeys, publicKeyOf, type Signer } from '../src/index.ts';

export type Node = { root: string; worker: KeyRing; reporting: KeyRing; exchange: KeyRing };

export function temporaryFolder(t: { teardown(done: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'detente-keys-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function newNode(t: { teardown(done: () => void): void }): Node {
  const root = join(temporaryFolder(t), 'keys');
  initKeys(root);
  const load = (holder: 'worker' | 'reporting' | 'exchange') => loadKeys(join(root, holder));
  return { root, worker: load('worker'), reporting: load('reporting'), exchange: load('exchange') };
}

export function keyForOnly(signer: Signer): KeyFor {
  const key = publicKeyOf(signer.publicJwk);
  return (kid) => (kid === signer.kid ? key : undefined);
}
