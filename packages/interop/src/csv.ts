// A CSV file as rows; a row that has another number of columns than the header is told apart, not repaired.
import { type CsvError, parse } from 'csv-parse/sync';
import { InteropError } from './errors.ts';

export type CsvRow = { row: number; cells: Record<string, string> } | { row: number; columns: number };
export type CsvTable = { header: string[]; rows: CsvRow[] };

/** RFC 4180 with a header, and LF or CRLF. Where a name stands twice in the header the later columns are called `name (2)`, so
 *  that none hides another.
 *  @param required columns without which the table is no such table
 *  @throws InteropError `csv_malformed`, `column_missing` */
export function readCsv(file: string, text: string, required: readonly string[]): CsvTable {
  const [first = [], ...lines] = parseCsv(file, text);
  const seen = new Map<string, number>();
  const header = first.map((cell) => {
    // A header cell may be broken over lines.
    const name = cell.replace(/\s+/g, ' ').trim();
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
  for (const name of required) {
    if (!header.includes(name)) throw new InteropError('column_missing', `${file}: ${name}`);
  }
  return { header, rows: lines.map((cells, at) => toRow(header, cells, at + 1)) };
}

function parseCsv(file: string, text: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 1_000_000 });
  } catch (error) {
    const line = (error as CsvError & { lines?: number }).lines;
    throw new InteropError('csv_malformed', line === undefined ? file : `${file}, line ${line}`, { cause: error });
  }
}

function toRow(header: readonly string[], cells: readonly string[], row: number): CsvRow {
  if (cells.length !== header.length) return { row, columns: cells.length };
  return { row, cells: Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])) };
}
