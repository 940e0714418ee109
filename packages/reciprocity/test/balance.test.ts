// What each of two nodes gave and kept, as counts, as a table and as a page to be printed.
import { test } from 'tap';
import { type BalanceReport, balanceCsv, balancePage, type GivenRecord, type Mark, sideOf } from '../src/index.ts';

const [cn, us] = ['https://cn.example', 'https://us.example'];
const at = Date.parse('2026-11-01T12:00:00Z') / 1000;
const mark = (obligation: string, evidence: string | null, isKept: boolean, more: Partial<Mark> = {}): Mark => {
  return { obligation, evidence, isKept, isShown: true, isContested: false, at, count: 1, ...more };
};
const given = (digest: string, more: Partial<GivenRecord> = {}): GivenRecord => {
  return { digest, by: cn, type: 'incident', domain: 'cyber', level: 3, ...more };
};

const records = [
  given('a'),
  given('b'),
  given('c'),
  given('d', { domain: 'bio' }),
  given('e', { level: 2 }),
  given('theirs', { by: us }),
];
const marks = [
  mark('report_within/4', 'a', true),
  mark('report_within/4', 'b', false, { at: at + 86_400 }),
  mark('minimum_detail', 'c', true),
  mark('minimum_detail', 'b', false, { isShown: false, isContested: true }),
  mark('drill', null, false),
];
const side = sideOf(cn, records, marks);

test('versions are counted by type, domain, level and timeliness, promises by what was kept', async (t) => {
  const row = { type: 'incident', in_time: 0, late: 0, untimed: 1 };
  t.same(side.given, [
    { ...row, domain: 'bio', level: 3 },
    { ...row, domain: 'cyber', level: 2 },
    { ...row, domain: 'cyber', level: 3, in_time: 1, late: 1 },
  ]);
  const breach = { evidence: 'b', day: '2026-11-01', shown: true, contested: false };
  t.same(side.promised, [
    { obligation: 'drill', kept: 0, broken: 1, contested: 0, breaches: [{ ...breach, evidence: null }] },
    {
      ...{ obligation: 'minimum_detail', kept: 1, broken: 1, contested: 1 },
      breaches: [{ ...breach, shown: false, contested: true }],
    },
    { obligation: 'report_within/4', kept: 1, broken: 1, contested: 0, breaches: [{ ...breach, day: '2026-11-02' }] },
  ]);
  const many = Array.from({ length: 12 }, (_, n) => mark('drill', `${n}`, false, { at: at + n }));
  const [drill] = sideOf(cn, [], many).promised;
  t.match([drill!.broken, drill!.breaches.length, drill!.breaches[0]!.evidence], [12, 10, '11'], 'the newest ten');
});

const report: BalanceReport = {
  names: { own: 'cn.example', peer: 'us.example' },
  ...{ from: '2026-08-29', until: '2026-11-27' },
  own: { ...side, standing: null },
  peer: {
    ...{ given: [], promised: [] },
    standing: {
      ...{ standing: 'probation', since: '2026-11-20' },
      reason: { code: 'officer', params: { told: '<script>alert(1)</script>' } },
    },
  },
  contests: [{ by: 'peer', about: 'b', shows: ['x', 'y'], told: '"=1+1" & \'so\'', day: '2026-11-21' }],
};

