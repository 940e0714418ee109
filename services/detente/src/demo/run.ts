// The demonstration, from nothing to three nodes that hold exactly what each was granted.

import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import type { ImportResult } from '@detente/interop';
import { CommandError, explain } from '../errors.ts';
import { readImports, sendCases } from '../import-run.ts';
import { findNode, findState, nodeFolder } from '../node-folder.ts';
import { patiently } from '../patience.ts';
import { whyNotListen } from '../start.ts';
import { type Comparison, compareCopies } from './compare.ts';
import { addLab, type DemoNode, introduce, lastLog, startNodes } from './federation.ts';
import { negotiate as negotiateLive, type Side } from './negotiate.ts';
import { type Name, SCENARIO } from './scenario.ts';
import {
  type Brought,
  LOOK_EVERY,
  type NodeResult,
  type Observation,
  observe,
  progressText,
  resultOf,
  settle,
  totalCases,
} from './settle.ts';

const WITHIN = 240_000;
/** Ms in which PostgreSQL's own programs have begun to work, while this process has time to read. */
const READ_AFTER = 300;

export type DemoResult = { seconds: number; nodes: NodeResult[] };

export type Demo = {
  result: DemoResult;
  /** How many released records nobody rated, by node. */
  unrated: Record<string, number>;
  nodes: readonly DemoNode[];
  /** Holds the folders of the nodes. */
  root: string;
  comparison: Comparison;
  attributions: readonly string[];
  /** Rejects when a node cannot go on. */
  failed: Promise<never>;
  /** What two of the nodes do next, live: they raise what they give each other, and one breaks its word. */
  negotiate(say: (line: string) => void): Promise<void>;
  stop(): Promise<void>;
};

/** Runs it. Nodes are stopped and a temporary folder is removed whatever happens.
 *  @param keep folder that stays; a temporary one when absent
 *  @param signal aborts it, as Ctrl-C does
 *  @throws CommandError and whatever a part throws */
export async function runDemo(options: {
  keep?: string | undefined;
  signal: AbortSignal;
  say: (line: string) => void;
}): Promise<Demo> {
  const { say } = options;
  const root = makeRoot(options.keep);
  const started: DemoNode[] = [];
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const stop = async () => {
    ended.abort();
    await Promise.all(started.map((node) => node.stop()));
    if (options.keep === undefined) rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    say('starting three nodes: cn, us and sg');
    const [nodes, imports] = await Promise.all([
      startNodes(root, { durable: options.keep !== undefined, report: say }, (node) => started.push(node)),
      readAll(),
    ]);
    signal.throwIfAborted();
    const failed = Promise.race(nodes.map((node) => node.failed));
    failed.catch(() => undefined);
    const outcome = await Promise.race([exchange(nodes, imports, { say, signal }), failed, rejectOn(signal)]);
    const negotiate = async (tell: (line: string) => void) => {
      const [first, second, third] = nodes as [DemoNode, DemoNode, DemoNode];
      const { more } = imports.get(second.name)!;
      const [a, b] = [await sideOf(first, more, signal), await sideOf(second, more, signal)];
      await negotiateLive({ first: a, second: b, third }, { say: tell, signal });
    };
    return { ...outcome, nodes, root, failed, negotiate, stop };
  } catch (error) {
    const logged = SCENARIO.flatMap(({ name }) => lastLog(root, name) ?? []);
    await stop();
    if (options.signal.aborted) throw new CommandError('refused', 'Stopped before the end.');
    // What is wrong with the machine is said in one sentence; for the rest the logs may tell more.
    if (explain(error).outcome !== 'setup') for (const line of logged) say(line);
    throw error;
  }
}

