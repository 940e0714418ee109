// What every importer returns: cases as a lab would report them, and the rows that did not become one.
import { fieldProblems, type IncidentFields, incident } from '@detente/record';
import type { ObjectReader } from './object-reader.ts';
import { isWellFormed } from './plain-text.ts';

export const REGISTRIES = ['aiid', 'avid', 'atlas'] as const;
export type Registry = (typeof REGISTRIES)[number];

/** Names, for the vault: never part of a record. As the registry writes them, a slug (`keolis-north-america`) or in words. */
export type Parties = {
  reporter?: string[];
  developer: string[];
  deployer: string[];
  model: string[];
  customers: string[];
  harmed?: string[];
};

/** A value that the importer derived by a mapping of its own, not one that the registry states: an officer confirms it. */
export type Proposal = {
  field: 'kind' | 'severity' | 'hazard_domain' | 'lifecycle_stage' | 'harms';
  value: unknown;
  /** Registry, column and value that it follows from. */
  basis: string;
};

/** Where a case comes from. Like the parties it may name anybody: it belongs to the vault's side. */
export type Source = {
  registry: Registry;
  /** As in the registry: `1`, `AVID-2022-R0001`, `AML.CS0003`. */
  id: string;
  /** Page of the entry; for people to read, nothing here follows it. */
  url: string;
  licence: string;
  attribution: string;
  /** Keys of entries that tell of the same event, in this registry or another. */
  same_as?: string[];
  /** What no field takes, by column or by path of members. */
  extra: Record<string, unknown>;
};

export type ImportedCase = {
  /** Idempotency key of the row: `aiid:1`, `avid:AVID-2022-R0001`, `atlas:AML.CS0003`. */
  key: string;
  fields: IncidentFields;
  parties: Parties;
  source: Source;
  proposals: Proposal[];
};

export type RefusalCode =
  | 'column_count'
  | 'row_malformed'
  | 'id_malformed'
  | 'id_duplicate'
  | 'duplicate_of'
  | 'date_malformed'
  | 'list_malformed'
  | 'text_missing'
  | 'text_placeholder'
  | 'language_unknown'
  | 'kind_unknown'
  | 'incident_unknown'
  | 'fields_invalid';

/** A row that became no case. `row` counts the rows of its file from 1, without a header; `source_id` is null where the row
 *  has none that can be read; `detail` says which file, column or pointer. */
export type Refusal = { row: number; source_id: string | null; code: RefusalCode; detail: string };

export type ImportResult = {
  registry: Registry;
  cases: ImportedCase[];
  refused: Refusal[];
  /** Columns (or paths of members) that no field takes, and in how many cases a value was kept in `source.extra`. */
  kept: { column: string; cases: number }[];
};

/** Stops one row, with a reason. */
export class RowRefused extends Error {
  readonly code: RefusalCode;
  readonly detail: string;

  constructor(code: RefusalCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

export type Collector = {
  /** Makes one case from one row, or notes why not. `make` throws RowRefused. */
  add(row: number, sourceId: string | null, make: () => ImportedCase): void;
  refuse(refusal: Refusal): void;
  result(): ImportResult;
};

/** Gathers an import: checks each case against the incident type, and that no key comes twice (the first one stays). */
export function collect(registry: Registry): Collector {
  const cases: ImportedCase[] = [];
  const refused: Refusal[] = [];
  const rowOfKey = new Map<string, number>();
  return {
    add(row, source_id, make) {
      try {
        const made = checkCase(make());
        const first = rowOfKey.get(made.key);
        if (first !== undefined) throw new RowRefused('id_duplicate', `the id of row ${first}`);
        rowOfKey.set(made.key, row);
        cases.push(made);
      } catch (error) {
        if (!(error instanceof RowRefused)) throw error;
        refused.push({ row, source_id, code: error.code, detail: error.detail });
      }
    },
    refuse: (refusal) => void refused.push(refusal),
    result: () => ({ registry, cases, refused, kept: countKept(cases) }),
  };
}

/** The fields that have a value: absent says the same as null, and travels better. */
export function present(fields: { [Name in keyof IncidentFields]: IncidentFields[Name] | undefined }): IncidentFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}

/** A text that must be there. */
export function requiredText(reader: ObjectReader, name: string): string {
  const value = reader.take(name);
  if (typeof value !== 'string' || value.trim() === '') throw new RowRefused('text_missing', name);
  if (!isWellFormed(value)) throw new RowRefused('row_malformed', name);
  return value.trim();
}

function checkCase(made: ImportedCase): ImportedCase {
  const problems = fieldProblems(incident, made.fields);
  if (problems.length > 0) {
    throw new RowRefused('fields_invalid', problems.map(({ pointer, code }) => `${pointer} ${code}`).join(', '));
  }
  return made;
}

function countKept(cases: readonly ImportedCase[]): ImportResult['kept'] {
  const counts = new Map<string, number>();
  for (const { source } of cases) {
    for (const column of Object.keys(source.extra)) counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  return [...counts].map(([column, count]) => ({ column, cases: count }));
}
