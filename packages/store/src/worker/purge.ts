// What is deleted because its time is over.

import type { Transaction } from '../database.ts';
import { readPeers } from './peers.ts';
import { voidReceipts } from './revocation.ts';

/** Stored replies older than 48 hours, and room in batches that have been logged. */
export async function purgeHome(home: Transaction, tick: number): Promise<void> {
  await home.execute(`DELETE FROM idempotency WHERE created_at < now() - interval '48 hours'`);
  await home.execute('DELETE FROM log_room WHERE tick < $1', [tick]);
}

/** Nonces of requests that have expired anyway, which notices came a month ago (home knows the records), and what the ledger does
 *  not look back to. Receipts of revoked keys lose their numbers. */
export async function purgeBorder(border: Transaction): Promise<void> {
  await border.execute('DELETE FROM nonces WHERE expires_at < now()');
  await border.execute(`DELETE FROM notices_in WHERE received_at < now() - interval '30 days'`);
  await border.execute(`DELETE FROM witnessed_days WHERE at < now() - interval '100 days'`);
  await border.execute(`DELETE FROM pull_gaps WHERE until < now() - interval '100 days'`);
  // The exchange knows a peer's keys for a few seconds longer than border shows them.
  for (const { origin, keys } of await readPeers(border)) await voidReceipts(border, origin, keys.receipt);
}
