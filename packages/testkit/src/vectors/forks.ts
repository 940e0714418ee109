// Forks: two checkpoints that no tree holds both, and what proves none.

import { type Fork, findFork, rootOf, signCheckpoint } from '@detente/tlog';
import { cn, fixedBytes, testKey } from './test-keys.ts';
import { frontierOf, nodesOf, text } from './trees.ts';
import type { Case, VectorFile } from './vector.ts';

const key = testKey(cn, 'log');
const log = 'cn.example/log/v1';
const history = (name: string, shared: number) =>
  Array.from({ length: 21 }, (_, index) => fixedBytes(index < shared ? `entry ${index}` : `${name} ${index}`));
const [one, other] = [history('one', 5), history('other', 5)];

const treeOf = (entries: readonly Uint8Array[], size: number) => {
  const root = rootOf(frontierOf(entries, size));
  return { size, root, note: signCheckpoint({ origin: log, size, root }, key.privateKey) };
};

function forkOf(size: number, larger: number): Fork {
  return findFork(treeOf(one, size), treeOf(other, larger), nodesOf(other))!;
}

export function forks(): VectorFile {
  const good = forkOf(7, 13);
  const honest = treeOf(one, 13);
  const same = findFork({ ...treeOf(one, 7), root: fixedBytes('no root') }, honest, nodesOf(one))!;
  const rows: [string, Fork, { smaller: number; larger: number } | { refused: string }][] = [
    ['of 7 and 13 entries', good, { smaller: 7, larger: 13 }],
    ['of 8 and 21 entries', forkOf(8, 21), { smaller: 8, larger: 21 }],
    ['of one size: the lower root is the smaller', forkOf(13, 13), { smaller: 13, larger: 13 }],
    ['one history', { ...same, smaller: treeOf(one, 7).note }, { refused: 'fork_unproven' }],
    ['another root than the proof’s', { ...good, root: fixedBytes('no root') }, { refused: 'subtree_mismatch' }],
    ['a proof that is too short', { ...good, proof: good.proof.slice(1) }, { refused: 'proof_length' }],
    ['the larger first', { ...good, smaller: good.larger, larger: good.smaller }, { refused: 'range_invalid' }],
    [
      'a size that was not signed',
      { ...good, smaller: good.smaller.replace('\n7\n', '\n6\n') },
      { refused: 'signature_invalid' },
    ],
  ];
  return {
    description:
      'Two signed checkpoints of one log, what the larger tree has for a root at the smaller size, and the proof from there: a fork, or not.',
    section: '12',
    given: { log, keys: [key.publicJwk] },
    cases: rows.map(([name, { smaller, larger, root, proof }, expected]): Case => {
      return { name, smaller, larger, root: text(root), proof: proof.map(text), expected };
    }),
  };
}
