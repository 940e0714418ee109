// warnings: what peers warn of, and whether ours have arrived.

import { dataOf } from '@detente/client';
import type { Command } from 'commander';
import { type ConnectionOptions, collectPages, connectCasework, withConnection } from '../connection.ts';
import { examples } from '../examples.ts';
import { plain, print, printJson, printTable } from '../output.ts';

/** Own notices that are shown: the newest. */
const SHOWN = 50;

export function addNoticeCommands(program: Command): void {
  examples(
    withConnection(
      program.command('warnings').description('what peers warn of, and whether they have what we warn of'),
    ),
    'warnings --data ./cn',
  ).action(showWarnings);
}

async function showWarnings(options: ConnectionOptions): Promise<void> {
  const client = connectCasework(options);
  const received = dataOf(await client.GET('/casework/v1/warnings')).items;
  const sent = await collectPages(SHOWN, async (cursor, limit) =>
    dataOf(await client.GET('/casework/v1/notices', { params: { query: { limit, ...(cursor && { cursor }) } } })),
  );
  if (options.json) return printJson({ received, sent });
  print('From peers, of the last 30 days');
  printTable(
    ['peer', 'warnings', 'not logged', 'overdue', 'severity', 'domain', 'newest'],
    received.map(({ peer, count, unlogged, overdue, newest }) => [
      ...[peer, count, unlogged, overdue, newest.severity, newest.domain],
      plain(newest.title ?? '', 50),
    ]),
    'No warning.',
  );
  print('\nTo peers, newest first');
  printTable(
    ['peer', 'kind', 'digest', 'attempts', 'delivered', 'log', 'escalation', 'fault'],
    sent.map((one) => [
      ...[one.peer, one.kind, one.digest, one.attempts, one.delivered_at ?? 'no', one.proof ?? '-', one.escalation],
      plain(one.fault ?? '', 60),
    ]),
    'No notice.',
  );
}
