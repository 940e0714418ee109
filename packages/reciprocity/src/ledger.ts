// The ledger: what both sides signed, held against what one of them promised the other.
import type { Band } from '@detente/record';
import { type Obligation, obligationKey, RETURNED_BANDS } from './obligations.ts';

type Signed = {
  /** Of what was signed. */
  digest: string;
  /** Origin of the node that signed it. */
  by: string;
  /** When it was there, by the tick or the clock of the node that keeps the ledger; seconds since 1970. */
  at: number;
};

/** Something that a node signed. What nobody signed is no evidence; that it is missing is found from what is there. */
export type Evidence =
  | (Signed & {
      kind: 'record';
      band: Band;
      /** End of the day on which the incident was detected; null when the record does not show it. */
      detected: number | null;
      /** When it could be given: `at`, or its tick where the terms of that day did not give it, so that nobody is late by them. */
      ready: number;
      /** From when it may have been there unseen, since no page came from then until `ready`; absent when pages came. */
      unseenSince?: number;
      /** Share of the fields seen that are filled in, 0 to 100; null when none is. */
      percent: number | null;
      /** Whether it was refused: it counts for nothing that was promised but detail, and needs no receipt. */
      isJunk: boolean;
      /** Whether it is the first version of a record that has not been withdrawn since. */
      isNews: boolean;
    })
  /** Digests of the records that it names as stored. */
  | (Signed & { kind: 'receipt'; records: readonly string[] })
  | (Signed & { kind: 'recall' })
  | (Signed & { kind: 'recall_answer'; recall: string })
  /** Of the log of a node, by a witness. */
  | (Signed & { kind: 'cosignature'; log: string })
  /** The proof that the signer's log has two histories. */
  | (Signed & { kind: 'fork' })
  /** That the signer keeps an obligation which can only be attested, named by its key. */
  | (Signed & { kind: 'attestation'; obligation: string })
  /** A third node's record of an incident that concerns the node `of`, which has given none of it. No service gathers these. */
  | (Signed & { kind: 'sighting'; of: string; band: Band; detected: number })
  /** A record that a relay brought, although the terms gave it and pages behind its place had come without it. `detected`: the end of
   *  that day, or when it was in the log at the latest where it does not show it. */
  | (Signed & { kind: 'withheld'; band: Band; detected: number })
  /** What the signer says against a digest, with digests of what shows it. */
  | (Signed & { kind: 'contest'; about: string; shows: readonly string[] });

/** End of the day on which an incident was detected. A day that lay ahead when the record was released tells nothing of when that was.
 *  @param released when it was released at the latest; seconds since 1970 */
export function detectionEnd(day: string | null, released: number): number | null {
  if (day === null) return null;
  const begin = Date.parse(`${day}T00:00:00Z`) / 1000;
  return begin - DAY_AHEAD > released ? null : begin + DAY;
}

type Of<Kind extends Evidence['kind']> = Extract<Evidence, { kind: Kind }>;

/** One occasion on which an obligation was kept or broken. */
export type Mark = {
  obligation: string;
  isKept: boolean;
  /** Whether the node's own signature shows it, or two others say so; else something is missing or late by our clock alone, or one
   *  other says so. */
  isShown: boolean;
  /** Whether the node contests it. */
  isContested: boolean;
  at: number;
  /** Digest of what shows it, or of what was left unanswered; null when nothing came at all. */
  evidence: string | null;
  /** As how many it counts. */
  count: number;
};

export type LedgerInput = {
  /** The node whose conduct it is, and the one to which it is obliged. */
  party: string;
  other: string;
  obligations: readonly Obligation[];
  /** In any order; the same twice counts once. */
  evidence: readonly Evidence[];
  /** From when the obligations bind, and the present; seconds since 1970. */
  since: number;
  now: number;
};

/** Whom and what is judged, and up to when. */
type Judging = Omit<LedgerInput, 'evidence'>;

