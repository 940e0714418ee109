// case list, case show, release, inbox, status, dossier: an officer's look at the node.

import { dataOf } from '@detente/client';
import { caseStatuses, type Status } from '@detente/contract/casework';
import { LEVELS } from '@detente/record';
import { type Command, Option } from 'commander';
import { batchText } from '../batch-text.ts';
import {
  type ConnectionOptions,
  collectPages,
  connectCasework,
  lookingFor,
  unknownPeer,
  withConnection,
} from '../connection.ts';
import { warningLines } from '../draft-warnings.ts';
import { examples } from '../examples.ts';
import { parseCount } from '../numbers.ts';
import { formatTable, plain, print, printJson, printJsonText, printTable, writeNew } from '../output.ts';
import { addFindingCommands } from './findings.ts';
import { addLeaveOut } from './leave-out.ts';

const CASES = 'detente case list shows those there are';

export function addCaseCommands(program: Command): void {
  const cases = program.command('case').description('cases: the full accounts, which never leave');
  examples(
    withConnection(cases.command('list').description('cases, last changed first')),
    'case list --status held --data ./cn',
    'case list -q "facial recognition" --json --data ./cn',
  )
    .addOption(new Option('--status <status>').choices([...caseStatuses]))
    .option('-q, --query <words>', 'words of title and summary')
    .option('--limit <n>', 'how many at most', parseCount, 50)
    .action(listCases);
  examples(
    withConnection(cases.command('show <id>').description('one case, its draft, and what each peer would see')),
    'case show 8e03978e-40d5-43dd-bc93-6894a57f9324 --data ./cn',
  ).action(showCase);
  addFindingCommands(cases);
  addLeaveOut(cases);
  addRelease(program);
  examples(
    withConnection(program.command('inbox').description('records of peers, newest first')),
    'inbox --peer us --data ./cn',
  )
    .option('--peer <name>', 'of one peer')
    .option('--warned', 'only what the peer warned of')
    .option('--limit <n>', 'how many at most', parseCount, 50)
    .action(listInbox);
  examples(
    withConnection(program.command('status').description('how the node is: counts, what waits, the log')),
    'status --data ./cn',
  ).action(showStatus);
  examples(
    withConnection(program.command('dossier <digest>').description('one file that proves a record offline')),
    'dossier 5f0p…Q -o record.dossier.json --data ./cn',
  )
    .requiredOption('-o, --output <file>', 'file to write; - for standard output')
    .addOption(new Option('--level <level>', 'how much is disclosed').choices(LEVELS.map(String)).default('5'))
    .action(getDossier);
}

async function listCases(
  options: ConnectionOptions & { status?: (typeof caseStatuses)[number]; query?: string; limit: number },
): Promise<void> {
  const client = connectCasework(options);
  const filter = { ...(options.status && { status: options.status }), ...(options.query && { q: options.query }) };
  const items = await collectPages(options.limit, async (cursor, limit) =>
    dataOf(
      await client.GET('/casework/v1/cases', { params: { query: { ...filter, limit, ...(cursor && { cursor }) } } }),
    ),
  );
  if (options.json) return printJson(items);
  const rows = items.map((one) => [one.id, one.status, severityText(one.severity), one.tlp, plain(one.title, 60)]);
  printTable(['case', 'status', 'severity', 'tlp', 'title'], rows, 'No case.');
}

async function showCase(id: string, options: ConnectionOptions): Promise<void> {
  const client = connectCasework(options);
  const params = { path: { id } };
  const read = () => client.GET('/casework/v1/cases/{id}', { params });
  const one = dataOf(await lookingFor(`case ${id}`, CASES, read));
  const drafted = one.status !== 'received';
  const draft = drafted ? dataOf(await client.GET('/casework/v1/cases/{id}/draft', { params })) : undefined;
  const preview = drafted ? dataOf(await client.GET('/casework/v1/cases/{id}/preview', { params })) : undefined;
  if (options.json) return printJson({ case: one, draft, preview });
  print(`${one.id}  ${one.status}  severity ${severityText(one.severity)}  tlp ${one.tlp}`);
  for (const [field, value] of Object.entries(one.fields)) print(`  ${field.padEnd(20)} ${valueText(value)}`);
  if (one.versions.length > 0) {
    const rows = one.versions.map((v) => [
      v.edition ? 'public edition' : 'record',
      v.digest,
      v.tick,
      v.index ?? '-',
      v.draft ?? '-',
    ]);
    print(`\n${formatTable(['version', 'digest', 'tick', 'index', 'draft'], rows)}`);
  }
  if (draft) {
    print(`\nDraft ${draft.version}: ${draft.digest}`);
    for (const hold of draft.holds)
      print(
        `  held: ${hold.code}${hold.place === '' ? '' : ` in ${hold.place}`}${hold.other === undefined ? '' : `, beside ${hold.other}`}`,
      );
    if (draft.findings.length > 0) print(`  ${draft.findings.length} findings: detente case findings ${one.id}`);
    for (const line of warningLines(draft)) print(line);
  }
  const rows = (preview?.peers ?? []).map((view) => [
    view.peer,
    view.level ?? 'nothing',
    view.fields.length,
    view.reason.code,
  ]);
  if (rows.length > 0) print(`\n${formatTable(['peer', 'level', 'fields', 'why'], rows)}`);
}

