// Peers in border, as the worker reads them; it writes them by rows in `outgoing` alone.

import type { Asker } from '../database.ts';

export type PeerRow = {
  origin: string;
  name: string;
  fingerprint: string;
  ca: string | null;
  status: 'pending' | 'active' | 'suspended' | 'expelled';
  keys: Record<string, { jwk: Record<string, string>; kid: string }>;
  log_name: string | null;
  descriptor: string | null;
};

/** All peers, in the order in which they were added. */
export async function readPeers(border: Asker): Promise<PeerRow[]> {
  return border.query<PeerRow>(
    'SELECT origin, name, fingerprint, ca, status, keys, log_name, descriptor FROM peers ORDER BY added_at, origin',
  );
}
