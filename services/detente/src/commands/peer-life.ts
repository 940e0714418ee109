// peer check, enrol, standing, offboard.

import { setTimeout as sleep } from 'node:timers/promises';
import { dataOf } from '@detente/client';
import type { Command } from 'commander';
import { type Casework, type ConnectionOptions, connectCasework, lookingFor, withConnection } from '../connection.ts';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { parseCount } from '../numbers.ts';
import { formatTable, print, printJson } from '../output.ts';

export const PEERS = 'detente peer list shows those there are';
const REASON = 'by the command line';
const STANDINGS = ['good', 'probation', 'restricted', 'suspended', 'expelled', 'computed'] as const;

type Conformance = {
  asked_at: string;
  checked_at?: string;
  checks: { check: string; passed: boolean; detail: string }[];
};

export function addPeerLifeCommands(peer: Command): void {
  examples(
    withConnection(peer.command('check <name>').description('check what a peer’s node answers and refuses')),
    'peer check us --data ./cn',
  )
    .option('--wait <seconds>', 'how long to wait for the findings', parseCount, 120)
    .option('--reason <text>', 'why; kept with the act', REASON)
    .action(check);
  examples(
    withConnection(
      peer.command('enrol <name>').description('take a peer out of the sandbox once its check has passed'),
    ),
    'peer enrol us --reason "checked, and its keys compared by telephone" --data ./cn',
  )
    .option('--unchecked', 'even if its check has not passed')
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(enrol);
  examples(
    withConnection(
      peer
        .command('standing <name> <standing>')
        .description('suspend, expel or restore a peer, and what is between; computed leaves it to conduct again'),
    ),
    'peer standing us probation --told "receipts are missing since Monday" --reason "two weeks without" --data ./cn',
    'peer standing us computed --reason "receipts come again" --data ./cn',
  )
    .option('--told <text>', 'why, as the peer is told')
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(setStanding);
  examples(
    withConnection(
      peer.command('offboard <name>').description('end a peering: recall all it was given, then expel it'),
    ),
    'peer offboard us --told "the treaty ends with this year" --reason "decree 12/2026" --data ./cn',
  )
    .option('--told <text>', 'why, as the peer is told')
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(offboard);
}

async function check(name: string, options: ConnectionOptions & { wait: number; reason: string }): Promise<void> {
  const client = connectCasework(options);
  const before = (await read(client, name)).conformance?.checked_at;
  const path = { params: { path: { name } }, body: { reason: options.reason } };
  dataOf(await lookingFor(`peer ${name}`, PEERS, () => client.POST('/casework/v1/peers/{name}/check', path)));
  const found = await waitFor(client, name, { before, seconds: options.wait });
  if (options.json) printJson(found);
  else print(formatConformance(found));
  const failed = found.checks.filter(({ passed }) => !passed).length;
  if (failed > 0) throw new CommandError('refused', `${name} did not pass ${failed} of ${found.checks.length} checks.`);
}

async function read(client: Casework, name: string) {
  const ask = () => client.GET('/casework/v1/peers/{name}', { params: { path: { name } } });
  return dataOf(await lookingFor(`peer ${name}`, PEERS, ask));
}

async function waitFor(
  client: Casework,
  name: string,
  { before, seconds }: { before: string | undefined; seconds: number },
): Promise<Conformance> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const { conformance } = await read(client, name);
    if (conformance?.checked_at !== undefined && conformance.checked_at !== before) return conformance;
    await sleep(500);
  }
  const sentence = `The exchange has not checked ${name} within ${seconds} s: it does so with the next pull, and peer show tells.`;
  throw new CommandError('unreachable', sentence);
}

export function formatConformance({ checked_at, checks }: Conformance): string {
  if (checked_at === undefined) return 'its node is checked with the next pull';
  const rows = checks.map((one) => [one.check.replaceAll('_', ' '), one.passed ? 'yes' : 'NO', one.detail]);
  return `its node, ${checked_at}:\n${formatTable(['check', 'passed', 'found'], rows)}`;
}

async function enrol(
  name: string,
  options: ConnectionOptions & { unchecked?: boolean; reason: string },
): Promise<void> {
  const { unchecked = false, reason } = options;
  const client = connectCasework(options);
  const put = () =>
    client.PUT('/casework/v1/peers/{name}/enrolment', { params: { path: { name } }, body: { unchecked, reason } });
  const answer = dataOf(await lookingFor(`peer ${name}`, PEERS, put));
  if (options.json) return printJson(answer);
  print(`${name} is enrolled: the worker signs that it is in good standing, and gives it what the terms say.`);
}

async function setStanding(
  name: string,
  standing: string,
  options: ConnectionOptions & { told?: string; reason: string },
): Promise<void> {
  const known = STANDINGS.find((one) => one === standing);
  if (!known) throw new CommandError('usage', `${standing} is no standing: name one of ${STANDINGS.join(', ')}.`);
  const client = connectCasework(options);
  const { told, reason } = options;
  const body = { standing: known, reason, ...(told !== undefined && { told }) };
  const put = () => client.PUT('/casework/v1/peers/{name}/standing', { params: { path: { name } }, body });
  const answer = dataOf(await lookingFor(`peer ${name}`, PEERS, put));
  if (options.json) return printJson(answer);
  if (known === 'computed')
    return print(`The worker judges ${name} by its conduct again, and tells it if that is news.`);
  print(
    known === 'expelled'
      ? `The worker signs it; ${name} is a stranger from then on, and nothing is recalled: peer offboard does that first.`
      : `The worker signs it; ${name} is told with the next pull, and what it may not have any more is recalled.`,
  );
}

async function offboard(name: string, options: ConnectionOptions & { told?: string; reason: string }): Promise<void> {
  const client = connectCasework(options);
  const { told, reason } = options;
  const { received } = await read(client, name);
  const body = { reason, ...(told !== undefined && { told }) };
  const post = () => client.POST('/casework/v1/peers/{name}/offboarding', { params: { path: { name } }, body });
  const answer = dataOf(await lookingFor(`peer ${name}`, PEERS, post));
  if (options.json) return printJson(answer);
  print(`${name} is suspended, and all that it was given is recalled: detente recall list shows its answers.`);
  print('When it has answered, or after 7 days, it is expelled. Until then it hears of severity 5 and above alone.');
  print(
    `What stays: ${received} records of ${name} here, until it recalls them; logs, receipts and statements on both sides.`,
  );
}
