// One pull of one peer: its descriptor, our statements to it, its pages, our receipts.

import type { VerifiedPage, Verifier } from '@detente/feed';
import type { Logger } from '@detente/server';
import type { Database } from '@detente/store/database';
import { notePullFault, type Peer } from '@detente/store/exchange';
import { enrolledPeer } from '../enrolled.ts';
import type { ExchangeKeys } from '../keys.ts';
import type { Line } from '../line.ts';
import { faultSentence, isOutOfReach } from '../pull-fault.ts';
import type { KeepRefused } from '../refused.ts';
import { pullDescriptor } from './descriptor.ts';
import { pullPages } from './pages.ts';
import { sendReceipts } from './receipts.ts';
import { putStatements } from './statements.ts';

/** What all pulls share. */
export type Puller = {
  /** This node. */
  origin: string;
  border: Database;
  keys: ExchangeKeys;
  verifier: Verifier;
  /** Records of a page that is asked for. */
  limit: number;
  logger: Logger;
  /** Keeps what is refused, as evidence. */
  keep: KeepRefused;
  /** Milliseconds of the epoch; `Date.now` when absent. */
  clock?: () => number;
  /** Whether the pages come in a bundle. */
  bundled?: boolean;
  /** Told of each page that has landed. */
  landed?: (page: VerifiedPage) => void;
};

export type Pull = {
  peer: Peer;
  line: Line;
  /** Whether to look for a new descriptor of an enrolled peer. */
  refresh: boolean;
};

/** `more`: there is more to be had at once; `sound`: nothing failed. */
export type Pulled = { more: boolean; sound: boolean };

/** Pulls a peer once. What fails is noted with the peer, and what does not hang on it is still done. */
export async function pullPeer(puller: Puller, { peer, line, refresh }: Pull): Promise<Pulled> {
  const enrolled = peer.status === 'pending' ? undefined : enrolledPeer(peer);
  let more = false;
  const steps: (() => Promise<unknown>)[] = [];
  if (!enrolled || refresh) steps.push(() => pullDescriptor(puller, peer, line));
  if (enrolled) {
    steps.push(
      () => putStatements(puller, enrolled, line),
      async () => {
        more = await pullPages(puller, enrolled, line, () => pullDescriptor(puller, peer, line));
      },
      () => sendReceipts(puller, enrolled, line),
    );
  }
  const fault = await firstFault(steps);
  if (fault !== undefined) await puller.border.write((tx) => notePullFault(tx, peer.origin, fault));
  return { more, sound: fault === undefined };
}

/** Runs the steps; one that fails does not stop the others, unless the peer is out of reach. */
async function firstFault(steps: readonly (() => Promise<unknown>)[]): Promise<string | undefined> {
  const faults: string[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      const sentence = faultSentence(error);
      if (sentence === undefined) throw error;
      faults.push(sentence);
      if (isOutOfReach(error)) break;
    }
  }
  return faults[0];
}
