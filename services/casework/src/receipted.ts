// A receipt beside what was given: it speaks of bytes, so that either side can show a third party what was stored.

import { disclosedDigest } from '@detente/keys';

export type ReceiptBody = {
  page: { after: number; next: number } | null;
  records: { digest: string; level: number; disclosed: string }[];
};

/** The body of a receipt that was verified when it came. */
export function receiptIn(jws: string): ReceiptBody {
  return JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString());
}

/** Whether a receipt speaks of other bytes of a version than a peer was given up to that level, or of more.
 *  @param most the most of it that the peer was ever given */
export function disagrees(
  { level, disclosed }: ReceiptBody['records'][number],
  { token, lengths }: { token: string; lengths: readonly number[] },
  most: number,
): boolean {
  return level > most || disclosed !== disclosedDigest(token.slice(0, lengths[level]));
}
