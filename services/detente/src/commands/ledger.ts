// contest, attest: what we say about our conduct to the peer that keeps a ledger of it.

import { dataOf } from '@detente/client';
import type { Command } from 'commander';
import { type ConnectionOptions, connectCasework, lookingFor, withConnection } from '../connection.ts';
import { examples } from '../examples.ts';
import { print, printJson } from '../output.ts';
import { PEERS } from './peer-life.ts';

export function addLedgerCommands(program: Command): void {
  examples(
    withConnection(
      program
        .command('contest <peer>')
        .description('contest what a peer holds against our conduct, with what we signed that shows otherwise'),
    ),
    'contest us --about 5f0p…Q --shows q1Zb…c --reason "it was sent on Monday" --data ./cn',
  )
    .requiredOption('--about <digest>', 'of the evidence; the reason of its standing and detente balance name it')
    .requiredOption('--shows <digest>', 'of what we signed; repeat it for more', collect)
    .option('--told <text>', 'why, as the peer is told')
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(contest);
  examples(
    withConnection(
      program
        .command('attest <peer> <obligation>')
        .description('attest to a peer that we keep an obligation of which there is no other evidence'),
    ),
    'attest us suite_adopted/frontier-bio --reason "report 12/2026 of the evaluation team" --data ./cn',
    'attest us drill --reason "drill of 24 November" --data ./cn',
  )
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(attest);
}

function collect(digest: string, all: string[] = []): string[] {
  return [...all, digest];
}

async function contest(
  name: string,
  options: ConnectionOptions & { about: string; shows: string[]; told?: string; reason: string },
): Promise<void> {
  const client = connectCasework(options);
  const { about, shows, told, reason } = options;
  const body = { about, shows, reason, ...(told !== undefined && { told }) };
  const post = () => client.POST('/casework/v1/peers/{name}/contests', { params: { path: { name } }, body });
  const answer = dataOf(await lookingFor(`peer ${name}`, PEERS, post));
  if (options.json) return printJson(answer);
  print(`The worker signs it; ${name} is told with the next pull, and its ledger shows both sides.`);
}

async function attest(
  name: string,
  obligation: string,
  options: ConnectionOptions & { reason: string },
): Promise<void> {
  const client = connectCasework(options);
  const body = { obligation, reason: options.reason };
  const post = () => client.POST('/casework/v1/peers/{name}/attestations', { params: { path: { name } }, body });
  const answer = dataOf(await lookingFor(`peer ${name}`, PEERS, post));
  if (options.json) return printJson(answer);
  print(`The worker signs it; ${name} is told with the next pull. Attest it again before its days are over.`);
}
