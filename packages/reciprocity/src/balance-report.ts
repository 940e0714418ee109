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
  promised: { en: 'What {node} promised, and kept', zh: '{node}的承诺及履行情况' },
  standing: { en: 'Standing of {node} with {other}', zh: '{other}对{node}的信誉评定' },
  judged: { en: ', since {since}. ', zh: '，自{since}起。' },
  contests: { en: 'What is contested', zh: '争议事项' },
  said: { en: '{node}, {day}: against {about}, with {shows}', zh: '{node}，{day}：针对{about}，依据{shows}' },
  type: { en: 'Type', zh: '类型' },
  incident: { en: 'incident', zh: '事件' },
  domain: { en: 'Domain', zh: '领域' },
  tier: { en: 'Up to', zh: '级别' },
  in_time: { en: 'In time', zh: '按时' },
  late: { en: 'Late', zh: '逾期' },
  untimed: { en: 'No time promised', zh: '未约定时限' },
  promise: { en: 'Promise', zh: '承诺' },
  kept: { en: 'Kept', zh: '遵守' },
  broken: { en: 'Broken', zh: '违反' },
  contested: { en: 'Of them contested', zh: '其中有争议' },
  last: { en: 'Last broken, and what shows it', zh: '最近一次违反及其证据' },
  nothing: { en: 'Nothing.', zh: '无。' },
  signed: { en: 'signed part alone', zh: '仅签名部分' },
  basis: {
    en: 'Counted from what both sides signed: records, receipts, recalls and their answers, cosignatures, attestations, contests.',
    zh: '依据双方签署的文件统计：记录、回执、召回请求及其答复、联署、书面确认与异议。',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

const STYLE = `@page { size: A4; margin: 16mm }
@media screen { body { padding: 8mm } }
body { font: 10pt/1.4 "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #111; max-width: 178mm; margin: 0 auto }
h1 { font-size: 15pt; margin: 0 } h2 { font-size: 11pt; margin: 5mm 0 1mm; break-after: avoid }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .6mm 2mm .6mm 0; border-bottom: .2mm solid #999; vertical-align: top }
td.count, th.count { text-align: right } tr { break-inside: avoid } code { font-size: 7.5pt; overflow-wrap: anywhere } p { margin: 1mm 0 }
.basis { color: #444; font-size: 8pt; margin-top: 5mm }`;

/** One page of HTML without a script or anything from elsewhere, for A4. */
export function balancePage(report: BalanceReport, language: Language): string {
  const { names, from, until, own, peer } = report;
  const say = (word: keyof typeof WORDS, params: Readonly<Record<string, string>> = {}) =>
    escaped(WORDS[word][language].replace(/\{([a-z]+)\}/g, (_, name: string) => params[name] ?? ''));
  const side = (node: string, other: string, { given, promised, standing }: BalanceReport['own']) =>
    [
      `<h2>${say('standing', { node, other })}</h2>`,
      standing === null ? `<p>${say('nothing')}</p>` : judgement(standing, say, language),
      `<h2>${say('gave', { node })}</h2>`,
      givenTable(given, say, language),
      `<h2>${say('promised', { node })}</h2>`,
      promisedTable(promised, say, language),
    ].join('\n');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${say('title', names)}</title><style>${STYLE}</style></head>
<body><h1>${say('title', names)}</h1><p>${say('period', { from, until })}</p>
${side(names.own, names.peer, own)}
${side(names.peer, names.own, peer)}
${contestList(report, say)}
<p class="basis">${say('basis')}</p></body></html>
`;
}

type Say = (word: keyof typeof WORDS, params?: Readonly<Record<string, string>>) => string;

function judgement({ standing, since, reason }: Judgement, say: Say, language: Language): string {
  const name = escaped(standingName(standing, language));
  return `<p><strong>${name}</strong>${say('judged', { since })}${escaped(explain(reason, language))}</p>`;
}

function givenTable(given: Side['given'], say: Say, language: Language): string {
  const rows = given.map((row) => {
    const about = [
      row.type === 'incident' ? WORDS.incident[language] : row.type,
      domains[row.domain as keyof typeof domains]?.[language] ?? row.domain,
    ];
    return cells([...about, tierName(row.level, language)], timesOf(row));
  });
  return table([say('type'), say('domain'), say('tier')], [say('in_time'), say('late'), say('untimed')], rows, say);
}

function promisedTable(promised: Side['promised'], say: Say, language: Language): string {
  const rows = promised.map((row) => {
    const [last] = row.breaches;
    const shown = last ? `${last.day}${last.evidence === null ? '' : ` <code>${escaped(last.evidence)}</code>`}` : '';
    return cells([promiseName(row.obligation, language)], countsOf(row), shown);
  });
  return table([say('promise')], [say('kept'), say('broken'), say('contested')], rows, say, say('last'));
}

function table(head: string[], counts: string[], rows: string[], say: Say, more?: string): string {
  if (rows.length === 0) return `<p>${say('nothing')}</p>`;
  const names = [
    ...head.map((name) => `<th>${name}</th>`),
    ...counts.map((name) => `<th class="count">${name}</th>`),
    ...(more === undefined ? [] : [`<th>${more}</th>`]),
  ];
  return `<table><thead><tr>${names.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function cells(texts: string[], counts: number[], html?: string): string {
  const parts = [
    ...texts.map((text) => `<td>${escaped(text)}</td>`),
    ...counts.map((count) => `<td class="count">${count}</td>`),
    ...(html === undefined ? [] : [`<td>${html}</td>`]),
  ];
  return `<tr>${parts.join('')}</tr>`;
}

function contestList({ names, contests }: BalanceReport, say: Say): string {
  if (contests.length === 0) return '';
  const lines = contests.map(({ by, about, shows, told, day }) => {
    const line = say('said', { node: names[by], day, about, shows: shows.join(', ') });
    return `<p>${line}${told === null ? '' : `: “${escaped(told)}”`}</p>`;
  });
  return `<h2>${say('contests')}</h2>\n${lines.join('\n')}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
