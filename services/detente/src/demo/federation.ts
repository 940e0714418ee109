// Three nodes on this machine, each with its own databases, keys and processes, that know each other.

import { randomInt } from 'node:crypto';
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, dataOf, ProblemError } from '@detente/client';
import { makeTemplate } from '@detente/store/embedded';
import { type Ahead, launchAhead } from '../ahead.ts';
import type { Casework } from '../connection.ts';
import { initNode } from '../init.ts';
import {
  createFolder,
  findLabKey,
  findNode,
  findOfficerToken,
  keepLabKey,
  type NodeFolder,
  nodeFolder,
} from '../node-folder.ts';
import { plainOffer } from '../offer.ts';
import { patiently } from '../patience.ts';
import { type RunningNode, startNode } from '../start.ts';
import { type Name, type Part, policyOf, RHYTHM, SCENARIO } from './scenario.ts';

export type DemoNode = {
  folder: NodeFolder;
  part: Part;
  name: Name;
  origin: string;
  caseworkOrigin: string;
  fingerprint: string;
  token: string;
  casework: Casework;
  publication: ReturnType<typeof createClient<'publication'>>;
  /** Rejects when the node cannot go on. */
  failed: Promise<never>;
  stop(): Promise<void>;
};

const REASON = 'the demonstration';
/** Ms in which PostgreSQL's own programs have begun to work. */
const BEGUN_AFTER = 150;

type StartNodes = { durable: boolean; report: (sentence: string) => void };

/** Sets all nodes up in folders below `root` and starts them, side by side.
 *  @param options.durable false when the folders do not outlive this process
 *  @param started is told of each node, so that it can be stopped when another fails */
export async function startNodes(
  root: string,
  options: StartNodes,
  started: (node: DemoNode) => void,
): Promise<DemoNode[]> {
  const ports = await freePorts(SCENARIO.length);
  const folders = SCENARIO.map(({ name }) => nodeFolder(join(root, name)));
  for (const folder of folders) createFolder(folder);
  const template = options.durable ? undefined : templateIn(root);
  const outputs = folders.map(openLog);
  const aheads = launchAhead(outputs);
  // The template's programs have begun before this process is busy with keys.
  await sleep(BEGUN_AFTER);
  const outcomes = await Promise.allSettled(
    SCENARIO.map(async (part, at) => {
      const made = { folder: folders[at]!, port: ports[at]!, output: outputs[at]!, ahead: aheads[at]!, template };
      const node = await startOne(part, made, options);
      started(node);
      return node;
    }),
  );
  for (const ahead of aheads) ahead.end();
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

/** What every node's databases are copied from. That it could not be made is told by whoever waits for it. */
function templateIn(root: string): Promise<string> {
  const path = join(root, 'template');
  const made = makeTemplate(path).then(() => path);
  made.catch(() => undefined);
  return made;
}

type Made = { folder: NodeFolder; port: number; output: number; ahead: Ahead; template: Promise<string> | undefined };

async function startOne(
  part: Part,
  { folder, port, output, ahead, template }: Made,
  { durable, report }: StartNodes,
): Promise<DemoNode> {
  const origin = findNode(folder)?.origin ?? `http://127.0.0.1:${port}`;
  const { name } = part;
  const settings = { name, contact: `${name}, ${part.title}`, ports: { public: port, casework: 0 }, ...RHYTHM };
  const made = await initNode(folder, { origin, ...settings, keepServer: true, durable, template });
  let running: RunningNode;
  try {
    if (!existsSync(folder.policy)) writeFileSync(folder.policy, JSON.stringify(policyOf(), null, 2));
    const say = (sentence: string) => report(`${name}: ${sentence}`);
    running = await startNode(folder, { logLevel: 'warn', output, report: say, server: made.server, ahead });
  } catch (error) {
    await made.server?.stop();
    throw error;
  }
  const token = findOfficerToken(folder)!;
  return {
    part,
    name,
    folder,
    origin,
    caseworkOrigin: running.casework,
    fingerprint: made.fingerprint,
    token,
    casework: createClient({ service: 'casework', baseUrl: running.casework, token }),
    publication: createClient({ service: 'publication', baseUrl: origin }),
    failed: running.failed,
    stop: running.stop,
  };
}

function openLog({ root }: NodeFolder): number {
  return openSync(join(root, 'log'), 'a', 0o600);
}

/** What the processes of a node said last, for whoever looks for the cause of a failure. */
export function lastLog(root: string, name: Name): string | undefined {
  const file = join(root, name, 'log');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const said = lines.findLast((line) => /^\{|^\w+: |^\w*Error/.test(line));
  return said === undefined ? undefined : `${name}: ${said.slice(0, 500)}`;
}

/** Each becomes the other's peer, by fingerprint, and signs what it gives. */
export async function introduce(nodes: readonly DemoNode[], signal: AbortSignal): Promise<void> {
  const pairs = nodes.flatMap((node) => nodes.filter((peer) => peer !== node).map((peer) => ({ node, peer })));
  await Promise.all(
    pairs.map(async ({ node, peer }) => {
      const { name, origin, fingerprint } = peer;
      const peerBody = { name, origin, fingerprint, reason: REASON };
      await unlessKnown(patiently(() => node.casework.POST('/casework/v1/peers', { body: peerBody }), { signal }));
      const body = {
        offer: plainOffer({ tier: node.part.gives[name]!, condition: 'unconditional', backlog: true }),
        reason: REASON,
      };
      const params = { path: { name } };
      // Until the worker has carried the peer over, there is nobody to offer it to.
      const again = ({ code }: ProblemError) => code === 'not_found';
      const put = () => node.casework.PUT('/casework/v1/peers/{name}/offer', { params, body });
      await patiently(put, { within: 120_000, again, signal });
    }),
  );
}

/** An API key for the desk that imports; kept with the node, so that a demonstration that goes on is the same desk. */
export async function addLab(node: DemoNode, signal: AbortSignal): Promise<string> {
  const found = findLabKey(node.folder);
  if (found !== undefined) return found;
  const body = { name: `import desk of ${node.name}`, reason: REASON };
  const { key } = dataOf(await patiently(() => node.casework.POST('/casework/v1/labs', { body }), { signal }));
  keepLabKey(node.folder, key);
  return key;
}

async function unlessKnown(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof ProblemError) || error.code !== 'conflict') throw error;
  });
}

/** Ports that are free now, each another: below those that the system gives to whoever asks for any, which one of the many
 *  connections that are made meanwhile could be given. */
async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}
