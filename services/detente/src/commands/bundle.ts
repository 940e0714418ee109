// bundle: records and receipts between nodes that nothing connects, as files.

import { existsSync, statSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { BundleExport, BundleImport, Place } from '../bundle-run.ts';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { parseCount } from '../numbers.ts';
import { plain, print, printJson } from '../output.ts';

type Options = { data?: string; json?: boolean };

export function addBundleCommands(program: Command): void {
  const bundle = program.command('bundle').description('exchange with a peer that no connection leads to, by files');
  withData(
    examples(
      bundle
        .command('export <peer>')
        .description('write what the peer would have pulled and been sent; signed, and for it alone'),
      'bundle export us -o cn-to-us.bundle --data ./cn',
      'bundle export us -o cn-to-us-again.bundle --from 48:3 --data ./cn',
    )
      .requiredOption('-o, --output <file>', 'the file, which must not be there yet')
      .option(
        '--from <place>',
        'where its pages begin, as an import or export has named it; where the peer’s last bundle said that it was, when absent',
        parsePlace,
      ),
  ).action(runExport);
  withData(
    examples(
      bundle
        .command('import <file>')
        .description('take in a peer’s bundle, with the same checks as over the wire; repeated, it goes on'),
      'bundle import cn-to-us.bundle --data ./us',
    ).option('--max-age <days>', 'how old it may be', parseCount, 30),
  ).action(runImport);
}

function withData(command: Command): Command {
  return command
    .option('--data <folder>', 'folder of a node; without it the settings are the exchange’s, from the environment')
    .option('--json', 'one JSON value on standard output');
}

/** `48:3`: behind leaf 48 and late record 3; `48`: behind no late record. */
function parsePlace(text: string): Place {
  const [, after, late = '0'] = /^(\d{1,15})(?::(\d{1,15}))?$/.exec(text) ?? [];
  if (after === undefined)
    throw new InvalidArgumentError('It is a place as an import has named it, such as 48 or 48:3.');
  return { after: Number(after), late: Number(late) };
}

function formatPlace({ after, late }: Place): string {
  return late === 0 ? `${after}` : `${after}:${late}`;
}

async function runExport(
  peer: string,
  { output, from: asked, ...options }: Options & { output: string; from?: Place },
): Promise<void> {
  const { runBundle } = await import('../bundle-run.ts');
  const { resolve } = await import('node:path');
  if (existsSync(output)) throw new CommandError('usage', `${output} is there already: name another file.`);
  const place = asked ? [`${asked.after}`, `${asked.late}`] : [];
  const done = (await runBundle(['export', peer, resolve(output), ...place], options.data)) as BundleExport;
  if (options.json) return printJson({ file: output, ...done });
  const { statements, receipts, notices, pages, from, next } = done;
  print(`Bundle ${done.seq} for ${done.peer} is written to ${output}: ${done.bytes} bytes.`);
  print(`  ${counts({ statements, receipts, notices, pages })}`);
  if (pages > 0) print(`  of the log from ${formatPlace(from)} to ${formatPlace(next)}`);
  if (done.withheld !== null) print(`  no more pages: ${plain(done.withheld)}`);
  if (done.more) print(`There is more than it has room for: export another one with --from ${formatPlace(next)}.`);
}

async function runImport(file: string, options: Options & { maxAge: number }): Promise<void> {
  const { runBundle } = await import('../bundle-run.ts');
  const { resolve } = await import('node:path');
  statSync(file);
  const done = (await runBundle(['import', resolve(file), String(options.maxAge)], options.data)) as BundleImport;
  if (options.json) printJson({ file, ...done });
  else report(done);
  if (done.outcome === 'keys')
    throw new CommandError(
      'unreachable',
      'The bundle shows keys of its peer that the worker takes in first: import it again in a minute.',
    );
  if (done.outcome === 'busy')
    throw new CommandError('unreachable', 'The peer brought too many notices in a minute: import it again then.');
  if (done.fault !== null) throw new CommandError('refused', `Pages were left out: ${plain(done.fault)}.`);
}

function report(done: BundleImport): void {
  const { statements, receipts, notices, records } = done;
  if (done.outcome === 'same') {
    print(`Bundle ${done.seq} of ${done.peer} was taken in before: nothing changed.`);
    return;
  }
  print(`Bundle ${done.seq} of ${done.peer}: taken in ${counts({ records, statements, receipts, notices })}.`);
  print(`  of its log this node has all up to ${done.after}`);
  for (const [what, all] of Map.groupBy(done.refused, ({ kind, code }) => `${kind}: ${code}`))
    print(`  refused and kept as evidence: ${all.length} ${plain(what)}`);
  if (done.outcome !== 'taken') return;
  if (done.more) print('The peer had more than this one has room for: ask for the next.');
  print('Send a bundle back: it has the receipts, and tells where the next one is to begin.');
}

function counts(of: Record<string, number>): string {
  return Object.entries(of)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
}
