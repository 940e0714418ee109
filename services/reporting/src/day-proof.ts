// The way up from a leaf to the root of its intake day, read from the 256 leaves around it and the subtree roots above.

import type { DayProof } from '@detente/contract/reporting';
import { fillIntakeSubtree, intakeSubtreeSize } from '@detente/keys';
import type { OwnReceipt } from '@detente/store/reporting';
import { extendTiles, HASH_SIZE, hashLeaf, inclusionProof, tileReader, verifyInclusion } from '@detente/tlog';

/** @param day `place` is the leaf's, `around` the subtree that it is in
 *  @throws Error when what is kept of the day does not lead to its root: no lab is given a proof that would not verify */
export function proveDay(day: NonNullable<OwnReceipt['day']>): DayProof {
  const { root, size, place } = day;
  const leafHashes = split(leavesAround(day)).map(hashLeaf);
  const leafHash = leafHashes[place % intakeSubtreeSize]!;
  const below = tileReader([{ level: 0, index: 0, bytes: Buffer.concat(leafHashes) }]);
  const above = tileReader(extendTiles(0, split(day.nodes), () => undefined));
  const path = [
    ...inclusionProof(place % intakeSubtreeSize, intakeSubtreeSize, below),
    ...inclusionProof(Math.floor(place / intakeSubtreeSize), size / intakeSubtreeSize, above),
  ];
  try {
    verifyInclusion({ index: place, size, leafHash, root: Buffer.from(root, 'base64url'), proof: path });
  } catch (cause) {
    throw new Error(`what is kept of the intake tree ${root} is damaged: put it back from a copy`, { cause });
  }
  return { root, size, place, path: path.map((hash) => hash.toString('base64url')), log: day.log as DayProof['log'] };
}

function leavesAround({ place, around }: NonNullable<OwnReceipt['day']>): Buffer {
  if (Buffer.isBuffer(around)) return around;
  return fillIntakeSubtree(around.seed, place - (place % intakeSubtreeSize), around.own);
}

function split(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / HASH_SIZE }, (_, at) =>
    bytes.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE),
  );
}
