// What a peer has of our own log: how much it has seen, once and whenever the worker doubts the log, and then the leaves that are
// missing here. All of it is landed as it came; the worker verifies it.

import { logNameOf } from '@detente/keys';
import type { Database } from '@detente/store/database';
import {
  askAgain,
  keepSeen,
  landTail,
  noteTailFault,
  readWanted,
  type Seen,
  type Wanted,
} from '@detente/store/exchange';
import { parseCheckpoint, parseNote, TILE_WIDTH, TlogError, tilePath, tileWidth } from '@detente/tlog';
import type { Enrolled } from '../enrolled.ts';
import { bundleLength } from '../entries.ts';
import type { Line } from '../line.ts';
import { faultSentence, PullFault } from '../pull-fault.ts';

const MIRROR = '/exchange/v1/mirror/';
/** Bundles that are landed at a time. */
const BUNDLES = 64;
/** A note as packages/tlog takes it. */
const MAX_NOTE = 262_144;

export type Recovering = {
  /** This node. */
  origin: string;
  border: Database;
  peer: Enrolled;
  line: Line;
  /** Ends the calls, as when the process stops; then nothing is noted. */
  signal: AbortSignal;
};

/** Asks the peer what it has seen, and fetches from it what is missing, as far as either is wanted. Faults are noted. */
export async function recoverFrom(recovering: Recovering): Promise<void> {
  const { border, peer } = recovering;
  const wanted = await readWanted(border.now, peer.origin);
  if (wanted && !wanted.answered) await ask(recovering, wanted.now);
  if (wanted?.tail) await fetchTail(recovering, wanted.tail);
}

/** Notes that a peer could not even be asked, while the log waits for it. */
export async function noteUnasked(border: Database, peer: string, fault: string): Promise<void> {
  const wanted = await readWanted(border.now, peer);
  if (wanted?.doubted && !wanted.answered)
    await border.write((tx) => keepSeen(tx, { peer, askedAt: wanted.now, fault }));
}

async function ask({ origin, border, peer, line, signal }: Recovering, askedAt: Date): Promise<void> {
  const question = async (): Promise<Seen> => {
    const { status, body } = await line.call(peer, { method: 'GET', path: `${MIRROR}checkpoint` });
    if (status === 204) return { peer: peer.origin, askedAt, size: null, note: null, fault: null };
    if (status !== 200)
      throw new PullFault('answer_refused', `the peer answers ${status} to what it has seen of our log`);
    return { peer: peer.origin, askedAt, ...readSeen(body, logNameOf(origin)), fault: null };
  };
  const fault = (fault: string): Seen => ({ peer: peer.origin, askedAt, fault });
  const seen = await question().catch((error: unknown) => fault(sentenceOf(error)));
  if (!signal.aborted) await border.write((tx) => keepSeen(tx, seen));
}

/** @throws PullFault `answer_refused` */
function readSeen(body: Buffer, log: string): { size: number; note: string } {
  const note = body.toString();
  try {
    const { origin, size } = parseCheckpoint(parseNote(note.slice(0, MAX_NOTE)).text);
    if (origin === log) return { size, note };
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
  }
  throw new PullFault('answer_refused', 'what the peer says to have seen of our log is no checkpoint of it');
}

async function fetchTail(
  { border, peer, line, signal }: Recovering,
  { have, size, landed }: NonNullable<Wanted['tail']>,
): Promise<void> {
  const { origin } = peer;
  const end = Math.ceil(size / TILE_WIDTH);
  try {
    for (
      let first = Math.max(landed, Math.floor(have / TILE_WIDTH));
      first < end && !signal.aborted;
      first += BUNDLES
    ) {
      const bundles: { index: number; leaves: Buffer }[] = [];
      for (let index = first; index < Math.min(end, first + BUNDLES); index++)
        bundles.push({ index, leaves: await fetchBundle(line, peer, { index, size }) });
      await border.write((tx) => landTail(tx, { peer: origin, size, bundles }));
    }
  } catch (error) {
    const fault = sentenceOf(error);
    if (signal.aborted) return;
    // One that has not said whether it has the leaves is as one that was not reached.
    const isSaid = error instanceof PullFault && error.code === 'answer_refused';
    await border.write(async (tx) => {
      await noteTailFault(tx, { peer: origin, size, fault });
      if (!isSaid) await askAgain(tx, origin, fault);
    });
  }
}

async function fetchBundle(line: Line, peer: Enrolled, { index, size }: { index: number; size: number }) {
  const width = tileWidth({ level: 0, index }, size);
  const path = `${MIRROR}${tilePath('entries', index, width)}`;
  const { status, body } = await line.call(peer, { method: 'GET', path });
  if (status === 404) throw new PullFault('answer_refused', 'its mirror does not reach so far');
  if (status !== 200) throw new PullFault('answer_missing', `it answers ${status} to the question for our leaves`);
  if (body.length !== bundleLength(width))
    throw new PullFault('answer_refused', 'what it gives is no bundle of leaves');
  return body;
}

/** @throws what is this side's own fault */
function sentenceOf(error: unknown): string {
  const sentence = faultSentence(error);
  if (sentence === undefined) throw error;
  return sentence;
}
