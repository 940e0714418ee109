// What a draft says: the fields without names, those of the public edition, what was found and changed, and what holds it.

import { hash, type KeyObject } from 'node:crypto';
import { pseudonym } from '@detente/keys';
import {
  FLOOR_SEVERITY,
  fieldProblems,
  fieldsOfLevel,
  recordType,
  type Severity,
  severityLevel,
} from '@detente/record';
import {
  type Edition,
  HELD_FROM,
  leakCheck,
  neutralNames,
  pseudonyms,
  type Reader,
  type TermIndex,
  takeOut,
  type Verdict,
} from '@detente/redaction';
import type { DraftRow, DraftSource } from '@detente/store/worker';

const TYPE = 'incident/1';
const PUBLIC = 'public:';

type Fields = Record<string, unknown>;
export type Triage = { severity: Severity; hazard_domain: string | null };
type Hold = {
  code: string;
  place: string;
  kind?: string;
  start?: number;
  end?: number;
  finding?: string;
  other?: string;
};
/** Places are JSON pointers: of findings into the fields as they are in the draft, of changes into those that came in, with `public:`
 *  before them for the public edition. */
type Placed<Item extends { at: string }> = Omit<Item, 'at'> & { place: string };
type DraftFinding = Placed<Edition['findings'][number]>;
type DraftChange = Placed<Edition['changes'][number]>;

export type Draft = {
  digest: string;
  fields: Fields;
  public_fields: Fields;
  holds: Hold[];
  findings: DraftFinding[];
  changes: DraftChange[];
};

export type Drafting = {
  source: DraftSource;
  triage: Triage;
  /** Whether the policy takes out what would hold. */
  policy: boolean;
  /** Of officers, by the finding's id. */
  verdicts: ReadonlyMap<string, Verdict>;
  before: Pick<DraftRow, 'findings'> | undefined;
};

/** What stands in place of names, in the record and in its public edition. */
export type Names = Parameters<typeof takeOut>[2];

export function namesBy(secret: KeyObject): Names {
  return { record: pseudonyms((kind, name) => pseudonym(secret, kind, name)), edition: neutralNames };
}

export function draftOf(
  names: Names,
  { source, triage, policy, verdicts, before }: Drafting,
  { index, read }: { index: TermIndex; read: Reader },
): Draft {
  const raw: Fields = { ...source.fields, ...triage };
  const clear = fieldsOfLevel(recordType(TYPE), 1);
  const shown = Object.fromEntries(clear.map((name) => [name, raw[name] ?? null]));
  // A warning is neither held nor changed for what may be a name.
  const isGrave = (severityLevel(triage.severity) ?? 0) >= FLOOR_SEVERITY;
  const once = (before?.findings ?? []).filter(({ by }) => by === 'policy').map(({ id }) => id);
  const rules = { verdicts, policy: policy && !isGrave, before: new Set(once), read };
  const { record, edition } = takeOut({ fields: raw, shown }, index, names, rules);
  const { tlp, exercise } = source;
  const [fields, public_fields] = [record.fields, edition.fields];
  const said = JSON.stringify({ type: TYPE, tlp, exercise, fields, public_fields });
  const digest = hash('sha256', said, 'base64url');
  const findings = [
    ...record.findings.map((one) => placed(one, '')),
    ...edition.findings.map((one) => placed(one, PUBLIC)),
  ];
  const changes = [
    ...record.changes.map((one) => placed(one, '')),
    ...edition.changes.map((one) => placed(one, PUBLIC)),
  ];
  const holds = [
    ...holdsOf(fields, index, ''),
    ...holdsOf(public_fields, index, PUBLIC),
    ...(isGrave ? [] : findings.flatMap(holdOfFinding)),
  ];
  return { digest, fields, public_fields, holds, findings, changes };
}

function placed<Item extends { at: string }>({ at, ...rest }: Item, prefix: string) {
  return { ...rest, place: prefix + at };
}

/** Why the fields may not leave: names that still stand in them, and what the record type refuses. */
function holdsOf(fields: Fields, index: TermIndex, prefix: string): Hold[] {
  const leaks = leakCheck(fields, index).map(
    ({ at, kind, start, end }): Hold => ({ code: 'protected_term', place: prefix + at, kind, start, end }),
  );
  const faults = fieldProblems(recordType(TYPE), fields).map(
    ({ pointer, code }): Hold => ({ code, place: prefix + pointer }),
  );
  return [...leaks, ...faults];
}

/** What is likely, and nobody has decided on. */
function holdOfFinding({ id, place, kind, start, end, confidence, done }: DraftFinding): Hold[] {
  return done === 'open' && confidence >= HELD_FROM ? [{ code: 'finding', place, kind, start, end, finding: id }] : [];
}
