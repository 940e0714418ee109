// Reports of one event beside each other: what one hides the other must not show. It tells places and kinds, and what holds a draft.
import { createHash } from 'node:crypto';
import { fieldsOfLevel, type Level, leastLevel, levelOf, recordType, type Tlp, textsOf } from '@detente/record';
import { dayOf } from './coarser/months.ts';
import { findDates } from './entities/dates.ts';
import { findDatesInWords } from './entities/dates-in-words.ts';
import { simplified } from './entities/han-traditional.ts';
import { exactLevel } from './exact-fields.ts';
import { firstOfOverlapping } from './finding.ts';
import { type Letters, lettersOf, placesIn, type Words, wordsOf } from './hidden-words.ts';
import { withNarrowNumbers } from './narrow.ts';

/** One account of an event: a draft, a version that was released, a record that was received. */
export type Account = {
  /** How an officer finds it. */
  name: string;
  tlp: Tlp;
  /** Up to which level its fields are known here; those above are not compared. */
  level: Level;
  fields: Readonly<Record<string, unknown>>;
  /** Words that were taken out of its texts, as they stood there. `by: 'tier'`: told coarsely there, exactly from a higher tier on. */
  hidden: readonly { kind: string; text: string; by?: string }[];
  /** Whether others have it, and no draft of ours takes its place: received, or released of another case. */
  isOut: boolean;
};

/** `here`: the draft shows what the other hides; `there`: the other shows what the draft hides. `place` is a pointer into the fields of
 *  the one that shows it, with offsets where it is a part of a text. `words`: SHA-256, base64url, of what is shown there, so that other
 *  words at the same place are another difference. `holds`: whether it is in doubt so much that an officer decides. */
export type Difference = {
  code: 'shown_here' | 'shown_there';
  other: string;
  place: string;
  kind: string;
  start?: number;
  end?: number;
  words?: string;
  holds: boolean;
};

/** Fields that tell what kind of record it is, and not which event. */
const GENERAL: ReadonlySet<string> = new Set(['kind', 'language', 'severity', 'hazard_domain']);

export function acrossReports(draft: Account, others: readonly Account[], type = 'incident/1'): Difference[] {
  const mine = read(draft, type);
  return others.flatMap((account) => {
    const other = read(account, type);
    const told = { other: account.name };
    return [
      ...shownBy(mine, other).map((one) => ({ code: 'shown_here' as const, ...told, ...one })),
      ...shownBy(other, mine).map((one) => ({
        ...{ code: 'shown_there' as const, ...told, ...one },
        holds: one.holds && account.isOut,
      })),
    ];
  });
}

/** A text of an account, folded once for all that is looked for in it. */
type Text = { field: string; level: Level; text: string; letters: Letters; days: () => readonly Day[] };
type Day = { start: number; end: number; day: string };
/** What an account hides below a level: where it tells it itself, it is hidden no more. */
type Hidden = Words & { kind: string; text: string; below: number };
type Read = { account: Account; type: string; texts: readonly Text[]; hidden: readonly Hidden[] };

/** Numbers agree by chance, and a time of day tells nothing without its day. */
const ANYWHERE: ReadonlySet<string> = new Set(['count', 'time']);
const NOWHERE = 6;

function read(account: Account, type: string): Read {
  const texts = textsIn(account, type);
  const words = new Map<string, Hidden>();
  for (const { kind, text, by } of account.hidden) {
    const hidden = wordsOf(text);
    const key = `${kind} ${hidden.letters}`;
    if (ANYWHERE.has(kind) || words.has(key)) continue;
    words.set(key, { ...hidden, kind, text, below: (by === 'tier' ? exactLevel(kind, type) : undefined) ?? NOWHERE });
  }
  const hidden = [...words.values()];
  for (const text of texts)
    for (const one of hidden) if (text.level < one.below && placesOf(text, one).length > 0) one.below = text.level;
  return { account, type, texts, hidden };
}

function textsIn({ fields }: Account, type: string): Text[] {
  return recordType(type).fields.flatMap((field) =>
    textsOf(field, fields[field.name] ?? null).map((text) => {
      let days: Day[] | undefined;
      return {
        ...{ field: field.name, level: levelOf(field.tier), text, letters: lettersOf(text) },
        days: () => (days ??= daysIn(text)),
      };
    }),
  );
}

function daysIn(text: string): Day[] {
  const plain = withNarrowNumbers(simplified(text));
  return firstOfOverlapping([...findDatesInWords(plain), ...findDates(plain)]).flatMap(({ kind, start, end }) => {
    const day = kind === 'date' ? dayOf(text.slice(start, end)) : undefined;
    return day === undefined ? [] : [{ start, end, day }];
  });
}

