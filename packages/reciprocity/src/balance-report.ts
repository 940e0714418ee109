// The balance of two nodes for people: a table for a spreadsheet, and a page to be printed. It imports nothing that a browser lacks.
import type { Promised, Side } from './balance.ts';
import { domains, levels } from './names.ts';
import type { Coded } from './shapes.ts';
import { explain, type Language, promiseName, standingName } from './texts.ts';

type Judgement = { standing: string; since: string; reason: Coded };

/** What the report is made from; `own` is the node that keeps the ledger. */
export type BalanceReport = {
  names: { own: string; peer: string };
  /** First and last UTC day. */
  from: string;
  until: string;
  own: Side & { standing: Judgement | null };
  peer: Side & { standing: Judgement | null };
  /** Newest first. */
  contests: readonly {
    by: 'own' | 'peer';
    about: string;
    shows: readonly string[];
    told: string | null;
    day: string;
  }[];
};

const COLUMNS = [
  ...['node', 'part', 'type', 'domain', 'tier', 'in_time', 'late', 'untimed'],
  ...['obligation', 'kept', 'broken', 'contested'],
];

/** RFC 4180: a row for each kind of record that a node gave, and one for each promise. */
export function balanceCsv({ names, own, peer }: BalanceReport): string {
  const rows = [
    [names.own, own],
    [names.peer, peer],
  ] as const;
  const lines = rows.flatMap(([node, { given, promised }]) => [
    ...given.map((row) => [
      node,
      'given',
      row.type,
      row.domain,
      tierName(row.level, 'en'),
      ...timesOf(row),
      '',
      '',
      '',
      '',
    ]),
    ...promised.map((row) => [node, 'promised', '', '', '', '', '', '', row.obligation, ...countsOf(row)]),
  ]);
  return [COLUMNS, ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function timesOf({ in_time, late, untimed }: Side['given'][number]): number[] {
  return [in_time, late, untimed];
}

function countsOf({ kept, broken, contested }: Promised): number[] {
  return [kept, broken, contested];
}

/** A text that a spreadsheet would take for a formula is made one by a quote before it. */
function quoted(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function tierName(level: number, language: Language): string {
  return level === 0 ? WORDS.signed[language] : (levels[level]?.[language] ?? `${level}`);
}

const WORDS = {
  title: { en: 'Balance of {own} and {peer}', zh: '{own}与{peer}往来对账单' },
  period: { en: '{from} to {until} (UTC)', zh: '{from}至{until}（协调世界时）' },
  gave: { en: 'What {node} gave', zh: '{node}提供的内容' },
  counts: { en: 'in time · late · no time promised', zh: '按时 · 逾期 · 未约定时限' },
  promised: { en: 'What {node} promised, and kept', zh: '{node}的承诺及履行情况' },
  standing: { en: 'Standing of {node} with {other}', zh: '{other}对{node}的信誉评定' },
  judged: { en: ', since {since}. ', zh: '，自{since}起。' },
  contests: { en: 'What is contested', zh: '争议事项' },
  said: { en: '{node}, {day}: against {about}, with {shows}', zh: '{node}，{day}：针对{about}，依据{shows}' },
  domain: { en: 'Domain', zh: '领域' },
  promise: { en: 'Promise', zh: '承诺' },
  kept: { en: 'Kept', zh: '遵守' },
  broken: { en: 'Broken', zh: '违反' },
  contested: { en: 'Contested', zh: '有争议' },
  last: { en: 'last broken {day}', zh: '最近一次违反：{day}' },
  more: { en: 'And {count} more: the table for a spreadsheet has all.', zh: '另有{count}项：详见电子表格。' },
  more_contests: { en: 'And {count} more.', zh: '另有{count}项。' },
  nothing: { en: 'Nothing.', zh: '无。' },
  signed: { en: 'signed part alone', zh: '仅签名部分' },
  basis: {
    en: 'Counted from what both sides signed: records, receipts, recalls and their answers, cosignatures, attestations, contests.',
    zh: '依据双方签署的文件统计：记录、回执、召回请求及其答复、联署、书面确认与异议。',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

/** What a page has room for: kinds of records, promises of a side, contests. */
const MOST = { kinds: 16, promises: 16, contests: 4 };
/** Lines that a page has in the largest letters, in points, and the smallest letters. */
const ROOM = { lines: 56, largest: 8.5, smallest: 4 };

const STYLE = `@page { size: A4; margin: 14mm }
@media screen { body { padding: 8mm } }
body { font-family: "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; line-height: 1.3; color: #111; max-width: 182mm; margin: 0 auto }
h1 { font-size: 1.7em; margin: 0 } h2 { font-size: 1.15em; margin: 1em 0 .2em; break-after: avoid }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm } section { min-width: 0 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .15em .5em .15em 0; border-bottom: .2mm solid #999; vertical-align: top }
td.count, th.count { text-align: right } td.count { white-space: nowrap } tr { break-inside: avoid } p { margin: .3em 0 }
code { font-size: .78em; overflow-wrap: anywhere } .note { color: #444; font-size: .85em }`;

/** One page of HTML without a script or anything from elsewhere, for A4. What it has no room for is counted: what was broken most comes
 *  first, and the newest contests. */
export function balancePage(report: BalanceReport, language: Language): string {
  const { names, from, until, own, peer } = report;
  const say: Say = (word, params = {}) =>
    escaped(WORDS[word][language].replace(/\{([a-z]+)\}/g, (_, name: string) => params[name] ?? ''));
  const side = (node: string, other: string, { given, promised, standing }: BalanceReport['own']) =>
    [
      `<section><h2>${say('standing', { node, other })}</h2>`,
      standing === null ? `<p>${say('nothing')}</p>` : judgement(standing, say, language),
      `<h2>${say('gave', { node })}</h2>`,
      givenTable(given, say, language),
      `<h2>${say('promised', { node })}</h2>`,
      `${promisedTable(promised, say, language)}</section>`,
    ].join('\n');
  const lines = Math.max(linesOf(own), linesOf(peer)) + 3 * Math.min(MOST.contests, report.contests.length);
  const points = Math.max(ROOM.smallest, Math.min(ROOM.largest, (ROOM.largest * ROOM.lines) / lines));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${say('title', names)}</title><style>${STYLE}
body { font-size: ${points.toFixed(1)}pt }</style></head>
<body><h1>${say('title', names)}</h1><p>${say('period', { from, until })}</p>
<div class="sides">
${side(names.own, names.peer, own)}
${side(names.peer, names.own, peer)}
</div>
${contestList(report, say)}
<p class="note">${say('basis')}</p></body></html>
`;
}

type Say = (word: keyof typeof WORDS, params?: Readonly<Record<string, string>>) => string;

/** About as many lines as a side takes: names wrap, more so beside many tiers, and what was broken has its evidence. */
function linesOf({ given, promised }: Side): number {
  const kinds = Math.min(MOST.kinds, kindsOf(given).length);
  const tiers = new Set(given.map(({ level }) => level)).size;
  const broken = promised.filter((one) => one.broken > 0).length;
  return 12 + kinds * (tiers > 4 ? 3 : 2) + Math.min(4 * MOST.promises, 2 * promised.length + 2 * broken);
}

function kindsOf(given: Side['given']): Side['given'][] {
  return [...Map.groupBy(given, ({ type, domain }) => `${type} ${domain}`).values()];
}

function judgement({ standing, since, reason }: Judgement, say: Say, language: Language): string {
  const name = escaped(standingName(standing, language));
  return `<p><strong>${name}</strong>${say('judged', { since })}${escaped(explain(reason, language))}</p>`;
}

/** A row for each kind, a column for each tier. */
function givenTable(given: Side['given'], say: Say, language: Language): string {
  const levelsGiven = [...new Set(given.map(({ level }) => level))].sort((a, b) => a - b);
  const kinds = kindsOf(given);
  const rows = kinds.slice(0, MOST.kinds).map((same) => {
    const { type, domain } = same[0]!;
    const name = domains[domain as keyof typeof domains]?.[language] ?? domain;
    const counts = levelsGiven.map((level) => {
      const row = same.find((one) => one.level === level);
      return row ? timesOf(row).join(' · ') : '';
    });
    return cells(escaped(type === 'incident' ? name : `${type}: ${name}`), counts);
  });
  const head = levelsGiven.map((level) => escaped(tierName(level, language)));
  const note = rows.length === 0 ? '' : `<p class="note">${say('counts')}</p>`;
  return `${table(say('domain'), head, rows, say)}${note}${moreOf(kinds.length - rows.length, say)}`;
}

function promisedTable(promised: Side['promised'], say: Say, language: Language): string {
  const rows = promised
    .toSorted((a, b) => b.broken - a.broken)
    .slice(0, MOST.promises)
    .map((row) => {
      const [last] = row.breaches;
      const code = last && last.evidence !== null ? ` <code>${escaped(last.evidence)}</code>` : '';
      const shown = last ? `<div class="note">${say('last', { day: last.day })}${code}</div>` : '';
      return cells(`${escaped(promiseName(row.obligation, language))}${shown}`, countsOf(row));
    });
  const head = [say('kept'), say('broken'), say('contested')];
  return `${table(say('promise'), head, rows, say)}${moreOf(promised.length - rows.length, say)}`;
}

function moreOf(count: number, say: Say): string {
  return count > 0 ? `<p class="note">${say('more', { count: `${count}` })}</p>` : '';
}

function table(name: string, counts: readonly string[], rows: readonly string[], say: Say): string {
  if (rows.length === 0) return `<p>${say('nothing')}</p>`;
  const names = [`<th>${name}</th>`, ...counts.map((count) => `<th class="count">${count}</th>`)];
  return `<table><thead><tr>${names.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function cells(html: string, counts: readonly (string | number)[]): string {
  return `<tr><td>${html}</td>${counts.map((count) => `<td class="count">${count}</td>`).join('')}</tr>`;
}

function contestList({ names, contests }: BalanceReport, say: Say): string {
  if (contests.length === 0) return '';
  const newest = contests.slice(0, MOST.contests);
  const lines = newest.map(({ by, about, shows, told, day }) => {
    const [first = '', ...others] = shows;
    const shown = others.length === 0 ? first : `${first} (+${others.length})`;
    const line = say('said', { node: names[by], day, about, shows: shown });
    return `<p>${line}${told === null ? '' : `: “${escaped(told)}”`}</p>`;
  });
  const count = contests.length - newest.length;
  const more = count > 0 ? [`<p class="note">${say('more_contests', { count: `${count}` })}</p>`] : [];
  return [`<h2>${say('contests')}</h2>`, ...lines, ...more].join('\n');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
