// The keys of this node, as it shows them to peers.

import { listKeys, type OwnKeys } from '@detente/contract/casework';
import { type Descriptor, thumbprint } from '@detente/keys';
import { problem, route } from '@detente/server';
import { readDescriptors } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';

export async function keyRoutes(app: FastifyInstance, { border }: Casework): Promise<void> {
  route(app, listKeys).to(async () => {
    const descriptors = (await readDescriptors(border.now)).map(bodyOf);
    if (descriptors.length === 0) throw problem('unavailable', { headers: { 'retry-after': '1' } });
    return { status: 200, body: keysIn(descriptors) };
  });
}

/** What a descriptor of our own says; the worker signed it. */
function bodyOf(jws: string): Descriptor {
  return JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString());
}

/** @param descriptors oldest first */
function keysIn(descriptors: readonly Descriptor[]): OwnKeys {
  const { keys, revoked = [] } = descriptors.at(-1)!;
  const items = Object.entries(keys).map(([purpose, { jwk, next }]) => {
    const isShown = (one: Descriptor) => one.keys[purpose as keyof Descriptor['keys']].jwk.x === jwk.x;
    return { purpose, kid: thumbprint(jwk), next, since: descriptors.find(isShown)!.day };
  });
  return { items, former: formerIn(descriptors), revoked };
}

function formerIn(descriptors: readonly Descriptor[]): OwnKeys['former'] {
  const kidsOf = ({ keys }: Descriptor) =>
    Object.entries(keys).map(([purpose, { jwk }]) => ({ purpose, kid: thumbprint(jwk) }));
  const present = new Set(kidsOf(descriptors.at(-1)!).map(({ kid }) => kid));
  const all = new Map(descriptors.flatMap(kidsOf).map((one) => [one.kid, one]));
  return [...all.values()].filter(({ kid }) => !present.has(kid));
}
