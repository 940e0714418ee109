// What is found in texts, in English and Chinese, how much of it is right, what is held for nothing, and how fast.
import { findTerms, leakCheck, protectedTerms } from '@detente/redaction';
import { plantedNames, VAULT } from '@detente/redaction/disguises';
import { findEntities, findIdentifiers, HELD_FROM } from '@detente/redaction/findings';
import { chineseSentences } from './redaction/chinese.ts';
import { identifierTexts, labelledTexts, sentences } from './redaction/english.ts';
import { createRandom } from './redaction/random.ts';
import { type Labelled, score } from './redaction/score.ts';
import { incidents, unnamedTitles } from './redaction/titles.ts';
import type { Bench, Row } from './row.ts';

type Find = (text: string) => readonly unknown[];

const KINDS = ['person', 'organisation', 'place', 'date', 'time'] as const;
const PLURALS = {
  person: 'persons',
  organisation: 'organisations',
  place: 'places',
  date: 'dates',
  time: 'times',
} as const;
/** Drawn sentences; the ones without a name come on top. */
const CHINESE = 900;
const DISGUISED = 10_000;

export const redaction: Bench = async (_, say) => {
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push({ ...row, ours: rounded(row.ours) });
    say(JSON.stringify(rows.at(-1)));
  };
  add(knownTerms());
  add(structured('structured', labelledTexts(), STRUCTURED));
  add(structured('structured-kinds', identifierTexts('identifiers.jsonl'), IDENTIFIERS));
  add(structured('structured-later', identifierTexts('identifiers-later.jsonl'), IDENTIFIERS));
  add(structured('structured-locales', identifierTexts('identifiers-locales.jsonl'), IDENTIFIERS));
  add(structured('structured-abroad', identifierTexts('identifiers-abroad.jsonl'), IDENTIFIERS));
  add(structured('structured-abroad-unseen', identifierTexts('identifiers-abroad-unseen.jsonl'), IDENTIFIERS));
  for (const row of recall('en', labelledTexts())) add(row);
  for (const row of recall('en-incidents', sentences('incidents-en.txt'))) add(row);
  for (const row of recall('en-unseen', sentences('unseen-en.txt'))) add(row);
  for (const row of recall('en-kinds', sentences('kinds-en.txt'))) add(row);
  for (const row of recall('en-kinds-unseen', sentences('kinds-unseen-en.txt'))) add(row);
  for (const row of recall('en-later', sentences('later-en.txt'))) add(row);
  for (const row of recall('en-reports', sentences('reports-en.txt'))) add(row);
  for (const row of recall('en-reports-later', sentences('reports-later-en.txt'))) add(row);
  for (const row of recall('zh', chineseSentences(CHINESE, createRandom(1)))) add(row);
  for (const row of recall('zh-unseen', sentences('unseen-zh.txt'))) add(row);
  for (const row of recall('zh-kinds', sentences('kinds-zh.txt'))) add(row);
  for (const row of recall('zh-kinds-unseen', sentences('kinds-unseen-zh.txt'))) add(row);
  for (const row of recall('zh-later', sentences('later-zh.txt'))) add(row);
  for (const row of recall('zh-reports', sentences('reports-zh.txt'))) add(row);
  for (const row of recall('zh-reports-later', sentences('reports-later-zh.txt'))) add(row);
  add(titlesHeld());
  add(speed());
  add(hostileLength());
  return rows;
};

/** Names in disguise in real texts: `ours` is the share that the leak check finds where they stand. */
function knownTerms(): Row {
  const index = protectedTerms([VAULT]);
  let out = 0;
  for (const { text, start, end } of plantedNames(DISGUISED, 1)) {
    if (!leakCheck({ summary: text }, index).some((leak) => leak.start < end && leak.end > start)) out++;
  }
  return {
    name: 'known-terms',
    unit: 'share of disguised insertions found',
    ours: 1 - out / DISGUISED,
    insertions: DISGUISED,
    out,
  };
}

const STRUCTURED = ['card', 'email', 'phone', 'url', 'iban', 'ip', 'national-id', 'driving-licence', 'postcode'];
const IDENTIFIERS = [
  ...STRUCTURED,
  ...['mac', 'coordinates', 'passport', 'licence-plate', 'wallet', 'api-key', 'hash', 'commit', 'model-id'],
];

/** Identifiers that the set labels: `ours` is the share of labels that findings of their kind cover from end to end. The set labels an
 *  address as one: a postcode within it is wrong for `precision`, and right for `precision_in_addresses`. */
function structured(name: string, set: readonly Labelled[], of: readonly string[]): Row {
  const kinds = of
    .map((kind) => ({ kind, ...score(set, findIdentifiers, kind, HELD_FROM) }))
    .filter(({ labels, findings }) => labels + findings > 0);
  const sum = (of: 'labels' | 'covered' | 'findings' | 'right') => kinds.reduce((all, kind) => all + kind[of], 0);
  return {
    name,
    unit: 'share of labels covered',
    ours: sum('covered') / sum('labels'),
    precision: rounded(sum('right') / sum('findings')),
    precision_in_addresses: rounded((sum('right') + postcodesInAddresses(set)) / sum('findings')),
    labels: sum('labels'),
    findings: sum('findings'),
    kinds: Object.fromEntries(
      kinds.map(({ kind, labels, covered, findings, right }) => [
        kind,
        { recall: rounded(covered / labels), precision: rounded(findings === 0 ? 1 : right / findings), labels },
      ]),
    ),
  };
}