test('the table has a row for each kind of record and each promise, and no formula', async (t) => {
  t.same(balanceCsv(report).split('\r\n'), [
    'node,part,type,domain,tier,in_time,late,untimed,obligation,kept,broken,contested',
    'cn.example,given,incident,bio,amber,0,0,1,,,,',
    'cn.example,given,incident,cyber,green,0,0,1,,,,',
    'cn.example,given,incident,cyber,amber,1,1,1,,,,',
    'cn.example,promised,,,,,,,drill,0,1,0',
    'cn.example,promised,,,,,,,minimum_detail,1,1,1',
    'cn.example,promised,,,,,,,report_within/4,1,1,0',
    '',
  ]);
  const strange = { own: '=cmd()', peer: 'a "b", c' };
  const lines = balanceCsv({ ...report, names: strange, peer: report.own }).split('\r\n');
  t.match([lines[1], lines[7]], [/^'=cmd\(\),given/, /^"a ""b"", c",given/]);
  for (const own of ['+1', '-1', '@sum', '\t=1'])
    t.ok(balanceCsv({ ...report, names: { own, peer: 'us' } }).includes(`\n'${own},given`), own);
});

test('the page stands alone in both languages, and says nothing that it was told to', async (t) => {
  for (const language of ['en', 'zh'] as const) {
    const page = balancePage(report, language);
    t.match(page, new RegExp(`^<!doctype html>\n<html lang="${language}">`));
    t.notMatch(page, /<script|<img|<link|https?:|javascript|url\(/i, 'neither a script nor anything from elsewhere');
    t.match(page, '&#60;script&#62;alert(1)&#60;/script&#62;');
    t.match(page, '&#34;=1+1&#34; &#38; &#39;so&#39;');
    t.match(page, '@page { size: A4');
    t.notMatch(page, /undefined|\{[a-z_]+\}(?! )/, 'no parameter is left');
    const open = page.match(/<(?!!|\/|meta)[a-z0-9]+/g)!.length;
    t.equal(page.match(/<\/[a-z0-9]+/g)!.length, open, 'what is opened is closed');
  }
  t.match(balancePage(report, 'en'), /What cn.example promised, and kept[\s\S]*to take part in drills/);
  t.match(balancePage(report, 'zh'), /cn.example的承诺及履行情况[\s\S]*参加演练/);
  t.match(balancePage(report, 'zh'), '<strong>观察期</strong>，自2026-11-20起。');
  const row = '<td>网络安全</td><td class="count">0 · 0 · 1</td><td class="count">1 · 1 · 1</td>';
  t.match(balancePage(report, 'zh'), `<th class="count">绿级</th><th class="count">琥珀级</th></tr></thead>`);
  t.match(balancePage(report, 'zh'), row, 'a row for each kind, a column for each tier');
  t.notMatch(balancePage(report, 'zh'), /[a-z]{4,}<\/td>/, 'no cell is left in English');
});

test('however much there is, it is one page: what was broken most comes first, and the rest is counted', async (t) => {
  const size = (page: string) => Number(page.match(/font-size: ([\d.]+)pt/)![1]);
  const rows = (page: string) => page.match(/<tr><td>/g)!.length;
  const given = Array.from({ length: 90 }, (_, n) => {
    return { type: `type-${n % 30}`, domain: 'bio', level: n % 3, in_time: 1, late: 0, untimed: 0 };
  });
  const promised = Array.from({ length: 64 }, (_, n) => ({
    ...{ obligation: `suite_adopted/s${n}`, kept: 9, broken: n, contested: 0 },
    breaches: n === 0 ? [] : [{ evidence: 'E'.repeat(43), day: '2026-11-02', shown: true, contested: false }],
  }));
  const shows = Array.from({ length: 20 }, (_, n) => `shown-${n}`);
  const contests = Array.from({ length: 300 }, (_, n) => {
    return { by: 'peer' as const, about: `about-${n}`, shows, told: null, day: '2026-11-21' };
  });
  const one = { given, promised, standing: null };
  const page = balancePage({ ...report, own: one, peer: one, contests }, 'en');
  t.equal(rows(page), 2 * (16 + 16));
  t.match(page, /evaluation suite s63<[\s\S]*evaluation suite s48</);
  t.notMatch(page, 'evaluation suite s47<');
  t.match(page, /And 14 more: [\s\S]*And 48 more: [\s\S]*And 296 more\./);
  t.match(page, /2026-11-21: against about-0, with shown-0 \(\+19\)/);
  t.ok(size(page) < size(balancePage(report, 'en')), 'in smaller letters');
  t.ok(size(page) >= 4 && size(balancePage(report, 'en')) === 8.5);
});
