// What a peer signs with, as it was enrolled.

import { createPublicKey, type KeyObject } from 'node:crypto';
import type { PeerRow } from '@detente/store/worker';

/** The peer's keys of one purpose, found by their thumbprints and by nothing that a message says. */
export function keysFor(peer: PeerRow, purpose: string): (kid: string) => KeyObject | undefined {
  const known = peer.keys[purpose];
  if (!known) return () => undefined;
  const all = [known, ...(known.former ?? [])];
  const keys = new Map(all.map(({ kid, jwk }) => [kid, createPublicKey({ key: jwk, format: 'jwk' })]));
  return (kid) => keys.get(kid);
}
