// Ten thousand names in disguise, planted in real texts: none gets out. And real texts without them are left alone.
import { readFileSync } from 'node:fs';
import { test } from 'tap';
import { leakCheck, leakCheckBytes, protectedTerms, type VaultNames } from '../src/index.ts';
import { canFollow, DISGUISES, dice } from './disguises.ts';

const LATIN = [
  'Quixotic Fjord Laboratories',
  'OpenAI',
  'Anthropic',
  'Hugging Face',
  'DeepSeek',
  'Keolis North America',
  'Moonshot AI',
  'Stability AI',
  'Midjourney',
  'Zephyrine Dynamics',
  'ByteDance',
  'SenseTime',
  'Palantir',
  'Clearview',
  'ShotSpotter',
  'Elaine Herzberg',
  'Walter Huang',
  'Mistral',
  'Waymo',
  'Northwind Logistics',
  'Kimi-K2-Instruct',
  'ElevenLabs',
];
const HAN = ['北京字节跳动', '月之暗面', '深度求索', '上海商汤智能科技', '百川智能'];

const vault: VaultNames = {
  developer: LATIN.filter((name) => !/Herzberg|Huang|Kimi/.test(name)),
  deployer: HAN,
  model: ['Kimi-K2-Instruct'],
  reporter: ['Elaine Herzberg', 'Walter Huang'],
};
const index = protectedTerms([vault]);
const texts = readTexts();

/** Titles with their descriptions, of incidents that name none of these. */
function readTexts(): { title: string; summary: string }[] {
  const csv = readFileSync(new URL('../../interop/data/aiid/incidents.csv', import.meta.url), 'utf8');
  const rows = csv.matchAll(/,(?:"((?:[^"]|"")*)"|([^",\n]*)),(?:"((?:[^"]|"")*)"|([^",\n]*))\n/g);
  return [...rows].map(([, quoted, plain, title, bare]) => ({
    title: (title ?? bare ?? '').replaceAll('""', '"'),
    summary: (quoted ?? plain ?? '').replaceAll('""', '"'),
  }));
}

function planted(text: string, name: string, roll: () => number): string {
  const words = text.split(' ');
  words.splice(Math.floor(roll() * words.length), 0, name);
  return words.join(' ');
}

/** Every disguise and every pair of two, in turns, until so many were tried. */
function* trials(count: number, seed: number) {
  const roll = dice(seed);
  const pairs = DISGUISES.flatMap((first) =>
    DISGUISES.filter((second) => canFollow(first, second)).map((second) => [first, second]),
  );
  for (let nth = 0; nth < count; nth++) {
    const [first, second] = pairs[nth % pairs.length]!;
    const names = [first, second].some((one) => one!.script === 'latin') ? LATIN : [...LATIN, ...HAN];
    const name = names[Math.floor(roll() * names.length)]!;
    const hidden = second!.to(first!.to(name, roll), roll);
    yield {
      name,
      hidden,
      how: `${first!.name}, ${second!.name}`,
      row: texts[Math.floor(roll() * texts.length)]!,
      roll,
    };
  }
}

test('of 10,000 disguised names in real texts none gets out', async (t) => {
  let tried = 0;
  const out: string[] = [];
  for (const { name, hidden, how, row, roll } of trials(10_000, 7)) {
    tried++;
    const summary = planted(row.summary, hidden, roll);
    const leaks = leakCheck({ title: '', summary }, index);
    const [from, to] = [summary.indexOf(hidden), summary.indexOf(hidden) + hidden.length];
    if (!leaks.some(({ start, end }) => start < to && end > from)) out.push(`${name} | ${how} | ${hidden}`);
  }
  t.equal(tried, 10_000);
  t.strictSame(out, []);
});

test('a name that is split over fields, keys or items is found', async (t) => {
  const roll = dice(11);
  const out: string[] = [];
  for (const name of LATIN) {
    for (let nth = 0; nth < 20; nth++) {
      const row = texts[Math.floor(roll() * texts.length)]!;
      const other = texts[Math.floor(roll() * texts.length)]!;
      const cut = 1 + Math.floor(roll() * (name.length - 1));
      const [left, right] = [name.slice(0, cut), name.slice(cut)];
      const letters = Array.from(name);
      const records: Record<string, unknown> = {
        'end of one field, beginning of the next': {
          title: `${row.title} ${left}`,
          summary: `${right} ${row.summary}`,
        },
        'end of one field, beginning of another': {
          summary: `${right} ${row.summary}`,
          language: 'en',
          kind: 'incident',
          narrative: other.summary,
          title: `${row.title} by ${left}`,
        },
        'two items': { title: row.title, tags: [left, right], summary: row.summary },
        'an item a letter': { title: row.title, tags: letters, summary: row.summary },
        'two keys': { [left]: 1, [right]: 2 },
        'a key and its value': { title: row.title, [left]: right },
        'a part each in base64': { a: Buffer.from(left).toString('base64'), b: Buffer.from(right).toString('base64') },
        'base64 in two': {
          a: Buffer.from(name).toString('base64').slice(0, cut),
          b: Buffer.from(name).toString('base64').slice(cut),
        },
      };
      for (const [how, record] of Object.entries(records)) {
        if (leakCheck(record, index).length === 0) out.push(`${how} | ${left} + ${right}`);
        const token = `e30.e30.c2ln~${Object.entries(record as object)
          .map(([key, value]) => Buffer.from(JSON.stringify(['c2FsdA', key, value])).toString('base64url'))
          .join('~')}~`;
        if (leakCheckBytes(token, index).length === 0) out.push(`bytes: ${how} | ${left} + ${right}`);
      }
    }
  }
  t.strictSame(out, []);
});

test('at least 98 of 100 real texts without these names are left alone', async (t) => {
  // Their products and short names count as them.
  const named =
    /openai|gpt|chatgpt|dall|sora|whisper|anthropic|claude|hugging|deepseek|keolis|moonshot|kimi|stability|stable diffusion|midjourney|bytedance|tiktok|capcut|douyin|sensetime|palantir|clearview|shotspotter|soundthinking|herzberg|huang|mistral|mixtral|waymo|elevenlabs/i;
  const free = texts.filter(({ title, summary }) => !named.test(`${title} ${summary}`));
  const held = free.filter((row) => leakCheck(row, index).length > 0);
  t.ok(free.length > 900, `${free.length} texts`);
  t.ok(held.length <= free.length * 0.02, held.map(({ title }) => title).join('\n'));
  t.comment(`${held.length} of ${free.length} held`);
});