function postcodesInAddresses(set: readonly Labelled[]): number {
  const isIn = (spans: Labelled['spans'], kind: string, { start, end }: { start: number; end: number }) =>
    spans.some((span) => span.kind === kind && span.start <= start && end <= span.end);
  return set.reduce((sum, { text, spans }) => {
    const codes = findIdentifiers(text).filter(
      ({ kind, confidence }) => kind === 'postcode' && confidence >= HELD_FROM,
    );
    return sum + codes.filter((code) => isIn(spans, 'place', code) && !isIn(spans, 'postcode', code)).length;
  }, 0);
}

/** Of each kind that the set labels: `ours` is the share of labels that findings of the kind cover from end to end. */
function recall(name: string, set: readonly Labelled[]): Row[] {
  return KINDS.flatMap((kind) => {
    const { labels, findings, covered, touched, hidden, right } = score(set, findEntities, kind, HELD_FROM);
    if (labels === 0) return [];
    return {
      name: `${PLURALS[kind]}-${name}`,
      unit: 'share of labels covered',
      ours: covered / labels,
      precision: rounded(findings === 0 ? 1 : right / findings),
      touched: rounded(touched / labels),
      covered_by_any_kind: rounded(hidden / labels),
      labels,
      findings,
    };
  });
}

function titlesHeld(): Row {
  const titles = unnamedTitles();
  const held = titles.filter(({ title }) =>
    findEntities(title).some(
      ({ kind, confidence }) => (kind === 'person' || kind === 'organisation') && confidence >= HELD_FROM,
    ),
  );
  return {
    name: 'titles-held',
    unit: 'share of titles that name nobody',
    ours: held.length / titles.length,
    titles: titles.length,
    held: held.map(({ id }) => id),
  };
}

/** All that is looked for in a text: the names of all incidents' parties, identifiers, entities. */
function finders(): Readonly<Record<string, Find>> {
  const index = protectedTerms(incidents().map(({ vault }) => vault));
  return { findTerms: (text) => findTerms(text, index), findIdentifiers, findEntities };
}

/** Reports of 2 kB of UTF-8: the titles and descriptions of real incidents. Those of the labelled texts and in Chinese beside them. */
function speed(): Row {
  const real = incidents().map(({ title, description }) => ({ text: `${title}\n${description}`, spans: [] }));
  const sets = { real, en: labelledTexts(), zh: chineseSentences(CHINESE, createRandom(2)) };
  const milliseconds = Object.fromEntries(
    Object.entries(sets).map(([set, texts]) => {
      const reports = reportsOf(texts);
      const parts = millisecondsOf(finders(), reports);
      const all = Object.values(parts).reduce((sum, part) => sum + part, 0);
      return [set, { all, ...parts }];
    }),
  );
  return {
    name: 'speed',
    unit: 'reports of 2 kB a second on one core',
    ours: 1000 / milliseconds.real!.all,
    milliseconds: JSON.parse(
      JSON.stringify(milliseconds, (_, value) => (typeof value === 'number' ? rounded(value) : value)),
    ),
  };
}

/** Of one report, by finder. What was read once is remembered, so that each round has texts of its own; the finders take turns, as a
 *  machine may be slow for seconds. */
function millisecondsOf(all: ReturnType<typeof finders>, reports: readonly string[]): Record<string, number> {
  const least = Object.fromEntries(Object.keys(all).map((finder) => [finder, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < 20; round++) {
    for (const [finder, find] of Object.entries(all)) {
      const taken = best(1, () => {
        for (const report of reports) find(`${report}${round}`);
      });
      least[finder] = Math.min(least[finder]!, taken / reports.length);
    }
  }
  return least;
}

function reportsOf(set: readonly Labelled[]): string[] {
  const reports: string[] = [];
  let report = '';
  for (const { text } of set) {
    report += `${text}\n`;
    if (Buffer.byteLength(report) < 2000) continue;
    reports.push(report);
    report = '';
  }
  return reports;
}

const UNITS = ['a', '@', '-', '7', 'A', 'A ', 'a.', '.', "a'", '1 ', '%41', '王', '年', '·', '路', '公司'];

/** How many times longer 100 kB take than 10 kB do: 10 is linear. What takes less than a millisecond counts as one. Ten short texts and a
 *  long one take turns, so that memory is tidied up in both as often, and a slow while of the machine is one for both. */
function hostileLength(): Row {
  const ratios = Object.entries(finders()).flatMap(([finder, find]) =>
    UNITS.map((unit) => {
      const [short, long] = [10_000, 100_000].map((length) => unit.repeat(length / unit.length)) as [string, string];
      let [ten, one] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let round = 0; round < 80; round += 10) {
        const few = best(1, () => {
          for (let nth = 0; nth < 10; nth++) find(`${short}${round + nth}`);
        });
        ten = Math.min(ten, few);
        one = Math.min(
          one,
          best(1, () => find(`${long}${round}`)),
        );
      }
      return { finder, unit, ratio: (10 * one) / Math.max(ten, 10), milliseconds: rounded(one) };
    }),
  );
  const worst = ratios.reduce((a, b) => (a.ratio > b.ratio ? a : b));
  const slowest = ratios.reduce((a, b) => (a.milliseconds > b.milliseconds ? a : b));
  return {
    name: 'hostile-length',
    unit: 'times longer at ten times the length',
    ours: worst.ratio,
    of: `${worst.finder} of ${worst.unit}`,
    slowest: `${slowest.finder} of ${slowest.unit}`,
    milliseconds: slowest.milliseconds,
  };
}

/** Milliseconds of one core, whatever else runs on the machine: the least of some rounds. */
function best(rounds: number, run: () => void): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    fewest = Math.min(fewest, (user + system) / 1000);
  }
  return fewest;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