const HOUR = 3_600;
const DAY = 86_400;
/** In the east a day begins so long before it does in UTC. */
const DAY_AHEAD = 14 * HOUR;
/** Days that the ledger looks back. */
export const WINDOW_DAYS = 90;
/** So long has a node to give something in return. What is due is reckoned once a week, so that a standing that lasts is news as often. */
const TO_RETURN = 30 * DAY;
const RECKONED_EVERY = 7 * DAY;
/** Of a record that counts in return at least so many in a hundred of the fields seen are filled in: more is for `minimum_detail` to ask. */
const NOT_EMPTY = 25;
/** A log with two histories is no slip. */
const FORK_COUNT = 90;

/** Every occasion of the last `WINDOW_DAYS` on which the party kept or broke what it had promised the other. */
export function marksOf(input: LedgerInput): Mark[] {
  return marksIn(bookOf(input), input);
}

/** The same from evidence that is in order already: of the same party, up to the same time. */
export function marksIn(book: Book, input: Judging): Mark[] {
  const first = Math.max(input.since, input.now - WINDOW_DAYS * DAY);
  return input.obligations
    .flatMap((obligation) => judge(obligation, book, { ...input, since: first }).map((mark) => contested(mark, book)))
    .filter(({ at }) => at > first && at <= input.now);
}

/** What was signed, by kind and in order, each thing once. */
export type Book = {
  of<Kind extends Evidence['kind']>(kind: Kind): Of<Kind>[];
  contests: ReadonlyMap<string, Of<'contest'>>;
};

export function bookOf({ evidence, party, now }: Pick<LedgerInput, 'evidence' | 'party' | 'now'>): Book {
  const known = evidence.filter(({ at }) => at <= now);
  const ordered = known.toSorted((a, b) => a.at - b.at || (a.digest < b.digest ? -1 : 1));
  // The same thing may have come twice: it was there when it came first.
  const seen = new Set<string>();
  const sorted = ordered.filter(({ kind, digest }) => seen.size < seen.add(`${kind} ${digest}`).size);
  const own = new Set(sorted.filter(({ by }) => by === party).map(({ digest }) => digest));
  const byKind = Map.groupBy(sorted, ({ kind }) => kind);
  const of: Book['of'] = <Kind extends Evidence['kind']>(kind: Kind) => (byKind.get(kind) ?? []) as Of<Kind>[];
  const contests = of('contest').filter(({ by, shows }) => by === party && shows.some((digest) => own.has(digest)));
  return { of, contests: new Map(contests.map((one) => [one.about, one])) };
}

function contested(mark: Mark, { contests }: Book): Mark {
  const isContested = !mark.isKept && mark.evidence !== null && contests.has(mark.evidence);
  return isContested ? { ...mark, isContested } : mark;
}

function judge(obligation: Obligation, book: Book, input: Judging): Mark[] {
  const { code, params } = obligation;
  const key = obligationKey(obligation);
  const mark = (one: Judged): Mark => ({ obligation: key, isShown: true, isContested: false, count: 1, ...one });
  const within = Number(params.hours ?? 0) * HOUR + Number(params.days ?? 0) * DAY;
  switch (code) {
    case 'acknowledge_within':
      return answers(asked(book.of('record'), input.other), receiptsOf(book, input.party), within, input.now).map(mark);
    case 'answer_recalls_within':
      return answers(asked(book.of('recall'), input.other), recallAnswersOf(book, input.party), within, input.now).map(
        mark,
      );
    case 'report_within':
      return reports(book, input, { band: String(params.band), within }).map(mark);
    case 'minimum_detail':
      return signedBy(book.of('record'), input.party).flatMap(({ at, digest, percent, isJunk }) => {
        if (percent === null && !isJunk) return [];
        return mark({ isKept: !isJunk && Number(percent) >= Number(params.percent), at, evidence: digest });
      });
    case 'log_health':
      return logHealth(book, input, { within, witnesses: Number(params.witnesses) }).map(mark);
    case 'give_in_return':
      return returns(book, input, { bands: RETURNED_BANDS[String(params.from)]!, percent: Number(params.percent) }).map(
        mark,
      );
    default:
      return attested(book, input, { key, within }).map(mark);
  }
}

