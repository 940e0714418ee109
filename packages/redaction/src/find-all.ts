// Everything that reading a text finds: identifiers, names and counts as one list.
import { findCounts } from './coarser/counts.ts';
import { findEntities } from './entities/find-entities.ts';
import { simplified } from './entities/han-traditional.ts';
import { type Finding, firstOfOverlapping } from './finding.ts';
import { findIdentifiers } from './identifiers/find-identifiers.ts';
import { withNarrowNumbers } from './narrow.ts';

/** From left to right, none within another: of two that overlap the surer stays, of equal ones the identifier. */
export function findAll(written: string): Finding[] {
  const text = withNarrowNumbers(simplified(written));
  const entities = findEntities(text);
  const found = [...outsideAddresses(findIdentifiers(text), entities), ...entities, ...findCounts(text)];
  return firstOfOverlapping(found.toSorted((a, b) => b.confidence - a.confidence));
}

/** The postcode of an address goes with it. Both from left to right. */
function outsideAddresses(identifiers: readonly Finding[], entities: readonly Finding[]): Finding[] {
  const addresses = entities.filter(({ reason }) => reason === 'address');
  let nth = 0;
  return identifiers.filter(({ kind, start, end }) => {
    while (nth < addresses.length && addresses[nth]!.end <= start) nth++;
    const address = addresses[nth];
    return kind !== 'postcode' || address === undefined || start < address.start || end > address.end;
  });
}
