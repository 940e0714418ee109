// AI Vulnerability Database: reports and vulnerabilities, one JSON object a line, schema versions 0.1 to 0.3.3 and none.
import type { HazardDomain, IncidentFields } from '@detente/record';
import { domainOfReport, isPlaceholder, kindOfReport, stageOfReport } from './avid-taxonomies.ts';
import { parseDay } from './days.ts';
import {
  type Collector,
  collect,
  type ImportedCase,
  type ImportResult,
  type Parties,
  type Proposal,
  present,
  RowRefused,
  requiredText,
} from './imported-case.ts';
import { isObject, type ObjectReader, readObject } from './object-reader.ts';
import { namesOf, shorten, withoutLinks } from './plain-text.ts';

/** Texts of the two tables; either may be missing. */
export type AvidFiles = { reports?: string; vulnerabilities?: string };

/** Every line that is not empty becomes a case or a refusal. */
export function importAvid(files: AvidFiles): ImportResult {
  const collector = collect('avid');
  addLines(collector, files.reports ?? '');
  addLines(collector, files.vulnerabilities ?? '');
  return collector.result();
}

function addLines(collector: Collector, text: string): void {
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const reader = parseLine(line);
    if (reader === undefined) {
      collector.refuse({ row: at + 1, source_id: null, code: 'row_malformed', detail: 'no JSON object' });
      continue;
    }
    const id = idOf(reader);
    collector.add(at + 1, id ?? null, () => caseOf(id, reader));
  }
}

function parseLine(line: string): ObjectReader | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? readObject(value) : undefined;
  } catch {
    return undefined;
  }
}

function idOf(reader: ObjectReader): string | undefined {
  const metadata = reader.within('metadata');
  const id = metadata.take('report_id') ?? metadata.take('vuln_id');
  return typeof id === 'string' ? id : undefined;
}

function caseOf(id: string | undefined, reader: ObjectReader): ImportedCase {
  const number = /^AVID-(2\d{3}-[RV]\d{3,6})$/.exec(id ?? '')?.[1];
  if (id === undefined || number === undefined) throw new RowRefused('id_malformed', 'metadata');
  const title = textIn(reader, 'problemtype');
  const description = textIn(reader, 'description');
  if (isPlaceholder(description.text)) throw new RowRefused('text_placeholder', 'description');
  const urls = urlsOf(reader.peek('references'));
  const proposals: Proposal[] = [];
  const fields = present({
    ...derivedFields(reader, title.text, proposals),
    title: shorten(title.text, 300),
    summary: shorten(description.text, 4000),
    language: description.language,
    detected: dayOf(reader, 'reported_date'),
    // Only what the summary has no room for.
    narrative: description.text.length > 4000 ? description.text : undefined,
    evidence:
      urls.length === 0 ? undefined : urls.map((reference) => ({ kind: kindOfReference(reference), reference })),
  });
  const same_as = urls.map(keyOfUrl).filter((key) => key !== undefined);
  const parties = partiesOf(reader);
  return {
    key: `avid:${id}`,
    fields,
    parties,
    source: {
      ...PROVENANCE,
      id,
      url: `https://avidml.org/database/avid-${number.toLowerCase()}/`,
      ...(same_as.length > 0 && { same_as }),
      extra: reader.rest(),
    },
    proposals,
  };
}

const PROVENANCE = {
  registry: 'avid',
  licence: 'MIT',
  attribution: 'AI Vulnerability Database (AVID), https://avidml.org',
} as const;

function derivedFields(reader: ObjectReader, title: string, proposals: Proposal[]) {
  const problem = reader.within('problemtype');
  const impact = reader.peek('impact');
  const kind = kindOfReport(String(problem.peek('classof') ?? ''));
  const domain = domainOfReport(title, impact);
  const stage = stageOfReport(impact);
  proposals.push({ field: 'kind', ...kind });
  if (domain) proposals.push({ field: 'hazard_domain', ...domain });
  if (stage) proposals.push({ field: 'lifecycle_stage', ...stage });
  const fields: IncidentFields = { kind: kind.value, severity: 'unrated' };
  const hazard_domain: HazardDomain | undefined = domain?.value;
  return { ...fields, hazard_domain, lifecycle_stage: stage?.value };
}

/** `{ lang, value }`, the language in ISO 639-3 as AVID has it (`eng`), or in problemtype one level deeper. */
function textIn(reader: ObjectReader, name: string): { text: string; language: string } {
  const inner = name === 'description' ? reader.within(name) : reader.within(name).within('description');
  const code = inner.take('lang');
  try {
    const language = new Intl.Locale(String(code)).language ?? '';
    return { text: withoutLinks(requiredText(inner, 'value')), language };
  } catch (error) {
    if (error instanceof RowRefused) throw error;
    throw new RowRefused('language_unknown', name);
  }
}

function dayOf(reader: ObjectReader, name: string): string | undefined {
  const value = reader.take(name);
  if (value === undefined || value === null || value === '') return undefined;
  const day = parseDay(value);
  if (day === undefined) throw new RowRefused('date_malformed', name);
  return day;
}

function urlsOf(references: unknown): string[] {
  const list = Array.isArray(references) ? references : [];
  const urls = list.map((reference) => (isObject(reference) ? reference.url : undefined));
  return [...new Set(urls.filter((url) => typeof url === 'string' && url !== '') as string[])];
}

/** Some references are paths within AVID's own repository. */
function kindOfReference(reference: string): 'url' | 'other' {
  return /^https?:\/\//.test(reference) ? 'url' : 'other';
}

/** Entries that tell of the same event elsewhere. AVID's own numbers are not followed: the reports of 2023 name vulnerabilities by
 *  numbers that were given to others since. */
function keyOfUrl(url: string): string | undefined {
  const aiid = /^https:\/\/incidentdatabase\.ai\/cite\/([1-9]\d{0,8})\/?$/.exec(url);
  if (aiid) return `aiid:${aiid[1]}`;
  const atlas = /^https:\/\/atlas\.mitre\.org\/studies\/(AML\.CS\d{4})\/?$/.exec(url);
  return atlas ? `atlas:${atlas[1]}` : undefined;
}

/** Credits are written `name, organisation`. */
function partiesOf(reader: ObjectReader): Parties {
  const affects = reader.within('affects');
  const artifacts = listOf(affects.peek('artifacts')).map((artifact) =>
    isObject(artifact) ? artifact.name : undefined,
  );
  const credit = listOf(reader.take('credit')).map((entry) => (isObject(entry) ? entry.value : entry));
  const reporter = credit.flatMap((entry) => String(entry ?? '').split(', '));
  return {
    reporter: namesOf(reporter),
    developer: namesOf(listOf(affects.take('developer'))),
    deployer: namesOf(listOf(affects.take('deployer'))),
    model: namesOf(artifacts),
    customers: [],
  };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
