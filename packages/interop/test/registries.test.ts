// All of the data in data/, counted by hand (and by other means than these importers).
import { readdirSync, readFileSync } from 'node:fs';
import { fieldProblems, incident, severityLevel } from '@detente/record';
import { test } from 'tap';
import { type ImportedCase, type ImportFile, type ImportResult, importFile, importFiles } from '../src/index.ts';

const data = new URL('../data/', import.meta.url);

function filesIn(folder: string, pattern: RegExp): ImportFile[] {
  const names = readdirSync(new URL(folder, data)).filter((name) => pattern.test(name));
  return names.map((name) => ({ name, contents: readFileSync(new URL(folder + name, data)) }));
}

const aiid = importFiles(filesIn('aiid/', /\.csv$/));
const avid = importFiles(filesIn('avid/', /\.jsonl$/));
const atlas = importFiles([...filesIn('atlas/', /^ATLAS\.yaml$/), ...filesIn('atlas/case-studies/', /\.yaml$/)]);

function caseOf({ cases }: ImportResult, key: string): ImportedCase {
  const found = cases.find((imported) => imported.key === key);
  if (!found) throw new Error(`no case ${key}`);
  return found;
}

function countBy(cases: readonly ImportedCase[], of: (imported: ImportedCase) => unknown): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const imported of cases) counts[String(of(imported))] = (counts[String(of(imported))] ?? 0) + 1;
  return counts;
}

test('each of the 1,367 AIID incidents is a case, but two that AIID merged into others', async (t) => {
  t.equal(aiid.cases.length, 1365);
  t.strictSame(aiid.refused, [
    { row: 75, source_id: '88', code: 'duplicate_of', detail: 'aiid:1057' },
    { row: 633, source_id: '637', code: 'duplicate_of', detail: 'aiid:112' },
  ]);
  t.strictSame(caseOf(aiid, 'aiid:112').source.same_as, ['aiid:637']);
});

test('each of the 640 AVID lines is a case, but one whose description was never written', async (t) => {
  t.equal(avid.cases.length, 639);
  t.strictSame(avid.refused, [
    { row: 3, source_id: 'AVID-2022-V003', code: 'text_placeholder', detail: 'description' },
  ]);
});

test('each of the 57 ATLAS case studies is a case: 17 incidents, and 40 exercises as hazards', async (t) => {
  t.equal(atlas.cases.length, 57);
  t.strictSame(atlas.refused, []);
  t.strictSame(
    countBy(atlas.cases, ({ fields }) => fields.kind),
    { hazard: 40, incident: 17 },
  );
  const exercises = atlas.cases.filter(({ fields }) => fields.kind === 'hazard');
  t.ok(exercises.every(({ fields }) => fields.detection && fields.narrative?.startsWith('Exercise by researchers')));
});

test('every case is valid for the incident type, has a key of its own and says where it comes from', async (t) => {
  const all = [aiid, avid, atlas].flatMap(({ cases }) => cases);
  t.equal(all.length, 2061);
  t.strictSame(
    all.flatMap(({ key, fields }) => fieldProblems(incident, fields).map((problem) => [key, problem])),
    [],
  );
  t.equal(new Set(all.map(({ key }) => key)).size, all.length);
  for (const { key, source } of all) {
    if (key !== `${source.registry}:${source.id}`) t.fail(key);
    if (!source.url.startsWith('https://') || !source.licence || !source.attribution) t.fail(key);
  }
});

test('severity follows from CSET where it says something, and is unrated everywhere else', async (t) => {
  const levels = countBy(aiid.cases, ({ fields }) => severityLevel(fields.severity) ?? 'unrated');
  t.strictSame(levels, { 0: 31, 1: 13, 2: 57, 3: 72, 4: 11, 5: 3, unrated: 1178 });
  const rated = aiid.cases.filter(({ fields }) => fields.severity !== 'unrated');
  t.ok(
    rated.every(({ proposals }) =>
      proposals.some(({ field, basis }) => field === 'severity' && /^CSETv[01] /.test(basis)),
    ),
  );
  t.strictSame(
    [...avid.cases, ...atlas.cases].filter(({ fields }) => fields.severity !== 'unrated'),
    [],
  );
  const crashes = caseOf(aiid, 'aiid:3');
  t.strictSame(crashes.fields.severity, { level: 5, axes: { people: 5, safeguards: null, reach: null } });
  t.match(crashes.proposals, [{ field: 'severity', basis: 'CSETv1 Lives Lost 189' }]);
  // 51 died, but the annotators see no link to the technology.
  t.equal(caseOf(aiid, 'aiid:89').fields.severity, 'unrated');
});

test('hazard domains follow from MIT, SEP and ATLAS, and are proposals with a basis', async (t) => {
  const domain = ({ fields }: ImportedCase) => fields.hazard_domain ?? 'none';
  t.strictSame(countBy(aiid.cases, domain), {
    other: 792,
    manipulation: 416,
    'loss-of-control': 3,
    'model-security': 17,
    none: 137,
  });
  t.strictSame(countBy(avid.cases, domain), {
    other: 84,
    'model-security': 349,
    bio: 4,
    chemical: 4,
    cyber: 116,
    none: 82,
  });
  t.strictSame(countBy(atlas.cases, domain), { 'model-security': 40, cyber: 17 });
  for (const { key, fields, proposals } of [...aiid.cases, ...avid.cases, ...atlas.cases]) {
    const proposed = proposals.filter(({ field }) => field === 'hazard_domain');
    if (proposed.length !== (fields.hazard_domain ? 1 : 0) || proposed.some(({ basis }) => basis === '')) t.fail(key);
  }
});

