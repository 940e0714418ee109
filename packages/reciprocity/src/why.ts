// Why a peer has a record, or not: the decision itself, with every rule that made it.
import { FLOOR_SEVERITY, type Level, levelFor, parseCell, type Tlp } from '@detente/record';
import { type Grants, grantAt, LATER_VERSION, type Place, type Segment } from './grants.ts';
import type { Coded, Reason } from './shapes.ts';

export type WhyInput = Place & {
  tlp: Tlp;
  /** Whether the peer was given an earlier version of the record. */
  earlierGiven: boolean;
  /** Whether the peer is expelled. */
  expelled: boolean;
};

export const WHY_REASONS = [
  'standing_expelled',
  'granted',
  'not_granted',
  'denied',
  'tlp_withholds',
  'severity_floor_over_tlp',
  LATER_VERSION,
] as const;
type WhyReason = Reason<(typeof WHY_REASONS)[number]>;

export type Decision = {
  /** 0 the signed part alone, 1 to 5 the fields up to a tier; null for nothing. */
  level: Level | null;
  /** In the order in which they spoke; the last one decided. */
  reasons: Coded[];
};

/** Decides what a peer gets of one record version, and says why: the `rule` of the row that granted or denied it, and what stood
 *  above it. */
export function why(grants: Grants, input: WhyInput): Decision {
  if (input.expelled) return { level: null, reasons: [{ code: 'standing_expelled', params: {} }] };
  const row = grantAt(grants, input);
  const granted = row?.level ?? null;
  const reasons: WhyReason[] = [grantReason(row, input)];
  const floor = parseCell(input.cell).band === '5-7';
  const level = levelFor({ granted, tlp: input.tlp, severity: floor ? FLOOR_SEVERITY : null });
  if (level !== granted) {
    const params = { tlp: input.tlp, granted: granted ?? 0 };
    reasons.push({ code: level === null ? 'tlp_withholds' : 'severity_floor_over_tlp', params });
  }
  const isFollowed = input.earlierGiven || grants.followed.has(input.record_id);
  if (level !== null || !isFollowed) return { level, reasons };
  // Whoever was given a version is given every later one, if only so that a correction or retraction reaches it.
  return { level: 0, reasons: [...reasons, { code: LATER_VERSION, params: {} }] };
}

function grantReason(row: Segment | undefined, { cell, record_id, index }: Place): WhyReason {
  if (!row) return { code: 'not_granted', params: index === null ? { cell } : { cell, index } };
  const by = { rule: row.rule, number: row.number, from: row.from };
  const named = row.terms === null ? { ...by, record_id } : { ...by, cell, terms: row.terms };
  if (row.level === null) return { code: 'denied', params: named };
  return { code: 'granted', params: { ...named, level: row.level } };
}