type Shown = Omit<Difference, 'code' | 'other'>;

/** What `one` shows and `other` hides. A value that nobody gave is mostly one that nobody knew, and holds nothing. */
function shownBy(one: Read, { account, hidden }: Read): Shown[] {
  const isOpener = leastLevel(one.account.tlp) < leastLevel(account.tlp);
  return [
    ...(isOpener ? [{ place: '/tlp', kind: 'tlp', holds: false }] : []),
    ...fieldsShown(one.account, account, one.type),
    ...valuesShown(one, hidden),
    ...wordsShown(one, hidden),
  ];
}

/** A field, or a member of one, that has no value there although it is known there whether it has one. */
function fieldsShown(one: Account, other: Account, type: string): Shown[] {
  const record = recordType(type);
  const known = new Set(fieldsOfLevel(record, other.level));
  return record.fields
    .filter(({ name, scrub }) => scrub === 'none' && known.has(name) && !GENERAL.has(name))
    .flatMap(({ name }): Shown[] => {
      const [value, there] = [one.fields[name] ?? null, other.fields[name] ?? null];
      if (value === null) return [];
      // The day here, and the month alone there: somebody made it coarse.
      const isMonthThere = name === 'occurred' && isTold(other.fields.occurred_month);
      if (there === null)
        return [
          {
            place: `/${name}`,
            kind: isMonthThere ? 'date' : 'field',
            ...(isMonthThere && { words: digestOf(value) }),
            holds: isMonthThere,
          },
        ];
      if (typeof value !== 'object' || Array.isArray(value)) return [];
      const less = there as Record<string, unknown>;
      return Object.entries(value)
        .filter(([member, told]) => isTold(told) && !isTold(less[member]))
        .map(([member]) => ({ place: `/${name}/${member}`, kind: 'field', holds: false }));
    });
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

function isTold(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

/** Words of texts that the other hides from whoever may read them. */
function wordsShown({ texts }: Read, hidden: readonly Hidden[]): Shown[] {
  return texts.flatMap((text) =>
    hidden
      .filter(({ below }) => text.level < below)
      .flatMap((one) =>
        placesOf(text, one).map(({ start, end }) => ({
          ...{ place: `/${text.field}`, kind: one.kind, start, end },
          ...{ words: digestOf(text.text.slice(start, end)), holds: true },
        })),
      ),
  );
}

/** Days and countries in fields of their own. */
function valuesShown({ account: { fields }, type }: Read, hidden: readonly Hidden[]): Shown[] {
  const isHidden = (kind: string, is: (text: string) => boolean) =>
    hidden.some((one) => one.kind === kind && (exactLevel(kind, type) ?? NOWHERE) < one.below && is(one.text));
  const { occurred, countries_affected: countries } = fields;
  const day = isHidden('date', (text) => typeof occurred === 'string' && isDay(dayOf(text), occurred));
  const names = Array.isArray(countries) ? countries.map((code) => namesOf(String(code))) : [];
  const places = names.flatMap((called, at) =>
    isHidden('place', (text) => called.includes(lettersOf(text).letters)) ? at : [],
  );
  return [
    ...(day ? [{ place: '/occurred', kind: 'date', words: digestOf(occurred), holds: true }] : []),
    ...places.map((at) => ({
      ...{ place: `/countries_affected/${at}`, kind: 'place' },
      ...{ words: digestOf((countries as readonly unknown[])[at]), holds: true },
    })),
  ];
}

function isDay(hidden: string | undefined, day: string): boolean {
  return hidden !== undefined && (hidden === day || hidden === day.slice(5));
}

/** Of a country, by its code of ISO 3166-1. */
function namesOf(code: string): string[] {
  if (!/^[A-Z]{2}$/.test(code)) return [];
  return COUNTRY_NAMES.map((names) => lettersOf(names.of(code) ?? code).letters);
}

const COUNTRY_NAMES = ['en', 'zh'].map((locale) => new Intl.DisplayNames([locale], { type: 'region' }));

/** Where a text has these words, or their day in another form. */
function placesOf({ letters, days }: Text, { kind, text: words, ...hidden }: Hidden): { start: number; end: number }[] {
  const places = placesIn(letters, hidden, kind === 'date');
  if (kind !== 'date' || places.length > 0) return places;
  const day = dayOf(words);
  return days()
    .filter((one) => day !== undefined && (isDay(day, one.day) || isDay(one.day, day)))
    .map(({ start, end }) => ({ start, end }));
}
