// Which of the versions that landed are taken: each once, and none that contradicts another one of its record (design section 4).

import { compareVersions } from '@detente/record';
import type { HeldVersion, ReceivedRecord } from '@detente/store/worker';

export type Conflict = { code: 'tick_conflict' | 'order_conflict'; detail: string };

/** @param landed of one peer, in order of arrival
 *  @param held versions of the same records that are at home already
 *  @returns `kept`: every version once, with its longest presentation and lowest place; `conflicts` of those that landed: one tick with two
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
    };
    const other = versions.find((one) => compare(version, one) === 'conflict');
    if (other) {
      conflicts.set(record, conflictOf(version, other));
      continue;
    }
    known.set(record.id, [...versions.filter((one) => one !== same), version]);
    const before = kept.get(record.digest);
    const longer = before && before.level >= record.level ? before : record;
    kept.set(record.digest, { ...longer, place: version.place });
  }
  return { kept: [...kept.values()], conflicts };
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
