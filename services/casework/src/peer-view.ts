// What peers get of our records, and why: grants folded as the exchange folds them.

import type { PeerTerms, PeerView } from '@detente/contract';
import { foldGrants, type GrantRow, type Grants, grantAt, why } from '@detente/reciprocity';
import {
  type Cell,
  cellOf,
  FLOOR_SEVERITY,
  fieldsOfLevel,
  type HazardDomain,
  incident,
  leastLevel,
  levelFor,
  nameOfType,
  parseCell,
  type Severity,
  TIERS,
  type Tlp,
} from '@detente/record';
import type { PresentationFacts, TermsRow, VersionFacts } from '@detente/store/casework';

/** A draft as the next version of its record. */
export type NextVersion = {
  fields: Record<string, unknown>;
  tlp: Tlp;
  /** Earlier versions of the record; none before its first release. */
  versions: readonly VersionFacts[];
};

/** The grants of one peer out of those of all. */
export function grantsTo(peer: string, rows: readonly (GrantRow & { peer: string })[]): Grants {
  return foldGrants(rows.filter((row) => row.peer === peer));
}

/** What a peer would see of a draft, and which rule says so. */
export function viewOfPeer(peer: string, grants: Grants, next: NextVersion): PeerView {
  const records = next.versions.filter((one) => !one.edition);
  const { level, reasons } = why(grants, {
    record_id: records[0]?.id ?? '',
    cell: cellOf({
      type: incident.id,
      hazard_domain: next.fields.hazard_domain as HazardDomain | null | undefined,
      severity: next.fields.severity as Severity | null | undefined,
    }),
    index: null,
    tlp: next.tlp,
    earlierGiven: records.some((one) => isGiven(grants, factsOf(one))),
    expelled: false,
  });
  const { code, params } = reasons.at(-1)!;
  const { rule, ...rest } = params;
  const reason = typeof rule === 'string' ? { code: rule, params: rest } : { code, params };
  return { peer, level, fields: level === null ? [] : fieldsOfLevel(incident, level), reason };
}

/** How many logged records the grants give. */
export function countGiven(grants: Grants, presentations: readonly PresentationFacts[]): number {
  return new Set(presentations.filter((one) => isGiven(grants, one)).map((one) => one.record_id)).size;
}

/** Terms as the contract shows them. */
export function toPeerTerms({ day, digest, cells }: TermsRow): PeerTerms {
  return { day, digest, cells: Object.entries(cells).map(([cell, { level, rule }]) => ({ cell, level, rule })) };
}

type Facts = { record_id: string; cell: Cell; least: number; place: number | null };

function isGiven(grants: Grants, { record_id, cell, least, place }: Facts): boolean {
  const granted = grantAt(grants, { record_id, cell, index: place })?.level ?? null;
  const severity = parseCell(cell).band === '5-7' ? FLOOR_SEVERITY : null;
  return levelFor({ granted, tlp: TIERS[least - 1]!, severity }) !== null;
}

function factsOf({ id, type, domain, band, tlp, place }: VersionFacts): Facts {
  const cell = `${nameOfType(type)}/${domain}/${band}` as Cell;
  return { record_id: id, cell, least: leastLevel(tlp as Tlp), place };
}
