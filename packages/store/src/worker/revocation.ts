// What a peer's revoked key signed, and what is done with it.

import type { Asker, Transaction } from '../database.ts';
import type { StoredStatement } from './landing.ts';

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
    `UPDATE received SET revoked_at = now(), change = nextval('case_changes') WHERE peer = $1 AND digest = ANY ($2::text[])`,
    [peer, digests],
  );
}

/** Keeps statements as they are, but out of everything that is computed from statements. */
export async function voidStatements(home: Transaction, statements: readonly StoredStatement[]): Promise<void> {
  await home.execute('UPDATE statements SET void_at = now() WHERE void_at IS NULL AND digest = ANY ($1::text[])', [
    statements.map(({ digest }) => digest),
  ]);
}

/** How many own versions have no index below `before`, by the header that their signer writes. */
export async function countUnloggedOf(home: Asker, header: string, before: number): Promise<number> {
  const [row] = await home.query<{ count: number }>(
    `SELECT count(*) AS count FROM records WHERE split_part(token, '.', 1) = $1 AND (place IS NULL OR place >= $2)`,
    [header, before],
  );
  return row!.count;
}
