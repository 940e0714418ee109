// What is out already, at the start and once a day against what the vaults know by now. It was clean when it left; nobody withdraws it but an officer.

import { type NewAct, recordActs, releasedBehind, renewDrafts } from '@detente/store/worker';
import { leaksOf, tellLeaks } from '../leaks.ts';
import type { Worker } from '../worker-context.ts';

const GROUP = 200;

/** Asks for a new draft of each case whose newest record or public edition names somebody who became known since, and says so in its
 *  acts. A case that has one already is not told of again.
 *  @returns whether there was any */
export async function checkReleased(worker: Worker): Promise<boolean> {
  const index = await worker.terms.current();
  const told = new Map<string, string[]>();
  let after = '';
  for (;;) {
    const versions = await releasedBehind(worker.home.now, after, GROUP);
    for (const version of versions) {
      const leaks = leaksOf(version, index);
      if (leaks.length > 0) told.set(version.case_id, [...(told.get(version.case_id) ?? []), tellLeaks(leaks)]);
    }
    if (versions.length < GROUP) break;
    after = versions.at(-1)!.digest;
  }
  if (told.size === 0) return false;
  const acts = Array.from(told, ([object, found]): NewAct => {
    const reason = `${found.join('; ')}; it is out with that: release the new draft, which is without it, or retract the case`;
    return { actor: 'worker', act: 'case.named', object, reason };
  });
  await worker.home.write(async (tx) => {
    await renewDrafts(tx, [...told.keys()]);
    await recordActs(tx, acts);
  });
  return true;
}
