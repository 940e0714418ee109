// Obligations: promises in an offer that can be measured or attested, and whom they bind.
import { BANDS, type Band } from '@detente/record';
import type { Coded } from './shapes.ts';

/** Bands of the records that are to be given in return, by the severity from which on they are. What nobody has rated may be grave. */
export const RETURNED_BANDS: Readonly<Record<string, readonly Band[]>> = {
  '2': ['unrated', '2-3', '4', '5-7'],
  '4': ['4', '5-7'],
  '5': ['5-7'],
};

/** A parameter says what the obligation is about, or it is a measure, of which less or more is stricter. */
type Param = { about: (text: string) => boolean } | { stricter: 'less' | 'more'; least: number; most: number };

const band: Param = { about: (text) => BANDS.some((name) => name === text) };
const severity: Param = { about: (text) => Object.hasOwn(RETURNED_BANDS, text) };
const name: Param = { about: (text) => /^[a-z0-9][a-z0-9./-]{0,99}$/.test(text) };
const hours: Param = { stricter: 'less', least: 1, most: 8_760 };
const days: Param = { stricter: 'less', least: 1, most: 3_650 };

/** Every obligation that this version measures, with its parameters. */
export const OBLIGATIONS = {
  /** A record that was given is receipted within `hours`. */
  acknowledge_within: { hours },
  /** A record of the band is given within `hours` of the end of the day on which the incident was detected. */
  report_within: { band, hours },
  /** Of the fields that the terms let the taker see, at least `percent` are filled in. */
  minimum_detail: { percent: { stricter: 'more', least: 1, most: 100 } },
  /** At least every `hours` as many `witnesses` cosign the log, which never signs two histories. */
  log_health: { hours, witnesses: { stricter: 'more', least: 1, most: 100 } },
  /** A recall is answered within `days`. */
  answer_recalls_within: { days },
  /** That the evaluation suite is in use is signed at least every `days`. */
  suite_adopted: { suite: name, days },
  /** That each of the `models` has a safety card is signed at least every `days`. */
  safety_cards: { models: name, days },
  /** A drill is taken part in at least every `days`. */
  drill: { days },
  /** For a hundred records from a severity on that were given, at least `percent` of such are given in return. */
  give_in_return: { from: severity, percent: { stricter: 'more', least: 1, most: 100 } },
} as const satisfies Record<string, Record<string, Param>>;

export type ObligationCode = keyof typeof OBLIGATIONS;
export type Obligation = { code: ObligationCode; params: Coded['params'] };

/** Whether this version knows how to measure it. One that it does not know is carried and shown; it binds nobody here. */
export function isKnownObligation(one: Coded): one is Obligation {
  return Object.hasOwn(OBLIGATIONS, one.code);
}

/** What is wrong with a known obligation's parameters; undefined when nothing, or when it is not known. */
export function obligationFault(one: Coded): { pointer: string; problem: string } | undefined {
  if (!isKnownObligation(one)) return undefined;
  const wanted = paramsOf(one.code);
  const extra = Object.keys(one.params).find((name) => !Object.hasOwn(wanted, name));
  if (extra !== undefined) return { pointer: `/params/${extra}`, problem: 'unknown' };
  const wrong = Object.entries(wanted).find(([name, param]) => !fits(param, one.params[name]));
  return wrong && { pointer: `/params/${wrong[0]}`, problem: 'unfit' };
}

function fits(param: Param, value: string | number | undefined): boolean {
  if ('about' in param) return typeof value === 'string' && param.about(value);
  return typeof value === 'number' && value >= param.least && value <= param.most;
}

function paramsOf(code: ObligationCode): Readonly<Record<string, Param>> {
  return OBLIGATIONS[code];
}

/** What an obligation is about: its code, and its band, suite or models: `report_within/5-7`. */
export function obligationKey({ code, params }: Obligation): string {
  const about = Object.entries(paramsOf(code)).filter(([, param]) => 'about' in param);
  return [code, ...about.map(([name]) => params[name])].join('/');
}

const ATTESTED: readonly ObligationCode[] = ['suite_adopted', 'safety_cards', 'drill'];

/** Whether this is the key of an obligation of which there is no other evidence than the word of whoever keeps it. */
export function isAttested(key: string): boolean {
  const code = ATTESTED.find((one) => one === key.split('/', 1)[0]);
  if (code === undefined) return false;
  const subject = key.slice(code.length + 1);
  const about = Object.values(paramsOf(code)).find((param) => 'about' in param);
  return about === undefined ? key === code : about.about(subject);
}

/** The known ones, one for each key, in the order of their keys, each with the strictest measures that any of them has. */
export function strictest(obligations: readonly Coded[]): Obligation[] {
  const byKey = new Map<string, Obligation>();
  for (const one of obligations.filter(isKnownObligation)) {
    const before = byKey.get(obligationKey(one));
    byKey.set(obligationKey(one), before ? stricterOf(before, one) : one);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function stricterOf(a: Obligation, b: Obligation): Obligation {
  const params = Object.entries(paramsOf(a.code)).map(([name, param]) => {
    if ('about' in param) return [name, a.params[name]!] as const;
    const pick = param.stricter === 'less' ? Math.min : Math.max;
    return [name, pick(Number(a.params[name]), Number(b.params[name]))] as const;
  });
  return { code: a.code, params: Object.fromEntries(params) };
}

/** Whether the obligations `after` ask anything that those `before` did not ask as strictly. One that is not known here asks more when it
 *  was not there before word for word, so that a version that knows it and one that does not find the same when it is added. */
export function asksMore(before: readonly Coded[], after: readonly Coded[]): boolean {
  const both = strictest([...before, ...after]);
  const had = new Set(before.map(written));
  const isNew = after.some((one) => !isKnownObligation(one) && !had.has(written(one)));
  return isNew || JSON.stringify(both) !== JSON.stringify(strictest(before));
}

function written({ code, params }: Coded): string {
  return JSON.stringify([code, Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

type Asking = { obligations: readonly Coded[]; waives: readonly string[] };

/** What binds one node towards another: what the other's offer requires of it, and what its own requires of the other, unless
 *  the other's waives that. Offers that are not in force are null. */
export function obligationsOf({ own, other }: { own: Asking | null; other: Asking | null }): Obligation[] {
  const alike = (own?.obligations ?? []).filter(({ code }) => !other?.waives.includes(code));
  return strictest([...(other?.obligations ?? []), ...alike]);
}
