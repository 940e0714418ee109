// What a peer's receipts say of one record version.

import { receiptsOf } from '@detente/store/casework';
import type { Reader } from '@detente/store/database';
import type { Receipted } from './explain.ts';
import { disagrees, receiptIn } from './receipted.ts';

/** `place`: index in our log, null for what has none there; `given`: its bytes, and the most of it that the peer was ever given. */
type Sought = {
  digest: string;
  place: number | null;
  given: { token: string; lengths: number[]; most: number };
};

/** The newest receipt that names the version; else the newest for the page that it was on. They were verified when they came. */
export async function findReceipt(border: Reader, peer: string, { digest, place, given }: Sought): Promise<Receipted> {
  let omitting: Receipted;
  let before: number | undefined;
  for (;;) {
    const receipts = await receiptsOf(border, peer, before, 500);
    for (const { seq, jws } of receipts) {
      const { page, records } = receiptIn(jws);
      const named = records.find((one) => one.digest === digest);
      if (named) return { seq, level: named.level, disagrees: disagrees(named, given, given.most) };
      if (page && place !== null && page.after <= place && place < page.next) omitting ??= { seq, level: null };
    }
    if (receipts.length === 0) return omitting;
    before = receipts.at(-1)!.seq;
  }
}
