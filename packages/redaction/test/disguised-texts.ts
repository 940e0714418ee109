// Names in disguise within real texts, for the test and for the bench.
import { readFileSync } from 'node:fs';
import type { VaultNames } from '../src/index.ts';
import { canFollow, DISGUISES, dice } from './disguises.ts';

/** Names in Latin letters. */
export const LATIN: readonly string[] = [
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

/** Who is called so. */
export const VAULT: VaultNames = {
  developer: LATIN.filter((name) => !/Herzberg|Huang|Kimi/.test(name)),
  deployer: HAN,
  model: ['Kimi-K2-Instruct'],
  reporter: ['Elaine Herzberg', 'Walter Huang'],
};
/** Titles with their descriptions, of incidents that name none of these. */
export const texts = readTexts();

function readTexts(): { title: string; summary: string }[] {
  const csv = readFileSync(new URL('../../interop/data/aiid/incidents.csv', import.meta.url), 'utf8');
  const rows = csv.matchAll(/,(?:"((?:[^"]|"")*)"|([^",\n]*)),(?:"((?:[^"]|"")*)"|([^",\n]*))\n/g);
  return [...rows].map(([, quoted, plain, title, bare]) => ({
    title: (title ?? bare ?? '').replaceAll('""', '"'),
    summary: (quoted ?? plain ?? '').replaceAll('""', '"'),
  }));
}

/** Every disguise and every pair of two, in turns, until so many were tried: each name in a real text, and where it stands there. */
export function* plantedNames(count: number, seed: number) {
  const roll = dice(seed);
  const pairs = DISGUISES.flatMap((first) =>
    DISGUISES.filter((second) => canFollow(first, second)).map((second) => [first, second]),
  );
  for (let nth = 0; nth < count; nth++) {
    const [first, second] = pairs[nth % pairs.length]!;
    const names = [first, second].some((one) => one!.script === 'latin') ? LATIN : [...LATIN, ...HAN];
    const name = names[Math.floor(roll() * names.length)]!;
    const hidden = second!.to(first!.to(name, roll), roll);
    const text = planted(texts[Math.floor(roll() * texts.length)]!.summary, hidden, roll);
    const start = text.indexOf(hidden);
    yield { name, how: `${first!.name}, ${second!.name}`, hidden, text, start, end: start + hidden.length };
  }
}

function planted(text: string, name: string, roll: () => number): string {
  const words = text.split(' ');
  words.splice(Math.floor(roll() * words.length), 0, name);
  return words.join(' ');
}
