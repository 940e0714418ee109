// What bound a node over a time, as offers came, changed and ended, and how it kept that.
import { bookOf, type Evidence, type Mark, marksIn } from './ledger.ts';
import { type Obligation, obligationKey, obligationsOf } from './obligations.ts';
import { isInForce, type OfferBody } from './offer.ts';
import { laterDay } from './shapes.ts';

/** An offer, the UTC day from which it counted, and from when both nodes had it; seconds since 1970. */
export type DatedOffer = { from: string; known: number; body: OfferBody };

/** An obligation with one measure over a run of days; seconds since 1970. */
export type Bound = {
  obligation: Obligation;
  /** From when it bound in any measure, without a day between: nobody ends a bad time by a new measure. */
  since: number;
  from: number;
  until: number;
};

type Sides<One> = { own: One; other: One };

/** What bound one node towards another up to a UTC day, which is counted in. An offer binds from when it was known,
 *  whatever it says of the days before.
 *  @param offers of each side those that counted, in the order of their days */
export function boundOver(offers: Sides<readonly DatedOffer[]>, last: string): Bound[] {
  const runs: Bound[] = [];
  let open = new Map<string, Bound>();
  for (const days of alike(offers, last)) {
    const next = new Map<string, Bound>();
    for (const obligation of days.obligations) {
      const key = obligationKey(obligation);
      const before = open.get(key);
      const isSame = before !== undefined && isSameMeasure(before.obligation, obligation);
      const run = isSame ? before : { obligation, since: before?.since ?? days.from, from: days.from, until: 0 };
      run.until = days.until;
      if (!isSame) runs.push(run);
      next.set(key, run);
    }
    open = next;
  }
  return runs;
}

function isSameMeasure(one: Obligation, other: Obligation): boolean {
  const names = Object.keys(one.params);
  return names.every((name) => one.params[name] === other.params[name]);
}

/** Runs of days on which the same offers count. */
function alike(offers: Sides<readonly DatedOffer[]>, last: string) {
  const turns = [...offers.own, ...offers.other].flatMap(({ from, body: { valid_until: until } }) =>
    until === null ? [from] : [from, laterDay(until, 1)],
  );
  const days = [...new Set(turns)].filter((day) => day <= last).sort();
  const starts = days.map((day) => {
    const [own, other] = [offerOn(offers.own, day), offerOn(offers.other, day)];
    const from = Math.max(secondsOf(day), own?.known ?? 0, other?.known ?? 0);
    return { obligations: obligationsOf({ own: own?.body ?? null, other: other?.body ?? null }), from };
  });
  const end = secondsOf(laterDay(last, 1));
  return starts.map((one, at) => ({ ...one, until: starts[at + 1]?.from ?? end }));
}

function offerOn(offers: readonly DatedOffer[], day: string): DatedOffer | null {
  const found = offers.findLast(({ from }) => from <= day);
  return found !== undefined && isInForce(found.body, day) ? found : null;
}

function secondsOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

export type ConductLedger = {
  /** The node whose conduct it is, and the one to which it is obliged. */
  party: string;
  other: string;
  bounds: readonly Bound[];
  evidence: readonly Evidence[];
  /** From when cosignatures of the party's log are known here; seconds since 1970, Infinity for never. */
  witnessedSince: number;
  now: number;
};

/** Every occasion on which the party kept or broke what bound it at that time, by the measure of that time. */
export function marksOver({ party, other, bounds, evidence, witnessedSince, now }: ConductLedger): Mark[] {
  const book = bookOf({ evidence, party, now });
  return bounds.flatMap(({ obligation, since: bound, from, until }) => {
    const since = obligation.code === 'log_health' ? Math.max(bound, witnessedSince) : bound;
    const marks = marksIn(book, { party, other, obligations: [obligation], since, now });
    return marks.filter(({ at }) => at > from && at <= until);
  });
}
