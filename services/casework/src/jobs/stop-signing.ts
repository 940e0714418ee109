// Damage stops signing, not reading, and an officer is told which leaf it is at.

import { stopSigning } from '@detente/store/worker';
import { type Damage, sentenceOf } from '../log-damage.ts';
import type { Worker } from '../worker-context.ts';

export async function stopFor({ border, log }: Pick<Worker, 'border' | 'log'>, damage: Damage): Promise<void> {
  const reason = sentenceOf(damage);
  const isNews = await border.write((tx) => stopSigning(tx, { kind: 'damaged', reason, place: damage.place }));
  if (isNews) log.error({ place: damage.place }, reason);
}