test('parties are as the registry names them, without those that say nothing', async (t) => {
  t.strictSame(caseOf(aiid, 'aiid:23').parties, {
    developer: ['navya', 'keolis-north-america', 'Keolis North America'],
    deployer: ['navya', 'keolis-north-america', 'Keolis North America'],
    model: [],
    customers: [],
    harmed: ['navya', 'keolis-north-america', 'bus-passengers'],
  });
  t.strictSame(caseOf(avid, 'avid:AVID-2022-R0001').parties, {
    reporter: ['Harry Saini', 'AVID', 'Sasha Luccioni', 'Hugging Face'],
    developer: [],
    deployer: ['HuggingFace'],
    model: ['bert-base-uncased'],
    customers: [],
  });
  t.strictSame(caseOf(atlas, 'atlas:AML.CS0003').parties, {
    reporter: ['Skylight Cyber'],
    developer: [],
    deployer: [],
    model: ['CylancePROTECT', 'Cylance Smart Antivirus'],
    customers: [],
  });
  const names = [...aiid.cases, ...avid.cases].flatMap(({ parties }) => Object.values(parties).flat());
  t.notOk(names.some((name) => /^(|unknown|none|n\/a|anonymous)$/i.test(name)));
});

test('all 161 names of tactics and techniques in the ATLAS case studies are resolved to numbers', async (t) => {
  t.notOk(atlas.kept.some(({ column }) => column === 'procedure/unresolved'));
  t.strictSame(caseOf(atlas, 'atlas:AML.CS0003').fields.techniques, [
    'AML.T0000',
    'AML.T0047',
    'AML.T0063',
    'AML.T0017.000',
    'AML.T0043.003',
    'AML.T0015',
  ]);
  t.match(caseOf(atlas, 'atlas:AML.CS0003').fields.narrative, /1\. Reconnaissance, .* \(AML\.T0000\): The researchers/);
  // ATLAS.yaml has the same case studies with numbers in place.
  const inMatrix = importFiles(filesIn('atlas/', /^ATLAS\.yaml$/));
  t.strictSame(
    inMatrix.cases.map(({ key, fields }) => [key, fields.techniques]),
    atlas.cases.map(({ key, fields }) => [key, fields.techniques]),
  );
});

test('a case study without the matrix is a case whose names are kept unresolved', async (t) => {
  const [study] = filesIn('atlas/case-studies/', /^AML\.CS0003\.yaml$/);
  const { cases, kept } = importFile('AML.CS0003.yaml', study!.contents);
  t.equal(cases[0]?.fields.techniques, undefined);
  t.match(cases[0]?.source.extra['procedure/unresolved'], ['{{victim_research.id}}']);
  t.match(kept, [{ column: 'references' }, { column: 'procedure/unresolved', cases: 1 }]);
});

test('days are as exact as the registry knows them', async (t) => {
  const atlasDays = atlas.cases.map(({ fields }) => [
    fields.occurred !== undefined,
    fields.occurred_month !== undefined,
  ]);
  t.equal(atlasDays.filter(([day]) => day).length, 34, 'granularity DATE');
  t.equal(atlasDays.filter(([day, month]) => !day && month).length, 14, 'granularity MONTH');
  t.equal(atlasDays.filter(([, month]) => !month).length, 9, 'granularity YEAR');
  t.equal(aiid.cases.filter(({ fields }) => fields.occurred_month).length, 1365);
  // CSETv1 estimated the day of 70, one of which (88) AIID merged into another.
  t.equal(aiid.cases.filter(({ fields }) => !fields.occurred).length, 69);
  t.equal(caseOf(aiid, 'aiid:4').fields.occurred, '2018-03-18');
  t.equal(avid.cases.filter(({ fields }) => fields.detected).length, 600);
});

test('entries that tell of the same event elsewhere are linked, not merged', async (t) => {
  const linked = avid.cases.filter(({ source }) => source.same_as);
  t.equal(linked.length, 34);
  t.strictSame(caseOf(avid, 'avid:AVID-2022-V013').source.same_as, ['aiid:6', 'atlas:AML.CS0009']);
  const keys = new Set([...aiid.cases, ...atlas.cases].map(({ key }) => key));
  t.ok(linked.every(({ source }) => source.same_as?.every((key) => keys.has(key))));
});

test('what no field takes is kept with the case and counted once for each column', async (t) => {
  const counted = Object.fromEntries(aiid.kept.map(({ column, cases }) => [column, cases]));
  t.equal(counted._id, 1365);
  t.equal(counted['CSETv1/AI System'], 200);
  t.equal(counted['CSETv1/AI System (2)'], 200, 'a column whose name stands twice in the header');
  t.equal(counted['CSETv0/Published'], 8, 'what is not published is kept whole, and nothing follows from it');
  t.equal(caseOf(aiid, 'aiid:204').fields.severity, 'unrated');
  t.ok(caseOf(avid, 'avid:AVID-2026-R0001').source.extra.impact, 'CVSS and CWE');
});
