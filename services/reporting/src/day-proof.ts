// The way up from a leaf to the root of its intake day, read from the 256 leaves around it and the subtree roots above.

import type { DayProof } from '@detente/contract';
import type { OwnReceipt } from '@detente/store/reporting';
import { extendTiles, HASH_SIZE, hashLeaf, inclusionProof, tileReader } from '@detente/tlog';

const SUBTREE = 256;

/** @param day `place` is the leaf's, `leaves` the subtree that it is in */
export function proveDay(day: NonNullable<OwnReceipt['day']>): DayProof {
  const { root, size, place } = day;
  const leafHashes = split(day.leaves).map(hashLeaf);
  const below = tileReader([{ level: 0, index: 0, bytes: Buffer.concat(leafHashes) }]);
  const above = tileReader(extendTiles(0, split(day.nodes), () => undefined));
  const path = [
    ...inclusionProof(place % SUBTREE, SUBTREE, below),
    ...inclusionProof(Math.floor(place / SUBTREE), size / SUBTREE, above),
  ];
  return { root, size, place, path: path.map((hash) => hash.toString('base64url')), log: day.log as DayProof['log'] };
}

function split(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / HASH_SIZE }, (_, at) =>
    bytes.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE),
  );
}
