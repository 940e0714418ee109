// A word a day to each peer, which goes the way that a warning goes.

import { lockStatements, newestStatement, readPeers } from '@detente/store/worker';
import { utcToday, type Worker } from '../worker-context.ts';
import { tellPeer } from './statements.ts';

/** Signs today's canary for each peer that has none of today. */
export async function sendCanaries(worker: Worker, day: string = utcToday()): Promise<void> {
  for (const { origin, status } of await readPeers(worker.border.now))
    if (status !== 'pending' && status !== 'expelled') await sendCanary(worker, origin, day);
}

/** Signs the day's canary for an enrolled peer, once. */
export async function sendCanary(worker: Worker, peer: string, day: string = utcToday()): Promise<void> {
  await worker.home.write(async (tx) => {
    await lockStatements(tx);
    const before = await newestStatement(tx, 'detente-canary+jwt', worker.origin, peer);
    if (before?.body.day !== day) await tellPeer(worker, tx, { kind: 'canary', peer, body: { day } });
  });
}
