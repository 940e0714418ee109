// Peers have a name for officers and an origin everywhere else.

import type { PeerName } from '@detente/store/casework';

/** Peers are never deleted; one that a restored border does not have is `unknown` until it is added again. */
export function nameOf(peers: readonly PeerName[], origin: string): string {
  return peers.find((peer) => peer.origin === origin)?.name ?? 'unknown';
}

/** @returns undefined when no peer has the name */
export function originOf(peers: readonly PeerName[], name: string): string | undefined {
  return peers.find((peer) => peer.name === name)?.origin;
}
