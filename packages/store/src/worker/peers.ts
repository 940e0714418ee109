// Peers in border, as the worker reads them; it writes them by rows in `outgoing` alone.

import type { Asker, Transaction } from '../database.ts';

/** A peer's key of one purpose. `next`: thumbprint of its successor; `former`: those that were good before it, where what they
 *  signed still counts. Of a former key that was revoked only records with a log index below `before` count; `since`: UTC day
 *  on which that was taken in. */
export type PeerKey = { jwk: Record<string, string>; kid: string; next?: string; former?: FormerKey[] };
export type FormerKey = Pick<PeerKey, 'jwk' | 'kid'> & { before?: number; since?: string };

export type PeerRow = {
  origin: string;
  name: string;
  fingerprint: string;
  ca: string | null;
  status: 'pending' | 'active' | 'suspended' | 'expelled';
  keys: Record<string, PeerKey>;
  log_name: string | null;
  descriptor: string | null;
  /** The last descriptors that showed a former identity or log key, oldest first. */
  earlier: string[];
  /** Nothing is given to it until an officer enrols it. */
  sandbox: boolean;
  /** Whether others may know that it is a peer of ours. */
  listed: boolean;
};

/** All peers, in the order in which they were added. */
export async function readPeers(border: Asker): Promise<PeerRow[]> {
  return border.query<PeerRow>(
    'SELECT origin, name, fingerprint, ca, status, keys, log_name, descriptor, earlier, sandbox, listed FROM peers ORDER BY added_at, origin',
  );
}

const PEERS_LOCK = 7010;

/** Held by whoever changes a peer's row: it is written whole, from what was read. */
export async function lockPeers(home: Transaction): Promise<void> {
  await home.execute('SELECT pg_advisory_xact_lock($1)', [PEERS_LOCK]);
}
