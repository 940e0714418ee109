// offer new, offer check: an offer as an officer writes it, and what is to be said of it before it is signed.

import { dataOf } from '@detente/client';
import { offerFrom, TEMPLATES, type Template } from '@detente/reciprocity';
import { explain, type Language } from '@detente/reciprocity/texts';
import { type Command, Option } from 'commander';
import { type ConnectionOptions, connectCasework, lookingFor, withConnection } from '../connection.ts';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { checkLines, effectTable, effectTables, languageOption, readOffer, utcToday } from '../offer.ts';
import { formatTable, print, printJson, printJsonText, writeNew } from '../output.ts';
import { PEERS } from './peer-life.ts';
import { rowsOf } from './terms.ts';

const ABOUT: Readonly<Record<Template, string>> = {
  balanced:
    'As much as the peer gives, up to amber-strict, with the same promises on both sides: also to give back a fifth of what is of severity 2 and above.',
  open: 'Up to amber whatever the peer does; what is green may be passed on.',
  cautious:
    'What is clear of unrated incidents and of severity 0 and 1; of the others up to green, as far as the peer gives it.',
  'floor-only': 'Nothing but the warnings of severity 5 and above, which every enrolled peer gets.',
  clearinghouse: 'Up to amber-strict without condition, to be passed on up to amber.',
};

export function addOfferCommands(program: Command): void {
  const offer = program.command('offer').description('offers: what a peer is to be given, before it is signed');
  const templates = TEMPLATES.map((name) => `  ${name.padEnd(14)} ${ABOUT[name]}`).join('\n');
  examples(
    offer.command('new').description('write an offer from a template, to be edited by hand'),
    'offer new --template balanced',
    'offer new --template balanced --output balanced.json',
  )
    .addOption(new Option('--template <name>', 'what to begin with').choices([...TEMPLATES]).makeOptionMandatory())
    .option('-o, --output <file>', 'the file; - for standard output', '-')
    .option('--json', 'one JSON value on standard output')
    .addHelpText('after', `\nTemplates:\n${templates}`)
    .action(write);
  examples(
    withConnection(
      offer
        .command('check <peer> <file>')
        .description(
          'what is to be said of an offer to a peer, without signing it; exit code 1 if it would not be signed',
        ),
    ),
    'offer check us balanced.json --data ./cn',
    'offer check us balanced.json --lang zh --data ./cn',
  )
    .addOption(languageOption())
    .action(check);
  examples(
    withConnection(
      offer
        .command('simulate <peer> <file>')
        .description('which records of the last 90 days would flow more or less under an offer, in both directions'),
    ),
    'offer simulate us balanced.json --data ./cn',
    'offer simulate us balanced.json --lang zh --data ./cn',
  )
    .addOption(languageOption())
    .action(simulate);
}

async function simulate(name: string, file: string, options: ConnectionOptions & { lang: Language }): Promise<void> {
  const body = { offer: readOffer(file) };
  const client = connectCasework(options);
  const params = { path: { name } };
  const post = () => client.POST('/casework/v1/peers/{name}/offer/simulate', { params, body });
  const simulated = dataOf(await lookingFor(`peer ${name}`, PEERS, post));
  if (options.json) return printJson(simulated);
  print(`${'counts from'.padEnd(14)} ${simulated.counts_from}`);
  for (const one of simulated.standings) print(explain(one, options.lang));
  for (const { summary, cells, items } of [simulated.given, simulated.taken]) {
    print('');
    for (const one of summary) print(explain(one, options.lang));
    if (cells.length > 0) {
      const then = cells.map(({ cell, after: level, rule }) => ({ cell, level, rule }));
      print(`Cells that change: ${cells.length}`);
      print(formatTable(['records', 'domains', 'severity', 'then up to', 'why'], rowsOf(then, options.lang)));
    }
    if (items.length > 0) print(effectTable(items, options.lang));
  }
}

function write({ template, output, json }: { template: Template; output: string; json?: true }): void {
  const offer = offerFrom(template, utcToday());
  const text = `${JSON.stringify(offer, null, 2)}\n`;
  if (output !== '-') writeNew(output, text);
  else if (!json) printJsonText(text);
  if (json) printJson(output === '-' ? offer : { file: output, bytes: Buffer.byteLength(text) });
  else if (output !== '-')
    print(`Written to ${output}. When it says what you mean: detente offer check PEER ${output}`);
}

async function check(name: string, file: string, options: ConnectionOptions & { lang: Language }): Promise<void> {
  const offer = readOffer(file);
  const client = connectCasework(options);
  const params = { path: { name } };
  const post = () => client.POST('/casework/v1/peers/{name}/offer/check', { params, body: { offer } });
  const checked = dataOf(await lookingFor(`peer ${name}`, PEERS, post));
  if (options.json) printJson(checked);
  else {
    for (const line of checkLines(checked, options.lang)) print(line);
    for (const table of effectTables(checked, options.lang)) print(`\n${table}`);
  }
  if (checked.findings.some(({ bars_signing }) => bars_signing))
    throw new CommandError('refused', 'The offer would not be signed: correct what bars it.');
}
