// peer add, pin, list, show, offer; what becomes of a peer stands in peer-life.ts.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { dataOf, ProblemError } from '@detente/client';
import type { OfferCheck } from '@detente/contract/casework';
import { BARS_SIGNING } from '@detente/reciprocity';
import type { Language } from '@detente/reciprocity/texts';
import { TIERS } from '@detente/record';
import { type Command, Option } from 'commander';
import { type ConnectionOptions, connectCasework, lookingFor, withConnection } from '../connection.ts';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { checkLines, effectTables, languageOption, plainOffer, readOffer } from '../offer.ts';
import { formatTable, plain, print, printJson, printJsonText, printTable, writeNew } from '../output.ts';
import { patiently } from '../patience.ts';
import { differenceLines, standingLines } from '../standing-text.ts';
import { addPeerLifeCommands, formatConformance, PEERS } from './peer-life.ts';

const REASON = 'by the command line';
const barring: ReadonlySet<string> = BARS_SIGNING;
/** Of numbers that are places in a log. */
const LABELS: Record<string, string> = { after: 'read up to', served: 'served up to', canary_age: 'canary, days' };

export function addPeerCommands(program: Command): void {
  const peer = program.command('peer').description('peers: nodes of other countries');
  examples(
    withConnection(peer.command('add <name> <origin>').description('add a peer by its origin and fingerprint')),
    'peer add us https://us.example --fingerprint m8DEqtbp0xbPRV7tHcAZcM5g_3H_Y5aeW1G-3I1BB4k --data ./cn',
  )
    .requiredOption('--fingerprint <thumbprint>', 'of its identity key, compared out of band')
    .option('--ca <file>', 'PEM of its CA; WebPKI when absent')
    .option('--sandbox', 'give it nothing, and check its node, until peer enrol')
    .option(
      '--unlisted',
      'let nobody else know of it: its log is not talked about, and it is not asked to witness ours',
    )
    .option('--reason <text>', 'why; kept with the act', REASON)
    .action(add);
  examples(
    withConnection(peer.command('list').description('peers, and how far each side is')),
    'peer list --data ./cn',
  ).action(list);
  examples(
    withConnection(peer.command('show <name>').description('one peer, with the terms of both directions')),
    'peer show us --data ./cn',
    'peer show us --lang zh --data ./cn',
  )
    .addOption(languageOption())
    .action(show);
  examples(
    withConnection(
      peer
        .command('evidence <name>')
        .description('the proof that a peer’s log has forked, as a file for `detente verify`'),
    ),
    'peer evidence us --output fork.json --data ./cn',
  )
    .requiredOption('-o, --output <file>', 'the file; - for standard output')
    .action(evidence);
  examples(
    withConnection(peer.command('offer <name>').description('sign an offer: what the peer is given')),
    'peer offer us --tier green --data ./cn',
    'peer offer us --file offer.json --data ./cn',
  )
    .addOption(new Option('--tier <tier>', 'one tier for every incident').choices([...TIERS]))
    .addOption(new Option('--condition <condition>').choices(['unconditional', 'as-given']).default('unconditional'))
    .option('--no-backlog', 'only what is logged from now on')
    .option('--file <file>', 'the offer’s body as JSON, instead of --tier')
    .option('--yes', 'even if it releases records that are logged already, or asks some back')
    .option('--reason <text>', 'why; kept with the act', REASON)
    .action(offer);
  examples(
    withConnection(
      peer.command('pin <name>').description('pin a peer’s new identity key, when its old one was stolen'),
    ),
    'peer pin us --fingerprint m8DEqtbp0xbPRV7tHcAZcM5g_3H_Y5aeW1G-3I1BB4k --reason "told by telephone" --data ./cn',
  )
    .requiredOption('--fingerprint <thumbprint>', 'of its new identity key, compared out of band')
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(pin);
  addPeerLifeCommands(peer);
}

async function pin(name: string, options: ConnectionOptions & { fingerprint: string; reason: string }): Promise<void> {
  const { fingerprint, reason } = options;
  refuseNoFingerprint(fingerprint);
  const client = connectCasework(options);
  const body = { fingerprint, reason };
  const put = () => client.PUT('/casework/v1/peers/{name}/fingerprint', { params: { path: { name } }, body });
  const answer = dataOf(await lookingFor(`peer ${name}`, PEERS, put));
  if (options.json) return printJson(answer);
  print(`${name} is a stranger until its descriptor has been fetched and its key is ${fingerprint}.`);
}

