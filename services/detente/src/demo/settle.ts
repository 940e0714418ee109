// Watching the nodes until each holds exactly what it was granted and nothing waits any more.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Contracts, dataOf } from '@detente/client';
import { CommandError } from '../errors.ts';
import { patiently } from '../patience.ts';
import type { DemoNode } from './federation.ts';

type Status = Contracts['casework']['/casework/v1/status']['get']['responses'][200]['content']['application/json'];
type Peer =
  Contracts['casework']['/casework/v1/peers']['get']['responses'][200]['content']['application/json']['items'][number];

export type Observation = { node: DemoNode; status: Status; peers: readonly Peer[] };

export type NodeResult = {
  name: string;
  origin: string;
  cases: number;
  released: number;
  held: number;
  received: Record<string, number>;
  quarantined: number;
  pages_verified: number;
  public_editions: number;
};

export async function observe(nodes: readonly DemoNode[]): Promise<Observation[]> {
  return Promise.all(
    nodes.map(async (node) => {
      const [status, peers] = await Promise.all([
        node.casework.GET('/casework/v1/status').then(dataOf),
        node.casework.GET('/casework/v1/peers').then(dataOf),
      ]);
      return { node, status, peers: peers.items };
    }),
  );
}

/** What of an observation says whether a node has come to rest. */
type Resting = {
  node: { name: string };
  status: Pick<Status, 'cases' | 'waiting' | 'logged' | 'released'>;
  peers: readonly Pick<Peer, 'name' | 'status' | 'granted' | 'received' | 'receipts'>[];
};

/** Milliseconds from one look at all nodes to the next: it costs them as much as a few cases, of which they need the time. */
export const LOOK_EVERY = 2_000;
/** When all is decided on and the rest takes moments. */
const LOOK_AT_END = 500;

export type Brought = {
  /** Cases that were imported, now or by a demo before. */
  imported: number;
  /** Cases of others, on a folder that was kept: whether anybody decides on them is not the demo's. */
  others: number;
};

/** Why the federation has not come to rest, one reason a node at least; empty when it has.
 *  @param brought by the node's name */
export function unsettled(all: readonly Resting[], brought: ReadonlyMap<string, Brought>): string[] {
  return all.flatMap(({ node, status, peers }) => {
    const { name } = node;
    const reasons: string[] = [];
    const cases = totalCases(status);
    const { imported, others } = brought.get(name) ?? { imported: 0, others: 0 };
    const expected = imported + others;
    if (cases !== expected) reasons.push(`${name} has ${cases} cases and not ${expected}`);
    const done = decidedOn(status);
    if (done < imported) reasons.push(`${name} has decided on ${done} of ${imported} cases`);
    const waiting = Object.entries(status.waiting).filter(([, count]) => count > 0);
    if (waiting.length > 0)
      reasons.push(`${name} has ${waiting.map(([what, n]) => `${n} ${what}`).join(', ')} waiting`);
    if (status.logged < status.released)
      reasons.push(`${name} has logged ${status.logged} of ${status.released} records`);
    for (const peer of peers) {
      const given = granted(all, peer.name, name);
      if (peer.status !== 'active') reasons.push(`${name} has not enrolled ${peer.name}`);
      else if (given === undefined) reasons.push(`${peer.name} does not know ${name}`);
      else if (peer.received !== given)
        reasons.push(`${name} holds ${peer.received} of ${given} granted by ${peer.name}`);
      else if (given === 0) reasons.push(`${peer.name} gives ${name} nothing yet`);
      else if (peer.receipts === 0) reasons.push(`${name} has no receipt from ${peer.name}`);
    }
    if (peers.length < all.length - 1) reasons.push(`${name} has ${peers.length} of ${all.length - 1} peers`);
    return reasons;
  });
}

function decidedOn({ cases }: Pick<Status, 'cases'>): number {
  return (cases.released ?? 0) + (cases.held ?? 0) + (cases.retracted ?? 0);
}

/** What `giver` grants `taker`, as the giver counts it. */
function granted(all: readonly Resting[], giver: string, taker: string): number | undefined {
  const observed = all.find(({ node }) => node.name === giver);
  return observed?.peers.find(({ name }) => name === taker)?.granted;
}

export function totalCases(status: Pick<Status, 'cases'>): number {
  return Object.values(status.cases).reduce((sum, count) => sum + count, 0);
}

/** Watches until nothing is left to do.
 *  @param signal stops the watching
 *  @throws CommandError `refused` with the first reasons, when that takes longer than `within` ms */
export async function settle(
  nodes: readonly DemoNode[],
  options: {
    brought: ReadonlyMap<string, Brought>;
    within: number;
    signal: AbortSignal;
    onLook: (all: readonly Observation[]) => void;
  },
): Promise<Observation[]> {
  const end = performance.now() + options.within;
  while (true) {
    const all = await patiently(() => observe(nodes), { within: 60_000, signal: options.signal });
    options.onLook(all);
    const reasons = unsettled(all, options.brought);
    if (reasons.length === 0) return all;
    if (performance.now() > end) {
      const first = reasons.slice(0, 3).join('; ');
      throw new CommandError('refused', `The nodes have not come to rest after ${options.within / 1000} s: ${first}.`);
    }
    const isDecided = all.every(({ node, status }) => decidedOn(status) >= options.brought.get(node.name)!.imported);
    await sleep(isDecided ? LOOK_AT_END : LOOK_EVERY, undefined, { signal: options.signal });
  }
}

export function resultOf({ node, status, peers }: Observation): NodeResult {
  return {
    name: node.name,
    origin: node.origin,
    cases: totalCases(status),
    released: status.released,
    held: status.cases.held ?? 0,
    received: Object.fromEntries(peers.map((peer) => [peer.name, peer.received])),
    quarantined: status.quarantined,
    pages_verified: status.pages_verified,
    public_editions: status.public_editions,
  };
}

/** One line of live progress, at most 92 columns. */
export function progressText(all: readonly Observation[]): string {
  const nodes = all.map(({ node, status, peers }) => {
    const received = peers.reduce((sum, peer) => sum + peer.received, 0);
    return `${node.name} ${totalCases(status)}/${status.released}/${received}`;
  });
  return `cases/released/received: ${nodes.join(', ')}`;
}
