// Runs the exchange's bundle process: under its role and keys, so that nothing leaves which the wire would not give.

import { spawn } from 'node:child_process';
import { startEmbedded } from './databases.ts';
import { CommandError } from './errors.ts';
import { findState, type NodeFolder, type NodeSettings, nodeFolder, readNode } from './node-folder.ts';
import { bundlePlan } from './processes.ts';

/** Behind which leaf of a log, and behind which of its late records. */
export type Place = { after: number; late: number };

export type BundleExport = Record<'seq' | 'bytes' | 'statements' | 'receipts' | 'notices' | 'pages', number> & {
  peer: string;
  from: Place;
  next: Place;
  more: boolean;
  withheld: string | null;
};
export type BundleImport = Record<'seq' | 'statements' | 'receipts' | 'notices' | 'records' | 'after', number> & {
  peer: string;
  outcome: 'taken' | 'same' | 'keys' | 'busy';
  refused: { kind: string; code: string }[];
  fault: string | null;
  more: boolean;
};

/** @param data the node's folder; without one the settings are in this process's environment
 *  @returns what the process says that it did
 *  @throws CommandError `refused`, `setup` */
export async function runBundle(args: readonly string[], data: string | undefined): Promise<unknown> {
  if (data === undefined) return spawned(bundlePlan(undefined), args);
  const folder = nodeFolder(data);
  const settings = readNode(folder);
  const server = await openDatabases(folder, settings);
  try {
    return await spawned(bundlePlan({ folder, settings, server, logLevel: 'warn' }), args);
  } finally {
    if (server && 'stop' in server) await server.stop();
  }
}

/** The running node's embedded server, or one that is started for this and stopped again. */
async function openDatabases(folder: NodeFolder, { databases }: NodeSettings) {
  if (databases !== 'embedded') return undefined;
  const running = findState(folder);
  if (!running) return startEmbedded(folder, () => undefined);
  if (running.database === undefined)
    throw new CommandError('unreachable', `The node on ${folder.root} is starting: try again in a moment.`);
  return { port: running.database };
}

async function spawned({ file, env }: ReturnType<typeof bundlePlan>, args: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((done, fail) => child.on('error', fail).on('close', () => done()));
  for await (const chunk of child.stdout) chunks.push(chunk);
  await ended;
  const said = Buffer.concat(chunks).toString();
  if (said === '') throw new CommandError('setup', 'The exchange’s process for bundles ended without a word.');
  const value = JSON.parse(said) as { error?: string; message?: string };
  if (value.error === undefined) return value;
  if (value.error === 'failed') throw new CommandError('setup', `${value.message}.`);
  throw new CommandError('refused', `The bundle is refused: ${value.message}.`);
}
