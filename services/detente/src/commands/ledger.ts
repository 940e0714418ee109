// balance, contest, attest: what both sides kept and broke, and what we say about our conduct to the peer that keeps a ledger of it.

import { dataOf } from '@detente/client';
import type { Balance } from '@detente/contract/casework';
import { balanceCsv, balancePage } from '@detente/reciprocity';
import { explain, type Language, promiseName, standingName } from '@detente/reciprocity/texts';
import { TIERS } from '@detente/record';
import { type Command, Option } from 'commander';
import { type ConnectionOptions, connectCasework, lookingFor, withConnection } from '../connection.ts';
import { examples } from '../examples.ts';
import { languageOption } from '../offer.ts';
import { plain, print, printJson, printTable, writeNew } from '../output.ts';
import { PEERS } from './peer-life.ts';

export function addLedgerCommands(program: Command): void {
  examples(
    withConnection(
      program
        .command('balance <peer>')
        .description('what each side gave in the last 90 days, and what each kept and broke of its promises'),
    ),
    'balance us --data ./cn',
    'balance us --csv --data ./cn',
    'balance us --html us.html --lang zh --data ./cn',
  )
    .addOption(new Option('--csv', 'a table for a spreadsheet').conflicts(['html', 'json']))
    .option('--html <file>', 'a page to be printed')
    .addOption(languageOption())
    .action(balance);
  examples(
    withConnection(
      program
        .command('contest <peer>')
        .description('contest what a peer holds against our conduct, with what we signed that shows otherwise'),
    ),
    'contest us --about 5f0p…Q --reason "it was sent on Monday" --data ./cn',
  )
    .requiredOption('--about <digest>', 'of the evidence; the reason of its standing and detente balance name it')
    .option('--shows <digest>', 'of what we signed, repeated for more; absent: what answers the evidence', collect)
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

type BalanceOptions = ConnectionOptions & { csv?: true; html?: string; lang: Language };

async function balance(name: string, options: BalanceOptions): Promise<void> {
  const client = connectCasework(options);
  const read = () => client.GET('/casework/v1/peers/{name}/balance', { params: { path: { name } } });
  const found = dataOf(await lookingFor(`peer ${name}`, PEERS, read));
  if (options.csv) return void process.stdout.write(balanceCsv(found));
  if (options.html !== undefined) {
    const page = balancePage(found, options.lang);
    writeNew(options.html, page);
    if (options.json) return printJson({ file: options.html, bytes: Buffer.byteLength(page) });
    return print(`Written to ${options.html}: one page, to be printed on A4.`);
  }
  if (options.json) return printJson(found);
  const { names, from, until, own, peer, contests } = found;
  print(`${names.own} and ${names.peer}, ${from} to ${until}\n`);
  printSide(names.own, own, options.lang);
  printSide(names.peer, peer, options.lang);
  for (const { by, day, about, told } of contests)
    print(plain(`${names[by]} contested ${about} on ${day}${told === null ? '' : `: ${told}`}`, 400));
}

function printSide(node: string, { standing, given, promised }: Balance['own'], language: Language): void {
  if (standing)
    print(
      plain(
        `${node}: ${standingName(standing.standing, language)}, ${standing.since}. ${explain(standing.reason, language)}`,
        600,
      ),
    );
  print(`\nWhat ${node} gave:`);
  const rows = given.map((row) => [
    row.type,
    row.domain,
    TIERS[row.level - 1] ?? 'the signed part',
    row.in_time,
    row.late,
    row.untimed,
  ]);
  printTable(['records', 'domain', 'up to', 'in time', 'late', 'no time promised'], rows, 'nothing');
  print(`\nWhat ${node} promised:`);
  const kept = promised.map((one) => [
    ...[promiseName(one.obligation, language), one.kept, one.broken, one.contested],
    ...[one.breaches[0]?.day, one.breaches[0]?.evidence],
  ]);
  printTable(['promise', 'kept', 'broken', 'contested', 'last broken', 'evidence'], kept, 'nothing');
  print();
}

function collect(digest: string, all: string[] = []): string[] {
  return [...all, digest];
}

async function contest(
  name: string,
  options: ConnectionOptions & { about: string; shows?: string[]; told?: string; reason: string },
): Promise<void> {
  const client = connectCasework(options);
  const { about, shows, told, reason } = options;
  const body = { about, reason, ...(shows && { shows }), ...(told !== undefined && { told }) };
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