type Judged = Partial<Mark> & Pick<Mark, 'isKept' | 'at' | 'evidence'>;

function signedBy<Kind extends Evidence['kind']>(all: Of<Kind>[], origin: string): Of<Kind>[] {
  return all.filter((one) => one.by === origin);
}

function asked(all: (Of<'record'> | Of<'recall'>)[], other: string) {
  return all.filter((one) => one.by === other && !(one.kind === 'record' && one.isJunk));
}

/** The first receipt by a node for each record, and the first answer for each recall. */
function receiptsOf(book: Book, origin: string): ReadonlyMap<string, Signed> {
  const pairs = signedBy(book.of('receipt'), origin).flatMap((one) =>
    one.records.map((record) => [record, one] as const),
  );
  return new Map(pairs.toReversed());
}

function recallAnswersOf(book: Book, origin: string): ReadonlyMap<string, Signed> {
  return new Map(
    signedBy(book.of('recall_answer'), origin)
      .map((one) => [one.recall, one] as const)
      .toReversed(),
  );
}

/** When a receipt or an answer came, our clock alone says: the door that it waited for may have been ours. Nor is silence better than what
 *  comes late. */
function answers(questions: Signed[], given: ReadonlyMap<string, Signed>, within: number, now: number): Judged[] {
  return questions.flatMap(({ digest, at }): Judged[] => {
    const due = at + within;
    const answer = given.get(digest);
    if (answer && answer.at <= due) return [{ isKept: true, at: answer.at, evidence: answer.digest }];
    if (now <= due) return [];
    return [{ isKept: false, at: due, isShown: false, evidence: answer?.digest ?? digest }];
  });
}

/** A record that came late is its signer's own word against it, and so is one that it gave to others alone. A sighting is another's
 *  word. */
function reports(book: Book, { party, now }: Judging, { band, within }: { band: string; within: number }): Judged[] {
  const own = signedBy(book.of('record'), party).filter((one) => one.band === band && !one.isJunk);
  const given = own.flatMap(({ at, ready, unseenSince = ready, digest, detected }): Judged[] => {
    if (detected === null) return [];
    const due = detected + within;
    // It was there in time or not, and nobody here could see which.
    if (unseenSince <= due && ready > due) return [];
    return [{ isKept: ready <= due, at, evidence: digest }];
  });
  const records = new Set(own.map(({ digest }) => digest));
  const withheld = signedBy(book.of('withheld'), party)
    .filter((one) => one.band === band && !records.has(one.digest))
    .map(({ at, detected, digest }) => ({ isKept: false, at: Math.max(at, detected + within), evidence: digest }))
    .filter(({ at }) => at <= now);
  return [...given, ...withheld, ...unseen(book, { party, now }, { band, within, records })];
}

/** What others say that a node kept back. It counts for nothing once the node contests it with a record of its own, which answers one
 *  sighting of each node: two nodes may have seen the same, and one that has seen two things has two answers. */
function unseen(
  book: Book,
  { party, now }: Pick<LedgerInput, 'party' | 'now'>,
  { band, within, records }: { band: string; within: number; records: ReadonlySet<string> },
): Judged[] {
  const seen = book.of('sighting').filter((one) => one.of === party && one.by !== party && one.band === band);
  const missing = seen
    .map((one) => ({ at: Math.max(one.at, one.detected + within), evidence: one.digest, by: one.by }))
    .filter(({ at }) => at <= now);
  const used = new Set<string>();
  const answered = new Set<string>();
  for (const { evidence, by } of missing) {
    const shows = book.contests.get(evidence)?.shows ?? [];
    const record = shows.find((shown) => records.has(shown) && !used.has(`${by} ${shown}`));
    if (record === undefined) continue;
    used.add(`${by} ${record}`);
    answered.add(evidence);
  }
  // One node may err or lie; two that say so are taken at their word.
  const isShown = new Set(missing.filter((one) => !answered.has(one.evidence)).map((one) => one.by)).size > 1;
  return missing.map(({ at, evidence }): Judged => {
    return answered.has(evidence)
      ? { isKept: false, isShown: false, at, evidence, count: 0 }
      : { isKept: false, isShown, at, evidence };
  });
}

