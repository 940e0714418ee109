// One look at a log from outside: its keys, its checkpoint, everything that was added since the last look, its tiles.

import {
  type Checkpoint,
  emptyRoot,
  findFork,
  nodesForFork,
  type SignedTree,
  TlogError,
  verifyCheckpoint,
  verifyFork,
} from '@detente/tlog';
import { type KnownLog, knowLog, type Node } from './log-keys.ts';
import { damagedFault, forkedFault, MonitorFault } from './monitor-fault.ts';
import { type Source, take } from './take.ts';

/** What a look found: how far the log is, how much of that is new, and how far it shows a checkpoint as cosigned by enough. */
export type Seen = { log: string; size: number; added: number; cosigned: number | undefined };

export type Monitored = Source & Node;

/** Looks once. What was verified is in the folder afterwards, the checkpoint last.
 *  @throws MonitorFault */
export async function look(monitored: Monitored): Promise<Seen> {
  const { client, folder } = monitored;
  const known = await knowLog(monitored);
  const note = await client.text(`${known.path}/checkpoint`);
  const held = folder.newest();
  if (note === undefined) {
    if (held)
      throw new MonitorFault('went_back', `${known.name} shows no checkpoint any more and had ${held.size} entries`);
    return { log: known.name, size: 0, added: 0, cosigned: undefined };
  }
  const shown = readFollowed(note, known, held?.size ?? 0);
  if (shown.size < (held?.size ?? 0)) await refuseOlder(monitored, known, shown, held!);
  const before = held?.size ?? 0;
  if (held && shown.size === held.size) refuseFork(known, held, shown, () => Buffer.alloc(0));
  if (shown.size === 0) refuseFork(known, shown, shown, () => Buffer.alloc(0));
  if (shown.size > before) await take(monitored, known, held, shown);
  folder.writeCheckpoint('checkpoint', note);
  return {
    log: known.name,
    size: shown.size,
    added: shown.size - before,
    cosigned: await lookAtCosigned(monitored, known),
  };
}

/** A checkpoint of a revoked key is shown until the log, and then witnesses, have signed one of the new key. It is held against what
 *  is verified, and followed beyond that as far as the node says that the key counts.
 *  @throws MonitorFault `checkpoint_refused` */
function readFollowed(note: string, known: KnownLog, verified: number): Checkpoint & { note: string } {
  const shown = readSigned(note, { ...known, publicKey: known.everyKey });
  return shown.size <= verified ? shown : readSigned(note, { ...known, publicKey: known.keysFor(shown.size) });
}

function readSigned(note: string, known: Pick<KnownLog, 'name' | 'publicKey'>): Checkpoint & { note: string } {
  try {
    return { ...verifyCheckpoint(note, known), note };
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    const message = `a checkpoint of ${known.name} is not signed by its key (${error.code})`;
    throw new MonitorFault('checkpoint_refused', message, { cause: error });
  }
}

/** @throws MonitorFault `forked` with the evidence; `went_back` when the older one is of the same history */
async function refuseOlder(
  { folder }: Monitored,
  known: KnownLog,
  shown: SignedTree,
  held: SignedTree,
): Promise<never> {
  if (shown.size > 0) refuseFork(known, shown, held, folder.reader(nodesForFork(shown.size, held.size), held.size));
  throw new MonitorFault('went_back', `the log shows ${shown.size} entries and had shown ${held.size} before`);
}

/** @param read nodes of the larger tree
 *  @throws MonitorFault `forked` with the evidence; `folder_failed` when it is none, so that what is kept must be damaged */
function refuseFork(
  known: KnownLog,
  smaller: SignedTree,
  larger: SignedTree,
  read: Parameters<typeof findFork>[2],
): void {
  if (smaller.size === 0) {
    if (emptyRoot().equals(smaller.root)) return;
    throw new MonitorFault(
      'checkpoint_refused',
      'the log has signed an empty tree that has another root than that of nothing',
    );
  }
  const fork = findFork(smaller, larger, read);
  if (!fork) return;
  try {
    verifyFork(fork, { name: known.name, publicKey: known.everyKey });
  } catch (error) {
    if (error instanceof TlogError) throw damagedFault(undefined, error);
    throw error;
  }
  throw forkedFault(fork, [smaller, larger], known);
}

/** The newest checkpoint that witnesses have signed is of the same history.
 *  @returns its size; undefined when there is none yet */
async function lookAtCosigned(monitored: Monitored, known: KnownLog): Promise<number | undefined> {
  const { client, folder } = monitored;
  const note = await client.text(`${known.path}/cosigned`);
  if (note === undefined) return undefined;
  const held = folder.newest()!;
  const cosigned = readFollowed(note, known, held.size);
  if (cosigned.size > held.size) {
    // One tick more has been signed in between.
    await take(monitored, known, held, cosigned);
    folder.writeCheckpoint('checkpoint', note);
  } else if (cosigned.size > 0) {
    refuseFork(known, cosigned, held, folder.reader(nodesForFork(cosigned.size, held.size), held.size));
    folder.writeEdge(cosigned.size, held.size);
  }
  folder.writeCheckpoint('cosigned', note);
  return cosigned.size;
}
