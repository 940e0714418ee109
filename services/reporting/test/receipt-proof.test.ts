// A lab's proof is made from what is kept of its day: the leaves themselves of days closed long ago, a seed since.

import { randomBytes } from 'node:crypto';
import { emptyIntakeSubtrees, fillIntakeSubtree, intakeDaySeed } from '@detente/keys';
import { appendLeaves, appendSubtree, emptyFrontier, hashLeaf, rootOf, verifyInclusion } from '@detente/tlog';
import { test } from 'tap';
import { call, createNode, type Node, report, serve } from './reporting-node.ts';

const log = { index: 9, proof: [], checkpoint: '', descriptor: '', witnesses: [] };

function split(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(32 * at, 32 * (at + 1)));
}

function rootOver(leaves: Buffer): Buffer {
  return rootOf(appendLeaves(emptyFrontier(), split(leaves).map(hashLeaf)));
}

/** Two reports, and the day that they came on, closed with them at these places. */
async function closedDay(node: Node, origin: string, lab: string, places: readonly number[]) {
  return Promise.all(
    places.map(async (place) => {
      const { id } = (await call(origin, '/reporting/v1/cases', lab, report())).json;
      const [row] = await node.rows<{ leaf: Buffer }>('SELECT leaf FROM intake_leaves WHERE case_id = $1', [id]);
      await write(node, 'UPDATE intake_leaves SET place = $2 WHERE case_id = $1', [id, place]);
      return { id, leaf: row!.leaf, place };
    }),
  );
}

const write = (node: Node, text: string, values: unknown[]) => node.admin.write((tx) => tx.execute(text, values));

async function close(node: Node, kept: { size: number; nodes: Buffer; leaves: Buffer | null; seed: Buffer | null }) {
  let frontier = emptyFrontier();
  for (const [at, hash] of split(kept.nodes).entries())
    frontier = appendSubtree(frontier, 256 * at, 256 * (at + 1), hash);
  const root = rootOf(frontier);
  await write(
    node,
    `UPDATE intake_days SET closed_at = now(), root = $1, size = $2, nodes = $3, leaves = $4, seed = $5, place = 9,
       log_proof = $6 WHERE closed_at IS NULL`,
    [root.toString('base64url'), kept.size, kept.nodes, kept.leaves, kept.seed, JSON.stringify(log)],
  );
  return root;
}

test('receipts of a day with a seed, and of one from before there were seeds, are proven', async (t) => {
  const node = await createNode(t);
  const origin = await serve(t, node);
  const lab = await node.addLab();
  const proven = async (own: { id: string; leaf: Buffer; place: number }[], size: number, root: Buffer) => {
    for (const { id, leaf, place } of own) {
      const { json, status } = await call(origin, `/reporting/v1/cases/${id}/receipts/0`, lab);
      t.equal(status, 200);
      const { day } = json as unknown as { day: { size: number; place: number; path: string[] } };
      t.match(day, { size, place });
      t.equal(day.path.length, Math.log2(size));
      const proof = day.path.map((hash) => Buffer.from(hash, 'base64url'));
      t.doesNotThrow(() => verifyInclusion({ index: place, size, leafHash: hashLeaf(leaf), root, proof }));
    }
  };

  const before = await closedDay(node, origin, lab, [700, 1023]);
  const leaves = randomBytes(1024 * 32);
  for (const { leaf, place } of before) leaves.set(leaf, place * 32);
  const subtrees = [0, 1, 2, 3].map((at) => leaves.subarray(at * 8192, (at + 1) * 8192));
  const old = { size: 1024, nodes: Buffer.concat(subtrees.map(rootOver)), leaves, seed: null };
  await proven(before, 1024, await close(node, old));

  for (const places of [
    [256, 511],
    [5, 2 ** 20 - 1],
  ]) {
    const now = await closedDay(node, origin, lab, places);
    const seed = intakeDaySeed();
    const nodes = emptyIntakeSubtrees(seed, 4096);
    for (const { place } of now) {
      const start = place - (place % 256);
      const own = now.filter((one) => one.place >= start && one.place < start + 256);
      nodes.set(rootOver(fillIntakeSubtree(seed, start, own)), start / 8);
    }
    await proven(now, 2 ** 20, await close(node, { size: 2 ** 20, nodes, leaves: null, seed }));
  }
});
