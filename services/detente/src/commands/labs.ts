// lab add, list, disable.

import { dataOf } from '@detente/client';
import type { Command } from 'commander';
import { type ConnectionOptions, connectCasework, lookingFor, withConnection } from '../connection.ts';
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
  examples(
    withConnection(lab.command('disable <id>').description('take a lab’s API key out of force, for good')),
    'lab disable 5b1c9f0e-6a7d-4c33-9d52-0f1e2d3c4b5a --reason "the key was stolen" --data ./cn',
  )
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(disable);
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

async function disable(id: string, options: ConnectionOptions & { reason: string }): Promise<void> {
  const casework = connectCasework(options);
  const request = { params: { path: { id } }, body: { reason: options.reason } };
  const lab = await lookingFor(`lab ${id}`, 'detente lab list shows those there are', async () =>
    dataOf(await casework.POST('/casework/v1/labs/{id}/disable', request)),
  );
  if (options.json) return printJson(lab);
  print(`The API key of lab ${lab.id} is out of force since ${lab.disabled_at}; processes forget it within 3 seconds.`);
}
