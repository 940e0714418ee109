// What does not fit: each row with its reason, a whole file only where nothing in it can be told apart.
import { test } from 'tap';
import {
  detectFormat,
  importAiid,
  importAtlas,
  importAvid,
  importFile,
  importFiles,
  MAX_FILE_LENGTH,
} from '../src/index.ts';

const HEADER =
  'incident_id,date,Alleged deployer of AI system,Alleged developer of AI system,Alleged harmed or nearly harmed parties,description,title';
const LISTS = '"[""acme""]","[]","[]"';

function incidents(...rows: string[]): string {
  return [HEADER, ...rows].join('\n');
}

function report(change: Record<string, unknown> = {}): string {
  return JSON.stringify({
    data_type: 'AVID',
    metadata: { report_id: 'AVID-2023-R0001' },
    affects: { developer: ['Acme'], deployer: [], artifacts: [] },
    problemtype: { classof: 'CVE Entry', description: { lang: 'eng', value: 'A title' } },
    description: { lang: 'eng', value: 'A description.' },
    references: [],
    reported_date: '2023-01-13',
    ...change,
  });
}

function study(text: string): string {
  return `id: AML.CS0001\nobject-type: case-study\n${text}`;
}

const STUDY = study(
  'name: N\nsummary: S\nincident-date: 2020-01-01\nincident-date-granularity: DATE\ncase-study-type: exercise\n',
);

test('an AIID row that does not fit is refused with its reason, and the others are not touched', async (t) => {
  const { cases, refused } = importAiid({
    incidents: incidents(
      `1,2020-02-29,${LISTS},d,t`,
      `2,2021-02-29,${LISTS},d,t`,
      `3,2021-02,${LISTS},d,t`,
      `04,2021-02-03,${LISTS},d,t`,
      `5,2021-02-03,[acme],"[]","[]",d,t`,
      `6,2021-02-03,"{}","[]","[]",d,t`,
      `7,2021-02-03,"[1]","[]","[]",d,t`,
      `8,2021-02-03,${LISTS}, ,t`,
      `9,2021-02-03,${LISTS},d`,
      `1,2021-02-03,${LISTS},another,t`,
      `11,2021-02-03,${LISTS},d,${'t'.repeat(301)}`,
      `,2021-02-03,${LISTS},d,t`,
      `13,2021-02-03,${LISTS},d,t\0`,
    ),
  });
  t.strictSame(
    cases.map(({ key }) => key),
    ['aiid:1'],
  );
  t.strictSame(
    refused.map(({ row, source_id, code, detail }) => [row, source_id, code, detail]),
    [
      [2, '2', 'date_malformed', 'date'],
      [3, '3', 'date_malformed', 'date'],
      [4, '04', 'id_malformed', 'incident_id'],
      [5, '5', 'list_malformed', 'Alleged deployer of AI system'],
      [6, '6', 'list_malformed', 'Alleged deployer of AI system'],
      [7, '7', 'list_malformed', 'Alleged deployer of AI system'],
      [8, '8', 'text_missing', 'description'],
      [9, null, 'column_count', '6 columns'],
      [10, '1', 'id_duplicate', 'the id of row 1'],
      [11, '11', 'fields_invalid', '/title maxLength'],
      [12, null, 'id_malformed', 'incident_id'],
      [13, '13', 'row_malformed', 'title'],
    ],
  );
});

