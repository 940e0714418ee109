// Persons, organisations, places, exact dates and times in free text, English and Chinese, without knowing any of them before.
import type { Finding } from '../finding.ts';
import { withNarrowNumbers } from '../narrow.ts';
import { findAddresses } from './addresses.ts';
import { findAdministrative } from './administrative.ts';
import { findDates } from './dates.ts';
import { findInWords } from './dates-in-words.ts';
import { findFirms } from './firms.ts';
import { findHanNames } from './han-names.ts';
import { simplified } from './han-traditional.ts';
import { findLatinNames } from './latin-names.ts';
import { findLegalForms } from './legal-forms.ts';
import { asOrganisations, findRepeated } from './repeated.ts';
import { tokensOf } from './tokens.ts';

/** From left to right, none within another. */
export function findEntities(written: string): Finding[] {
  const text = withNarrowNumbers(simplified(written));
  const tokens = tokensOf(text);
  // What names within an address or a firm's name would be is read by these.
  const inNumbers = findDates(text);
  const dates = apart([
    ...inNumbers,
    ...findInWords(
      text,
      tokens,
      inNumbers.some(({ kind }) => kind === 'date'),
    ),
  ]);
  const blocks = apart([
    ...dates,
    ...findAddresses(text, tokens),
    ...findFirms(text, tokens),
    ...findLegalForms(text, tokens),
    ...findAdministrative(tokens),
  ]);
  const names = [...outside(findLatinNames(text, tokens), blocks), ...findHanNames(text, dates)];
  const found = asOrganisations(tokens, apart([...blocks, ...names]));
  return apart([...found, ...findRepeated(tokens, found)]);
}

/** Both from left to right. */
function outside(findings: readonly Finding[], blocks: readonly Finding[]): Finding[] {
  let nth = 0;
  return findings.filter(({ start, end }) => {
    while (nth < blocks.length && blocks[nth]!.end <= start) nth++;
    return nth === blocks.length || blocks[nth]!.start >= end;
  });
}

/** Of findings that overlap the surer one stays, of equal ones the longer. */
function apart(findings: readonly Finding[]): Finding[] {
  const sorted = [...findings].sort((a, b) => a.start - b.start || b.confidence - a.confidence || b.end - a.end);
  const kept: Finding[] = [];
  for (const finding of sorted) {
    const before = kept.at(-1);
    if (before === undefined || finding.start >= before.end) kept.push(finding);
    else if (rank(finding) > rank(before)) kept[kept.length - 1] = finding;
  }
  return kept;
}

function rank({ start, end, confidence }: Finding): number {
  return confidence + Math.min(end - start, 999) / 10_000;
}
