// What a peer signs with, as it was enrolled, and what of it counts.

import { createPublicKey, type KeyObject } from 'node:crypto';
import type { PeerRow } from '@detente/store/worker';

/** Whose former keys are kept: what they signed is on its way or in a log, and still counts; nothing is ever signed again. A
 *  former transport key proves nothing any more. A former log key is kept so that it is known when it is revoked, under another
 *  identity too. */
export const rememberedPurposes: ReadonlySet<string> = new Set(['record', 'agency', 'receipt', 'log']);

/** The peer's keys of one purpose, found by their thumbprints and by nothing that a message says. */
export function keysFor(peer: PeerRow, purpose: string): (kid: string) => KeyObject | undefined {
  const known = peer.keys[purpose];
  if (!known) return () => undefined;
  const all = [known, ...(known.former ?? [])];
  const keys = new Map(all.map(({ kid, jwk }) => [kid, createPublicKey({ key: jwk, format: 'jwk' })]));
  return (kid) => keys.get(kid);
}

/** Whether a key was revoked, and what it signed does not lie below that in the peer's log.
 *  @param place index in the log; null for what has none */
export function isRevoked(peer: PeerRow, purpose: string, signed: { kid: string; place: number | null }): boolean {
  const before = peer.keys[purpose]?.former?.find(({ kid }) => kid === signed.kid)?.before;
  return before !== undefined && (signed.place === null || signed.place >= before);
}
