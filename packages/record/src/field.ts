// What a record type says about each field, and the value shapes that types share.
import { type Static, type TSchema, Type } from '@detente/schema';
import type { Tier } from './tiers.ts';

/** How redaction treats a field's value: `text` is one text to scrub; `texts` holds texts in its items or in named members of
 *  them; `none` holds codes, dates and numbers only; of `drop` an item that names something protected is left out whole,
 *  because a rewritten reference refers to nothing. */
export type Scrub = 'text' | 'texts' | 'none' | 'drop';

export type Field<Schema extends TSchema = TSchema> = {
  readonly tier: Tier;
  /** Of the value where there is one; an absent or withheld field is null. */
  readonly schema: Schema;
  readonly scrub: Scrub;
  /** For `texts` and `drop`: members that hold texts; none where the items themselves are texts. */
  readonly textMembers?: readonly string[];
  /** Whether a record that is not retracted must have it. */
  readonly mandatory?: boolean;
};

export const HAZARD_DOMAINS = [
  'bio',
  'chemical',
  'nuclear',
  'cyber',
  'manipulation',
  'loss-of-control',
  'model-security',
  'other',
] as const;
export const HazardDomain = Type.Enum([...HAZARD_DOMAINS]);
export type HazardDomain = (typeof HAZARD_DOMAINS)[number];

/** Text of 1 to `maxLength` code points: well-formed Unicode without NUL. */
export function text(maxLength: number, description?: string) {
  const about = description === undefined ? {} : { description };
  return Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000\\uD800-\\uDFFF]*$', ...about });
}

/** A calendar day, `YYYY-MM-DD`. That the day exists is for the type's own check, see `isDay`. */
export const Day = Type.String({ pattern: '^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });
/** `YYYY-MM` */
export const Month = Type.String({ pattern: '^[12][0-9]{3}-(0[1-9]|1[0-2])$' });
/** BCP 47, the part that names a written language: language, script, region; in the canonical case (RFC 5646 §2.1.1). */
export const Language = Type.String({ pattern: '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$' });

/** Up to `maxItems` different items, at least one: nothing to say is an absent field, not an empty list. */
export function list<Item extends TSchema>(item: Item, maxItems: number) {
  return Type.Array(item, { minItems: 1, maxItems, uniqueItems: true });
}

/** Whether a `Day` is in the calendar. */
export function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

export type ValueOf<F extends Field> = Static<F['schema']>;