/** From three nodes that have just started to three that hold what they were granted. */
async function exchange(
  nodes: readonly DemoNode[],
  imports: ReadonlyMap<Name, Imports>,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
): Promise<Omit<Demo, 'nodes' | 'root' | 'failed' | 'negotiate' | 'stop'>> {
  say('nodes are up: they become peers, and take in incidents');
  const watch = startWatch(nodes, say);
  const brought = new Map<string, Brought>();
  await Promise.all([
    introduce(nodes, signal),
    ...nodes.map((node) => takeIn(node, imports.get(node.name)!.first, { brought, signal })),
  ]).finally(watch.stop);
  const all = await settle(nodes, { brought, within: WITHIN, signal, onLook: watch.show });
  const comparison = await patiently(() => compareCopies(nodes[0]!, nodes.slice(1)), { signal });
  const result = { seconds: secondsSinceStart(), nodes: all.map(resultOf) };
  const unrated = Object.fromEntries(all.map(({ node, status }) => [node.name, status.unrated]));
  return { result, unrated, comparison, attributions: [...imports.values()].map(({ first }) => attributionOf(first)) };
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

function makeRoot(keep: string | undefined): string {
  const root = keep === undefined ? mkdtempSync(join(tmpdir(), 'detente-demo-')) : resolve(keep);
  mkdirSync(root, { recursive: true });
  // The databases of a demonstration started by root run as another user, who must get through to them.
  if (process.getuid?.() === 0) chmodSync(root, 0o711);
  return root;
}

/** A folder that was kept has its ports, which are in its nodes' names.
 *  @throws CommandError `setup` when they are in use, or the folder is; `usage` */
export async function refuseTaken(keep: string): Promise<void> {
  const root = resolve(keep);
  if (existsSync(root) && !statSync(root).isDirectory())
    throw new CommandError('usage', `${root} is a file: name a folder with --keep.`);
  for (const { name } of SCENARIO) {
    const folder = nodeFolder(join(root, name));
    const state = findState(folder);
    if (state)
      throw new CommandError(
        'setup',
        `A demo already runs on ${root} (process ${state.pid}): stop it or name another folder with --keep.`,
      );
    const port = findNode(folder)?.ports.public;
    if (port !== undefined && (await whyNotListen(port, '127.0.0.1')) !== undefined)
      throw new CommandError(
        'setup',
        `Port ${port}, which ${folder.root} has, is taken: stop what listens there or name another folder with --keep.`,
      );
  }
}

/** What a node takes in at first, and what is left of its registry. */
type Imports = { first: ImportResult; more: ImportResult };

async function readAll(): Promise<Map<Name, Imports>> {
  const results = new Map<Name, Imports>();
  await sleep(READ_AFTER);
  for (const { name, files, most } of SCENARIO) {
    await breathe();
    for (const result of readImports(files)) {
      const first = { ...result, cases: result.cases.slice(0, most) };
      results.set(name, { first, more: { ...result, cases: result.cases.slice(most) } });
    }
  }
  return results;
}

async function sideOf(node: DemoNode, more: ImportResult, signal: AbortSignal): Promise<Side> {
  const { name, origin, casework } = node;
  return { name, origin, casework, key: await addLab(node, signal), more };
}

async function takeIn(
  node: DemoNode,
  result: ImportResult,
  { brought, signal }: { brought: Map<string, Brought>; signal: AbortSignal },
): Promise<void> {
  const [before] = await patiently(() => observe([node]), { signal });
  const key = await addLab(node, signal);
  const report = await sendCases(result, {
    url: node.origin,
    key,
    dryRun: false,
    signal,
    onProgress: () => undefined,
  });
  const refused = report.refused.find(({ by }) => by === 'node');
  if (refused)
    throw new CommandError('refused', `${node.name} refused ${refused.row}: ${refused.code} ${refused.detail}.`);
  const imported = report.imported + report.known;
  brought.set(node.name, { imported, others: totalCases(before!.status) - report.known });
}

/** Says a line a second at most. */
function startWatch(nodes: readonly DemoNode[], say: (line: string) => void) {
  let spoken = 0;
  const show = (all: readonly Observation[]) => {
    if (performance.now() - spoken < 1_000) return;
    spoken = performance.now();
    say(`${secondsSinceStart().toFixed(0).padStart(3)} s  ${progressText(all)}`);
  };
  const look = () => observe(nodes).then(show, () => undefined);
  const timer = setInterval(look, LOOK_EVERY);
  return { show, stop: () => clearInterval(timer) };
}

function attributionOf({ registry, cases }: ImportResult): string {
  const { attribution, licence } = cases[0]!.source;
  return `${registry}: ${cases.length} cases. ${attribution} (${licence})`;
}

/** Since this process began, in seconds with one decimal. */
function secondsSinceStart(): number {
  return Math.round(performance.now() / 100) / 10;
}
