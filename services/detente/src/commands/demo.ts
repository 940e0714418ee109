// demo: three nodes on this machine exchange real incidents.

import { spinner } from '@clack/prompts';
import type { Command } from 'commander';
import { formatComparison } from '../demo/compare.ts';
import { type Demo, runDemo } from '../demo/run.ts';
import { SCENARIO } from '../demo/scenario.ts';
import { examples } from '../examples.ts';
import { formatTable, print, printJson } from '../output.ts';
import { untilStopped } from '../start.ts';

export function addDemoCommand(program: Command): void {
  examples(
    program
      .command('demo')
      .description('three nodes on this machine take in real incidents and exchange them; up until Ctrl-C')
      .option('--once', 'end when every node holds what it was granted')
      .option('--json', 'one JSON object on standard output')
      .option('--keep <folder>', 'keep the nodes’ folders; a temporary folder that goes again when absent'),
    'demo',
    'demo --once --json',
    'demo --keep ./demo',
  ).action(run);
}

async function run(options: { once?: boolean; json?: boolean; keep?: string }): Promise<void> {
  const abort = new AbortController();
  const stopped = untilStopped();
  stopped.then(() => abort.abort());
  const live = liveOutput();
  let demo: Demo;
  try {
    demo = await runDemo({ keep: options.keep, signal: abort.signal, say: live.say });
  } catch (error) {
    live.end('the demonstration did not come to its end');
    throw error;
  }
  try {
    live.end(`every node holds exactly what it was granted, after ${demo.result.seconds} s`);
    if (options.json) printJson(demo.result);
    else printDemo(demo);
    if (!options.once) {
      if (!options.json) print('\nCtrl-C stops all and removes what is temporary.');
      await stopped;
    }
  } finally {
    await demo.stop();
  }
}

/** Progress on standard error: in place on a terminal, line by line elsewhere. */
function liveOutput(): { say: (line: string) => void; end: (line: string) => void } {
  if (!process.stderr.isTTY) {
    const write = (line: string) => void process.stderr.write(`${line}\n`);
    return { say: write, end: write };
  }
  const shown = spinner({ output: process.stderr });
  shown.start('starting');
  return { say: (line) => shown.message(line), end: (line) => shown.stop(line) };
}

function printDemo({ result, unrated, nodes, comparison, attributions }: Demo): void {
  print('\nOne incident, and who may see what of it:');
  print(`  ${comparison.title}\n`);
  print(formatComparison(comparison));
  print('\n·  not disclosed   –  nothing to say   ✓  verified against the owner’s published keys\n');
  const rows = result.nodes.map((node) => [
    node.name,
    node.cases,
    node.released,
    node.held,
    unrated[node.name],
    Object.entries(node.received)
      .map(([peer, count]) => `${count} from ${peer}`)
      .join(', '),
    node.pages_verified,
    node.quarantined,
    node.public_editions,
  ]);
  const head = ['node', 'cases', 'released', 'held', 'unrated', 'received', 'pages verified', 'quarantined', 'public'];
  print(formatTable(head, rows));
  print('\nSources:');
  for (const line of attributions) print(`  ${line}`);
  print('\nAddresses:');
  for (const node of nodes) {
    print(`  ${node.name}, ${SCENARIO.find(({ name }) => name === node.name)!.title}`);
    print(`    public      ${node.origin}/publication/v1/editions   docs ${node.origin}/publication/docs`);
    print(`    labs        ${node.origin}/reporting/docs`);
    print(`    officers    ${node.caseworkOrigin}/casework/docs   token ${node.token}`);
    print(`    peers       ${node.origin}/exchange/docs`);
    print(`    descriptor  ${node.origin}/.well-known/detente   fingerprint ${node.fingerprint}`);
  }
}
