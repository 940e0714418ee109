// import: other registries' incidents, reported to this node as a lab would.

import { type Command, Option } from 'commander';
import { publicOriginOf } from '../connection.ts';
import { CommandError, explain } from '../errors.ts';
import { examples } from '../examples.ts';
import { type ImportReport, readImport, sendCases } from '../import-run.ts';
import { formatTable, plain, print, printJson } from '../output.ts';
import { startProgress } from '../progress.ts';

export function addImportCommand(program: Command): void {
  examples(
    program
      .command('import <files...>')
      .description('import AIID, AVID or ATLAS; a folder stands for what it holds; run again, it goes on'),
    'import packages/interop/data/aiid --key detente_lab_… --data ./cn',
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
  const result = readImport(files);
  const progress = startProgress(result.cases.length, `${result.registry}: ${result.cases.length} cases`);
  let report: ImportReport;
  try {
    report = await sendCases(result, {
      url,
      key: options.key,
      dryRun: options.dryRun ?? false,
      onProgress: (done) => progress.at(done, result.registry),
    });
  } catch (error) {
    const { outcome } = explain(error);
    progress.fail(outcome === 'unreachable' ? 'interrupted: run it again, and it goes on' : 'stopped');
    throw error;
  }
  progress.end(`${result.registry}: ${result.cases.length} cases answered`);
  if (options.json) printJson(report);
  else printReport(report, options.dryRun ?? false);
  if (report.refused.some(({ by }) => by === 'node'))
    throw new CommandError('refused', 'The node refused some cases: the table says which and why.');
}

function printReport(report: ImportReport, dryRun: boolean): void {
  const rows = [
    ...(dryRun ? [['would be imported', report.valid]] : [['imported', report.imported]]),
    ['known already', report.known],
    ['refused', report.refused.length],
  ];
  print(formatTable([report.registry, 'cases'], rows));
  if (report.refused.length > 0) {
    const refused = report.refused.map(({ by, row, code, detail }) => [row, by, code, plain(detail, 80)]);
    print(`\n${formatTable(['refused', 'by', 'code', 'detail'], refused)}`);
  }
  if (report.attribution) print(`\nSource: ${report.attribution}`);
}
