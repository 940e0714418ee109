// demo: three nodes on this machine exchange real incidents.

import { join } from 'node:path';
import type { Command } from 'commander';
import type { Demo } from '../demo/run.ts';
import { explain } from '../errors.ts';
import { examples } from '../examples.ts';
import { formatTable, print, printJson } from '../output.ts';
import { untilStopped } from '../stopping.ts';

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
  // What only one command needs is loaded by it: every other one starts the quicker.
  const { refuseTaken, runDemo } = await import('../demo/run.ts');
  if (options.keep !== undefined) await refuseTaken(options.keep);
  const live = await liveOutput();
  let demo: Demo;
  try {
    demo = await runDemo({ keep: options.keep, signal: abort.signal, say: live.say });
  } catch (error) {
    // What is wrong with the machine is one sentence, which follows.
    if (explain(error).outcome === 'setup') live.clear('');
    else live.end('the demonstration did not come to its end');
    throw error;
  }
  try {
    live.end(`every node holds exactly what it was granted, after ${demo.result.seconds} s`);
    if (options.json) printJson(demo.result);
    else await printDemo(demo);
    if (!options.once) {
      if (!options.json) await Promise.race([showNegotiation(demo), stopped, demo.failed]);
      if (!options.json) print(`\nCtrl-C stops all${options.keep ? '' : ' and removes its folder'}.`);
      await Promise.race([stopped, demo.failed]);
      process.stderr.write('\nstopping … ');
    }
  } finally {
    await demo.stop();
  }
  if (!options.once) process.stderr.write(`stopped; ${options.keep ? `${demo.root} is kept` : 'nothing is left'}\n`);
}

/** Progress on standard error: in place on a terminal, line by line elsewhere. */
async function liveOutput(): Promise<Record<'say' | 'end' | 'clear', (line: string) => void>> {
  if (!process.stderr.isTTY) {
    const write = (line: string) => void process.stderr.write(`${line}\n`);
    return { say: write, end: write, clear: () => undefined };
  }
  const { spinner } = await import('@clack/prompts');
  const shown = spinner({ output: process.stderr });
  shown.start('starting');
  return { say: (line) => shown.message(line), end: (line) => shown.stop(line), clear: () => shown.clear() };
}

async function printDemo({ result, unrated, nodes, root, comparison, attributions }: Demo): Promise<void> {
  const { formatComparison, formatProofs } = await import('../demo/compare.ts');
  print('\nOne incident, and who may see what of it:');
  print(`  ${comparison.title}\n`);
  print(formatComparison(comparison));
  print('\n  =  the same as the owner’s   ·  not disclosed   –  nothing to say');
  print('\nEach copy verifies against the keys that the owner publishes:');
  print(formatProofs(comparison));
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
  print('\nWhat each node has:\n');
  print(formatTable(head, rows));
  print('\n  held: a draft may still name somebody, so an officer decides; unrated: nobody rated its severity');
  print('\nSources:');
  for (const line of attributions) print(`  ${line}`);
  print('\nAddresses, open in any browser:');
  for (const node of nodes) printAddresses(node);
  print('\nFrom another terminal, for example:');
  for (const line of ['case list', 'inbox --peer us'])
    print(`  npm run --silent detente -- ${line} --data ${join(root, nodes[0]!.name)}`);
}

/** What fails here leaves the nodes as they are, for whoever looks for the reason. */
async function showNegotiation(demo: Demo): Promise<void> {
  print('\nReciprocity, live:');
  await demo.negotiate((line) => print(`  ${line}`)).catch((error: unknown) => print(`  ${explain(error).message}`));
}

function printAddresses(node: Demo['nodes'][number]): void {
  print(`  ${node.name}, ${node.part.title}; fingerprint ${node.fingerprint}`);
  print(`    published     ${node.origin}/publication/v1/editions`);
  print(`    for anyone    ${node.origin}/publication/docs`);
  print(`    for labs      ${node.origin}/reporting/docs`);
  print(`    for peers     ${node.origin}/exchange/docs`);
  print(`    for officers  ${node.caseworkOrigin}/casework/docs`);
  print(`      with token  ${node.token}`);
}
