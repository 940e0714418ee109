// AI Incident Database: incidents.csv, joined with the CSET and MIT classifications by incident number.
import { type Axes, type Severity, severityOf } from '@detente/record';
import { type Annotations, readAnnotations } from './aiid-annotations.ts';
import { domainOfSubdomain, stakeholdersOf } from './aiid-taxonomies.ts';
import { type Reading, readCsetV0, readCsetV1 } from './cset.ts';
import { readCsv } from './csv.ts';
import { monthOf, parseDay } from './days.ts';
import {
  collect,
  type ImportedCase,
  type ImportResult,
  type Parties,
  type Proposal,
  present,
  RowRefused,
  requiredText,
} from './imported-case.ts';
import { type ObjectReader, readObject } from './object-reader.ts';
import { namesOf, withoutLinks } from './plain-text.ts';

/** Texts of the snapshot's files by what they hold. Only the incidents must be there. */
export type AiidFiles = {
  incidents: string;
  csetV0?: string;
  csetV1?: string;
  mit?: string;
  duplicates?: string;
  /** `oecd_relationships.json`: links to the OECD's AI Incidents Monitor. */
  oecd?: string;
};

const DEPLOYER = 'Alleged deployer of AI system';
const DEVELOPER = 'Alleged developer of AI system';
const HARMED = 'Alleged harmed or nearly harmed parties';
const REQUIRED = ['incident_id', 'date', 'title', 'description', DEPLOYER, DEVELOPER, HARMED];

/** Every incident becomes a case or a refusal; so does every row of the other tables that belongs to no incident.
 *  @throws InteropError `csv_malformed`, `column_missing`, `json_malformed`, for a whole file */
export function importAiid(files: AiidFiles): ImportResult {
  const collector = collect('aiid');
  const { rows } = readCsv('incidents.csv', files.incidents, REQUIRED);
  const ids = new Set(rows.map((row) => ('cells' in row ? (row.cells.incident_id ?? '') : '')));
  const annotations = readAnnotations(files, ids, collector.refuse);
  for (const row of rows) {
    if ('columns' in row) {
      collector.refuse({ row: row.row, source_id: null, code: 'column_count', detail: `${row.columns} columns` });
      continue;
    }
    const id = row.cells.incident_id ?? '';
    collector.add(row.row, id === '' ? null : id, () => caseOf(id, readObject(row.cells), annotations));
  }
  return collector.result();
}

function caseOf(id: string, reader: ObjectReader, annotations: Annotations): ImportedCase {
  if (!/^[1-9]\d{0,8}$/.test(id)) throw new RowRefused('id_malformed', 'incident_id');
  reader.take('incident_id');
  const original = annotations.duplicateOf.get(id);
  if (original !== undefined) throw new RowRefused('duplicate_of', `aiid:${original}`);
  const day = parseDay(reader.take('date'));
  if (day === undefined) throw new RowRefused('date_malformed', 'date');
  const slugs = {
    deployer: listOf(reader, DEPLOYER),
    developer: listOf(reader, DEVELOPER),
    harmed: listOf(reader, HARMED),
  };

  const v1 = annotations.csetV1.get(id);
  const v0 = annotations.csetV0.get(id);
  const mit = annotations.mit.get(id);
  // The newer classification counts where both speak.
  const readings = [v1 && readCsetV1(v1), v0 && readCsetV0(v0)].filter((reading) => reading !== undefined);
  const proposals: Proposal[] = [];
  const oecd = annotations.oecd.get(id) ?? [];
  const references = [citation(id), ...oecd].map((reference) => ({ kind: 'url', reference }) as const);
  const fields = present({
    ...fieldsOf(readings, slugs.harmed, proposals),
    ...fieldsOfMit(mit, proposals),
    title: withoutLinks(requiredText(reader, 'title')),
    summary: withoutLinks(requiredText(reader, 'description')),
    language: 'en',
    occurred_month: monthOf(day),
    occurred: readings.some(({ estimated }) => estimated) ? undefined : day,
    evidence: references,
  });
  const same_as = [...annotations.duplicatesOf(id).map((other) => `aiid:${other}`), ...oecd.map(oecdKey)];
  const extra = Object.assign(reader.rest(), v1?.rest(), v0?.rest(), mit?.rest());
  return {
    key: `aiid:${id}`,
    fields,
    parties: partiesOf(slugs, readings),
    source: { ...PROVENANCE, id, url: citation(id), ...(same_as.length > 0 && { same_as }), extra },
    proposals,
  };
}

