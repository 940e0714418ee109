// Public editions, the current version of each.

import type { Asker } from '../database.ts';

export type StoredEdition = {
  id: string;
  digest: string;
  tick: number;
  /** Index in the log, null until it has one. */
  place: number | null;
  retracted: boolean;
  exercise: boolean;
  fields: Record<string, unknown>;
  token: string;
};

export type EditionFilter = {
  /** Words as typed into a search box. */
  q?: string | undefined;
  domain?: string | undefined;
  band?: string | undefined;
  kind?: string | undefined;
  /** `YYYY-MM` */
  month?: string | undefined;
  exercise: boolean;
};

/** Where a list goes on: behind this edition. */
export type EditionPosition = { tick: number; id: string };

const columns = 'id, digest, tick, place, retracted, exercise, fields, token';

/** Editions that fit every filter given, by falling tick, then id. */
export async function listEditions(
  reader: Asker,
  filter: EditionFilter,
  page: { after: EditionPosition | undefined; limit: number },
): Promise<StoredEdition[]> {
  const { q, domain, band, kind, month, exercise } = filter;
  const conditions: string[] = [];
  const values: unknown[] = [];
  const when = (value: unknown, condition: (name: string) => string) => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  when(exercise, (name) => `exercise = ${name}`);
  when(q, (name) => `search @@ websearch_to_tsquery('english', ${name})`);
  when(domain, (name) => `domain = ${name}`);
  when(band, (name) => `band = ${name}`);
  when(kind, (name) => `kind = ${name}`);
  when(month, (name) => `month = ${name}`);
  when(page.after?.tick, (name) => `tick <= ${name}`);
  when(page.after?.id, (name) => `(tick < $${values.length - 1} OR id > ${name})`);
  return reader.query<StoredEdition>(
    `SELECT ${columns} FROM editions WHERE ${conditions.join(' AND ')}
     ORDER BY tick DESC, id LIMIT $${values.push(page.limit)}`,
    values,
  );
}

export async function findEdition(reader: Asker, id: string): Promise<StoredEdition | undefined> {
  const rows = await reader.query<StoredEdition>(`SELECT ${columns} FROM editions WHERE id = $1`, [id]);
  return rows[0];
}

export type EditionCount = { month: string | null; domain: string; band: string; editions: number };

/** How many editions there are of each month, domain and band; neither exercises nor retracted ones. */
export async function countEditions(reader: Asker): Promise<EditionCount[]> {
  return reader.query<EditionCount>(
    `SELECT month, domain, band, count(*) AS editions FROM editions WHERE NOT exercise AND NOT retracted
     GROUP BY month, domain, band ORDER BY month DESC NULLS LAST, domain, band`,
  );
}
