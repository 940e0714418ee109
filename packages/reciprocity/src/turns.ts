// Turns: which offer counts from which day on. Each offer that is taken in turns what those before it left, and needs none of them
// but the few that still count on some day to come.
import { beginOf } from './notice.ts';
import type { OfferBody } from './offer.ts';
import { laterDay } from './shapes.ts';

/** From this UTC day up to the next turn the offer with this sequence number counts. */
export type OfferTurn = { from: string; seq: number };

/** Turns that are kept; whoever plans further ahead has the farthest forgotten, here as in every other node. */
const KEPT = 32;
/** No node is asked for days that are longer ago when an offer comes. */
const PAST_DAYS = 2;

/** The turns after one more offer, in the order of their days. Of the offers whose `valid_from` has come on a day, each replaces the one
 *  before it, in the order of `seq`, even when it expires: an offer that was replaced does not come back. One that narrows what it
 *  replaces waits until as many days after its own `valid_from` as the other promised to give notice, while that one is valid.
 *  @param turns those after the offer with the sequence number before
 *  @param known UTC day on which the offer came
 *  @param bodyOf of the offers that the turns name */
export function turnOffers(
  turns: readonly OfferTurn[],
  { seq, body, known }: { seq: number; body: OfferBody; known: string },
  bodyOf: (seq: number) => OfferBody,
): OfferTurn[] {
  const unheld = { from: '', seq: null };
  const after = [unheld, ...turns].flatMap((held, at): { from: string; seq: number | null }[] => {
    const until = turns[at]?.from ?? null;
    if (until !== null && until <= body.valid_from) return [held];
    const begin = held.seq === null ? body.valid_from : beginOf(bodyOf(held.seq), body);
    if (until !== null && until <= begin) return [held];
    return begin <= held.from ? [{ from: held.from, seq }] : [held, { from: begin, seq }];
  });
  const turned = after.filter((one, at) => one.seq !== null && one.seq !== after[at - 1]?.seq) as OfferTurn[];
  const over = laterDay(known, -PAST_DAYS);
  return turned.filter((_, at) => (turned[at + 1]?.from ?? '9999-12-31') > over).slice(0, KEPT);
}

/** Sequence number of the offer that counts on a day. */
export function offerOn(turns: readonly OfferTurn[], day: string): number | undefined {
  return turns.findLast(({ from }) => from <= day)?.seq;
}

/** Turns that are still to come behind a day. */
export function turnsAhead(turns: readonly OfferTurn[], day: string): number {
  return turns.filter(({ from }) => from > day).length;
}

/** The turns that there were, as each day knew them.
 *  @param known the turns after an offer and when it came, seconds since 1970; of offers that came on one UTC day the last one is enough */
export function turnsOver(known: readonly { seq: number; known: number; turns: readonly OfferTurn[] }[]): OfferTurn[] {
  const ordered = known.toSorted((a, b) => a.known - b.known || a.seq - b.seq);
  // What came behind a higher number is in the turns of that one.
  const news = ordered.filter(({ seq }, at) => ordered.slice(0, at).every((one) => one.seq < seq));
  const all = news.flatMap(({ known: came, turns }, at) => {
    const [first, last] = [dayOf(came), news[at + 1] ? dayOf(news[at + 1]!.known) : '9999-12-31'];
    return turns.flatMap(({ from, seq }, place) => {
      const [, day] = [from, first].sort() as [string, string];
      const isSeen = day < last && (turns[place + 1]?.from ?? '9999-12-31') > day;
      return isSeen ? [{ from: day, seq }] : [];
    });
  });
  return all.filter((one, at) => one.seq !== all[at - 1]?.seq);
}

export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
