// What peers get of our records, and why: asked as the worker asks at the release.

import type { PeerTerms, PeerView } from '@detente/contract/casework';
import { foldGrants, type GrantRow, grantedLevel, type Logged, wasEverGiven, why } from '@detente/reciprocity';
import {
  type Cell,
  cellOf,
  cellsOfType,
  fieldsOfLevel,
  type HazardDomain,
  incident,
  leastLevel,
  nameOfType,
  recordTypes,
  type Severity,
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

/** The grants to one peer out of those to all. */
export function grantsTo(peer: string, rows: readonly (GrantRow & { peer: string })[]): GrantRow[] {
  return rows.filter((row) => row.peer === peer);
}

/** What a peer would see of a draft, and which rule says so. */
export function viewOfPeer(peer: string, grants: readonly GrantRow[], next: NextVersion): PeerView {
  const records = next.versions.filter((one) => !one.edition);
  const { level, reasons } = why(foldGrants(grants), {
    record_id: records[0]?.id ?? '',
    cell: cellOf({
      type: incident.id,
      hazard_domain: next.fields.hazard_domain as HazardDomain | null | undefined,
      severity: next.fields.severity as Severity | null | undefined,
    }),
    index: null,
    tlp: next.tlp,
    earlierGiven: records.some((one) => wasEverGiven(grants, factsOf(one))),
    expelled: false,
  });
  const { code, params } = reasons.at(-1)!;
  const { rule, ...rest } = params;
  const reason = typeof rule === 'string' ? { code: rule, params: rest } : { code, params };
  return { peer, level, fields: level === null ? [] : fieldsOfLevel(incident, level), reason };
}

/** How many logged records the grants give. */
export function countGiven(grants: readonly GrantRow[], presentations: readonly PresentationFacts[]): number {
  const folded = foldGrants(grants);
  return new Set(presentations.filter((one) => grantedLevel(folded, one) !== null).map((one) => one.record_id)).size;
}

/** The database keeps them in an order of its own. */
const cellOrder: readonly string[] = [...recordTypes.values()].flatMap(({ name }) => cellsOfType(name));

/** Terms as the contract shows them, in the order of their cells. */
export function toPeerTerms({ day, digest, cells, access }: TermsRow): PeerTerms {
  const all = Object.entries(cells).map(([cell, { level, rule }]) => ({
    cell,
    level,
    rule: typeof rule === 'string' ? { code: rule, params: {} } : rule,
  }));
  return {
    ...{ day, digest, cells: all.sort((a, b) => cellOrder.indexOf(a.cell) - cellOrder.indexOf(b.cell)) },
    access: access.map(({ isOpen, ...one }) => ({ ...one, open: isOpen })),
  };
}

function factsOf({ id, type, domain, band, tlp, place }: VersionFacts): Logged {
  const cell = `${nameOfType(type)}/${domain}/${band}` as Cell;
  return { record_id: id, cell, least: leastLevel(tlp as Tlp), place };
}
