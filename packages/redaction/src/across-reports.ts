// Reports of one event beside each other: what one hides the other must not show. It tells places and kinds, and decides nothing.
import { fieldsOfLevel, type Level, leastLevel, recordType, type Tlp, textsOf } from '@detente/record';
import { dayOf } from './coarser/months.ts';
import { findDates } from './entities/dates.ts';

/** One account of an event: a draft, a version that was released, a record that was received. */
export type Account = {
  /** How an officer finds it. */
  name: string;
  tlp: Tlp;
  /** Up to which level its fields are known here; those above are not compared. */
  level: Level;
  fields: Readonly<Record<string, unknown>>;
  /** Words that were taken out of its texts, as they stood there. */
  hidden: readonly { kind: string; text: string }[];
};

/** `here`: the draft shows what the other hides; `there`: the other shows what the draft hides. `place` is a pointer into the fields of
 *  the one that shows it, with offsets where it is a part of a text. */
export type Difference = {
  code: 'shown_here' | 'shown_there';
  other: string;
  place: string;
  kind: string;
  start?: number;
  end?: number;
};

/** Fields that tell what kind of record it is, and not which event. */
const GENERAL: ReadonlySet<string> = new Set(['kind', 'language', 'severity', 'hazard_domain']);

export function acrossReports(draft: Account, others: readonly Account[], type = 'incident/1'): Difference[] {
  return others.flatMap((other) => [
    ...shownBy(draft, other, type).map((one) => ({ code: 'shown_here' as const, other: other.name, ...one })),
    ...shownBy(other, draft, type).map((one) => ({ code: 'shown_there' as const, other: other.name, ...one })),
  ]);
}

type Shown = Omit<Difference, 'code' | 'other'>;

/** What `one` shows and `other` hides. */
function shownBy(one: Account, other: Account, type: string): Shown[] {
  const isOpener = leastLevel(one.tlp) < leastLevel(other.tlp);
  return [
    ...(isOpener ? [{ place: '/tlp', kind: 'tlp' }] : []),
    ...fieldsShown(one, other, type),
    ...wordsShown(one, other.hidden, type),
  ];
}

/** A field, or a member of one, that has no value there although it is known there whether it has one. */
function fieldsShown(one: Account, other: Account, type: string): Shown[] {
  const record = recordType(type);
  const known = new Set(fieldsOfLevel(record, other.level));
  return record.fields
    .filter(({ name, scrub }) => scrub === 'none' && known.has(name) && !GENERAL.has(name))
    .flatMap(({ name }) => {
      const [value, there] = [one.fields[name] ?? null, other.fields[name] ?? null];
      if (value === null) return [];
      if (there === null) return [{ place: `/${name}`, kind: 'field' }];
      if (typeof value !== 'object' || Array.isArray(value)) return [];
      const less = there as Record<string, unknown>;
      return Object.entries(value)
        .filter(([member, told]) => isTold(told) && !isTold(less[member]))
        .map(([member]) => ({ place: `/${name}/${member}`, kind: 'field' }));
    });
}

function isTold(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function wordsShown({ fields }: Account, hidden: Account['hidden'], type: string): Shown[] {
  if (hidden.length === 0) return [];
  const words = new Map(hidden.map((one) => [folded(one.text), one.kind]));
  const days = new Set(hidden.filter(({ kind }) => kind === 'date').flatMap(({ text }) => dayOf(text) ?? []));
  return recordType(type).fields.flatMap((field) => {
    if (field.scrub === 'none') return [];
    return textsOf(field, fields[field.name] ?? null).flatMap((text) =>
      [...placesOf(text, words), ...daysIn(text, days)].map((place) => ({ place: `/${field.name}`, ...place })),
    );
  });
}

/** Upper and lower case and compatibility forms are the same; lengths stay, so that offsets hold. */
function folded(text: string): string {
  return Array.from(text, (letter) => {
    const plain = letter.normalize('NFKC').toLowerCase();
    return plain.length === letter.length ? plain : letter;
  }).join('');
}

function placesOf(text: string, words: ReadonlyMap<string, string>): { kind: string; start: number; end: number }[] {
  const whole = folded(text);
  return [...words].flatMap(([word, kind]) => {
    const places: { kind: string; start: number; end: number }[] = [];
    for (let at = whole.indexOf(word); at !== -1 && word !== ''; at = whole.indexOf(word, at + word.length)) {
      if (isWhole(whole, at, at + word.length)) places.push({ kind, start: at, end: at + word.length });
    }
    return places;
  });
}

function isWhole(text: string, start: number, end: number): boolean {
  const isPart = (char: string, beside: string) =>
    /[\p{L}\p{N}]/u.test(char) && /[\p{L}\p{N}]/u.test(beside) && !/\p{sc=Han}/u.test(char + beside);
  return !isPart(text.charAt(start), text.charAt(start - 1)) && !isPart(text.charAt(end - 1), text.charAt(end));
}

/** The same day in another form. */
function daysIn(text: string, days: ReadonlySet<string>): { kind: string; start: number; end: number }[] {
  if (days.size === 0) return [];
  return findDates(text)
    .filter(({ kind, start, end }) => kind === 'date' && days.has(dayOf(text.slice(start, end)) ?? ''))
    .map(({ kind, start, end }) => ({ kind, start, end }));
}
