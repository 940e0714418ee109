// Which field has exactly what a text of a lower tier may tell coarsely only.
import { type Level, levelOf, recordType } from '@detente/record';
import type { FindingKind } from './finding.ts';

const EXACT = {
  date: 'occurred',
  time: 'occurred',
  place: 'countries_affected',
  count: 'harms',
} as const satisfies Partial<Record<FindingKind, string>>;
export type CoarserKind = keyof typeof EXACT;

/** The level from which on a kind may be told exactly; undefined where no field of the type has it. */
export function exactLevel(kind: string, type: string): Level | undefined {
  const field = recordType(type).fields.find(({ name }) => name === EXACT[kind as CoarserKind]);
  return field && levelOf(field.tier);
}
