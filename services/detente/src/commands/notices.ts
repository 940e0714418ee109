// warnings, approve, recall, why: what cannot wait, what is wanted back, and how far a record is on its way.

import { dataOf } from '@detente/client';
import { explain, explainEnd, type Language } from '@detente/reciprocity/texts';
import { type Command, Option } from 'commander';
import { type ConnectionOptions, collectPages, connectCasework, lookingFor, withConnection } from '../connection.ts';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { languageOption } from '../offer.ts';
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
  examples(
    withConnection(
      program
        .command('approve <digest>')
        .description('approve a warning of ours, as a second officer than who decided'),
    ),
    'approve 5f0p…Q --reason "read and agreed" --token "$SECOND_OFFICER" --url http://127.0.0.1:8481',
  )
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(approve);
  const recall = program.command('recall').description('recalls: what peers want back, and what we want of them');
  examples(
    withConnection(recall.command('list').description('recalls of both directions, open ones first')),
    'recall list --open --data ./cn',
  )
    .option('--open', 'only what is not answered')
    .action(listRecalls);
  examples(
    withConnection(recall.command('answer <digest>').description('say what was done with what a peer wants back')),
    'recall answer 5f0p…Q --purged --reason "retracted by us" --data ./cn',
    'recall answer 5f0p…Q --kept --legal-basis "evidence in case 7/2026" --reason "court order" --data ./cn',
  )
    .addOption(new Option('--purged', 'cut it away here, for good').conflicts(['kept', 'passedOn']))
    .addOption(new Option('--kept', 'keep it; with --legal-basis').conflicts(['purged', 'passedOn']))
    .addOption(new Option('--passed-on', 'it was passed on; with --to').conflicts(['purged', 'kept']))
    .option('--legal-basis <text>', 'why it is kept, in law')
    .option('--to <name...>', 'to whom it was passed on')
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(answer);
  examples(
    withConnection(
      program
        .command('why <peer> <record>')
        .description('why a peer has a record of ours, or one that we pass on, or has it not: the whole chain'),
    ),
    'why us 5f0p…Q --data ./cn',
  )
    .addOption(languageOption())
    .action(why);
}

const passedOn = { en: 'The record is of {origin}, and passed on by us.', zh: '该记录来自{origin}，由我方转交。' };

async function why(peer: string, record: string, options: ConnectionOptions & { lang: Language }): Promise<void> {
  const client = connectCasework(options);
  const params = { query: { peer, record } };
  const hint = 'detente peer list has the peers, detente case show the digests of a case';
  const read = () => client.GET('/casework/v1/explain', { params });
  const found = dataOf(await lookingFor(`record ${record} or peer ${peer}`, hint, read));
  if (options.json) return printJson(found);
  if (found.origin !== undefined) print(passedOn[options.lang].replace('{origin}', found.origin));
  print(explainEnd(found.conclusion, peer, options.lang));
  printTable(
    ['step', 'state', 'what'],
    found.steps.map((one) => [one.step, one.state, plain(explain(one, options.lang), 500)]),
    '',
  );
}

async function listRecalls(options: ConnectionOptions & { open?: true }): Promise<void> {
  const client = connectCasework(options);
  const query = { limit: 200, ...(options.open && { open: true }) };
  const { items } = dataOf(await client.GET('/casework/v1/recalls', { params: { query } }));
  if (options.json) return printJson(items);
  printTable(
    ['recall', 'peer', 'direction', 'cause', 'records', 'may keep', 'due', 'answer'],
    items.map((one) => [
      ...[one.digest, one.peer, one.direction, one.cause, one.records.length, `level ${one.level}`],
      ...[one.overdue ? `${one.due_at}, overdue` : one.due_at, one.answer?.answer ?? 'none'],
    ]),
    'No recall.',
  );
}

type Answer = ConnectionOptions & {
  purged?: true;
  kept?: true;
  passedOn?: true;
  legalBasis?: string;
  to?: string[];
  reason: string;
};

async function answer(digest: string, options: Answer): Promise<void> {
  const given = { purged: options.purged, kept: options.kept, 'passed-on': options.passedOn };
  const chosen = (['purged', 'kept', 'passed-on'] as const).find((one) => given[one]);
  if (chosen === undefined) throw new CommandError('usage', 'What was done? Name --purged, --kept or --passed-on.');
  const body = {
    ...{ answer: chosen, passed_to: options.to ?? [], reason: options.reason },
    ...(options.legalBasis !== undefined && { legal_basis: options.legalBasis }),
  };
  const client = connectCasework(options);
  const post = () => client.POST('/casework/v1/recalls/{digest}/answer', { params: { path: { digest } }, body });
  const done = dataOf(await lookingFor(`recall ${digest}`, 'detente recall list shows those there are', post));
  if (options.json) return printJson(done);
  print('Answered; the worker carries it out, and tells the peer.');
}

async function approve(digest: string, options: ConnectionOptions & { reason: string }): Promise<void> {
  const client = connectCasework(options);
  const hint = 'detente warnings shows those there are';
  const path = { params: { path: { digest } }, body: { reason: options.reason } };
  const post = () => client.POST('/casework/v1/warnings/{digest}/approval', path);
  const done = dataOf(await lookingFor(`warning ${digest} of severity 5 or above`, hint, post));
  if (options.json) return printJson(done);
  print('Approved; the worker signs it and tells every peer that was warned.');
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
    ['peer', 'warnings', 'not logged', 'not approved', 'overdue', 'severity', 'domain', 'newest'],
    received.map(({ peer, count, unlogged, unapproved, overdue, newest }) => [
      ...[peer, count, unlogged, unapproved, overdue, newest.severity, newest.domain],
      plain(newest.title ?? '', 50),
    ]),
    'No warning.',
  );
  print('\nTo peers, newest first');
  printTable(
    ['peer', 'kind', 'digest', 'attempts', 'delivered', 'log', 'approval', 'escalation', 'fault'],
    sent.map((one) => [
      ...[
        one.peer,
        one.kind,
        one.digest,
        one.attempts,
        one.delivered_at ?? 'no',
        one.proof ?? '-',
        one.approval ?? '-',
        one.escalation,
      ],
      plain(one.fault ?? '', 60),
    ]),
    'No notice.',
  );
}
