// The order of the versions of one record.

export type Version = {
  tick: number;
  digest: string;
  /** Place in the origin's log, when known. */
  index?: number | null | undefined;
};

/** What `a` is beside `b`: ticks order versions everywhere. `conflict` when one tick has two digests, or ticks and known
 *  indexes disagree: both versions are then evidence against their issuer. The same digest is the same version, wherever it
 *  stands. */
export function compareVersions(a: Version, b: Version): 'older' | 'same' | 'newer' | 'conflict' {
  if (a.digest === b.digest) return 'same';
  if (a.tick === b.tick) return 'conflict';
  const order = a.tick < b.tick ? 'older' : 'newer';
  if (isPlace(a.index) && isPlace(b.index) && a.index < b.index !== a.tick < b.tick) return 'conflict';
  return order;
}

function isPlace(index: number | null | undefined): index is number {
  return index !== null && index !== undefined;
}
