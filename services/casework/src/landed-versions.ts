// Which of the versions that landed are taken: each once, and none that contradicts another one of its record (design section 4).

import { compareVersions } from '@detente/record';
import type { HeldVersion, ReceivedRecord } from '@detente/store/worker';
import { prefixLengths } from './prefix-lengths.ts';

export type Conflict = { code: 'tick_conflict' | 'order_conflict'; detail: string };

/** @param landed of one peer, in order of arrival
 *  @param held versions of the same records that are at home already
 *  @returns `kept`: every version once, with its longest presentation and lowest place, but of one older than a withdrawal that came before
 *    it the signed part alone; `conflicts` of those that landed: one tick with two
 *    digests, or a place in the log that disagrees with the tick. What came first is kept, the other one is the evidence */
export function settleVersions(
  landed: readonly ReceivedRecord[],
  held: readonly HeldVersion[],
): { kept: ReceivedRecord[]; conflicts: Map<ReceivedRecord, Conflict> } {
  const known = Map.groupBy(held, ({ id }) => id);
  const kept = new Map<string, ReceivedRecord>();
  const conflicts = new Map<ReceivedRecord, Conflict>();
  for (const record of landed) {
    const versions = known.get(record.id) ?? [];
    const same = versions.find(({ digest }) => digest === record.digest);
    const version = {
      id: record.id,
      digest: record.digest,
      tick: record.tick,
      place: lower(same?.place, record.place),
      retracted: record.retracted,
    };
    const other = versions.find((one) => compare(version, one) === 'conflict');
    if (other) {
      conflicts.set(record, conflictOf(version, other));
      continue;
    }
    known.set(record.id, [...versions.filter((one) => one !== same), version]);
    const before = kept.get(record.digest);
    const isOver = versions.some(({ retracted, tick }) => retracted && tick > record.tick);
    const fit = isOver ? signedPart(record) : record;
    const longer = before && before.level >= fit.level ? before : fit;
    kept.set(record.digest, { ...longer, place: version.place });
  }
  return { kept: [...kept.values()], conflicts };
}

/** Of what comes behind its own withdrawal nobody is to read anything: it is history, and shown by its digest alone. */
function signedPart(record: ReceivedRecord): ReceivedRecord {
  const { type, presentation, direct } = record;
  const unread = { level: 0, fields: {}, domain: 'other', band: 'unrated', direct: direct === null ? null : 0 };
  return { ...record, ...unread, presentation: presentation.slice(0, prefixLengths(type, presentation, 0)[0]) };
}

function compare(a: HeldVersion, b: HeldVersion) {
  const versionOf = ({ digest, tick, place }: HeldVersion) => ({ digest, tick, index: place });
  return compareVersions(versionOf(a), versionOf(b));
}

function conflictOf(version: HeldVersion, other: HeldVersion): Conflict {
  const about = `version ${other.digest} of this record`;
  if (version.tick === other.tick) return { code: 'tick_conflict', detail: `${about} has the same tick ${other.tick}` };
  const detail = `${about} has tick ${other.tick} and index ${other.place}, this one ${version.tick} and ${version.place}`;
  return { code: 'order_conflict', detail };
}

function lower(a: number | null | undefined, b: number | null): number | null {
  return a == null || b == null ? (a ?? b) : Math.min(a, b);
}