test('a classification, link or duplicate that joins nothing is refused, and a circle of duplicates loses nobody', async (t) => {
  const { cases, refused } = importAiid({
    incidents: incidents(`1,2020-01-01,${LISTS},d,t`, `2,2020-01-01,${LISTS},d,t`),
    mit: 'Namespace,Incident ID,Published,Risk Domain,Risk Subdomain,Entity,Timing,Intent\nMIT,9,True,a,4.1. b,c,d,e\nMIT,1,True,a,4.1. b,c,d,e\nMIT,1,True,a,4.3. b,c,d,e\nMIT,2\n',
    duplicates: 'duplicate_incident_number,true_incident_number\n1,2\n2,1\n8,2\n2,7\n',
    oecd: JSON.stringify([
      { incident_id: 2, sameAs: 'https://oecd.ai/en/incidents/2024-01-02-94a7' },
      { incident_id: 9, sameAs: 'https://oecd.ai/en/incidents/x' },
      { incident_id: 2, sameAs: 'javascript:alert(1)' },
    ]),
  });
  t.strictSame(
    refused.map(({ source_id, code, detail }) => [source_id, code, detail]),
    [
      ['2', 'row_malformed', 'duplicates.csv'],
      ['MIT:9', 'incident_unknown', 'classifications_MIT.csv'],
      ['MIT:1', 'id_duplicate', 'classifications_MIT.csv'],
      [null, 'column_count', 'classifications_MIT.csv: 2 columns'],
      ['9', 'incident_unknown', 'oecd_relationships.json'],
      ['2', 'row_malformed', 'oecd_relationships.json'],
      ['1', 'duplicate_of', 'aiid:2'],
    ],
  );
  t.strictSame(
    cases.map(({ source }) => source.same_as),
    [['aiid:1', 'aiid:8', 'oecd:2024-01-02-94a7']],
  );
});

test('a second AVID report with a number that is taken is refused: a number must not come to mean two things', async (t) => {
  const { cases, refused } = importAvid({
    reports: `${report()}\n${report({ description: { lang: 'eng', value: 'Other.' } })}\n`,
  });
  t.strictSame(
    cases.map(({ key, fields }) => [key, fields.summary]),
    [['avid:AVID-2023-R0001', 'A description.']],
  );
  t.strictSame(refused, [{ row: 2, source_id: 'AVID-2023-R0001', code: 'id_duplicate', detail: 'the id of row 1' }]);
});

test('an AVID line that does not fit is refused with its reason', async (t) => {
  const reasons = (line: string) =>
    importAvid({ reports: line }).refused.map(({ code, detail }) => `${code} ${detail}`);
  t.strictSame(reasons('{'), ['row_malformed no JSON object']);
  t.strictSame(reasons('[]'), ['row_malformed no JSON object']);
  t.strictSame(reasons('{}'), ['id_malformed metadata']);
  t.strictSame(reasons(report({ metadata: { report_id: '../x' } })), ['id_malformed metadata']);
  t.strictSame(reasons(report({ reported_date: '13/01/2023' })), ['date_malformed reported_date']);
  t.strictSame(reasons(report({ description: { lang: 'eng', value: 'TODO' } })), ['text_placeholder description']);
  t.strictSame(reasons(report({ description: 'text' })), ['language_unknown description']);
  t.strictSame(reasons(report({ description: { lang: 'eng' } })), ['text_missing value']);
});

test('AVID lines of other schema versions are cases: members may be missing, null, empty or unknown', async (t) => {
  const drifted = report({
    data_version: null,
    credit: null,
    reported_date: '',
    references: [{ url: '../img/R00031.png' }, {}],
    new_member: { a: 1 },
    affects: { artifacts: [{ name: '' }], developer: ['n/a', ''], tool: 'x' },
  });
  const [imported] = importAvid({ reports: drifted }).cases;
  t.strictSame(imported?.parties, { reporter: [], developer: [], deployer: [], model: [], customers: [] });
  t.strictSame(imported?.fields.evidence, [{ kind: 'other', reference: '../img/R00031.png' }]);
  t.match(imported?.source.extra, { new_member: { a: 1 }, 'affects/tool': 'x', 'problemtype/classof': 'CVE Entry' });
});

