// Lines to peers, for the tests of what may come back on one: no database, keys of one node.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initKeys, publicKeyOf } from '@detente/keys';
import type { Test } from 'tap';
import type { Enrolled } from '../src/enrolled.ts';
import { loadExchangeKeys } from '../src/keys.ts';
import { type Line, type LineSettings, openLine } from '../src/line.ts';
import { faultSentence } from '../src/pull-fault.ts';

/** Where the keys of the node lie. */
export const root = mkdtempSync(join(tmpdir(), 'detente-line-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));
initKeys(root);
const { transport } = loadExchangeKeys(join(root, 'exchange'));
const known = new Map([[transport.kid, publicKeyOf(transport.publicJwk)]]);
const peer: Enrolled = {
  ...{
    origin: 'https://peer.example',
    log: 'peer.example/log/v1',
    descriptors: [],
    identities: [],
    revokedLogKeys: [],
  },
  keys: () => known,
  isRevoked: () => false,
  isAnnounced: () => false,
};

/** @param more without it the line is as a node has it that was given no settings */
export function open(t: Test, origin: string, more: Partial<LineSettings> = {}, ca: string | null = null): Line {
  const reach = { loopback: false, networks: [] };
  const settings = { signer: transport, timeoutMs: 5_000, reach, signal: new AbortController().signal, ...more };
  const line = openLine({ origin, ca }, settings);
  t.teardown(() => line.close());
  return line;
}

/** What the officer reads when a call fails, of both kinds of call. */
export async function sentences(line: Line): Promise<string[]> {
  const calls = [() => line.descriptor(), () => line.call(peer, { method: 'GET', path: '/exchange/v1/feed' })];
  const told: string[] = [];
  for (const call of calls) {
    try {
      await call();
      told.push('it was answered');
    } catch (error) {
      told.push(faultSentence(error) ?? 'it failed on this side');
    }
  }
  return told;
}
