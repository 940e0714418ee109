// All that the repository holds of other registries, taken in by one command, against what the files themselves say.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addLab, runDetente, spawnDetente, startNode, until } from '@detente/testkit';
import { test } from 'tap';

const data = fileURLToPath(new URL('../../../packages/interop/data/', import.meta.url));

/** Rows of a CSV file below its head, quoted line ends apart. */
function rowsOf(file: string): number {
  const unquoted = readFileSync(file, 'utf8').replaceAll(/"(?:[^"]|"")*"/g, '');
  return unquoted.split('\n').filter((line) => line.trim() !== '').length - 1;
}

function linesOf(file: string): number {
  return readFileSync(file, 'utf8').trim().split('\n').length;
}

test('one command takes all of AIID, AVID and ATLAS in, goes on where it was killed, and says what it refused', async (t) => {
  const cn = await startNode(t, { name: 'cn', tickMs: 1_000 });
  const args = ['import', data, '--key', await addLab(cn, 'Northlight'), '--data', cn.data];
  const entries = {
    aiid: rowsOf(`${data}aiid/incidents.csv`),
    avid: linesOf(`${data}avid/avid-reports.jsonl`) + linesOf(`${data}avid/avid-vulnerabilities.jsonl`),
    atlas: readdirSync(`${data}atlas/case-studies`).length,
  };
  t.same(entries, { aiid: 1367, avid: 640, atlas: 57 });

  type Report = {
    registry: string;
    imported: number;
    known: number;
    valid: number;
    refused: { code: string; by: string }[];
  };
  const numbers = (reports: Report[], which: 'imported' | 'known' | 'valid') =>
    Object.fromEntries(reports.map((one) => [one.registry, [one[which], one.refused.length]]));
  const held = async () => {
    const [row] = await cn.sql('home', 'SELECT count(*)::int AS n FROM cases');
    return row!.n as number;
  };
  const all = { aiid: [1365, 2], avid: [639, 1], atlas: [57, 0] };
  for (const [registry, [taken, refused]] of Object.entries(all))
    t.equal(taken! + refused!, entries[registry as keyof typeof entries], `${registry}: nothing is dropped silently`);

  const dry = await runDetente([...args, '--dry-run', '--json']);
  t.equal(dry.code, 0, dry.stderr);
  t.same(numbers(JSON.parse(dry.stdout), 'valid'), all);
  t.equal(await held(), 0, 'a dry run keeps nothing');

  const killed = spawnDetente([...args, '--json']);
  await until('some are in', async () => (await held()) > 0);
  killed.kill('SIGKILL');
  const again: Report[] = JSON.parse((await runDetente([...args, '--json'])).stdout);
  t.ok(again[0]!.known > 0, 'what was in is known');
  for (const { registry, imported, known } of again)
    t.equal(imported + known, all[registry as keyof typeof all][0], registry);
  t.equal(await held(), 1365 + 639 + 57, 'and nothing is in twice');

  const table = await runDetente(args);
  t.equal(table.code, 0, table.stderr);
  t.match(table.stdout, /^registry +imported +known already +refused\n/);
  for (const row of [/^aiid +0 +1365 +2$/m, /^avid +0 +639 +1$/m, /^atlas +0 +57 +0$/m, /^all +0 +2061 +3$/m])
    t.match(table.stdout, row);
  t.match(table.stdout, /^aiid +88 +importer +duplicate_of +aiid:1057$/m);
  t.match(table.stdout, /CC BY-SA|Responsible AI Collaborative/);
});
