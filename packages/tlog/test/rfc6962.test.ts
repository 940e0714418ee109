// Every proof of transparency-dev/merkle's test data, good and bad, subtrees included.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import {
  TlogError,
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from '../src/index.ts';

interface Vector {
  wantErr: boolean;
  desc: string;
  proof: string[] | null;
  root: string;
  leafHash: string;
  leafIdx: number;
  treeSize: number;
  start: number;
  end: number;
  size: number;
  size1: number;
  size2: number;
  root1: string;
  root2: string;
}

const folder = join(import.meta.dirname, 'vectors', 'merkle', 'testdata');
const bytes = (base64: string) => Buffer.from(base64, 'base64');

function vectors(kind: string): [name: string, vector: Vector][] {
  return readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(join(folder, kind, name), 'utf8'))]);
}

function run(kind: string, count: number, verify: (v: Vector, proof: Buffer[]) => Buffer) {
  test(`each ${kind} vector is accepted or refused as it says`, (t) => {
    const all = vectors(kind);
    t.equal(all.length, count);
    for (const [name, vector] of all) {
      const attempt = () => verify(vector, (vector.proof ?? []).map(bytes));
      if (vector.wantErr) t.throws(attempt, TlogError, name);
      else t.doesNotThrow(attempt, name);
    }
    t.end();
  });
}

run('inclusion', 98, (v, proof) =>
  verifyInclusion({ index: v.leafIdx, size: v.treeSize, leafHash: bytes(v.leafHash), root: bytes(v.root), proof }),
);
run('subtreeinclusion', 204, (v, proof) =>
  verifySubtreeInclusion({
    index: v.leafIdx,
    start: v.start,
    end: v.end,
    leafHash: bytes(v.leafHash),
    root: bytes(v.root),
    proof,
  }),
);
run('consistency', 98, (v, proof) =>
  verifyConsistency({ from: v.size1, to: v.size2, fromRoot: bytes(v.root1), toRoot: bytes(v.root2), proof }),
);
run('subtreeconsistency', 118, (v, proof) =>
  verifySubtreeConsistency({
    start: v.start,
    end: v.end,
    size: v.size,
    subtreeRoot: bytes(v.root1),
    root: bytes(v.root2),
    proof,
  }),
);
