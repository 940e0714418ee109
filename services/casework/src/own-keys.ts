// The keys that this node has signed its log and its records with: today's, and those that its descriptors showed before.

import type { KeyObject } from 'node:crypto';
import { type Descriptor, type KeyFor, type PublicJwk, publicKeyOf, thumbprint } from '@detente/keys';
import type { Asker } from '@detente/store/database';
import { readOwnDescriptors } from '@detente/store/worker';
import type { Worker } from './worker-context.ts';

export type OwnKeys = { log: KeyObject[]; recordKey: KeyFor };

export async function ownKeys({ publicKeys }: Pick<Worker, 'publicKeys'>, border: Asker): Promise<OwnKeys> {
  const said = (await readOwnDescriptors(border)).map(claimsOf);
  const logs = [publicKeys.log.jwk, ...said.map(({ keys }) => keys.log.jwk)];
  const records = [publicKeys.record.jwk, ...said.flatMap(({ keys, former = [] }) => [keys.record.jwk, ...former])];
  const byKid = new Map(records.map((jwk) => [thumbprint(jwk), jwk]));
  const recordKeys = new Map([...byKid].map(([kid, jwk]) => [kid, publicKeyOf(jwk)]));
  return { log: distinct(logs), recordKey: (kid) => recordKeys.get(kid) };
}

function distinct(jwks: readonly PublicJwk[]): KeyObject[] {
  return [...new Map(jwks.map((jwk) => [jwk.x, jwk])).values()].map(publicKeyOf);
}

/** What this node signed itself; it is only read. */
function claimsOf(descriptor: string): Pick<Descriptor, 'keys' | 'former'> {
  return JSON.parse(Buffer.from(descriptor.split('.')[1]!, 'base64url').toString('utf8'));
}
