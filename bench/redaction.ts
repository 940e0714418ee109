// What is found in texts, in English and Chinese, how much of it is right, what is held for nothing, and how fast.
import { type Finding, findEntities, HELD_FROM } from '@detente/redaction/findings';
import { chineseSentences } from './redaction/chinese.ts';
import { labelledTexts, sentences } from './redaction/english.ts';
import { createRandom } from './redaction/random.ts';
import { type Labelled, score } from './redaction/score.ts';
import { unnamedTitles } from './redaction/titles.ts';
import type { Bench, Row } from './row.ts';

type Find = (text: string) => readonly Finding[];

/** What is measured for speed and on hostile texts, by name. */
const FINDERS: Readonly<Record<string, Find>> = { findEntities };

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

export const redaction: Bench = async (_, say) => {
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push({ ...row, ours: rounded(row.ours) });
    say(JSON.stringify(rows.at(-1)));
  };
  for (const row of recall('en', labelledTexts())) add(row);
  for (const row of recall('en-incidents', sentences('incidents-en.txt'))) add(row);
  for (const row of recall('en-unseen', sentences('unseen-en.txt'))) add(row);
  for (const row of recall('zh', chineseSentences(CHINESE, createRandom(1)))) add(row);
  for (const row of recall('zh-unseen', sentences('unseen-zh.txt'))) add(row);
  add(titlesHeld());
  for (const [finder, find] of Object.entries(FINDERS)) {
    add(speed(finder, find));
    add(hostileLength(finder, find));
  }
  return rows;
};

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

/** Reports of 2 kB of UTF-8 as they come, half of them in Chinese. */
function speed(finder: string, find: Find): Row {
  const texts = { en: reportsOf(labelledTexts()), zh: reportsOf(chineseSentences(CHINESE, createRandom(2))) };
  const milliseconds = Object.fromEntries(
    Object.entries(texts).map(([language, reports]) => [
      language,
      best(5, () => reports.forEach(find)) / reports.length,
    ]),
  );
  const mean = (milliseconds.en! + milliseconds.zh!) / 2;
  return {
    name: 'speed',
    finder,
    unit: 'reports of 2 kB a second',
    ours: 1000 / mean,
    milliseconds_en: rounded(milliseconds.en!),
    milliseconds_zh: rounded(milliseconds.zh!),
  };
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

/** How many times longer 100 kB take than 10 kB do: 10 is linear. What takes less than a millisecond counts as one. */
function hostileLength(finder: string, find: Find): Row {
  const ratios = ['a', '@', '-', '7', 'A', 'A ', 'a.', '.', "a'", '王', '年', '·', '路', '公司'].map((unit) => {
    const [short, long] = [10_000, 100_000].map((length) => {
      const text = unit.repeat(length / unit.length);
      return best(5, () => find(text));
    });
    return { unit, ratio: long! / Math.max(short!, 1), milliseconds: rounded(long!) };
  });
  const worst = ratios.reduce((a, b) => (a.ratio > b.ratio ? a : b));
  const slowest = ratios.reduce((a, b) => (a.milliseconds > b.milliseconds ? a : b));
  return {
    name: 'hostile-length',
    finder,
    unit: 'times longer at ten times the length',
    ours: worst.ratio,
    of: worst.unit,
    slowest: slowest.unit,
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
