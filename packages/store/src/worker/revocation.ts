// What a peer's revoked key signed, and what is done with it.

import { kidOf } from '@detente/keys';
import type { Asker, Transaction } from '../database.ts';
import type { StoredStatement } from './landing.ts';
import { askTurns } from './offers.ts';
import type { PeerKey } from './peers.ts';

export type Signed = { digest: string; token: string };

/** Received versions of a peer that its log does not show below an index. */
export async function receivedFrom(home: Asker, peer: string, before: number): Promise<Signed[]> {
  return home.query<Signed>(
    `SELECT digest, split_part(presentation, '~', 1) AS token FROM received
     WHERE peer = $1 AND revoked_at IS NULL AND (place IS NULL OR place >= $2)`,
    [peer, before],
  );
}

/** Marks received versions: they count no more, and officers see it. */
export async function revokeReceived(home: Transaction, peer: string, digests: readonly string[]): Promise<void> {
  await home.execute(
    `UPDATE received SET revoked_at = now(), relay_due = true, change = nextval('case_changes') WHERE peer = $1 AND digest = ANY ($2::text[])`,
    [peer, digests],
  );
}

type Between = Pick<StoredStatement, 'typ' | 'iss' | 'aud'>;

/** The lowest number of the statements of a typ from one node to another that a key signed. */
export async function firstOfKey(home: Asker, { typ, iss, aud }: Between, kid: string): Promise<number | undefined> {
  const [row] = await home.query<{ first: number | null }>(
    'SELECT min(seq) AS first FROM statements WHERE iss = $1 AND typ = $2 AND aud = $3 AND kid = $4 AND void_at IS NULL',
    [iss, typ, aud, kid],
  );
  return row?.first ?? undefined;
}

/** Digests of the statements of a typ from one node to another that these keys signed, with a sequence number of `from` or above. */
export async function digestsOfKeys(
  home: Asker,
  { typ, iss, aud }: Between,
  { kids, from = 0 }: { kids: Iterable<string>; from?: number },
): Promise<string[]> {
  const rows = await home.query<{ digest: string }>(
    `SELECT digest FROM statements
     WHERE iss = $1 AND typ = $2 AND aud = $3 AND kid = ANY ($4::text[]) AND seq >= $5 AND void_at IS NULL`,
    [iss, typ, aud, [...kids], from],
  );
  return rows.map(({ digest }) => digest);
}

/** Digests of all statements of a typ from one node to another that count. */
export async function digestsBetween(home: Asker, { typ, iss, aud }: Between): Promise<string[]> {
  const rows = await home.query<{ digest: string }>(
    'SELECT digest FROM statements WHERE iss = $1 AND typ = $2 AND aud = $3 AND void_at IS NULL',
    [iss, typ, aud],
  );
  return rows.map(({ digest }) => digest);
}

/** Keeps statements as they are, but out of everything that is computed from statements; and takes back what waits because of
 *  them: a recall that nobody has answered, an answer to ours, an approval. */
export async function voidStatements(home: Transaction, voided: readonly string[]): Promise<void> {
  if (voided.length === 0) return;
  const digests = [voided];
  const offers = await home.query<{ iss: string; aud: string; seq: number }>(
    `WITH voided AS (
       UPDATE statements SET void_at = now() WHERE void_at IS NULL AND digest = ANY ($1::text[])
       RETURNING iss, typ, aud, seq)
     SELECT iss, aud, min(seq) AS seq FROM voided WHERE typ = 'detente-offer+jwt' GROUP BY iss, aud`,
    digests,
  );
  for (const { seq, ...way } of offers) await askTurns(home, way, seq);
  await home.execute('DELETE FROM recalls WHERE NOT own AND answer IS NULL AND digest = ANY ($1::text[])', digests);
  await home.execute(
    'UPDATE recalls SET answer = NULL, answered_at = NULL WHERE own AND answer = ANY ($1::text[])',
    digests,
  );
  await home.execute(
    `DELETE FROM approvals a USING statements s
     WHERE s.typ = 'detente-approval+jwt' AND s.digest = ANY ($1::text[]) AND a.peer = s.iss AND a.record = s.body->>'record'
       AND NOT EXISTS (SELECT FROM statements o WHERE o.typ = s.typ AND o.iss = s.iss AND o.void_at IS NULL
         AND o.body->>'record' = a.record)`,
    digests,
  );
}

/** Keeps receipts of a peer's revoked keys as they are, but uncounted, and frees their numbers. */
export async function voidReceipts(border: Transaction, peer: string, key: PeerKey | undefined): Promise<void> {
  const revoked = new Set(key?.former?.flatMap(({ kid, before }) => (before === undefined ? [] : kid)));
  if (revoked.size === 0) return;
  const held = await border.query<{ seq: number; jws: string }>(
    'SELECT seq, jws FROM receipts_in WHERE peer = $1 AND void_at IS NULL',
    [peer],
  );
  const numbers = held.filter(({ jws }) => revoked.has(kidOf(jws))).map(({ seq }) => seq);
  await border.execute(
    'UPDATE receipts_in SET void_at = now() WHERE peer = $1 AND void_at IS NULL AND seq = ANY ($2)',
    [peer, numbers],
  );
}

/** How many own versions have no index below `before`, by the header that their signer writes. */
export async function countUnloggedOf(home: Asker, header: string, before: number): Promise<number> {
  const [row] = await home.query<{ count: number }>(
    `SELECT count(*) AS count FROM records WHERE split_part(token, '.', 1) = $1 AND (place IS NULL OR place >= $2)`,
    [header, before],
  );
  return row!.count;
}
