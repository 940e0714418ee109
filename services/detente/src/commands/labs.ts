// lab add, list.

import { dataOf } from '@detente/client';
import type { Command } from 'commander';
import { type ConnectionOptions, connectCasework, withConnection } from '../connection.ts';
import { examples } from '../examples.ts';
import { print, printJson, printTable } from '../output.ts';

export function addLabCommands(program: Command): void {
  const lab = program.command('lab').description('labs that report to this node');
  examples(
    withConnection(lab.command('add <name>').description('give a lab an API key, shown this once')),
    'lab add "Northlight Laboratory" --data ./cn',
  )
    .option('--reason <text>', 'why; kept with the act', 'by the command line')
    .action(add);
  examples(
    withConnection(lab.command('list').description('labs by id; their names are in the vault')),
    'lab list --data ./cn',
  ).action(list);
}

async function add(name: string, options: ConnectionOptions & { reason: string }): Promise<void> {
  const body = { name, reason: options.reason };
  const lab = dataOf(await connectCasework(options).POST('/casework/v1/labs', { body }));
  if (options.json) return printJson(lab);
  print(`Lab ${lab.id}`);
  print(`API key, shown this once: ${lab.key}`);
}

async function list(options: ConnectionOptions): Promise<void> {
  const { items } = dataOf(await connectCasework(options).GET('/casework/v1/labs'));
  if (options.json) return printJson(items);
  const rows = items.map((lab) => [lab.id, lab.created_at, lab.disabled ? 'disabled' : 'active', lab.cases]);
  printTable(['lab', 'since', 'status', 'cases'], rows, 'No lab: detente lab add NAME gives one a key.');
}