test('a case study that does not fit is refused with its reason', async (t) => {
  const reasons = (text: string) =>
    importAtlas({ caseStudies: [{ name: 'x.yaml', text }] }).refused.map(({ source_id, code, detail }) => [
      source_id,
      code,
      detail,
    ]);
  t.strictSame(reasons(STUDY), []);
  t.strictSame(reasons('[]'), [['x.yaml', 'id_malformed', 'id']]);
  t.strictSame(reasons(STUDY.replace('exercise', 'drill')), [['AML.CS0001', 'kind_unknown', 'case-study-type']]);
  t.strictSame(reasons(STUDY.replace('2020-01-01', '2020-01-32')), [['AML.CS0001', 'date_malformed', 'incident-date']]);
  t.strictSame(reasons(STUDY.replace('summary: S\n', '')), [['AML.CS0001', 'text_missing', 'summary']]);
  t.strictSame(reasons(`${STUDY}procedure: [x]\n`), [['AML.CS0001', 'row_malformed', 'procedure']]);
});

test('YAML is data: no tags, no aliases that multiply, no key twice', async (t) => {
  const code = (text: string) => {
    try {
      importFile('x.yaml', text);
      return 'read';
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  t.equal(code(STUDY), 'read');
  t.equal(code(`${STUDY}actor: !!js/function "function () {}"\n`), 'yaml_tag');
  t.equal(code(`${STUDY}actor: !secret x\n`), 'yaml_tag');
  t.equal(code(`${STUDY}name: twice\n`), 'yaml_malformed');
  const level = (at: number) => `x${at}: &a${at} [${Array.from({ length: 9 }, () => `*a${at - 1}`).join(', ')}]\n`;
  const bomb = `x0: &a0 [lol]\n${[1, 2, 3, 4, 5, 6, 7, 8, 9].map(level).join('')}`;
  t.equal(code(STUDY + bomb), 'yaml_malformed');
});

test('a file is told by how it begins', async (t) => {
  t.equal(detectFormat('export.csv', `\uFEFF${incidents()}`), 'aiid/incidents');
  t.equal(detectFormat('x', `${report()}\n`), 'avid/reports');
  t.equal(detectFormat('AML.CS0001.yaml', `---\n${STUDY}`), 'atlas/case-study');
  t.equal(detectFormat('incidents.csv', 'a,b\n1,2\n'), undefined);
  t.equal(detectFormat('x.html', '<html>'), undefined);
});

test('a file that cannot be read as a whole is refused in one sentence that quotes nothing from it', async (t) => {
  t.throws(() => importFile('x', 'secret'), { code: 'format_unknown', message: 'import refused: format_unknown (x)' });
  t.throws(() => importFile('i.csv', incidents(`1,2020-01-01,"[,d,t`)), { code: 'csv_malformed' });
  t.throws(() => importAiid({ incidents: 'incident_id\n1\n' }), {
    code: 'column_missing',
    detail: 'incidents.csv: date',
  });
  t.throws(() => importAiid({ incidents: incidents(), oecd: '{' }), { code: 'json_malformed' });
  t.throws(() => importFile('i.csv', new Uint8Array([0x69, 0xff])), { code: 'not_utf8' });
  t.throws(() => importFile('i.csv', new Uint8Array(MAX_FILE_LENGTH + 1)), { code: 'file_too_large' });
  t.throws(() => importFiles([]), { code: 'file_missing' });
  const file = { name: 'i.csv', contents: incidents() };
  t.throws(() => importFiles([file, file]), { code: 'file_twice' });
  t.throws(() => importFiles([file, { name: 'r.jsonl', contents: report() }]), { code: 'format_unknown' });
  t.throws(() => importFile('d.csv', 'duplicate_incident_number,true_incident_number\n'), { code: 'file_missing' });
});

test('nothing of a YAML file is written to standard error', async (t) => {
  const warnings: Error[] = [];
  const keep = (warning: Error) => warnings.push(warning);
  process.on('warning', keep);
  importAtlas({ caseStudies: [{ name: 'a.yaml', text: study('? {a secret: 1}\n: 2\n') }] });
  await new Promise(setImmediate);
  process.off('warning', keep);
  t.same(warnings, []);
});
