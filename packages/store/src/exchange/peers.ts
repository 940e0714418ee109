// Peers as the exchange knows them, and what proves that a request is new.

import type { Asker, Reader, Transaction } from '../database.ts';

/** A peer's key of one purpose. `next`: thumbprint of its successor; `former`: those that were good before it, where what they
 *  signed still counts. Of a former key that was revoked only records with a log index below `before` count; `since`: UTC day
 *  on which that was taken in. */
export type PeerKey = { jwk: Record<string, string>; kid: string; next?: string; former?: FormerKey[] };
export type FormerKey = Pick<PeerKey, 'jwk' | 'kid'> & { before?: number; since?: string };

export type Peer = {
  origin: string;
  fingerprint: string;
  ca: string | null;
  status: 'pending' | 'active' | 'suspended' | 'expelled';
  /** Nothing is given to it until an officer enrols it. */
  sandbox: boolean;
  /** Whether others may know that it is a peer of ours. */
  listed: boolean;
  keys: Record<string, PeerKey>;
  log_name: string | null;
  /** The descriptor that the keys were taken from, as received. */
  descriptor: string | null;
  /** The last descriptors that showed a former identity or log key, oldest first. */
  earlier: string[];
};

export const COLUMNS = 'origin, fingerprint, ca, status, sandbox, listed, keys, log_name, descriptor, earlier';

/** `check_due`: an officer has asked what its node does, and it was not looked at since. */
export type WatchedPeer = Peer & { check_due: boolean };

export async function readPeers(reader: Asker): Promise<WatchedPeer[]> {
  return reader.query<WatchedPeer>(
    `SELECT ${COLUMNS}, c.peer IS NOT NULL AND coalesce(c.asked_at > c.checked_at, true) AS check_due
     FROM peers LEFT JOIN conformance c ON c.peer = origin ORDER BY added_at, origin`,
  );
}

/** What a peer's node did, in one check. */
export type Conformance = { check: string; passed: boolean; detail: string };

export async function storeConformance(tx: Transaction, peer: string, checks: readonly Conformance[]): Promise<void> {
  await tx.execute('UPDATE conformance SET checked_at = now(), checks = $2 WHERE peer = $1', [
    peer,
    JSON.stringify(checks),
  ]);
}

export async function readPeer(reader: Asker, origin: string): Promise<Peer | undefined> {
  const [row] = await reader.query<Peer>(`SELECT ${COLUMNS} FROM peers WHERE origin = $1`, [origin]);
  return row;
}

/** Enrolled peers whose records we take from another one as their relay. */
export async function readRelayed(reader: Asker, relay: string): Promise<Peer[]> {
  return reader.query<Peer>(
    `SELECT ${COLUMNS} FROM peers
     WHERE origin = ANY ((SELECT relays FROM terms WHERE peer = $1 ORDER BY number DESC LIMIT 1)::text[])
       AND origin <> $1 AND status IN ('active', 'suspended') AND NOT sandbox`,
    [relay],
  );
}

/** A peer by its name or origin. */
export async function peerNamed(reader: Asker, name: string): Promise<Peer | undefined> {
  const [row] = await reader.query<Peer>(`SELECT ${COLUMNS} FROM peers WHERE origin = $1 OR name = $1`, [name]);
  return row;
}

/** The enrolled peer whose transport key has this thumbprint. An expelled one is as unknown as a stranger. */
export async function peerByTransportKey(reader: Asker, keyid: string): Promise<Peer | undefined> {
  const [row] = await reader.query<Peer>(
    `SELECT ${COLUMNS} FROM peers
     WHERE keys #>> '{transport,kid}' = $1 AND status IN ('active', 'suspended')`,
    [keyid],
  );
  return row;
}

/** The peers that announced a transport key with this thumbprint as their next: one, unless somebody copies it. */
export async function peersByAnnouncedKey(reader: Asker, keyid: string): Promise<string[]> {
  const rows = await reader.query<{ origin: string }>(
    `SELECT origin FROM peers WHERE keys #>> '{transport,next}' = $1 AND status IN ('active', 'suspended')`,
    [keyid],
  );
  return rows.map(({ origin }) => origin);
}

/** Remembers a nonce.
 *  @returns false when it was there already: the request is a replay. */
export async function useNonce(tx: Transaction, keyid: string, nonce: string, expires: Date): Promise<boolean> {
  const count = await tx.execute(
    'INSERT INTO nonces (keyid, nonce, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [keyid, nonce, expires],
  );
  return count === 1;
}

/** The node's own descriptor, newest. */
export async function readDescriptor(reader: Asker): Promise<string | undefined> {
  const [row] = await reader.query<{ jws: string }>('SELECT jws FROM descriptor ORDER BY seq DESC LIMIT 1');
  return row?.jws;
}

/** The node's own descriptor with this number. */
export async function readDescriptorOf(reader: Reader, seq: number): Promise<string | undefined> {
  const [row] = await reader.query<{ jws: string }>('SELECT jws FROM descriptor WHERE seq = $1', [seq]);
  return row?.jws;
}
