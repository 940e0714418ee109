// The command as a stranger meets it: every example of its help, run against a real node, and what it says when it cannot.

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ran, runDetente, startNode, until } from '@detente/testkit';
import type { Command } from 'commander';
import { test } from 'tap';
import { buildProgram } from '../src/cli.ts';
import { plainOffer } from '../src/offer.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const DATA = fileURLToPath(new URL('../../../packages/interop/data/', import.meta.url));

/** The examples below a command's help, by its full name. */
function examplesOf(command: Command, name = ''): [name: string, line: string][] {
  if (command.commands.length > 0)
    return command.commands.flatMap((one) => examplesOf(one, `${name} ${one.name()}`.trim()));
  let help = '';
  command.configureOutput({
    writeOut: (part) => {
      help += part;
    },
  });
  command.outputHelp();
  const [, text = ''] = /\nExamples:\n([\s\S]*?)\n\n/.exec(help) ?? [];
  const lines = text.replaceAll(/\\\n\s*/g, '').split('\n');
  return lines.map((line) => [name, line.replace(/^ {2}\$ /, '')]);
}

/** As a shell runs it in this process's folder; a plain line without a process of its own. */
function runLine(line: string): Promise<Ran> {
  const plain = /^detente ([^|<>$'"]*)$/.exec(line);
  return plain ? runDetente(plain[1]!.split(' ')) : runInShell(line);
}

function runInShell(line: string): Promise<Ran> {
  const script = `unset NODE_OPTIONS\ndetente() { "${process.execPath}" "${MAIN}" "$@"; }\n${line}`;
  const child = spawn('/bin/sh', ['-c', script]);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

function isOneJson(text: string): boolean {
  try {
    JSON.parse(text);
    return text.trim().split('\n').length === 1;
  } catch {
    return false;
  }
}

test('the command, from its help alone', { timeout: 300_000 }, async (t) => {
  const cn = await startNode(t, { name: 'cn' });
  const folder = mkdtempSync(join(tmpdir(), 'detente-messages-'));
  const cwd = process.cwd();
  t.teardown(() => {
    process.chdir(cwd);
    rmSync(folder, { recursive: true, force: true });
  });
  process.chdir(folder);
  const on = ['--data', cn.data];
  const json = async (...args: string[]) => JSON.parse((await runDetente([...args, ...on, '--json'])).stdout);

  await t.test('what there is not is said, and what there is', async (t) => {
    const says = async (args: string[], code: number, sentence: RegExp) => {
      const ran = await runDetente([...args, ...on]);
      t.equal(ran.code, code, args.join(' '));
      t.match(ran.stderr, sentence, args.join(' '));
      t.equal(ran.stderr.trim().split('\n').length, 1, ran.stderr);
      t.equal(ran.stdout, '', args.join(' '));
      const program = await runDetente([...args, ...on, '--json']);
      t.match(JSON.parse(program.stdout), { error: String, message: sentence }, 'and a program is told the same');
    };
    const id = '8e03978e-40d5-43dd-bc93-6894a57f9324';
    await says(
      ['inbox', '--peer', 'nobody'],
      1,
      /There is no peer nobody: this node has none, add one with detente peer/,
    );
    await says(['peer', 'show', 'us'], 1, /There is no peer us: detente peer list shows those there are\./);
    await says(['peer', 'offer', 'us', '--tier', 'green'], 1, /There is no peer us: /);
    await says(['lab', 'disable', 'nope', '--reason', 'z'], 1, /There is no lab nope: detente lab list shows/);
    await says(['token', 'disable', 'nope', '--reason', 'z'], 1, /There is no token nope: detente token list shows/);
    const last = ['token', 'disable', 'first-officer', '--reason', 'z'];
    await says(last, 1, /first-officer is the last officer’s token in force: make another/);
    await says(['case', 'show', 'nope'], 1, /There is no case nope: detente case list shows those there are\./);
    await says(['case', 'show', id], 1, /There is no case 8e03/);
    await says(['release', 'x', '--draft', 'y', '--reason', 'z'], 1, /There is no case x: /);
    await says(['dossier', 'x', '-o', '-'], 1, /There is no logged record with the digest x: detente case show has/);
    await says(
      ['peer', 'add', 'us', 'https://us.example', '--fingerprint', 'x'],
      2,
      /x is no fingerprint: it is the 43/,
    );
    const print = ['--fingerprint', 'm8DEqtbp0xbPRV7tHcAZcM5g_3H_Y5aeW1G-3I1BB4k'];
    await says(['peer', 'add', 'us', 'us.example', ...print], 2, /us\.example is no origin: name it as https:/);
    const other = await runDetente(['status', '--data', join(folder, 'missing')]);
    t.match(other.stderr, /missing holds no node: run detente init/);
    const wrong = await runDetente(['status', '--url', cn.origin, '--token', cn.token]);
    t.match(wrong.stderr, /There is no casework at .*: name the origin that start shows for officers, or --data\./);
    t.match((await runDetente(['verify', folder])).stderr, /is a folder: name a file\./);
    for (const [words, none] of [
      ['case list', 'No case.'],
      ['inbox', 'No record.'],
      ['warnings', /No warning\.[\s\S]*No notice\./],
      ['recall list', 'No recall.'],
      ['lab list', /^No lab: /],
      ['peer list', /^No peer: /],
    ] as const)
      t.match((await runDetente([...words.split(' '), ...on])).stdout, none, words);
  });

  await t.test('every example of the help runs, and --json gives one value', async (t) => {
    mkdirSync(join(folder, 'atlas'));
    cpSync(join(DATA, 'atlas/case-studies/AML.CS0000.yaml'), join(folder, 'atlas/AML.CS0000.yaml'));
    writeFileSync(
      join(folder, 'offer.json'),
      JSON.stringify(plainOffer({ tier: 'clear', condition: 'as-given', backlog: false })),
    );
    const { key } = await json('lab', 'add', 'Northlight');
    const { id: gone } = await json('lab', 'add', 'Southlight');
    let [id, draft, digest] = ['', '', ''];
    let [reported, read, finding, drafted, told] = ['', '', '', 1, ''];
    const report = async (body: string): Promise<string> => {
      const headers = {
        'idempotency-key': `messages-${String(body.length).padStart(12, '0')}`,
        authorization: `Bearer ${key}`,
      };
      const answer = await fetch(`${cn.address}/reporting/v1/cases`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      });
      return ((await answer.json()) as { id: string }).id;
    };
    const makes: Record<string, () => Promise<void>> = {
      receipt: async () => {
        const fields = { kind: 'incident', title: 'Wrong doses', summary: 'Ten times too high.', language: 'en' };
        writeFileSync(join(folder, 'report.json'), JSON.stringify({ fields }));
        reported = await report(JSON.stringify({ fields }));
      },
      'case findings': async () => {
        const summary =
          'Dr. Mary Jones, Mr. Peter Wilson and Mrs. Susan Clark were told by mail to mary.jones@example.org.';
        const fields = { kind: 'incident', title: 'Three patients', summary, language: 'en' };
        read = await report(JSON.stringify({ fields }));
        await until('it is read', async () => (await json('case', 'findings', read)).findings.length > 2);
        finding = (await json('case', 'findings', read)).findings[0].places[0].id.slice(0, 10);
      },
      'case keep': async () => {
        const all = async () => (await json('case', 'findings', read)).findings as { places: { done: string }[] }[];
        const isOut = ({ places }: { places: { done: string }[] }) => places.every(({ done }) => done === 'removed');
        await until('both are taken out', async () => {
          const found = await all();
          return isOut(found[0]!) && isOut(found[2]!);
        });
        drafted = (await json('case', 'findings', read)).version;
      },
      'case leave-out': async () => {
        const fields = {
          kind: 'incident',
          title: 'A robot fell',
          summary: 'It fell.',
          language: 'en',
          countries_affected: ['DE'],
        };
        told = await report(JSON.stringify({ fields }));
      },
      'peer evidence': async () => {
        await until('the peer', async () => (await json('peer', 'list')).length > 0);
        await cn.sql(
          'border',
          `INSERT INTO forks (log, peer, smaller_size, larger_size, smaller, larger, root, proof, descriptors)
           SELECT 'us.example/log/v1', origin, 16, 32, 'a', 'b', sha256('r'), '{}', '{d}' FROM peers`,
        );
      },
      'case list': async () => {
        await until('a draft', async () => (await json('case', 'list', '--status', 'drafted')).length > 0);
        [{ id }] = await json('case', 'list', '--status', 'drafted');
        ({ digest: draft } = (await json('case', 'show', id)).draft);
      },
      dossier: async () => {
        digest = (await json('case', 'show', id)).case.versions.find(
          ({ edition }: { edition: boolean }) => !edition,
        ).digest;
        await until('it is logged', async () => (await runDetente(['dossier', digest, '-o', '-', ...on])).code === 0);
      },
    };
    const caseOf = (name: string) => {
      if (name === 'receipt') return reported;
      if (name === 'case leave-out') return told;
      return /^case (findings|take-out|keep)$/.test(name) ? read : id;
    };
    const fill = (name: string, line: string) =>
      line
        .replaceAll('./cn', cn.data)
        .replaceAll('https://cn.example', cn.origin)
        .replaceAll(/8e03978e[\w-]+/g, caseOf(name))
        .replaceAll('Xq3kZ8bPw0', finding)
        .replaceAll(/ 2\.(?=[13] )/g, ` ${drafted}.`)
        .replaceAll('5b1c9f0e-6a7d-4c33-9d52-0f1e2d3c4b5a', gone)
        .replaceAll('5f0p…Q', name === 'release' ? draft : digest)
        .replaceAll('detente_lab_…', key)
        .replaceAll('packages/interop/data', 'atlas')
        .replaceAll('avid-reports.jsonl', join(DATA, 'avid/avid-reports.jsonl'))
        .replaceAll(name === 'peer pin' ? /m8DE[\w-]+/g : /(?!)/g, 'b'.repeat(43))
        .replaceAll(name === 'verify' ? /m8DE[\w-]+/g : /(?!)/g, cn.fingerprint);
    // These start, change or watch a node, or need servers, peers or a second officer: other files run them.
    const elsewhere = new Set(
      [
        'demo',
        'init',
        'migrate',
        'start',
        'recall answer',
        'approve',
        'contest',
        'attest',
        'bundle export',
        'bundle import',
        'keys rotate',
        'keys revoke',
        'monitor',
      ].concat(['check', 'enrol', 'standing', 'offboard'].map((act) => `peer ${act}`)),
    );
    const done = new Set<string>();
    for (const [name, example] of examplesOf(buildProgram())) {
      if (elsewhere.has(name)) continue;
      if (!done.has(name)) await makes[name]?.();
      done.add(name);
      const line = fill(name, example);
      const ran = await runLine(line);
      t.equal(ran.code, 0, `${line}: ${ran.stderr}`);
      t.ok(ran.stdout.length > 0, `${line} says something`);
      if (line.includes('--json')) t.ok(isOneJson(ran.stdout), line);
      // What changes something is done; and there is a file where the dossier was.
      if (
        [
          'peer list',
          'peer show',
          'offer check',
          'offer simulate',
          'terms',
          'lab list',
          'lab disable',
          'token list',
          'token disable',
          'case list',
          'case show',
          'inbox',
          'status',
          'warnings',
          'recall list',
          'why',
          'doctor',
          'verify',
        ].includes(name)
      )
        t.ok(isOneJson((await runLine(`${line.replace(' --json', '')} --json`)).stdout), `${line} --json`);
    }
    t.ok(done.size > 12, `${done.size} commands`);
  });
});
