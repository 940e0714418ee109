// What a node's identity key has said of its log's keys, over rotations of both: whoever is shown another descriptor than others
// can still tell whose checkpoints he holds.
import type { KeyObject } from 'node:crypto';
import { type Descriptor, shownIdentity, verifyDescriptor } from './descriptor.ts';
import { KeysError } from './errors.ts';
import { publicKeyOf, thumbprint } from './jwk.ts';
import type { Statement } from './statement.ts';

/** A verified descriptor, and the bytes that it was read from. */
export type Shown = { jws: string; seq: number; body: Descriptor };

/** Verifies a descriptor under any of these identity keys, and adds the successor that it announces to them. Numbers and other keys
 *  decide nothing: a node that hides one of its descriptors, or signs two of one number, answers for all of them.
 *  @param identities thumbprints: the pinned one, and those that followed
 *  @throws KeysError those of `verifyDescriptor` */
export async function followDescriptor(
  jws: string,
  origin: string,
  identities: Set<string>,
): Promise<Statement<Descriptor>> {
  const fingerprint = shownIdentity(jws);
  if (!identities.has(fingerprint))
    throw new KeysError('fingerprint_mismatch', `nobody announced the identity key ${fingerprint}`);
  const statement = await verifyDescriptor(jws, { origin, fingerprint });
  identities.add(statement.body.keys.identity.next);
  return statement;
}

/** The keys of the log that descriptors of one node show, by thumbprint. None that any of them revokes: whoever stole it may have
 *  signed any checkpoint, of any size, so that nothing is proven by it. */
export function logKeysOf(descriptors: readonly Descriptor[]): Map<string, KeyObject> {
  const keys = new Map(descriptors.map(({ keys: { log } }) => [thumbprint(log.jwk), publicKeyOf(log.jwk)]));
  for (const { purpose, kid } of descriptors.flatMap(({ revoked = [] }) => revoked)) {
    if (purpose === 'log') keys.delete(kid);
  }
  return keys;
}

/** The fewest of these descriptors that show who has signed each of some things: for each the newest that shows its key, and
 *  between them one of each identity key, so that every one stands under a key that one before it announced.
 *  @param descriptors in the order in which they can be verified
 *  @param signed tells of each thing whether a log key has signed it */
export function descriptorsFor(
  descriptors: readonly Shown[],
  signed: readonly ((key: KeyObject) => boolean)[],
): string[] {
  const ordered = inOrder(descriptors);
  const places = signed.map((by) => ordered.findLastIndex(({ body }) => by(publicKeyOf(body.keys.log.jwk))));
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const identities = new Set<string>();
  const kept = ordered.filter((one, place) => {
    if (place < first || place > last) return false;
    const isNew = !identities.has(identityOf(one));
    identities.add(identityOf(one));
    return isNew || places.includes(place);
  });
  return kept.map(({ jws }) => jws);
}

const identityOf = ({ body }: Shown) => thumbprint(body.keys.identity.jwk);

/** By identity keys as they follow each other, then by number: whoever knows the same descriptors has the same order. */
function inOrder(descriptors: readonly Shown[]): Shown[] {
  const identities = [...new Set(descriptors.map(identityOf))];
  const rank = (one: Shown) => identities.indexOf(identityOf(one));
  return [...descriptors].sort((a, b) => rank(a) - rank(b) || a.seq - b.seq || (a.jws < b.jws ? -1 : 1));
}