type ReleaseOptions = ConnectionOptions & { draft: string; public?: true; overrule?: true; reason: string };

function addRelease(program: Command): void {
  examples(
    withConnection(program.command('release <case>').description('release the draft that was seen')),
    'release 8e03978e-40d5-43dd-bc93-6894a57f9324 --draft 5f0p…Q --public --reason "checked by two" --data ./cn',
  )
    .requiredOption('--draft <digest>', 'digest of the draft, from case show')
    .option('--public', 'with a public edition')
    .option('--overrule', 'although another account of its event hides what it shows; or a warning over known names')
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(async (id: string, options: ReleaseOptions) => {
      const { draft, public: edition = false, overrule, reason } = options;
      const body = { draft, public_edition: edition, reason, ...(overrule && { overrule }) };
      const params = { path: { id } };
      const client = connectCasework(options);
      const post = () => client.POST('/casework/v1/cases/{id}/release', { params, body });
      const answer = dataOf(await lookingFor(`case ${id}`, CASES, post));
      if (options.json) return printJson(answer);
      print('Decided; the worker signs it and it goes out with the log.');
    });
}

async function listInbox(options: ConnectionOptions & { peer?: string; warned?: true; limit: number }): Promise<void> {
  const client = connectCasework(options);
  const unknown = options.peer === undefined ? undefined : await unknownPeer(client, options.peer);
  if (unknown) throw unknown;
  const filter = { ...(options.peer && { peer: options.peer }), ...(options.warned && { warned: true }) };
  const items = await collectPages(options.limit, async (cursor, limit) =>
    dataOf(
      await client.GET('/casework/v1/inbox', { params: { query: { ...filter, limit, ...(cursor && { cursor }) } } }),
    ),
  );
  if (options.json) return printJson(items);
  const rows = items.map((one) => [
    one.relay === undefined ? one.peer : `${one.peer} by ${one.relay}`,
    one.digest,
    one.level,
    one.band,
    one.domain,
    one.index ?? 'not yet',
    plain(one.fields.title ?? '', 50),
  ]);
  printTable(['peer', 'digest', 'level', 'band', 'domain', 'index', 'title'], rows, 'No record.');
}

async function showStatus(options: ConnectionOptions): Promise<void> {
  const client = connectCasework(options);
  const hint = 'name the origin that start shows for officers, or --data';
  const status = dataOf(await lookingFor(`casework at ${options.url}`, hint, () => client.GET('/casework/v1/status')));
  if (options.json) return printJson(status);
  const { cases, waiting, warnings, tree, witnessed, signing_stops: stops, ...facts } = status;
  for (const [fact, value] of Object.entries(facts)) print(`${fact.padEnd(16)} ${value}`);
  print(`${'cases'.padEnd(16)} ${countsText(cases)}`);
  print(`${'waiting'.padEnd(16)} ${countsText(waiting)}`);
  print(`${'warnings'.padEnd(16)} ${countsText(warnings)}`);
  const { size, tick, signed } = tree;
  print(`${'log'.padEnd(16)} ${countsText({ size, tick, signed })}, ${batchText(tree)}`);
  print(`${'witnessed'.padEnd(16)} ${witnessText(witnessed)}`);
  for (const { reason } of stops) print(`${'log stands still'.padEnd(16)} ${reason}`);
}

/** How far witnesses have signed the log, how long ago, and whether those are as many as there should be. */
function witnessText({ required, size, by, at, unwitnessed }: Status['witnessed']): string {
  if (size === undefined || at === undefined)
    return required === 0
      ? 'by nobody, and none is required'
      : `unwitnessed: no checkpoint has the ${required} required`;
  const ago = Math.max(0, Math.round((Date.now() - Date.parse(at)) / 1000));
  return `${size} leaves by ${by} (${required} required) ${ago} s ago, ${unwitnessed} leaves unwitnessed`;
}

async function getDossier(
  digest: string,
  options: ConnectionOptions & { output: string; level: string },
): Promise<void> {
  const client = connectCasework(options);
  const params = { path: { digest }, query: { level: Number(options.level) } };
  const hint = 'detente case show has the digests of a released case';
  const read = () => client.GET('/casework/v1/dossiers/{digest}', { params });
  const dossier = dataOf(await lookingFor(`logged record with the digest ${digest}`, hint, read));
  // Exactly one spelling, and no byte beside it: so that any change of the file is seen.
  const { formatDossier } = await import('../proofs/dossier.ts');
  const text = formatDossier(dossier);
  if (options.output === '-') {
    printJsonText(text);
    return;
  }
  writeNew(options.output, text);
  if (options.json) return printJson({ file: options.output, bytes: Buffer.byteLength(text) });
  print(`Written to ${options.output}. Check it with: detente verify ${options.output}`);
}

function severityText(severity: unknown): string {
  return typeof severity === 'object' && severity !== null && 'level' in severity ? String(severity.level) : 'unrated';
}

function valueText(value: unknown): string {
  return plain(typeof value === 'string' ? value : JSON.stringify(value), 100);
}

function countsText(counts: Record<string, number>): string {
  const texts = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return texts.length === 0 ? 'none' : texts.join(', ');
}
