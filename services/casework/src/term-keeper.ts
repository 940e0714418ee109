// All names that must not leave, opened by machine and kept in the worker's memory alone.

import { createOpener, type KeyRing } from '@detente/keys';
import { createKnownNames, type TermIndex, type VaultNames } from '@detente/redaction';
import type { Database } from '@detente/store/database';
import { labNames, partiesBehind } from '@detente/store/worker';

export type TermKeeper = {
  /** The index over every case and lab that was committed before the call. */
  current(): Promise<TermIndex>;
};

export function createTermKeeper(home: Database, keys: KeyRing): TermKeeper {
  const opener = createOpener(keys.boxKey('vault'));
  const names = createKnownNames();
  let labs = 0;
  let settled = 0;
  let recent: number[] = [];
  let index = names.index();

  async function refresh(): Promise<TermIndex> {
    const rows = await partiesBehind(home.now, settled, recent);
    const sealed = await labNames(home.now);
    if (rows.length === 0 && sealed.length === labs) return index;
    for (const row of rows) names.add(JSON.parse(opener.open(row.parties_sealed).toString()) as VaultNames);
    for (const name of sealed) names.add({ reporter: [opener.open(name).toString()] });
    index = names.index();
    labs = sealed.length;
    settled = Math.max(settled, ...rows.filter((row) => row.settled).map((row) => row.position));
    recent = [...recent, ...rows.map((row) => row.position)].filter((position) => position > settled);
    return index;
  }

  // One refresh at a time: a second caller waits for the first and then looks itself.
  let last: Promise<unknown> = Promise.resolve();
  return {
    current() {
      const next = last.then(refresh, refresh);
      last = next.catch(() => undefined);
      return next;
    },
  };
}
