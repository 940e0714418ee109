// import: other registries' incidents, reported to this node as a lab would.

import { type Command, Option } from 'commander';
import { publicOriginOf } from '../connection.ts';
import { CommandError, explain } from '../errors.ts';
import { examples } from '../examples.ts';
import type { ImportReport } from '../import-run.ts';
import { formatTable, plain, print, printJson } from '../output.ts';

export function addImportCommand(program: Command): void {
  examples(
    program
      .command('import <files...>')
      .description('import AIID, AVID or ATLAS; a folder stands for all it holds; run again, it goes on'),
    'import packages/interop/data --key detente_lab_… --data ./cn',
    'import avid-reports.jsonl --key detente_lab_… --url https://cn.example --dry-run',
  )
    .addOption(new Option('--key <key>', 'API key of the lab that reports (detente lab add)').env('DETENTE_LAB_KEY'))
    .addOption(new Option('--url <origin>', 'the node’s public origin').env('DETENTE_ORIGIN'))
    .option('--data <folder>', 'folder of a node that runs here')
    .option('--dry-run', 'check every row and keep nothing')
    .option('--json', 'one JSON value on standard output')
    .action(run);
}

async function run(
  files: string[],
  options: { key?: string; url?: string; data?: string; dryRun?: boolean; json?: boolean },
): Promise<void> {
  if (options.key === undefined)
    throw new CommandError('usage', 'As which lab? Name its API key with --key or in DETENTE_LAB_KEY.');
  const url = options.data === undefined ? options.url : publicOriginOf(options.data);
  if (url === undefined) throw new CommandError('usage', 'To which node? Name its origin with --url, or --data.');
  const { readImports, sendCases } = await import('../import-run.ts');
  const { startProgress } = await import('../progress.ts');
  const results = readImports(files);
  const total = results.reduce((sum, { cases }) => sum + cases.length, 0);
  const progress = startProgress(total, `${results.map(({ registry }) => registry).join(', ')}: ${total} cases`);
  const reports: ImportReport[] = [];
  try {
    for (const result of results) {
      const before = reports.reduce((sum, { read }) => sum + read, 0);
      const onProgress = (done: number) => progress.at(before + done, result.registry);
      reports.push(await sendCases(result, { url, key: options.key, dryRun: options.dryRun ?? false, onProgress }));
    }
  } catch (error) {
    const { outcome } = explain(error);
    progress.fail(outcome === 'unreachable' ? 'interrupted: run it again, and it goes on' : 'stopped');
    throw error;
  }
  progress.end(`${total} cases answered`);
  if (options.json) printJson(reports);
  else printReports(reports, options.dryRun ?? false);
  if (reports.some(({ refused }) => refused.some(({ by }) => by === 'node')))
    throw new CommandError('refused', 'The node refused some cases: the table says which and why.');
}

function printReports(reports: readonly ImportReport[], dryRun: boolean): void {
  const rows = reports.map(({ registry, imported, valid, known, refused }) => [
    registry,
    dryRun ? valid : imported,
    known,
    refused.length,
  ]);
  const sum = (column: number) => rows.reduce((all, row) => all + Number(row[column]), 0);
  if (rows.length > 1) rows.push(['all', sum(1), sum(2), sum(3)]);
  print(formatTable(['registry', dryRun ? 'would be imported' : 'imported', 'known already', 'refused'], rows));
  const refused = reports.flatMap(({ registry, refused }) =>
    refused.map(({ by, row, code, detail }) => [registry, row, by, code, plain(detail, 50)]),
  );
  if (refused.length > 0) print(`\n${formatTable(['refused of', 'entry', 'by', 'why', 'detail'], refused)}`);
  print('\nSources:');
  for (const { registry, attribution } of reports) if (attribution) print(`  ${registry}: ${attribution}`);
}
