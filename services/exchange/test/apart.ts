// Two nodes that nothing connects but what a test carries: neither is called.

import type { Test } from 'tap';
import { exportBundle } from '../src/bundle/export.ts';
import type { Place } from '../src/bundle/format.ts';
import { importBundle } from '../src/bundle/import.ts';
import { type Node, startNode } from './exchange-node.ts';

export const CYBER = 'incident/cyber/unrated';
export const cyber = { hazard_domain: 'cyber' };
export const DAY = 86_400_000;

export const pack = (
  from: Node,
  to: { origin: string },
  { now = Date.now(), ...more }: { now?: number; from?: Place } = {},
) => exportBundle({ origin: from.origin, border: from.database, keys: from.keys }, to.origin, { now, ...more });

export function take(node: Node, text: string | Buffer, more: { now?: number; maxAgeDays?: number } = {}) {
  return importBundle(node.taker, Buffer.from(text), { now: Date.now(), maxAgeDays: 30, ...more });
}

/** The first gives the second what is of the domain `cyber`. */
export async function startApart(t: Test): Promise<[Node, Node]> {
  const nodes = await Promise.all([startNode(t), startNode(t)]);
  const [cn, us] = nodes;
  for (const [node, peer] of [nodes, [us, cn]] as const) await node.worker.addPeer(peer);
  for (const [node, peer] of [nodes, [us, cn]] as const) {
    t.match(await take(node, (await pack(peer, node)).text), { outcome: 'keys' });
    await node.worker.enrol(peer.origin);
    await node.worker.agree(peer.origin);
  }
  await cn.worker.grant(us.origin, { cell: CYBER }, 3);
  return nodes;
}

/** All rows of a node that a bundle could change. */
export async function stateOf(node: Node): Promise<string> {
  const tables = ['landing', 'cursors', 'quarantine', 'receipts_in', 'receipts_out', 'notices_in', 'bundles_in'];
  const all = [...tables, 'statements_out', 'bundles_out', 'statement_counters'];
  return JSON.stringify(await Promise.all(all.map((table) => node.rows(`SELECT * FROM ${table} ORDER BY 1, 2, 3`))));
}
