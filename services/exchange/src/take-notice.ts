// A notice that a peer brought, on whatever way.

import { disclosedDigest, signReceipt, verifyStatement } from '@detente/keys';
import { parseApproval, parseCanary, parseRecall, parseRecallAnswer } from '@detente/reciprocity';
import { verifyWarning } from '@detente/record';
import { type ProblemError, problem } from '@detente/server';
import type { Transaction } from '@detente/store/database';
import { type InNotice, landNotice, nextSequence, spentBudget, storeOutReceipt } from '@detente/store/exchange';
import type { Bringer, Taker } from './app.ts';
import { refusal } from './faults.ts';

/** Seconds after which a peer that has used its budget may try again. */
export const RETRY_AFTER = { minute: 15, day: 3600 };

const statements = {
  recall: { typ: 'detente-recall+jwt', parse: parseRecall },
  answer: { typ: 'detente-recall-answer+jwt', parse: parseRecallAnswer },
  canary: { typ: 'detente-canary+jwt', parse: parseCanary },
  approval: { typ: 'detente-approval+jwt', parse: parseApproval },
} as const;

/** Lands a notice for the worker, within the peer's budget; a warning gets its receipt.
 *  @param notice one member, named after the kind
 *  @returns whether it is news
 *  @throws ProblemError `validation_failed`, `rate_limited` */
export async function takeNotice(taker: Taker, peer: Bringer, notice: Record<string, string>): Promise<boolean> {
  const { origin: aud, border } = taker;
  const [[kind, body]] = Object.entries(notice) as [[InNotice['kind'], string]];
  const { digest, level } = await verified(kind, body, { peer, aud }).catch(refusal(taker, peer, { kind, body }));
  return border.write(async (tx) => {
    await checkBudget(taker, tx, { peer: peer.origin, kind, length: body.length });
    const isNews = await landNotice(tx, { peer: peer.origin, kind, digest, body });
    if (isNews && level !== undefined) await receipt(taker, tx, { peer, body, digest, level });
    return isNews;
  });
}

/** @throws ProblemError `rate_limited` when the peer has used up what it may bring in a minute, or in a day */
export async function checkBudget(
  { noticesPerMinute }: Taker,
  tx: Transaction,
  brought: Parameters<typeof spentBudget>[1],
): Promise<void> {
  const spent = await spentBudget(tx, brought, noticesPerMinute);
  if (spent) throw tooMany(spent);
}

export function tooMany(spent: keyof typeof RETRY_AFTER): ProblemError {
  return problem('rate_limited', { headers: { 'retry-after': String(RETRY_AFTER[spent]) } });
}

/** Our word that we stored a warning; it goes back with the next pull. */
async function receipt(
  { origin: iss, keys }: Taker,
  tx: Transaction,
  { peer, body, ...record }: { peer: Bringer; body: string; digest: string; level: number },
): Promise<void> {
  const seq = await nextSequence(tx, 'detente-receipt+jwt', peer.origin, Date.now());
  const said = { log: peer.log, page: null, records: [{ ...record, disclosed: disclosedDigest(body) }] };
  const { jws } = await signReceipt({ iss, aud: peer.origin, seq, body: said }, keys.receipt);
  await storeOutReceipt(tx, { peer: peer.origin, seq, jws });
}

type Parties = { peer: Bringer; aud: string };

/** A notice that is the peer's own, and for this node: its digest, and how much of a record it discloses.
 *  @throws RecordError, KeysError, ReciprocityError */
async function verified(
  kind: InNotice['kind'],
  body: string,
  { peer, aud }: Parties,
): Promise<{ digest: string; level?: number }> {
  const { origin: iss, keys } = peer;
  const [present] = keys('record').keys();
  if (kind === 'warning') {
    const { digest, level, kid } = verifyWarning(body, { iss, keyFor: (kid) => keys('record').get(kid) });
    // Of a revoked or former key it goes to the worker, for an officer to see, and without a receipt.
    return kid === present ? { digest, level } : { digest };
  }
  const { typ, parse } = statements[kind];
  const statement = await verifyStatement(body, { typ, iss, aud, keyFor: (kid) => keys('agency').get(kid) });
  parse(statement.body);
  return { digest: statement.digest };
}
