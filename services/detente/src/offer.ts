// An offer's body as it is to be signed: of one tier for every incident, or from a file; and what is to be said of it.

import { readFileSync } from 'node:fs';
import type { OfferCheck } from '@detente/contract/casework';
import type { OfferBody } from '@detente/reciprocity';
import { explain, type Language } from '@detente/reciprocity/texts';
import { TIERS, type Tier } from '@detente/record';
import { Option } from 'commander';
import { CommandError } from './errors.ts';
import { formatTable, plain } from './output.ts';

export function plainOffer(input: {
  tier: Tier;
  condition: 'unconditional' | 'as-given';
  backlog: boolean;
  today?: string;
}): OfferBody {
  const { tier, condition, backlog, today = utcToday() } = input;
  return {
    gives: [{ type: 'incident', domains: ['*'], bands: ['*'], tier, condition, onward: null }],
    access: [],
    obligations: [],
    waives: [],
    notice_days: 0,
    backlog,
    valid_from: today,
    valid_until: null,
  };
}

export function utcToday(): string {
  return new Date().toISOString().slice(0, 10);
}

/** What a file has for an offer; the node checks it.
 *  @throws CommandError `usage` */
export function readOffer(file: string): OfferBody {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as OfferBody;
  } catch (cause) {
    throw new CommandError('usage', `${file} cannot be read as JSON: correct the file or its name.`, { cause });
  }
}

/** The language of sentences that are made of codes. */
export function languageOption(): Option {
  return new Option('--lang <language>', 'of the sentences').choices(['en', 'zh']).default('en');
}

/** What was found, a sentence a line, and from which day the offer counts. */
export function checkLines({ findings, narrows, counts_from, summary }: OfferCheck, language: Language): string[] {
  const found = findings.map((one) => [one.bars_signing ? 'bars signing' : 'note', explain(one, language)] as const);
  // Of what is narrower in many cells, the first stands for the others.
  const narrower = [...Map.groupBy(narrows, ({ code }) => code).values()].map(([first, ...others]) => {
    const more = others.length === 0 ? '' : ` (+${others.length})`;
    return ['narrower', `${explain(first!, language)}${more}`] as const;
  });
  const effects = summary.map((one) => ['effect', explain(one, language)] as const);
  const lines = [...found, ...narrower, ...effects, ['counts from', counts_from] as const];
  return lines.map(([name, text]) => `${name.padEnd(14)} ${plain(text, 500)}`);
}

/** The records that signing would release or ask back, and those that were given by name; empty when there are none. */
export function effectTables({ releases, recalls, singles }: OfferCheck, language: Language): string[] {
  const lists = [
    ['Would be released', releases],
    ['Would be asked back', recalls],
    ['Given by name', singles],
  ] as const;
  return lists
    .filter(([, { count }]) => count > 0)
    .map(([title, { count, items }]) => {
      const more = count > items.length ? `, the first ${items.length} of ${count}` : '';
      return `${title}${more}\n${effectTable(items, language)}`;
    });
}

export function effectTable(items: OfferCheck['releases']['items'], language: Language): string {
  const level = (one: number | null) => (one === null ? 'nothing' : one === 0 ? 'the signed part' : TIERS[one - 1]!);
  return formatTable(
    ['record', 'version', 'cell', 'now', 'then', 'why'],
    items.map(({ record, digest, cell, before, after, rule }) => [
      ...[record, digest, cell, level(before), level(after), explain(rule, language)],
    ]),
  );
}
