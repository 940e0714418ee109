// A peer as the worker enrolled it: its keys parsed once, and found by thumbprint among those alone.

import type { KeyObject } from 'node:crypto';
import { type PublicJwk, publicKeyOf } from '@detente/keys';
import type { Peer } from '@detente/store/exchange';

export type Enrolled = {
  readonly origin: string;
  /** Name of its log. */
  readonly log: string;
  /** What showed its identity and log keys, the descriptor that its keys were taken from last; none while it shows them anew. */
  readonly descriptors: readonly string[];
  /** Thumbprints of its identity key and of the one that is announced to follow. */
  readonly identities: readonly string[];
  /** Keys of its log that it has revoked, as far as they were its own under whatever identity. */
  readonly revokedLogKeys: readonly PublicJwk[];
  /** The peer's keys of one purpose, by thumbprint, the present one first; with those that were good before, where what they signed still counts. */
  keys(purpose: KeyPurpose): ReadonlyMap<string, KeyObject>;
  /** Whether a key was revoked, and what it signed does not lie below that in the peer's log.
   *  @param signed.place index in the log; null for what has none */
  isRevoked(purpose: KeyPurpose, signed: { kid: string; place: number | null }): boolean;
  /** Whether a key is one that the peer's descriptor announced to follow, so that its next one may name it. */
  isAnnounced(kid: string): boolean;
};

type KeyPurpose = 'transport' | 'receipt' | 'agency' | 'record' | 'log' | 'witness';

/** @returns undefined while its descriptor has not been verified. */
export function enrolledPeer(peer: Peer): Enrolled | undefined {
  const { origin, fingerprint, log_name: log, keys, descriptor, earlier } = peer;
  if (log === null || !keys.transport) return undefined;
  const parsed = new Map<KeyPurpose, ReadonlyMap<string, KeyObject>>();
  return {
    origin,
    log,
    descriptors: descriptor === null ? [] : [...earlier, descriptor],
    identities: [fingerprint, ...(keys.identity?.next === undefined ? [] : [keys.identity.next])],
    revokedLogKeys: (keys.log?.former ?? []).flatMap(({ jwk, before }) =>
      before === undefined ? [] : (jwk as PublicJwk),
    ),
    keys(purpose) {
      // The log goes on under its present key alone; what one before has signed, descriptors show (`knownLog`).
      const all = purpose === 'log' && keys.log ? { ...keys.log, former: [] } : keys[purpose];
      const known = parsed.get(purpose) ?? parse(all);
      parsed.set(purpose, known);
      return known;
    },
    isRevoked(purpose, { kid, place }) {
      const before = keys[purpose]?.former?.find((key) => key.kid === kid)?.before;
      return before !== undefined && (place === null || place >= before);
    },
    isAnnounced: (kid) => Object.values(keys).some(({ next }) => next === kid),
  };
}

function parse(known: Peer['keys'][string] | undefined): ReadonlyMap<string, KeyObject> {
  const all = known ? [known, ...(known.former ?? [])] : [];
  return new Map(all.map(({ kid, jwk }) => [kid, publicKeyOf(jwk as PublicJwk)]));
}
