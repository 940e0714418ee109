// Whether a bundle may still be taken in. It has no connection whose nonce or clock would say so: its number and its date do.

import { BundleFault } from './fault.ts';

const DAY = 86_400;
/** Days that a bundle may be old, where the officer names no other number. */
export const MAX_AGE_DAYS = 30;

type Signed = { seq: number; digest: string; made: number };

/** @param last the last bundle of this peer that was taken in
 *  @param now seconds since 1970
 *  @returns `same`: it was taken in before, and brings nothing but pages that were left out then
 *  @throws BundleFault `older`, `contradicts`, `from_the_future`, `too_old` */
export function judgeFreshness(
  { seq, digest, made }: Signed,
  { last, now, maxAgeDays }: { last: Pick<Signed, 'seq' | 'digest'> | undefined; now: number; maxAgeDays: number },
): 'new' | 'same' {
  if (last && seq === last.seq && digest !== last.digest)
    throw new BundleFault(
      'contradicts',
      `it is another bundle with the number ${seq}, which was taken in before: keep both files, and ask the peer`,
    );
  if (last && seq < last.seq)
    throw new BundleFault(
      'older',
      `it is bundle ${seq}, and bundle ${last.seq} of this peer was taken in before: what is missing comes with the next one`,
    );
  if (made > now + DAY)
    throw new BundleFault('from_the_future', 'it was made more than a day from now: look at the clocks of both nodes');
  if (made < now - maxAgeDays * DAY)
    throw new BundleFault(
      'too_old',
      `it was made more than ${maxAgeDays} days ago: ask for a new one, or name more days with --max-age`,
    );
  return seq === last?.seq ? 'same' : 'new';
}
