// The keys that this node has signed its log and its records with: today's, and those that its descriptors showed before.

import type { KeyObject } from 'node:crypto';
import { type Descriptor, type KeyFor, type PublicJwk, publicKeyOf, thumbprint } from '@detente/keys';
import type { Asker } from '@detente/store/database';
import { readOwnDescriptors } from '@detente/store/worker';
import type { Signer } from './own-log.ts';
import type { Worker } from './worker-context.ts';

export type OwnKeys = { log: KeyObject[]; recordKey: KeyFor; recordKids: readonly string[] };

export async function ownKeys({ publicKeys }: Pick<Worker, 'publicKeys'>, border: Asker): Promise<OwnKeys> {
  const said = (await readOwnDescriptors(border)).map(claimsOf);
  const logs = [publicKeys.log.jwk, ...said.map(({ keys }) => keys.log.jwk)];
  const records = [publicKeys.record.jwk, ...said.flatMap(({ keys, former = [] }) => [keys.record.jwk, ...former])];
  const byKid = new Map(records.map((jwk) => [thumbprint(jwk), jwk]));
  const recordKeys = new Map([...byKid].map(([kid, jwk]) => [kid, publicKeyOf(jwk)]));
  return { log: distinct(logs), recordKey: (kid) => recordKeys.get(kid), recordKids: [...recordKeys.keys()] };
}

/** A key that may have signed a checkpoint of this log, and what its signature says. */
export type LogKey = { by: Signer; kid: string; publicKey: KeyObject };
/** Those for a checkpoint of so many leaves, the surest first. */
export type LogKeys = (size: number) => LogKey[];

/** A revoked key has signed no more than was logged then: whoever has stolen it can sign any size. What was revoked since this
 *  database was backed up the key files tell. */
export async function ownLogKeys(
  { keys, publicKeys, revoked }: Pick<Worker, 'keys' | 'publicKeys' | 'revoked'>,
  border: Asker,
): Promise<LogKeys> {
  const said = (await readOwnDescriptors(border)).map(claimsOf);
  const before = new Map(revoked.map((one) => [one.kid, one.before]));
  for (const one of said.flatMap((descriptor) => descriptor.revoked ?? [])) before.set(one.kid, one.before);
  const logs = [publicKeys.log.jwk, ...said.map(({ keys }) => keys.log.jwk)];
  const known = [...new Map(logs.map((jwk) => [thumbprint(jwk), jwk]))].map(([kid, jwk]): LogKey => {
    const index = before.get(kid);
    const by = index === undefined ? 'own' : index === null ? 'open' : 'revoked';
    return { by, kid, publicKey: publicKeyOf(jwk) };
  });
  const ranked = (['own', 'revoked', 'open'] as const).flatMap((by) => known.filter((one) => one.by === by));
  const next = keys.nextJwk('log');
  const successor: LogKey = { by: 'successor', kid: thumbprint(next), publicKey: publicKeyOf(next) };
  return (size) => [...ranked.filter(({ kid }) => size <= (before.get(kid) ?? Number.POSITIVE_INFINITY)), successor];
}

function distinct(jwks: readonly PublicJwk[]): KeyObject[] {
  return [...new Map(jwks.map((jwk) => [jwk.x, jwk])).values()].map(publicKeyOf);
}

/** What this node signed itself; it is only read. */
function claimsOf(descriptor: string): Pick<Descriptor, 'keys' | 'former' | 'revoked'> {
  return JSON.parse(Buffer.from(descriptor.split('.')[1]!, 'base64url').toString('utf8'));
}
