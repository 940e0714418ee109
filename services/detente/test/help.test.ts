import type { Command } from 'commander';
import { test } from 'tap';
import { buildProgram } from '../src/cli.ts';
import { EXIT } from '../src/errors.ts';
import { settleHashes } from '../src/operands.ts';

/** Every command that does something, by its full name. */
function leaves(command: Command, name = ''): [name: string, command: Command][] {
  const full = `${name} ${command.name()}`.trim();
  return command.commands.length === 0 ? [[full, command]] : command.commands.flatMap((one) => leaves(one, full));
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

test('the command has what the issue names', (t) => {
  const names = leaves(buildProgram()).map(([name]) => name.replace(/^detente /, ''));
  t.same(names, [
    ...['demo', 'init', 'migrate', 'start', 'doctor'],
    ...['peer add', 'peer list', 'peer show', 'peer evidence', 'peer offer', 'peer pin'],
    ...['peer check', 'peer enrol', 'peer standing', 'peer offboard'],
    ...['offer new', 'offer check', 'offer simulate', 'terms', 'balance', 'contest', 'attest'],
    ...['lab add', 'lab list', 'lab disable', 'token add', 'token list', 'token disable', 'import', 'receipt'],
    ...[
      'case list',
      'case show',
      'case findings',
      'case take-out',
      'case keep',
      'case leave-out',
      'release',
      'inbox',
      'status',
      'dossier',
      'warnings',
      'approve',
      'recall list',
      'recall answer',
      'why',
      'bundle export',
      'bundle import',
      'keys list',
      'keys rotate',
      'keys revoke',
      'verify',
      'monitor',
    ],
  ]);
  t.end();
});

test('every command’s help says what it does, with examples, exit codes and --json', (t) => {
  for (const [name, command] of leaves(buildProgram())) {
    const help = helpOf(command);
    t.ok(command.description().length > 10, `${name} says what it does`);
    t.match(help, 'Examples:\n  $ detente ', `${name} has examples`);
    t.match(help, '--json', `${name} speaks to programs`);
    for (const { code, meaning } of Object.values(EXIT)) t.match(help, `${code}  ${meaning}`, `${name}: ${code}`);
  }
  t.end();
});

test('a hash that begins with a dash is an operand, or the value of the option before it', (t) => {
  const program = buildProgram();
  const settle = (...args: string[]) => settleHashes(program, args);
  const hash = `-o${'x'.repeat(41)}`;
  t.same(settle('dossier', hash, '-o', 'a.json'), ['dossier', '-o', 'a.json', '--', hash]);
  t.same(settle('dossier', '--json', hash), ['dossier', '--json', '--', hash]);
  const peer = ['peer', 'add', 'us', 'https://us.example', '--fingerprint', hash];
  t.same(settle(...peer), peer);
  const ended = ['dossier', '--', hash];
  t.same(settle(...ended), ended);
  t.same(settle('status', '--json'), ['status', '--json']);
  t.end();
});
