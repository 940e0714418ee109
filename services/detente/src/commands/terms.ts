// terms: what both directions give, cell by cell, each with the sentence of the rule that decided.

import { dataOf } from '@detente/client';
import type { PeerTerms } from '@detente/contract/casework';
import { explain, type Language } from '@detente/reciprocity/texts';
import { BANDS, HAZARD_DOMAINS, TIERS } from '@detente/record';
import type { Command } from 'commander';
import { type ConnectionOptions, connectCasework, lookingFor, withConnection } from '../connection.ts';
import { examples } from '../examples.ts';
import { languageOption } from '../offer.ts';
import { formatTable, print, printJson } from '../output.ts';
import { differenceLines, standingLines } from '../standing-text.ts';
import { PEERS } from './peer-life.ts';

export function addTermsCommand(program: Command): void {
  examples(
    withConnection(
      program
        .command('terms <peer>')
        .description('what a peer is given and gives, cell by cell and beside records, and which rule says so'),
    ),
    'terms us --data ./cn',
    'terms us --lang zh --data ./cn',
  )
    .addOption(languageOption())
    .action(showTerms);
}

async function showTerms(name: string, options: ConnectionOptions & { lang: Language }): Promise<void> {
  const client = connectCasework(options);
  const read = () => client.GET('/casework/v1/peers/{name}', { params: { path: { name } } });
  const peer = dataOf(await lookingFor(`peer ${name}`, PEERS, read));
  const { standing, our_standing, given, taken, differs } = peer;
  if (options.json) return printJson({ standing, our_standing, given, taken, differs });
  if (!given && !taken) return print(`There are no terms with ${name} yet: they follow when its descriptor is here.`);
  for (const line of standingLines(peer, options.lang)) print(line);
  for (const line of differenceLines(peer, options.lang)) print(line);
  print();
  const directions = [
    [`What ${name} is given`, given],
    [`What ${name} gives`, taken],
  ] as const;
  for (const [title, terms] of directions) {
    if (!terms) continue;
    print(`${title}: terms of ${terms.day}, ${terms.digest}`);
    print(`${formatTable(['records', 'domains', 'severity', 'up to', 'why'], rowsOf(terms.cells, options.lang))}\n`);
    if (terms.access.length > 0)
      print(`${formatTable(['access', 'name', 'open', 'why'], accessRows(terms.access, options.lang))}\n`);
  }
}

function accessRows(access: PeerTerms['access'], language: Language): string[][] {
  return access.map(({ kind, name, open, rule }) => [kind, name, open ? 'yes' : 'no', explain(rule, language)]);
}

/** Cells that are alike in one row: of one type, the domains in which the same bands have one level by one rule. */
export function rowsOf(cells: PeerTerms['cells'], language: Language): string[][] {
  const alike = Map.groupBy(cells, ({ level, rule }) => JSON.stringify([level, rule]));
  return [...alike.values()].flatMap((same) => {
    const { level, rule } = same[0]!;
    const parts = same.map(({ cell }) => cell.split('/') as [type: string, domain: string, band: string]);
    const domains = Map.groupBy(parts, ([type, domain]) => `${type}/${domain}`).values();
    const spans = Map.groupBy(domains, (own) => [own[0]![0], ...own.map(([, , band]) => band)].join(' ')).values();
    return [...spans].map((span) => [
      span[0]![0]![0],
      listed(
        span.map(([one]) => one![1]),
        HAZARD_DOMAINS.length,
      ),
      listed(
        span[0]!.map(([, , band]) => band),
        BANDS.length,
      ),
      level === null ? 'nothing' : (TIERS[level - 1] ?? 'the signed part'),
      explain(rule, language),
    ]);
  });
}

function listed(names: readonly string[], all: number): string {
  return names.length === all ? 'all' : names.join(', ');
}