const PROVENANCE = {
  registry: 'aiid',
  licence: 'CC BY-SA 4.0',
  attribution: 'AI Incident Database, Responsible AI Collaborative, https://incidentdatabase.ai',
} as const;

function citation(id: string): string {
  return `https://incidentdatabase.ai/cite/${id}`;
}

function oecdKey(url: string): string {
  return `oecd:${url.slice(url.lastIndexOf('/') + 1)}`;
}

/** What the CSET classifications give, each derived value with its proposal. */
function fieldsOf(readings: readonly Reading[], harmed: readonly string[], proposals: Proposal[]) {
  const first = <Value>(pick: (reading: Reading) => Value | undefined) => readings.map(pick).find((value) => value);
  const kind = first((reading) => reading.kind);
  if (kind) proposals.push({ field: 'kind', ...kind });
  const linked = readings.some(({ unlinked }) => unlinked) ? [] : readings;
  const severity = linked.map((reading) => severityProposal(reading)).filter((proposal) => proposal !== undefined);
  proposals.push(...severity);
  const affected = new Set(stakeholdersOf(harmed));
  if (readings.some(({ minors }) => minors)) affected.add('children');
  const harms = linked.map((reading) => reading.harms).find(({ value }) => value.length > 0);
  const harmsWithGroups = harms?.value.map((harm) => ({ ...harm, affected: [...affected] }));
  if (harms) proposals.push({ field: 'harms', value: harmsWithGroups, basis: harms.basis });
  return {
    kind: kind?.value ?? 'incident',
    severity: severity[0] === undefined ? 'unrated' : (severity[0].value as Severity),
    sector: first(({ sectors }) => (sectors.length > 0 ? sectors : undefined)),
    deployment: first(({ deployment }) => deployment),
    countries_affected: first(({ countries }) => (countries.length > 0 ? countries : undefined)),
    harms: harmsWithGroups,
    narrative: first(({ narrative }) => (narrative ? withoutLinks(narrative) : undefined)),
  } as const;
}

/** Without an axis for people there is no level, and nothing to propose: CSET says nothing about safeguards. */
function severityProposal({ people, reach }: Reading): Proposal | undefined {
  if (people === undefined) return undefined;
  const axes: Axes = { people: people.value, safeguards: null, reach: reach?.value ?? null };
  return {
    field: 'severity',
    value: severityOf(axes),
    basis: reach ? `${people.basis}; ${reach.basis}` : people.basis,
  };
}

function fieldsOfMit(mit: ObjectReader | undefined, proposals: Proposal[]) {
  if (mit === undefined) return {};
  const said = (name: string) => String(mit.take(name) ?? '').trim();
  const subdomain = said('Risk Subdomain');
  const timing = said('Timing');
  if (subdomain === '') return {};
  const hazard_domain = domainOfSubdomain(subdomain);
  if (hazard_domain)
    proposals.push({ field: 'hazard_domain', value: hazard_domain, basis: `MIT Risk Subdomain ${subdomain}` });
  const lifecycle_stage = timing === 'Post-deployment' ? ('operate-and-monitor' as const) : undefined;
  if (lifecycle_stage)
    proposals.push({ field: 'lifecycle_stage', value: lifecycle_stage, basis: `MIT Timing ${timing}` });
  const failure_pattern = `MIT AI Risk Repository: ${said('Risk Domain')}; ${subdomain}. Entity: ${said('Entity')}. Timing: ${timing}. Intent: ${said('Intent')}.`;
  return { hazard_domain, lifecycle_stage, failure_pattern };
}

type Slugs = { deployer: string[]; developer: string[]; harmed: string[] };

function partiesOf(slugs: Slugs, readings: readonly Reading[]): Parties {
  return {
    developer: namesOf([...slugs.developer, ...readings.flatMap(({ developer }) => developer)]),
    deployer: namesOf([...slugs.deployer, ...readings.flatMap(({ deployer }) => deployer)]),
    model: [],
    customers: [],
    harmed: namesOf(slugs.harmed),
  };
}

/** A JSON array of texts in a cell. */
function listOf(reader: ObjectReader, column: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(String(reader.take(column)));
  } catch {
    throw new RowRefused('list_malformed', column);
  }
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new RowRefused('list_malformed', column);
  }
  return value;
}
