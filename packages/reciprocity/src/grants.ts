// Grants: append-only rows that say from where on a peer may have what, folded by number into what holds now.
import type { Cell, Level } from '@detente/record';
import { lower, type Terms } from './terms.ts';

/** One row, of a cell or of a single record. */
export type GrantRow = {
  number: number;
  /** Order of rows with one number; 0 when absent. */
  line?: number;
  cell: Cell | null;
  /** `id` of a record, in all its versions: an override, a named disclosure, a recall. */
  record_id: string | null;
  /** Index in the giver's log. */
  from_index: number;
  /** Null is nothing. */
  level: Level | null;
  /** Code of the rule. */
  rule: string;
  /** Digest of the terms that it follows from; null for an officer's own. */
  terms: string | null;
};

/** From `from` on, up to the next segment, `level` holds because of row `number`. */
export type Segment = {
  from: number;
  level: Level | null;
  rule: string;
  terms: string | null;
  number: number;
  /** Place of the row in the order of folding. */
  rank: number;
};

type CellGrants = { segments: readonly Segment[]; narrowings: readonly Segment[] };

/** Rule of a row that follows a record of which the peer was given a version: the signed part, whatever else is granted of it. */
export const LATER_VERSION = 'later_version_of_given';

/** Rule of a row at which something wider begins once the taker computes with the same statements. */
export const WIDER_WAITS = 'wider_waits';

/** Whether a rule is that of a grant of one record by name, with which a giver may go beyond the terms. */
export function isSingleGrant(rule: string): boolean {
  return rule === 'override' || rule === 'named_disclosure';
}

/** What one peer may have. */
export type Grants = {
  /** Records of which the signed part is the least that is given. */
  followed: ReadonlySet<string>;
  cells: ReadonlyMap<Cell, CellGrants>;
  records: ReadonlyMap<string, Segment>;
};

/** Folds one peer's rows, in any order. A widening sets the level from its index on. A narrowing, any row below what the cell
 *  last had, lowers everything at once, whatever its index. So levels never fall along the log, and a wider row that arrives
 *  late, with a lower number, cannot undo a narrower one. */
export function foldGrants(rows: readonly GrantRow[]): Grants {
  const cells = new Map<Cell, CellGrants>();
  const records = new Map<string, Segment>();
  const followed = new Set<string>();
  const ordered = [...rows].sort((a, b) => a.number - b.number || (a.line ?? 0) - (b.line ?? 0));
  for (const [rank, { cell, record_id: record, from_index: from, level, rule, terms, number }] of ordered.entries()) {
    const segment = { from, level, rule, terms, number, rank };
    if (record !== null && rule === LATER_VERSION) followed.add(record);
    else if (record !== null) records.set(record, segment);
    else if (cell !== null) cells.set(cell, foldCell(cells.get(cell), segment));
  }
  return { cells, records, followed };
}

function foldCell(before: CellGrants | undefined, row: Segment): CellGrants {
  const { segments, narrowings } = before ?? { segments: [], narrowings: [] };
  const last = segments.at(-1);
  if (!last || (row.level ?? -1) >= (last.level ?? -1)) {
    return { segments: [...segments.filter(({ from }) => from < row.from), row], narrowings };
  }
  const capped = segments.map((one) => (lower(one.level, row.level) === one.level ? one : { ...row, from: one.from }));
  const joined = capped.filter((one, at) => one.number !== row.number || capped[at - 1]?.number !== row.number);
  return { segments: joined, narrowings: [...narrowings, row] };
}

export type Place = {
  record_id: string;
  cell: Cell;
  /** Index in the giver's log; null while it is not yet there, as of a warning. */
  index: number | null;
};

/** The segment that grants or denies a record, or `undefined` when nothing was ever said of its place. A row for the record
 *  itself stands before its cell's, and bows to each later narrowing of the cell. */
export function grantAt({ cells, records }: Grants, { record_id, cell, index }: Place): Segment | undefined {
  const own = records.get(record_id);
  const { segments, narrowings } = cells.get(cell) ?? { segments: [], narrowings: [] };
  if (!own) return segments.findLast(({ from }) => from <= (index ?? Number.MAX_SAFE_INTEGER));
  return narrowings
    .filter(({ rank }) => rank > own.rank)
    .reduce((held, row) => (lower(held.level, row.level) === held.level ? held : { ...row, from: own.from }), own);
}

/** A row yet without peer and number. */
export type GrantLine = Omit<GrantRow, 'number' | 'line' | 'record_id'> & { cell: Cell; record_id: null };
export type GrantChanges = {
  /** To be carried in their turn. */
  widening: GrantLine[];
  /** To be carried before everything else. */
  narrowing: GrantLine[];
  /** The same level by another rule. */
  restated: GrantLine[];
};

/** The rows to append when terms change. Nothing changes for a cell that had nothing and gets nothing, or that keeps its level
 *  by the same rule.
 *  @param log.size size of the giver's log now: where narrower and restated rows begin, so that such a row can never widen.
 *  @param log.widenFrom where wider rows begin: `size`, or 0 to give what was logged before too; what had to wait begins where it would
 *    have begun. */
export function grantChanges(before: Grants, after: Terms, log: { size: number; widenFrom: number }): GrantChanges {
  const changes: GrantChanges = { widening: [], narrowing: [], restated: [] };
  for (const [cell, { level, rule }] of after.cells) {
    const last = before.cells.get(cell)?.segments.at(-1);
    const had = last?.level ?? null;
    const isSame = last === undefined ? rule.code !== WIDER_WAITS : last.rule === rule.code;
    if (level === had && isSame) continue;
    const kind = level === had ? 'restated' : lower(level, had) === level ? 'narrowing' : 'widening';
    const begin = last?.rule === WIDER_WAITS ? Math.min(last.from, log.widenFrom) : log.widenFrom;
    const from_index = kind === 'widening' ? begin : log.size;
    changes[kind].push({ cell, record_id: null, from_index, level, rule: rule.code, terms: after.digest });
  }
  return changes;
}
