// What the documents say is run: TypeScript examples, commands with their options, tables, links.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'tap';
import { buildProgram } from '../../services/detente/src/cli.ts';
import { tables, withTables } from '../docs.ts';

const root = resolve(import.meta.dirname, '../..');
const folders = readdirSync(join(root, 'packages'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
const packageReadmes = folders
  .map(({ name }) => `packages/${name}/README.md`)
  .filter((path) => existsSync(join(root, path)));
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'packages/README.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Contents of the fenced blocks of one language. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(/^```([a-z]*)[^\n]*\n(.*?)^```$/gms)]
    .filter((match) => match[1] === language)
    .map((match) => match[2]!);
}

for (const path of [...packageReadmes, ...documents]) {
  const examples = blocks(read(path), 'ts');
  if (examples.length === 0) continue;
  test(`the examples of ${path} run as they stand`, async (t) => {
    const isPackage = path.startsWith('packages/') && path !== 'packages/README.md';
    const folder = isPackage ? join(root, dirname(path), 'test') : import.meta.dirname;
    for (const [at, example] of examples.entries()) {
      const { code, errors } = await runExample(folder, `readme-example-${process.pid}-${at}.ts`, example);
      t.equal(code, 0, errors);
    }
  });
}

/** Runs it beside the package's tests, where the package's own name and what it depends on can be imported. */
async function runExample(
  folder: string,
  name: string,
  example: string,
): Promise<{ code: number | null; errors: string }> {
  const file = join(folder, name);
  writeFileSync(file, example);
  try {
    const child = spawn(process.execPath, [file], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const code = await new Promise<number | null>((done) => child.on('close', done));
    return { code, errors };
  } finally {
    rmSync(file, { force: true });
  }
}

test('every package with an example in TypeScript has one alone', (t) => {
  for (const path of packageReadmes) t.ok(blocks(read(path), 'ts').length <= 1, path);
  t.end();
});

test('the command knows every command and option that the documents name', (t) => {
  for (const path of documents) {
    for (const line of commandLines(read(path))) t.equal(whyUnknown(line), undefined, `${path}: ${line}`);
  }
  t.equal(whyUnknown('detente peer ad us'), 'no command ad');
  t.equal(whyUnknown('detente init --dat ./cn'), 'no option --dat');
  t.end();
});

/** Lines of shell blocks, the ends of continued lines joined. */
function shellLines(text: string): string[] {
  return blocks(text, 'sh').flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n'));
}

function commandLines(text: string): string[] {
  return shellLines(text).flatMap((line) => {
    const [, command] =
      /(?:^|\s)(?:node services\/detente\/src\/main\.ts|detente)(\s.+)$/.exec(line.replace(/#.*$/, '')) ?? [];
    return command === undefined || line.startsWith('alias ') ? [] : [`detente${command}`];
  });
}

/** Why the command would refuse a line, read from its own definition; undefined when it would not. */
function whyUnknown(line: string): string | undefined {
  let command = buildProgram();
  const words = line.trim().split(/\s+/).slice(1);
  while (command.commands.length > 0) {
    const word = words.shift();
    if (word === undefined || word === '--help') return undefined;
    const next = command.commands.find((one) => one.name() === word);
    if (!next) return `no command ${word}`;
    command = next;
  }
  const known = ['--help', ...command.options.flatMap(({ long, short }) => [long, short])];
  const unknown = words
    .map((word) => word.split('=')[0]!)
    .find((word) => /^--?[a-z]/.test(word) && !known.includes(word));
  return unknown === undefined ? undefined : `no option ${unknown}`;
}

test('every script and file that the documents run exists', (t) => {
  const { scripts } = JSON.parse(read('package.json'));
  for (const path of documents) {
    for (const line of shellLines(read(path))) {
      const script = /npm (?:run )?(?:--silent )?(?:run )?([a-z:]+)/.exec(line)?.[1];
      if (line.startsWith('npm') && script !== 'install') t.ok(script && script in scripts, `${path}: ${line}`);
      for (const [, file] of line.matchAll(/\bnode ([\w./-]+\.ts)/g))
        t.ok(existsSync(join(root, file!)), `${path}: ${file}`);
    }
  }
  t.end();
});

test('README names every kind of test file, beside the command that runs it', (t) => {
  const [commands] = blocks(read('README.md'), 'sh');
  for (const [command, script, kind] of [
    ['npm test', 'scripts/test.ts', '*.test.ts'],
    ['npm run test:long', 'scripts/long.ts', '*.long.ts'],
    ['npm run test:faults', 'scripts/faults.ts', '*.faults.ts'],
  ] as const) {
    const line = commands?.split('\n').find((one) => one.startsWith(`${command} `));
    t.match(line, `every ${kind}`, command);
    t.ok(read(script).includes(`/test/**/${kind}`), script);
  }
  t.end();
});

test('every link between the documents leads somewhere, also to a heading', (t) => {
  for (const path of documents) {
    const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
    for (const link of links.filter((one) => !/^[a-z]+:/.test(one))) {
      const [file = '', heading] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      t.ok(existsSync(join(root, target)), `${path}: ${link}`);
      if (heading !== undefined) t.ok(anchors(read(target)).has(heading), `${path}: ${link}`);
    }
  }
  t.end();
});

/** What GitHub calls the headings of a document. */
function anchors(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => match[1]!.toLowerCase());
  return new Set(headings.map((heading) => heading.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')));
}

test('every table begins with its heading, so that no row falls out of it', (t) => {
  for (const path of documents) {
    const lines = read(path).split('\n');
    for (const [at, line] of lines.entries())
      if (line.startsWith('|') && !lines[at - 1]?.startsWith('|'))
        t.match(lines[at + 1], /^\|[ :|-]+\|$/, `${path}:${at + 1}`);
  }
  t.end();
});

test('the tables of settings and exit codes are what the code says', (t) => {
  const text = read('docs/operating.md');
  t.equal(withTables(text), text, 'run node scripts/docs.ts');
  for (const name of tables) t.ok(text.includes(`<!-- made: ${name} -->`), name);
  t.end();
});

test('every decision has its number, its title and its three parts', (t) => {
  const names = readdirSync(join(root, 'docs/decisions')).sort();
  for (const [at, name] of names.entries()) {
    t.match(name, new RegExp(`^${String(at + 1).padStart(4, '0')}-[a-z0-9-]+\\.md$`));
    const headings = [...read(`docs/decisions/${name}`).matchAll(/^#+ (.+)$/gm)].map((match) => match[1]);
    t.match(headings[0], new RegExp(`^${at + 1}\\. `), name);
    t.same(headings.slice(1), ['Decision', 'Reason', 'Given up'], name);
  }
  t.end();
});
