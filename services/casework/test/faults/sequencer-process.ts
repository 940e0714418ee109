// The sequencer as a process of its own: it says `ready`, and to each message appends a batch, signs it, and says `done` or `failed`.

import { loadKeys, publicKeysBeside } from '@detente/keys';
import { createLogger } from '@detente/server/process';
import { openDatabase } from '@detente/store/database';
import { prepareLog, sequence } from '../../src/jobs/sequence.ts';
import { makeWorker, utcToday, type Worker } from '../../src/worker-context.ts';

export const ORIGIN = 'https://cn.example';
export const BATCH = 16;

/** A worker that has what the sequencer needs: border, over one connection, and the keys.
 *  @param url of border, as detente_worker */
export function sequencerOf(url: string, keysFolder: string): Worker {
  const border = openDatabase({ url, max: 1, name: `detente sequencer ${process.pid}` });
  const keys = loadKeys(keysFolder, 'worker');
  const settings = { DETENTE_ORIGIN: ORIGIN, DETENTE_BATCH_SIZE: BATCH, DETENTE_TICK_MS: 0 } as Worker['settings'];
  const log = createLogger({ name: 'worker', level: 'silent' });
  const publicKeys = publicKeysBeside(keys, keysFolder);
  const none = undefined as never;
  return makeWorker({
    ...{ settings, log, keys, publicKeys, border, revoked: [], policy: undefined },
    ...{ doubt: { due: false }, home: none, contract: none, terms: none },
  });
}

async function main(url: string, keysFolder: string): Promise<void> {
  const worker = sequencerOf(url, keysFolder);
  await prepareLog(worker);
  // What is opened and compiled once is not what is to be broken.
  await sequence(worker);
  process.on('disconnect', () => process.exit());
  process.on('message', () => {
    sequence(worker, utcToday(), Promise.resolve()).then(
      () => process.send!('done'),
      () => process.send!('failed'),
    );
  });
  process.send!('ready');
}

const [url, keysFolder] = process.argv.slice(2);
if (process.send && url && keysFolder) await main(url, keysFolder);
