// The tables beside AIID's incidents: classifications, duplicates and links, by incident number.
import type { AiidFiles } from './aiid.ts';
import { readCsv } from './csv.ts';
import { InteropError } from './errors.ts';
import type { Refusal } from './imported-case.ts';
import { isObject, type ObjectReader, readObject } from './object-reader.ts';

export type Annotations = {
  csetV0: Map<string, ObjectReader>;
  csetV1: Map<string, ObjectReader>;
  mit: Map<string, ObjectReader>;
  /** Incident number to the number that AIID's editors merged it into. */
  duplicateOf: Map<string, string>;
  duplicatesOf: (id: string) => string[];
  oecd: Map<string, string[]>;
};

type Refuse = (refusal: Refusal) => void;

/** @param ids incident numbers that there are: a row for any other is refused, not dropped */
export function readAnnotations(files: AiidFiles, ids: ReadonlySet<string>, refuse: Refuse): Annotations {
  const duplicateOf = readDuplicates(files.duplicates, ids, refuse);
  const duplicates = Map.groupBy(duplicateOf.keys(), (duplicate) => duplicateOf.get(duplicate));
  return {
    csetV0: readClassification('CSETv0', files.csetV0, ids, refuse),
    csetV1: readClassification('CSETv1', files.csetV1, ids, refuse),
    mit: readClassification('MIT', files.mit, ids, refuse),
    duplicateOf,
    duplicatesOf: (id) => duplicates.get(id) ?? [],
    oecd: readOecd(files.oecd, ids, refuse),
  };
}

/** One row an incident; what is not published yet is kept with the case, and nothing is derived from it. */
function readClassification(namespace: string, text: string | undefined, ids: ReadonlySet<string>, refuse: Refuse) {
  const readers = new Map<string, ObjectReader>();
  if (text === undefined) return readers;
  const file = `classifications_${namespace}.csv`;
  for (const row of readCsv(file, text, ['Namespace', 'Incident ID', 'Published']).rows) {
    if ('columns' in row) {
      refuse({ row: row.row, source_id: null, code: 'column_count', detail: `${file}: ${row.columns} columns` });
      continue;
    }
    const id = row.cells['Incident ID'] ?? '';
    const source_id = `${namespace}:${id}`;
    if (!ids.has(id)) {
      refuse({ row: row.row, source_id, code: 'incident_unknown', detail: file });
    } else if (readers.has(id)) {
      refuse({ row: row.row, source_id, code: 'id_duplicate', detail: file });
    } else {
      readers.set(id, classificationReader(namespace, row.cells));
    }
  }
  return readers;
}

function classificationReader(namespace: string, cells: Record<string, string>): ObjectReader {
  const reader = readObject(cells, `${namespace}/`);
  reader.take('Namespace');
  reader.take('Incident ID');
  if (cells.Published === 'True') reader.take('Published');
  else return { ...readObject({}), rest: reader.rest };
  return reader;
}

/** Pairs whose original is in the table: where it is missing, the duplicate is all that there is. A pair that would close a
 *  circle is refused, or all in the circle would be lost. */
function readDuplicates(text: string | undefined, ids: ReadonlySet<string>, refuse: Refuse): Map<string, string> {
  const pairs = new Map<string, string>();
  if (text === undefined) return pairs;
  const [duplicate, original] = ['duplicate_incident_number', 'true_incident_number'];
  for (const row of readCsv('duplicates.csv', text, [duplicate, original]).rows) {
    const from = 'cells' in row ? row.cells[duplicate] : undefined;
    const to = 'cells' in row ? row.cells[original] : undefined;
    if (!from || !to || reaches(pairs, to, from)) {
      refuse({ row: row.row, source_id: from ?? null, code: 'row_malformed', detail: 'duplicates.csv' });
    } else if (ids.has(to)) {
      pairs.set(from, to);
    }
  }
  return pairs;
}

function reaches(pairs: ReadonlyMap<string, string>, start: string, end: string): boolean {
  for (let at: string | undefined = start; at !== undefined; at = pairs.get(at)) if (at === end) return true;
  return false;
}

/** `[{ incident_id, sameAs, source_namespace: "OECD" }]` */
function readOecd(text: string | undefined, ids: ReadonlySet<string>, refuse: Refuse): Map<string, string[]> {
  const links = new Map<string, string[]>();
  if (text === undefined) return links;
  const file = 'oecd_relationships.json';
  for (const [at, link] of parseArray(file, text).entries()) {
    const id = isObject(link) ? String(link.incident_id) : '';
    const url = isObject(link) ? link.sameAs : undefined;
    if (typeof url !== 'string' || !/^https:\/\/oecd\.ai\/[\x21-\x7e]{1,500}$/.test(url)) {
      refuse({ row: at + 1, source_id: id || null, code: 'row_malformed', detail: file });
    } else if (!ids.has(id)) {
      refuse({ row: at + 1, source_id: id, code: 'incident_unknown', detail: file });
    } else {
      links.set(id, [...new Set([...(links.get(id) ?? []), url])]);
    }
  }
  return links;
}

function parseArray(file: string, text: string): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InteropError('json_malformed', file, { cause });
  }
  if (!Array.isArray(value)) throw new InteropError('json_malformed', file);
  return value;
}
