// Cells: what terms are about. Record type without its version × hazard domain × severity band.

import { RecordError } from './errors.ts';
import { HAZARD_DOMAINS, type HazardDomain } from './field.ts';
import { type Severity, severityLevel } from './severity.ts';

export const BANDS = ['unrated', '0-1', '2-3', '4', '5-7'] as const;
export type Band = (typeof BANDS)[number];

/** `type/domain/band`, such as `incident/cyber/2-3`. */
export type Cell = `${string}/${HazardDomain}/${Band}`;

/** Band of a severity field: `unrated` also when it was withheld. */
export function bandOf(severity: Severity | null | undefined): Band {
  const level = severityLevel(severity);
  if (level === null) return 'unrated';
  if (level <= 1) return '0-1';
  if (level <= 3) return '2-3';
  return level === 4 ? '4' : '5-7';
}

export type CellInput = {
  /** With or without its version: `incident/1` and `incident` give the same cell. */
  type: string;
  hazard_domain?: HazardDomain | null | undefined;
  severity?: Severity | null | undefined;
};

/** Cell of a record: domain `other` and band `unrated` where the field is null. */
export function cellOf({ type, hazard_domain, severity }: CellInput): Cell {
  return `${nameOfType(type)}/${hazard_domain ?? 'other'}/${bandOf(severity)}`;
}

/** `incident` of `incident/1`. */
export function nameOfType(type: string): string {
  return type.split('/', 1)[0]!;
}

/** All cells of a record type, domains and bands in their order. */
export function cellsOfType(type: string): Cell[] {
  const name = nameOfType(type);
  return HAZARD_DOMAINS.flatMap((domain) => BANDS.map((band): Cell => `${name}/${domain}/${band}`));
}

/** Parts of a cell.
 *  @throws RecordError `type_unknown` when the text is no cell. */
export function parseCell(cell: string): { type: string; domain: HazardDomain; band: Band } {
  const [type, domain, band, ...more] = cell.split('/');
  const found = { domain: HAZARD_DOMAINS.find((name) => name === domain), band: BANDS.find((name) => name === band) };
  if (!type || !found.domain || !found.band || more.length > 0) throw new RecordError('type_unknown', { cell });
  return { type, domain: found.domain, band: found.band };
}
