// The keys that this node has signed its log and its records with: today's, and those that its descriptors showed before.

import type { KeyObject } from 'node:crypto';
import { type Descriptor, type KeyFor, type PublicJwk, publicKeyOf, thumbprint } from '@detente/keys';
import type { Asker } from '@detente/store/database';
import { readOwnDescriptors } from '@detente/store/worker';
import type { Signer } from './own-log.ts';
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

/** The keys that may have signed a checkpoint of this log with so many leaves, by what their signature says. */
export type LogKeys = (size: number) => (readonly [Signer, KeyObject[]])[];

/** A revoked key has signed no more than was logged then: whoever has stolen it can sign any size. What was revoked since this
 *  database was backed up the key files tell; where they name no index, and no descriptor here does, the key has signed nothing. */
export async function ownLogKeys(
  { keys, publicKeys, revoked }: Pick<Worker, 'keys' | 'publicKeys' | 'revoked'>,
  border: Asker,
): Promise<LogKeys> {
  const said = (await readOwnDescriptors(border)).map(claimsOf);
  const before = new Map(revoked.map((one) => [one.kid, one.before ?? 0]));
  for (const one of said.flatMap((descriptor) => descriptor.revoked ?? [])) before.set(one.kid, one.before);
  const logs = [publicKeys.log.jwk, ...said.map(({ keys }) => keys.log.jwk)];
  const successor = publicKeyOf(keys.nextJwk('log'));
  return (size) => [
    ['own', distinct(logs.filter((jwk) => size <= (before.get(thumbprint(jwk)) ?? Number.POSITIVE_INFINITY)))],
    ['successor', [successor]],
  ];
}

function distinct(jwks: readonly PublicJwk[]): KeyObject[] {
  return [...new Map(jwks.map((jwk) => [jwk.x, jwk])).values()].map(publicKeyOf);
}

/** What this node signed itself; it is only read. */
function claimsOf(descriptor: string): Pick<Descriptor, 'keys' | 'former' | 'revoked'> {
  return JSON.parse(Buffer.from(descriptor.split('.')[1]!, 'base64url').toString('utf8'));
}
