// Whether the keys in a node's folder are those that it has told its peers.

import { publishedPurposes, readPublicKeys, thumbprint } from '@detente/keys';
import { CommandError } from './errors.ts';

export type AnnouncedKeys = {
  items: { purpose: string; kid: string; next: string; since: string }[];
  former: { purpose: string; kid: string }[];
  revoked: { purpose: string; kid: string; before: number }[];
};

/** Two rotations without a descriptor between them would end in a key that nobody was told of.
 *  @param folder the worker's keys
 *  @throws CommandError `refused` */
export function refuseUnannounced(folder: string, { items }: AnnouncedKeys): void {
  const keys = readPublicKeys(folder);
  const waiting = publishedPurposes.filter((purpose) => {
    const shown = items.find((one) => one.purpose === purpose);
    return shown?.kid !== thumbprint(keys[purpose].jwk) || shown.next !== keys[purpose].next;
  });
  if (waiting.length === 0) return;
  const message = `Peers cannot have been told of the last rotation (${waiting.join(', ')}): let the worker read its keys anew, then say it again.`;
  throw new CommandError('refused', message);
}
