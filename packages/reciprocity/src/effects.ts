// What an offer would change: of the records that are there already when it is signed, and of those of the last days had it held then.
import { type Cell, FLOOR_SEVERITY, type Level, levelFor, parseCell, TIERS } from '@detente/record';
import { grantedLevel, type Logged } from './granted.ts';
import { foldGrants, type GrantRow, grantAt, grantChanges, isSingleGrant } from './grants.ts';
import type { CellTerms, Rule, Terms } from './terms.ts';

/** Codes of the counts, each with `count`, and of standings that would follow. */
export const EFFECTS = [
  'offer_releases',
  'offer_recalls',
  'offer_beside_singles',
  'given_more',
  'given_less',
  'given_same',
  'taken_more',
  'taken_less',
  'taken_same',
  'foreseen_own',
  'foreseen_peer',
] as const;

export type EffectRecord = Logged & { digest: string };

export type Effect = {
  record: string;
  digest: string;
  cell: Cell;
  /** 0 the signed part alone, null nothing. */
  before: Level | null;
  after: Level | null;
  rule: Rule;
};

export type SigningInput = {
  /** All grants to the peer. */
  rows: readonly GrantRow[];
  /** What we would give under the offer. */
  after: Terms;
  /** As `grantChanges` takes it. */
  log: { size: number; widenFrom: number };
  /** Versions of ours that are logged, but those that are withdrawn. */
  records: readonly EffectRecord[];
  /** Whether the peer was served a version, or warned of it. */
  wasServed(record: EffectRecord): boolean;
};

/** The versions that signing would release, and those of which it would ask something back: as the worker will find them. */
export function signingEffects({ rows, after, log, records, wasServed }: SigningInput): {
  released: Effect[];
  recalled: Effect[];
} {
  const had = foldGrants(rows);
  const { widening, narrowing, restated } = grantChanges(had, after, log);
  const lines = [...narrowing, ...widening, ...restated];
  const number = Number.MAX_SAFE_INTEGER;
  const has = foldGrants([...rows, ...lines.map((line, at) => ({ ...line, number, line: at }))]);
  const changed = records.flatMap((record) => {
    const [before, next] = [grantedLevel(had, record), grantedLevel(has, record)];
    if (before === next) return [];
    const { record_id, digest, cell } = record;
    return [{ record, effect: { record: record_id, digest, cell, before, after: next, rule: ruleOf(after, cell) } }];
  });
  const isMore = ({ before, after }: Effect) => (after ?? -1) > (before ?? -1);
  // Of a signed part alone nothing is asked back.
  const isAskedBack = ({ before, after }: Effect) => (before ?? 0) > (after ?? 0);
  return {
    released: changed.filter(({ effect }) => isMore(effect)).map(({ effect }) => effect),
    recalled: changed
      .filter(({ record, effect }) => isAskedBack(effect) && wasServed(record))
      .map(({ effect }) => effect),
  };
}

/** Records that an officer gave by name, with what is given of each now and under the offer: it bows to what narrows its cell.
 *  @param records the newest version of each */
export function singleGrants({ rows, after, log, records }: Omit<SigningInput, 'wasServed'>): Effect[] {
  const had = foldGrants(rows);
  const number = Number.MAX_SAFE_INTEGER;
  const lines = grantChanges(had, after, log).narrowing.map((line, at) => ({ ...line, number, line: at }));
  const has = foldGrants([...rows, ...lines]);
  return records.flatMap(({ record_id, digest, cell, place: index }) => {
    if (!isSingleGrant(had.records.get(record_id)?.rule ?? '')) return [];
    const [before, next] = [had, has].map((grants) => grantAt(grants, { record_id, cell, index })?.level ?? null);
    return [{ record: record_id, digest, cell, before: before!, after: next!, rule: ruleOf(after, cell) }];
  });
}

export type Flow = { more: number; less: number; cells: CellChange[]; changed: Effect[] };
export type CellChange = { cell: Cell; before: Level | null; after: Level | null; rule: Rule };

/** What would have flowed more or less of these records under other terms, those that change most first; and the cells that
 *  change, whether there are records of them or not. */
export function flowUnder(before: Terms, after: Terms, records: readonly Omit<EffectRecord, 'place'>[]): Flow {
  const changed = records
    .map(({ record_id, digest, cell, least }) => ({
      ...{ record: record_id, digest, cell, rule: ruleOf(after, cell) },
      before: levelUnder(before.cells.get(cell), cell, least),
      after: levelUnder(after.cells.get(cell), cell, least),
    }))
    .filter((one) => one.before !== one.after);
  const stepOf = (one: Effect) => (one.after ?? -1) - (one.before ?? -1);
  changed.sort((a, b) => Math.abs(stepOf(b)) - Math.abs(stepOf(a)));
  const cells = [...after.cells].flatMap(([cell, { level, rule }]) => {
    const had = before.cells.get(cell)?.level ?? null;
    return had === level ? [] : [{ cell, before: had, after: level, rule }];
  });
  const more = changed.filter((one) => stepOf(one) > 0).length;
  return { more, less: changed.length - more, cells, changed };
}

function levelUnder(terms: CellTerms | undefined, cell: Cell, least: number): Level | null {
  const severity = parseCell(cell).band === '5-7' ? FLOOR_SEVERITY : null;
  return levelFor({ granted: terms?.level ?? null, tlp: TIERS[least - 1]!, severity });
}

function ruleOf({ cells }: Terms, cell: Cell): Rule {
  return cells.get(cell)?.rule ?? { code: 'not_offered', params: {} };
}
