// All incidents of the AI Incident Database, which name thousands of organisations and persons, as one node's cases.
import { readFileSync } from 'node:fs';
import { test } from 'tap';
import {
  findTerms,
  leakCheck,
  neutralNames,
  protectedTerms,
  pseudonyms,
  scrub,
  type VaultNames,
} from '../src/index.ts';

type Row = { id: string; title: string; description: string; vault: VaultNames };

const rows = readRows(readFileSync(new URL('../../interop/data/aiid/incidents.csv', import.meta.url), 'utf8'));
const index = protectedTerms(rows.map(({ vault }) => vault));
const naming = pseudonyms((name) => name.length.toString(16).toUpperCase().padStart(4, '0'));

function readRows(csv: string): Row[] {
  const cells = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)];
  const table: string[][] = [[]];
  for (const [, quoted, plain, end] of cells) {
    table.at(-1)!.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end !== ',') table.push([]);
  }
  const full = table.slice(1).filter((row) => row.length === 9);
  return full.map(([, id = '', , , deployer = '', developer = '', harmed = '', description = '', title = '']) => {
    const vault = { deployer: JSON.parse(deployer), developer: JSON.parse(developer), harmed: JSON.parse(harmed) };
    return { id, title, description, vault };
  });
}

function scrubbed({ title, description }: Row, name = naming): { title: string; summary: string } {
  return scrub({ title, summary: description }, index, name).fields as { title: string; summary: string };
}

function rowOf(id: string): Row {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) throw new Error(`no incident ${id}`);
  return row;
}

test('after scrubbing, nothing is left in the titles and descriptions of all 1,367', async (t) => {
  t.equal(rows.length, 1367);
  for (const name of [naming, neutralNames]) {
    const left = rows.filter((row) => leakCheck(scrubbed(row, name), index).length > 0);
    t.strictSame(
      left.map(({ id }) => id),
      [],
    );
  }
});

test('none of 54 deployers and persons is in any of them, by plain search', async (t) => {
  const names =
    'Google|Facebook|Tesla|OpenAI|YouTube|Amazon|TikTok|Instagram|Microsoft|Twitter|Waymo|Uber|Anthropic|Grok|Replika|ShotSpotter|' +
    'Snapchat|LinkedIn|Knightscope|Airbnb|Walmart|Starbucks|Deloitte|Turnitin|Volkswagen|Boeing|ByteDance|HireVue|Clearview|' +
    'Zillow|Deliveroo|Huawei|Midjourney|ElevenLabs|DeepSeek|Gmail|Figma|Alibaba|Baidu|iRobot|Synthesia|State Farm|Taco Bell|' +
    'Stable Diffusion|Home Bargains|Detroit Police Department|Keolis|Elon Musk|Donald Trump|Taylor Swift|Keir Starmer|Kamala Harris|' +
    'Scarlett Johansson|Lee Hsien Loong';
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${names})(?![\\p{L}\\p{N}])`, 'giu');
  const hits = (texts: readonly string[]) => texts.flatMap((text) => text.match(pattern) ?? []);
  const before = hits(rows.flatMap(({ title, description }) => [title, description]));
  const after = hits(rows.flatMap((row) => Object.values(scrubbed(row))));
  t.ok(before.length > 1200, `${before.length} before`);
  t.strictSame(new Set(before.map((hit) => hit.toLowerCase())).size, 54);
  t.strictSame(after, []);
});

test('a planted canary is found in every row that it is planted in', async (t) => {
  const canary = protectedTerms([...rows.map(({ vault }) => vault), { reporter: ['Quixotic Fjord Laboratories'] }]);
  for (const [nth, row] of rows.entries()) {
    const words = row.description.split(' ');
    words.splice(
      nth % words.length,
      0,
      ['Quixotic Fjord Laboratories', 'quixotic-fjord-laboratories', 'QuixoticFjordLaboratories'][nth % 3]!,
    );
    const { fields } = scrub({ summary: words.join(' ') }, canary, naming);
    if (/quixotic|fjord/i.test(String(fields.summary))) t.fail(row.id);
    if (leakCheck({ summary: words.join(' ') }, canary).every(({ kind }) => kind !== 'lab')) t.fail(row.id);
  }
});

test('the texts can still be read', async (t) => {
  t.strictSame(scrubbed(rowOf('1')), {
    title: 'Developer 0006’s Developer 0007 Kids App Presents Inappropriate Content',
    summary:
      'Developer 0007’s content filtering and recommendation algorithms exposed children to disturbing and inappropriate videos.',
  });
  t.strictSame(scrubbed(rowOf('23'), neutralNames), {
    title: 'Las Vegas Self-Driving Bus Involved in Accident',
    summary:
      'A self-driving public shuttle by a developer and a developer was involved in a collision with a human-driven delivery truck in Las Vegas, Nevada on its first day of service.',
  });
  t.strictSame(scrubbed(rowOf('104')).title, rowOf('104').title);
  const total = rows.reduce((sum, { title, description }) => sum + title.length + description.length, 0);
  const replaced = rows.flatMap(({ title, description }) => [
    ...findTerms(title, index),
    ...findTerms(description, index),
  ]);
  const share = replaced.reduce((sum, { start, end }) => sum + end - start, 0) / total;
  t.ok(share > 0.04 && share < 0.08, `${share} of all characters are names`);
});

test('groups, ideas and places among the parties are no names', async (t) => {
  const text =
    'Children, women, students, investors, pedestrians, bus passengers, Facebook-like social media users, unknown scammers, hospitals, ' +
    'companies, researchers, hackers, Ukraine, the United States, China, Russian hackers, democracy, truth, epistemic integrity and the general public.';
  t.strictSame(
    findTerms(text, index).map(({ start, end }) => text.slice(start, end)),
    ['Facebook'],
  );
});