/** Of what was given to it long enough ago, a share is due in return: an occasion for each, the newest ones, of which those left without a
 *  return are the newest. Nobody signs that there was nothing to give, so nothing of it is shown. */
function returns(
  book: Book,
  { party, other, since, now }: Judging,
  { bands, percent }: { bands: readonly Band[]; percent: number },
): Judged[] {
  const reckoned = Math.floor(now / RECKONED_EVERY) * RECKONED_EVERY;
  // What was known before it bound, or tells no day on which it was, obliges nobody.
  const taken = weighty(book, other, bands).filter(({ at, detected }) => {
    return at > since && detected !== null && detected > since && at + TO_RETURN <= reckoned;
  });
  const given = weighty(book, party, bands).filter(({ at }) => at > now - WINDOW_DAYS * DAY);
  const due = Math.floor((taken.length * percent) / 100);
  return taken.slice(taken.length - due).map(({ at, digest }, place): Judged => {
    const back = given[place];
    if (back === undefined) return { isKept: false, isShown: false, at: at + TO_RETURN, evidence: digest };
    return { isKept: true, at: at + TO_RETURN, evidence: back.digest };
  });
}

/** Records of a node that are worth a return: junk, what says next to nothing and later versions are not. */
function weighty(book: Book, origin: string, bands: readonly Band[]): Of<'record'>[] {
  return signedBy(book.of('record'), origin).filter(
    ({ band, isJunk, isNews, percent }) => bands.includes(band) && !isJunk && isNews && Number(percent) >= NOT_EMPTY,
  );
}

function logHealth(book: Book, input: Judging, { within, witnesses }: { within: number; witnesses: number }): Judged[] {
  const { party } = input;
  const signed = book.of('cosignature').filter(({ log, by: witness }) => log === party && witness !== party);
  const forks = signedBy(book.of('fork'), party).map(({ at, digest }) => {
    return { isKept: false, at, evidence: digest, count: FORK_COUNT };
  });
  const daily = everyDay(input, within, (from, to) => {
    const recent = signed.filter(({ at }) => at > from && at <= to);
    return new Set(recent.map((one) => one.by)).size >= witnesses ? recent.at(-1)! : undefined;
  });
  return [...forks, ...daily];
}

function attested(book: Book, input: Judging, { key, within }: { key: string; within: number }): Judged[] {
  const own = signedBy(book.of('attestation'), input.party).filter(({ obligation }) => obligation === key);
  return everyDay(input, within, (from, to) => own.findLast(({ at }) => at > from && at <= to));
}

/** A mark for the end of each day: whether what is to be renewed was there within the time before it. */
function everyDay(
  { since, now }: Judging,
  within: number,
  find: (from: number, to: number) => Signed | undefined,
): Judged[] {
  const days: Judged[] = [];
  for (let end = Math.floor(now / DAY) * DAY; end > since && end - within >= since; end -= DAY) {
    const found = find(end - within, end);
    days.push({ isKept: found !== undefined, isShown: found !== undefined, at: end, evidence: found?.digest ?? null });
  }
  return days;
}

/** What a ledger shows of one obligation. */
export type Kept = {
  obligation: string;
  kept: number;
  broken: number;
  /** Of the broken ones, those that the node contests. */
  contested: number;
  /** Digests of what shows the broken ones, newest first, ten at most. */
  evidence: string[];
};

/** The marks summed up by obligation, in their order. */
export function keptBy(marks: readonly Mark[]): Kept[] {
  return [...Map.groupBy(marks, ({ obligation }) => obligation)].map(([obligation, all]) => {
    const broken = all.filter(({ isKept }) => !isKept).sort((a, b) => b.at - a.at);
    const digests = broken.map(({ evidence }) => evidence).filter((digest) => digest !== null);
    return {
      obligation,
      kept: all.length - broken.length,
      broken: broken.length,
      contested: broken.filter(({ isContested }) => isContested).length,
      evidence: [...new Set(digests)].slice(0, 10),
    };
  });
}
