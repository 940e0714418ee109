// A record version on its way to border: cut to the longest prefix that anybody has been granted.

import { type Cell, type Level, leastLevel, nameOfType, type Tlp } from '@detente/record';
import type { GrantLine, OutgoingBody, RecordRow } from '@detente/store/worker';

/** What the grants are asked about a record: its place is the caller's, since it may have none yet. */
export function factsOf({ id, type, domain, band, tlp }: Pick<RecordRow, 'id' | 'type' | 'domain' | 'band' | 'tlp'>) {
  return { record_id: id, cell: `${nameOfType(type)}/${domain}/${band}` as Cell, least: leastLevel(tlp as Tlp) };
}

/** @param level the longest prefix that border shall hold; null when nobody is granted anything, so that only the leaf goes
 *  @param after digest of the version before, which must be logged first */
export function outgoingRecord(
  record: RecordRow,
  level: Level | null,
  after: string | null,
  lines: GrantLine[],
): OutgoingBody['record'] {
  const { digest, tick, token, lengths, place } = record;
  const cut = level === null ? null : { body: token.slice(0, lengths[level]), lengths: lengths.slice(0, level + 1) };
  return { digest, ...factsOf(record), tick, after, body: null, lengths: null, ...cut, place, lines };
}