/** @throws CommandError `usage` */
function refuseNoFingerprint(fingerprint: string): void {
  if (/^[\w-]{43}$/.test(fingerprint)) return;
  throw new CommandError(
    'usage',
    `${fingerprint} is no fingerprint: it is the 43 characters that the peer’s init prints.`,
  );
}

async function add(
  name: string,
  origin: string,
  options: ConnectionOptions & {
    fingerprint: string;
    ca?: string;
    sandbox?: boolean;
    unlisted?: boolean;
    reason: string;
  },
): Promise<void> {
  const { fingerprint, ca, sandbox = false, unlisted = false, reason } = options;
  refuseNoFingerprint(fingerprint);
  if (!isOrigin(origin))
    throw new CommandError('usage', `${origin} is no origin: name it as https://us.example, without a path.`);
  const pem = ca === undefined ? {} : { ca: readFileSync(ca, 'utf8') };
  const body = { name, origin, fingerprint, sandbox, listed: !unlisted, reason, ...pem };
  const casework = connectCasework(options);
  const answer = dataOf(await casework.POST('/casework/v1/peers', { body }));
  // The worker writes it, a moment later: what is asked next shall find it.
  const find = async () => dataOf(await casework.GET('/casework/v1/peers/{name}', { params: { path: { name } } }));
  const isNotYet = ({ status }: ProblemError) => status === 404;
  await patiently(find, { within: 10_000, again: isNotYet }).catch((error: unknown) => {
    if (!(error instanceof ProblemError && isNotYet(error))) throw error;
    process.stderr.write(`${name} is taken in as soon as the worker runs: detente status tells whether it does.\n`);
  });
  if (options.json) return printJson(answer);
  print(`${name} is added. It becomes active when its descriptor has been fetched and its key is ${fingerprint}.`);
  if (sandbox)
    print(`It is given nothing until you enrol it: detente peer check ${name}, then detente peer enrol ${name}.`);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

async function list(options: ConnectionOptions): Promise<void> {
  const { items } = dataOf(await connectCasework(options).GET('/casework/v1/peers'));
  if (options.json) return printJson(items);
  const rows = items.map((peer) => [
    peer.name,
    peer.sandbox ? 'sandbox' : peer.status,
    peer.origin,
    `${peer.received}`,
    `${peer.granted}`,
    `${peer.pages}`,
    `${peer.quarantined}`,
    peer.log_forked ? 'log_forked' : (peer.fault ?? ''),
  ]);
  const head = ['peer', 'status', 'origin', 'received', 'granted', 'pages', 'quarantined', 'fault'];
  printTable(head, rows, 'No peer: detente peer add makes one.');
}

async function show(name: string, options: ConnectionOptions & { lang: Language }): Promise<void> {
  const client = connectCasework(options);
  const read = () => client.GET('/casework/v1/peers/{name}', { params: { path: { name } } });
  const peer = dataOf(await lookingFor(`peer ${name}`, PEERS, read));
  if (options.json) return printJson(peer);
  const {
    given,
    taken,
    conformance,
    standing,
    our_standing,
    contact,
    witnessed,
    cosigned,
    mirrored,
    forks = [],
    differs: _,
    ...facts
  } = peer;
  for (const [fact, value] of Object.entries(facts)) print(`${(LABELS[fact] ?? fact).padEnd(14)} ${value}`);
  if (contact) print(`${'contact'.padEnd(14)} ${[contact.name, contact.email].filter(Boolean).join(', ')}`);
  for (const line of standingLines(peer, options.lang)) print(line);
  for (const line of differenceLines(peer, options.lang)) print(line);
  if (witnessed) print(`${'witnessed'.padEnd(14)} ${witnessed.size} leaves of its log at ${witnessed.at}`);
  if (witnessed?.refused_at)
    print(
      `${''.padEnd(14)} refused at ${witnessed.refused_at}: its log was offered with one that does not continue that`,
    );
  if (cosigned?.size !== undefined)
    print(`${'cosigned'.padEnd(14)} ${cosigned.size} leaves of our log at ${cosigned.at}`);
  if (cosigned?.fault) print(`${'no cosignature'.padEnd(14)} ${cosigned.fault}`);
  if (mirrored) print(`${'mirrored'.padEnd(14)} ${mirrored.size} leaves of its log are kept here`);
  if (mirrored?.fault) print(`${'no more of it'.padEnd(14)} ${mirrored.fault}, at ${mirrored.at}`);
  for (const { code, smaller_size, larger_size, at } of forks)
    print(
      `${code.padEnd(14)} it has signed two histories, of ${smaller_size} and of ${larger_size} leaves, found at ${at}: detente peer evidence ${name}`,
    );
  if (conformance) print(`\n${formatConformance(conformance)}`);
  for (const [direction, terms] of [
    ['given', given],
    ['taken', taken],
  ] as const) {
    if (!terms) continue;
    print(`\n${direction}: terms of ${terms.day}, ${terms.digest}`);
    print(
      formatTable(
        ['cell', 'level', 'rule'],
        terms.cells.map(({ cell, level, rule }) => [cell, level ?? '-', rule.code]),
      ),
    );
  }
}

async function evidence(name: string, options: ConnectionOptions & { output: string }): Promise<void> {
  const { output } = options;
  const client = connectCasework(options);
  const read = () => client.GET('/casework/v1/peers/{name}', { params: { path: { name } } });
  const [first] = dataOf(await lookingFor(`peer ${name}`, PEERS, read)).forks ?? [];
  if (!first)
    throw new CommandError(
      'refused',
      `Nothing is known against the log of ${name}: it has not forked before our eyes.`,
    );
  const { formatFork } = await import('../proofs/fork.ts');
  const text = formatFork(first.proof);
  if (output === '-') return printJsonText(text);
  writeNew(output, text);
  if (options.json) return printJson({ file: output, bytes: Buffer.byteLength(text) });
  print(`Written to ${output}. Anybody can check it with: detente verify ${output}`);
}

async function offer(
  name: string,
  options: ConnectionOptions & {
    tier?: (typeof TIERS)[number];
    condition: 'unconditional' | 'as-given';
    backlog: boolean;
    file?: string;
    yes?: boolean;
    reason: string;
  },
): Promise<void> {
  const body = { offer: bodyOf(options), reason: options.reason };
  const params = { path: { name } };
  const client = connectCasework(options);
  if (!options.yes) {
    const post = () => client.POST('/casework/v1/peers/{name}/offer/check', { params, body: { offer: body.offer } });
    await confirm(name, dataOf(await lookingFor(`peer ${name}`, PEERS, post)));
  }
  const put = () => client.PUT('/casework/v1/peers/{name}/offer', { params, body });
  const answer = dataOf(await lookingFor(`peer ${name}`, PEERS, put).catch(refuseBarred));
  if (options.json) return printJson(answer);
  print(`The offer to ${name} is accepted; the worker signs and sends it.`);
  for (const line of checkLines(answer, 'en')) print(line);
}

/** Shows what signing would release or ask back, and asks whether that is meant.
 *  @throws CommandError `refused` unless it is */
async function confirm(name: string, checked: OfferCheck): Promise<void> {
  const { releases, recalls, findings } = checked;
  if (releases.count + recalls.count === 0 || findings.some(({ bars_signing }) => bars_signing)) return;
  for (const table of effectTables(checked, 'en')) process.stderr.write(`${table}\n\n`);
  if (!process.stdin.isTTY)
    throw new CommandError(
      'refused',
      `The offer to ${name} is not signed: it releases ${releases.count} record versions and asks ${recalls.count} back. If that is meant, say --yes.`,
    );
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const said = await asking.question(`Sign the offer to ${name}? [y/N] `);
  asking.close();
  if (!/^y(es)?$/i.test(said.trim())) throw new CommandError('refused', 'The offer is not signed.');
}

/** Makes sentences of the findings that bar signing.
 *  @throws always */
function refuseBarred(error: unknown): never {
  const errors = error instanceof ProblemError ? error.errors : [];
  if (errors.length === 0 || !errors.every(({ code }) => barring.has(code))) throw error;
  const sentences = errors.map(({ detail }) => plain(detail, 500)).join(' ');
  throw new CommandError('refused', `The offer is not signed. ${sentences}`, { cause: error });
}

function bodyOf({ tier, condition, backlog, file }: Parameters<typeof offer>[1]) {
  if ((tier === undefined) === (file === undefined))
    throw new CommandError('usage', 'An offer is named by --tier or by --file, one of them.');
  if (tier !== undefined) return plainOffer({ tier, condition, backlog });
  return readOffer(file!);
}
