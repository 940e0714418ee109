// MITRE ATLAS: case studies, and the matrix that resolves their references to tactics and techniques.
import { type AtlasMatrix, readMatrix, techniqueNumber } from './atlas-matrix.ts';
import { monthOf, parseDay } from './days.ts';
import {
  collect,
  type ImportedCase,
  type ImportResult,
  type Proposal,
  present,
  RowRefused,
  requiredText,
} from './imported-case.ts';
import { isObject, type ObjectReader, readObject } from './object-reader.ts';
import { namesOf, shorten, withoutLinks } from './plain-text.ts';
import { readYaml } from './yaml.ts';

/** `matrix` is ATLAS.yaml. Without case studies of their own the ones inside it are imported, which are the same, resolved. */
export type AtlasFiles = { matrix?: string; caseStudies?: readonly { name: string; text: string }[] };

/** Every case study becomes a case or a refusal. A reference that the matrix does not resolve is kept in `source.extra`.
 *  @throws InteropError `yaml_malformed`, `yaml_tag`, for a whole file */
export function importAtlas(files: AtlasFiles): ImportResult {
  const matrix = files.matrix === undefined ? undefined : readYaml('ATLAS.yaml', files.matrix);
  const given = (files.caseStudies ?? []).map(({ name, text }) => ({ name, study: readYaml(name, text) }));
  const own = readObject(matrix).take('case-studies');
  const studies = given.length > 0 || !Array.isArray(own) ? given : own.map((study) => ({ name: 'ATLAS.yaml', study }));
  const resolved = readMatrix(
    matrix,
    given.map(({ study }) => study),
  );
  const collector = collect('atlas');
  for (const [at, { name, study }] of studies.entries()) {
    const id = isObject(study) && typeof study.id === 'string' ? study.id : undefined;
    collector.add(at + 1, id ?? name, () => caseOf(id, readObject(study), resolved));
  }
  return collector.result();
}

function caseOf(id: string | undefined, reader: ObjectReader, matrix: AtlasMatrix): ImportedCase {
  if (id === undefined || !/^AML\.CS\d{4}$/.test(id)) throw new RowRefused('id_malformed', 'id');
  for (const name of ['id', 'object-type', 'case-study-type']) reader.take(name);
  const type = reader.peek('case-study-type');
  if (type !== 'incident' && type !== 'exercise') throw new RowRefused('kind_unknown', 'case-study-type');
  const exercise = type === 'exercise';
  const steps = stepsOf(reader.take('procedure'), matrix);
  const techniques = [...new Set(steps.map(({ technique }) => technique).filter((number) => number !== undefined))];
  const unresolved = steps.filter(({ technique }) => technique === undefined).map(({ reference }) => reference);
  const proposals: Proposal[] = [
    { field: 'kind', value: exercise ? 'hazard' : 'incident', basis: `ATLAS case-study-type ${type}` },
    { field: 'hazard_domain', ...domainOf(steps.map(({ tactic }) => tactic)) },
  ];
  const urls = urlsOf(reader.peek('references'));
  const url = `https://atlas.mitre.org/studies/${id}`;
  const fields = present({
    kind: exercise ? 'hazard' : 'incident',
    title: shorten(requiredText(reader, 'name'), 300),
    summary: shorten(withoutLinks(requiredText(reader, 'summary')), 4000),
    language: 'en',
    severity: 'unrated',
    hazard_domain: domainOf(steps.map(({ tactic }) => tactic)).value,
    ...datesOf(reader),
    techniques: techniques.length === 0 ? undefined : techniques,
    detection: exercise ? 'Found in an exercise by researchers or a red team.' : undefined,
    narrative: steps.length === 0 ? undefined : narrativeOf(steps, exercise),
    evidence: [url, ...urls].map((reference) => ({ kind: 'url', reference }) as const),
  });
  const parties = partiesOf(reader, exercise);
  const extra = { ...reader.rest(), ...(unresolved.length > 0 && { 'procedure/unresolved': unresolved }) };
  return {
    key: `atlas:${id}`,
    fields,
    parties,
    source: { ...PROVENANCE, id, url, extra },
    proposals,
  };
}

const PROVENANCE = {
  registry: 'atlas',
  licence: 'Apache-2.0',
  attribution: 'MITRE ATLAS, Copyright 2021-2025 MITRE, https://atlas.mitre.org',
} as const;

type Step = {
  reference: string;
  technique: string | undefined;
  tactic: string | undefined;
  names: string;
  description: string;
};

function stepsOf(procedure: unknown, matrix: AtlasMatrix): Step[] {
  const steps = Array.isArray(procedure) ? procedure : [];
  return steps.map((step) => {
    if (!isObject(step)) throw new RowRefused('row_malformed', 'procedure');
    const technique = techniqueNumber(matrix.resolve(step.technique));
    const tactic = matrix.resolve(step.tactic);
    const names = [matrix.nameOf(tactic), matrix.nameOf(technique), technique && `(${technique})`];
    return {
      reference: String(step.technique ?? ''),
      technique,
      tactic,
      names: names
        .filter((name) => name)
        .join(', ')
        .replace(', (', ' ('),
      description: withoutLinks(String(step.description ?? '').trim()),
    };
  });
}

/** ATLAS is about attacks on AI systems. Where an attack goes on as one on the computers around them (credentials, lateral
 *  movement, command and control), it is one on those. */
function domainOf(tactics: readonly (string | undefined)[]) {
  const conventional = tactics.find((tactic) => /^AML\.TA001[345]$/.test(tactic ?? ''));
  if (conventional !== undefined) return { value: 'cyber' as const, basis: `ATLAS tactic ${conventional}` };
  const first = tactics.find((tactic) => tactic !== undefined);
  return { value: 'model-security' as const, basis: `ATLAS tactic ${first ?? '(none)'}` };
}

/** A day is a day only at granularity DATE; at MONTH and YEAR ATLAS fills up with a first day that means nothing. */
function datesOf(reader: ObjectReader) {
  const day = parseDay(reader.peek('incident-date'));
  if (day === undefined) throw new RowRefused('date_malformed', 'incident-date');
  switch (reader.peek('incident-date-granularity')) {
    case 'DATE':
      reader.take('incident-date');
      reader.take('incident-date-granularity');
      return { occurred: day, occurred_month: monthOf(day) };
    case 'MONTH':
      reader.take('incident-date');
      reader.take('incident-date-granularity');
      return { occurred_month: monthOf(day) };
    default:
      return {};
  }
}

function narrativeOf(steps: readonly Step[], exercise: boolean): string {
  const numbered = steps.map(({ names, description }, at) => `${at + 1}. ${names || 'Step'}: ${description}`);
  const note = exercise ? ['Exercise by researchers or a red team, not an attack by an adversary.'] : [];
  return shorten([...note, ...numbered].join('\n\n'), 20_000);
}

/** Who carried out an exercise is who reports it. The actor of an incident is an adversary and stays with the source. */
function partiesOf(reader: ObjectReader, exercise: boolean) {
  const list = (value: unknown) => (typeof value === 'string' ? namesOf(value.split(/, (?:and )?/)) : []);
  const reporter = [...list(reader.take('reporter')), ...(exercise ? list(reader.take('actor')) : [])];
  return { reporter, developer: [], deployer: [], model: list(reader.take('target')), customers: [] };
}

function urlsOf(references: unknown): string[] {
  const list = Array.isArray(references) ? references : [];
  const urls = list.map((reference) => (isObject(reference) ? reference.url : undefined));
  return [...new Set(urls.filter((url) => typeof url === 'string' && url.trim() !== '') as string[])];
}
