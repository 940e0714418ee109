// keys list, rotate, revoke: the node's own keys, in its folder.

import { join } from 'node:path';
import { dataOf } from '@detente/client';
import {
  type KeptRevocation,
  keepRevocation,
  type PublishedPurpose,
  publishedPurposes,
  type Rotation,
  rotateKeys,
  settleKeys,
} from '@detente/keys';
import { type Command, Option } from 'commander';
import { type ConnectionOptions, connectCasework } from '../connection.ts';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { type AnnouncedKeys, refuseUnannounced } from '../key-guard.ts';
import { findState, KEYS_CHANGED, nodeFolder, readNode } from '../node-folder.ts';
import { parseCount } from '../numbers.ts';
import { print, printJson, printTable } from '../output.ts';

type Options = ConnectionOptions & { data: string };

export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('the node’s own keys: rotate them, revoke a stolen one');
  examples(
    withFolder(keys.command('list').description('keys by purpose, with the successor that peers were told')),
    'keys list --data ./cn',
  ).action(list);
  examples(
    withFolder(
      keys
        .command('rotate <purposes...>')
        .description(`put announced successors in the place of keys: ${publishedPurposes.join(', ')}`),
    ),
    'keys rotate record --data ./cn',
    'keys rotate transport receipt --data ./cn',
  ).action(rotate);
  examples(
    withFolder(
      keys
        .command('revoke <purpose>')
        .description('rotate a key that was stolen, and tell peers that what it signs does not count any more'),
    ),
    'keys revoke record --data ./cn',
    'keys revoke record --before 40960 --data ./cn',
    'keys revoke agency --kid KID --data ./cn',
  )
    .option(
      '--before <index>',
      'of the log, from which on nothing counts; where the log ends now when absent',
      parseCount,
    )
    .option('--kid <kid>', 'of a key that was rotated away: that one is revoked, and nothing is rotated')
    .action(revoke);
}

function withFolder(command: Command): Command {
  return command
    .addOption(new Option('--data <folder>', 'folder of the node, which must run').default('.detente'))
    .addOption(new Option('--url <origin>', 'casework’s origin, where the node runs otherwise').env('DETENTE_URL'))
    .addOption(new Option('--token <token>', 'an officer’s token').env('DETENTE_TOKEN'))
    .addOption(new Option('--json', 'one JSON value on standard output'));
}

async function list(options: Options): Promise<void> {
  const keys = await announced(options);
  if (options.json) return printJson(keys);
  const rows = keys.items.map(({ purpose, kid, next, since }) => [purpose, kid, next, since]);
  printTable(['purpose', 'key', 'successor', 'since'], rows, 'No key.');
  const known = keys.former.filter(({ kid }) => keys.revoked.every((one) => one.kid !== kid));
  if (known.length > 0) {
    print();
    printTable(
      ['former', 'key'],
      known.map(({ purpose, kid }) => [purpose, kid]),
      '',
    );
  }
  if (keys.revoked.length === 0) return;
  const gone = keys.revoked.map(({ purpose, kid, before }) => [purpose, kid, `${before}`]);
  print();
  printTable(['revoked', 'key', 'counts before'], gone, '');
}

async function rotate(names: string[], options: Options): Promise<void> {
  await change(names.map(purposeNamed), options);
}

async function revoke(name: string, options: Options & { before?: number; kid?: string }): Promise<void> {
  const purpose = purposeNamed(name);
  if (purpose === 'identity')
    throw new CommandError(
      'usage',
      'An identity key cannot revoke itself: rotate it if its successor is safe; else peers pin a new one (docs/operating.md).',
    );
  const { kid, before = null } = options;
  if (kid === undefined) await change([purpose], options, { before });
  else await revokeFormer({ purpose, kid, before }, options);
}

async function revokeFormer(revocation: KeptRevocation, options: Options): Promise<void> {
  const folder = nodeFolder(options.data);
  readNode(folder);
  const { purpose, kid, before } = revocation;
  const { former, revoked } = await announced(options);
  if (!former.some((one) => one.purpose === purpose && one.kid === kid))
    throw new CommandError('usage', `${kid} is no former ${purpose} key: detente keys list shows them.`);
  const said = revoked.find((one) => one.kid === kid);
  if (said && said.before !== before)
    throw new CommandError('refused', `The key ${kid} is revoked already: it counts before index ${said.before}.`);
  keepRevocation(join(folder.keys, 'worker'), revocation);
  const told = tellNode(options);
  if (options.json) return printJson({ rotated: [], revoked: revocation, told });
  print(`${purpose}: ${kid} is revoked.`);
  print(told ? 'Peers are told by the next descriptor.' : 'Restart the worker: only then are peers told.');
}

/** @throws CommandError `usage` */
function purposeNamed(name: string): PublishedPurpose {
  const known = publishedPurposes.find((one) => one === name);
  if (known) return known;
  if (name === 'vault' || name === 'pseudonym')
    throw new CommandError(
      'usage',
      `The ${name} key is not rotated: what was made with it could not be read any more.`,
    );
  throw new CommandError('usage', `${name} is no purpose of a key: name one of ${publishedPurposes.join(', ')}.`);
}

async function change(
  purposes: PublishedPurpose[],
  options: Options,
  revoked?: { before: number | null },
): Promise<void> {
  const folder = nodeFolder(options.data);
  readNode(folder);
  if (settleKeys(folder.keys).length > 0) {
    tellNode(options);
    throw new CommandError('refused', 'A rotation that was interrupted is finished now: look with detente keys list.');
  }
  refuseUnannounced(join(folder.keys, 'worker'), await announced(options));
  const rotations = rotateKeys(folder.keys, purposes, revoked && { revoke: revoked });
  report(rotations, options, tellNode(options));
}

async function announced(options: Options): Promise<AnnouncedKeys> {
  const { data, ...rest } = options;
  // What is named wins: a node of several machines has its folder here, and casework elsewhere.
  const connection = options.url === undefined ? options : rest;
  return dataOf(await connectCasework(connection).GET('/casework/v1/keys'));
}

/** Lets a node that runs on the folder read its keys anew.
 *  @returns false when there is none here */
function tellNode({ data }: Options): boolean {
  const state = findState(nodeFolder(data));
  if (!state || state.casework === '') return false;
  process.kill(state.pid, KEYS_CHANGED);
  return true;
}

function report(rotations: readonly Rotation[], { json }: Options, told: boolean): void {
  if (json) {
    printJson({ rotated: rotations, told });
    return;
  }
  for (const { purpose, from, to, then, revoked } of rotations) {
    print(`${purpose}: ${from} ${revoked ? 'is revoked' : 'is gone'}, ${to} takes over, ${then} is announced.`);
    if (purpose === 'identity') print(`The node’s fingerprint is ${to} from now on.`);
  }
  print(
    told
      ? 'The node reads its keys anew; peers are told by its next descriptor.'
      : 'Restart the processes exchange and reporting, then worker: only then are peers told.',
  );
  print('Make a new backup of keys/ and destroy the copies that hold the old one.');
}
