// Everything that reading a text finds: identifiers, names and counts as one list.
import { findCounts } from './coarser/counts.ts';
import { findEntities } from './entities/find-entities.ts';
import type { Finding } from './finding.ts';
import { findIdentifiers } from './identifiers/find-identifiers.ts';

/** From left to right, none within another: of two that overlap the surer stays, of equal ones the identifier. */
export function findAll(text: string): Finding[] {
  const found = [...findIdentifiers(text), ...findEntities(text), ...findCounts(text)];
  const kept: Finding[] = [];
  for (const one of found.toSorted((a, b) => b.confidence - a.confidence)) {
    const at = placeIn(kept, one.start);
    if ((kept[at]?.start ?? Infinity) >= one.end && (kept[at - 1]?.end ?? 0) <= one.start) kept.splice(at, 0, one);
  }
  return kept;
}

function placeIn(sorted: readonly Finding[], start: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
