// Shapes that offers and standings share.
import { type SchemaError, type Static, Type } from '@detente/schema';

/** A UTC day, `YYYY-MM-DD`. */
export const Day = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });

/** A name of something for programs, with its parameters; prose is made from it where it is shown. */
export const Coded = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }),
    params: Type.Record(
      Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }),
      Type.Union([
        Type.String({ maxLength: 200, pattern: '^[^\\u0000\\uD800-\\uDFFF]*$' }),
        Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
      ]),
      { maxProperties: 16, additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type Coded = Static<typeof Coded>;

/** A `Coded` whose codes are a closed list. */
export type Reason<Code extends string> = { code: Code; params: Coded['params'] };

/** Whether the text is a `Day` of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The last day that the calendar of statements has. */
const LAST_DAY = Date.parse('9999-12-31T00:00:00Z');

/** A day so many days later, or earlier when they are negative; none is later than the year 9999. */
export function laterDay(day: string, days: number): string {
  const time = Date.parse(`${day}T00:00:00Z`) + days * 86_400_000;
  return new Date(Math.min(time, LAST_DAY)).toISOString().slice(0, 10);
}

/** Where a value first breaks its schema, and which rule. */
export function firstFault([error]: readonly SchemaError[]): { pointer: string; problem: string } {
  return { pointer: error?.instancePath ?? '', problem: error?.keyword ?? 'invalid' };
}

/** The statement with the highest sequence. */
export function latest<Held extends { seq: number }>(statements: readonly Held[]): Held | undefined {
  return statements.reduce<Held | undefined>((best, one) => (best && best.seq >= one.seq ? best : one), undefined);
}
