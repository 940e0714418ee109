// Ten thousand names in disguise, planted in real texts: none gets out. And real texts without them are left alone.
import { test } from 'tap';
import { leakCheck, leakCheckBytes, protectedTerms } from '../src/index.ts';
import { LATIN, plantedNames, texts, VAULT } from './disguised-texts.ts';
import { dice } from './disguises.ts';

const index = protectedTerms([VAULT]);

test('of 10,000 disguised names in real texts none gets out', async (t) => {
  let tried = 0;
  const out: string[] = [];
  for (const { name, how, hidden, text, start: from, end: to } of plantedNames(10_000, 7)) {
    tried++;
    const leaks = leakCheck({ title: '', summary: text }, index);
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
