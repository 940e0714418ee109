// What identifies somebody or something by its form: one answer for each place in a text.
import { type Finding, firstOfOverlapping } from '../finding.ts';
import { hitsIn } from '../hits.ts';
import { narrowed } from '../narrow.ts';
import { ACCOUNT_RULES } from './accounts.ts';
import { ADDRESS_RULES } from './addresses.ts';
import { ANY_VENDOR, BEFORE_KEY, SECRET_RULES, VENDOR_RULES } from './api-keys.ts';
import { ARTEFACT_RULES } from './artefacts.ts';
import { COORDINATE_RULES } from './coordinates.ts';
import { MONEY_RULES } from './money.ts';
import { NATIONAL_IDS } from './national-ids/all.ts';
import { PAPER_RULES, READERS } from './papers.ts';
import { findPhones } from './phones.ts';
import { hasCue, hitsOf, type Rule, type Runs, runsOf } from './rule.ts';

/** Whoever has a number with a right check sign beside him. */
const OF_SOMEBODY =
  /\b(?:applicant|patient|claimant|citizen|defendant|suspect|resident|holder|insured|beneficiary|employee|taxpayer|voter)s?[^\p{L}\p{N}]{1,4}$/iu;

const OF_COUNTRIES = NATIONAL_IDS.map((id) => ({ ...id, pattern: new RegExp(id.pattern, 'gi') }));

/** Every expression that reads texts here, for the test that holds each to be safe. */
export const PATTERNS: readonly RegExp[] = [
  ANY_VENDOR,
  OF_SOMEBODY,
  ...READERS,
  ...[
    ACCOUNT_RULES,
    ADDRESS_RULES,
    VENDOR_RULES,
    SECRET_RULES,
    ARTEFACT_RULES,
    COORDINATE_RULES,
    MONEY_RULES,
    PAPER_RULES,
  ]
    .flat()
    .flatMap(({ pattern, hint, within, cue }: Rule) => [pattern, hint, within, cue])
    .filter((pattern) => pattern !== undefined),
  ...OF_COUNTRIES.flatMap(({ pattern, cue }) => [pattern, cue]),
];

/** Identifiers in a text from left to right, none within another. Digits and letters of full width count as those of ASCII. */
export function findIdentifiers(text: string): Finding[] {
  const plain = narrowed(text);
  const runs = runsOf(plain);
  const hasDigits = /\d/.test(plain);
  const found = [
    ...hitsOf(ACCOUNT_RULES, plain, runs),
    ...hitsOf(ADDRESS_RULES, plain, runs),
    ...(mayHaveKey(plain, runs) ? hitsOf(VENDOR_RULES, plain, runs) : []),
    ...hitsOf(SECRET_RULES, plain, runs),
    ...hitsOf(ARTEFACT_RULES, plain, runs),
    ...(hasDigits
      ? [
          ...hitsOf(COORDINATE_RULES, plain, runs),
          ...hitsOf(MONEY_RULES, plain, runs),
          ...nationalIds(plain),
          ...hitsOf(PAPER_RULES, plain, runs),
          ...findPhones(plain),
        ]
      : []),
  ];
  return withoutOverlaps(found.map((one) => trimmed(one, plain)));
}

/** Whether there is a key of any vendor in or beside what is long enough for one. */
function mayHaveKey(text: string, { long }: Runs): boolean {
  return long.some(([from, to]) => ANY_VENDOR.test(text.slice(Math.max(0, from - BEFORE_KEY), to)));
}

function nationalIds(text: string): Finding[] {
  if (!/\d(?:\d(?:[ .\-/]?\d){4}|\d[A-Z]\d{2}|(?<=[A-Z]{2}\d)\d{3}[A-Z])/i.test(text)) return [];
  return OF_COUNTRIES.flatMap(({ pattern, isValid, certain, cue }) =>
    hitsIn(text, pattern).flatMap(({ 0: hit, index: start }): Finding[] => {
      if (!isValid(hit)) return [];
      const isCued = hasCue(text, start, cue) || hasCue(text, start, OF_SOMEBODY);
      if (!certain && !isCued) return [];
      return [
        { start, end: start + hit.length, kind: 'national-id', confidence: 1, reason: isCued ? 'cue' : 'checksum' },
      ];
    }),
  );
}

/** Without the marks of the sentence around it. */
function trimmed(finding: Finding, text: string): Finding {
  if (!['url', 'email', 'api-key'].includes(finding.kind)) return finding;
  const hit = text.slice(finding.start, finding.end);
  let end = hit.length;
  while (end > 1 && /[.,;:!?)\]}'"*]/.test(hit.charAt(end - 1)) && !(hit.charAt(end - 1) === ')' && hit.includes('(')))
    end--;
  return { ...finding, end: finding.start + end };
}

/** How far a kind goes before others where both are certain: a card is no phone. */
const ORDER = [
  'api-key',
  'url',
  'email',
  'wallet',
  'iban',
  'national-id',
  'card',
  'passport',
  'driving-licence',
  'licence-plate',
  'phone',
  'account',
  'commit',
  'model-id',
  'mac',
];

/** The more certain wins, then the longer, then the stricter kind. */
function withoutOverlaps(found: readonly Finding[]): Finding[] {
  const rank = ({ kind, reason }: Finding) =>
    ORDER.includes(kind) && reason !== 'random' ? ORDER.indexOf(kind) : ORDER.length;
  const certain = ({ confidence }: Finding) => (confidence >= 0.95 ? 1 : 0);
  const best = [...found].sort(
    (a, b) =>
      certain(b) - certain(a) ||
      b.end - b.start - (a.end - a.start) ||
      rank(a) - rank(b) ||
      b.confidence - a.confidence,
  );

  return firstOfOverlapping(best);
}
