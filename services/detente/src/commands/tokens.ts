// token add, list, disable: bearer tokens of officers and readers.

import { dataOf } from '@detente/client';
import { type Command, Option } from 'commander';
import { type ConnectionOptions, connectCasework, lookingFor, withConnection } from '../connection.ts';
import { examples } from '../examples.ts';
import { print, printJson, printTable } from '../output.ts';

type Reasoned = ConnectionOptions & { reason: string };

export function addTokenCommands(program: Command): void {
  const token = program.command('token').description('tokens of officers and readers');
  examples(
    withConnection(token.command('add <name>').description('make a token, shown this once')),
    'token add wang --data ./cn',
    'token add wall --scope reader --reason "the screen in the hall" --data ./cn',
  )
    .addOption(new Option('--scope <scope>', 'a reader looks and changes nothing').choices(SCOPES).default('officer'))
    .option('--reason <text>', 'why; kept with the act', 'by the command line')
    .action(add);
  examples(
    withConnection(token.command('list').description('tokens by name; none is shown again')),
    'token list --data ./cn',
  ).action(list);
  examples(
    withConnection(token.command('disable <name>').description('take a token out of force, at once and for good')),
    'token disable wall --reason "the screen was sold" --data ./cn',
  )
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(disable);
}

const SCOPES = ['officer', 'reader'] as const;

async function add(name: string, options: Reasoned & { scope: (typeof SCOPES)[number] }): Promise<void> {
  const body = { name, scope: options.scope, reason: options.reason };
  const made = dataOf(await connectCasework(options).POST('/casework/v1/tokens', { body }));
  if (options.json) return printJson(made);
  print(`Token of ${made.name}, shown this once: ${made.token}`);
}

async function list(options: ConnectionOptions): Promise<void> {
  const { items } = dataOf(await connectCasework(options).GET('/casework/v1/tokens'));
  if (options.json) return printJson(items);
  const rows = items.map((one) => [one.name, one.scope, one.created_at, one.disabled ? 'disabled' : 'active']);
  printTable(['token', 'scope', 'since', 'status'], rows, 'No token.');
}

async function disable(name: string, options: Reasoned): Promise<void> {
  const casework = connectCasework(options);
  const request = { params: { path: { name } }, body: { reason: options.reason } };
  const token = await lookingFor(`token ${name}`, 'detente token list shows those there are', async () =>
    dataOf(await casework.POST('/casework/v1/tokens/{name}/disable', request)),
  );
  if (options.json) return printJson(token);
  print(`The token ${token.name} is out of force since ${token.disabled_at}.`);
}
