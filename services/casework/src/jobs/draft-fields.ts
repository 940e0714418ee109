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
  fieldTexts,
  findTerms,
  HELD_FROM,
  leakCheck,
  neutralNames,
  ofCase,
  pseudonyms,
  type Reader,
  rolesIn,
  type TermIndex,
  takeOut,
  type VaultNames,
  type Verdict,
  withOwnParties,
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
  /** Its own parties. */
  parties: VaultNames;
  /** Whether the policy takes out what would hold. */
  policy: boolean;
  /** Of officers, by the finding's id. */
  verdicts: ReadonlyMap<string, Verdict>;
  /** Words that officers had taken out of the case. */
  removed: ReadonlySet<string>;
  before: Pick<DraftRow, 'findings'> | undefined;
};

/** What stands in place of names, in the record and in its public edition. */
export type Names = Parameters<typeof takeOut>[2];

export function namesBy(secret: KeyObject): Names {
  return { record: pseudonyms((name) => pseudonym(secret, 'party', name, DIGITS)), edition: neutralNames };
}

/** Of four, some of two thousand names would have the same. */
const DIGITS = 6;

/** Each step is done for all of a group before the next one: lists, index and code are larger than what a processor keeps at hand. */
export function draftsOf(
  names: Names,
  draftings: readonly Drafting[],
  { index, read }: { index: TermIndex; read: Reader },
): Draft[] {
  const raw = draftings.map(({ source, triage }): Fields => ({ ...source.fields, ...triage }));
  const texts = new Set(raw.flatMap((fields) => fieldTexts(fields, TYPE).map(({ text }) => text)));
  const found = new Map(Array.from(texts, (text) => [text, read(text)]));
  // Remembered with the index.
  for (const text of texts) findTerms(text, index);
  const edited = draftings.map((drafting, nth) =>
    editionsOf(names, drafting, raw[nth]!, { index, read: (text) => found.get(text) ?? read(text) }),
  );
  const holds = edited.map(({ record }) => holdsOf(record.fields, index, ''));
  const publicHolds = edited.map(({ edition }) => holdsOf(edition.fields, index, PUBLIC));
  return edited.map((editions, nth) => draftOf(draftings[nth]!, editions, [...holds[nth]!, ...publicHolds[nth]!]));
}

type Editions = ReturnType<typeof takeOut>;

function editionsOf(
  names: Names,
  { triage, parties, policy, verdicts, removed, before }: Drafting,
  raw: Fields,
  { index, read }: { index: TermIndex; read: Reader },
): Editions {
  const clear = fieldsOfLevel(recordType(TYPE), 1);
  const shown = Object.fromEntries(clear.map((name) => [name, raw[name] ?? null]));
  const once = (before?.findings ?? []).filter(({ by }) => by === 'policy').map(({ id }) => id);
  // A warning is not changed for what may be a name.
  const rules = { verdicts, removed, policy: policy && !isGrave(triage), before: new Set(once) };
  const roles = rolesIn(parties, index);
  const told = { record: ofCase(names.record, roles), edition: ofCase(names.edition, roles) };
  return takeOut({ fields: raw, shown }, index, told, { ...rules, read: withOwnParties(read, parties, index) });
}

function isGrave({ severity }: Triage): boolean {
  return (severityLevel(severity) ?? 0) >= FLOOR_SEVERITY;
}

/** @param held by what stands in the fields */
function draftOf({ source, triage }: Drafting, { record, edition }: Editions, held: readonly Hold[]): Draft {
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
  // A warning is not held for what may be a name either.
  const holds = [...held, ...(isGrave(triage) ? [] : findings.flatMap(holdOfFinding))];
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
