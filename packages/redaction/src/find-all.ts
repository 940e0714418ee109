// Everything that reading a text finds: identifiers, names and counts as one list.
import { findCounts } from './coarser/counts.ts';
import { findEntities } from './entities/find-entities.ts';
import { simplified } from './entities/han-traditional.ts';
import { type Finding, firstOfOverlapping } from './finding.ts';
import { findIdentifiers } from './identifiers/find-identifiers.ts';

/** From left to right, none within another: of two that overlap the surer stays, of equal ones the identifier. */
export function findAll(written: string): Finding[] {
  const text = simplified(written);
  const found = [...findIdentifiers(text), ...findEntities(text), ...findCounts(text)];
  return firstOfOverlapping(found.toSorted((a, b) => b.confidence - a.confidence));
}
