// The rhythm of pulls: every peer in its own time, none waiting for another and none twice at once.

import type { Logger } from '@detente/server';
import { notePullFault, type Peer, readPeers, type WatchedPeer } from '@detente/store/exchange';
import { type Enrolled, enrolledPeer } from './enrolled.ts';
import { checkConformance } from './jobs/conformance.ts';
import { askWitness } from './jobs/cosignatures.ts';
import { watchLog } from './jobs/forks.ts';
import { gossipWith } from './jobs/gossip.ts';
import { mirrorLog } from './jobs/mirror.ts';
import { noteUnasked, recoverFrom } from './jobs/own-log.ts';
import { type Puller, pullPeer } from './jobs/pull.ts';
import { type Line, type LineSettings, openLine } from './line.ts';
import { PullFault } from './pull-fault.ts';

export type Pulling = {
  /** Looks at a peer's descriptor soon: it has used a key that we do not know. */
  look(origin: string): void;
  /** Pulls a peer at once: there is more of its log to mirror. */
  pull(origin: string): void;
  /** Ends the calls under way and waits until nothing runs any more. */
  stop(): Promise<void>;
};

export type PullingSettings = Omit<LineSettings, 'signal' | 'signer'> & {
  /** Milliseconds from one round to the next. */
  everyMs: number;
  /** Milliseconds from one checkpoint that witnesses are asked to sign to the next. */
  witnessMs: number;
};

type Routine = Puller & { witnessMs: number };
type Track = {
  line: Line;
  ca: string | null;
  /** When its descriptor was looked at, ms. */
  looked: number;
  /** Whether it is to be looked at with the next pull. */
  due: boolean;
  running: Promise<void> | undefined;
  /** Checkpoints of its log that were held against our mirror. */
  judged: Set<string>;
  /** When it was last told of others' logs, ms. */
  gossiped: number;
};

/** Ms from one look at an enrolled peer's descriptor to the next, and between looks that its calls ask for. */
const lookEvery = 10_000;
const lookAgain = 2_000;

/** Starts with a first round at once. A peer that is still being pulled is left alone by the next round. */
export function startPulling(puller: Puller, settings: PullingSettings): Pulling {
  const { logger } = puller;
  const tracks = new Map<string, Track>();
  const end = new AbortController();
  const lines = { ...settings, signer: puller.keys.transport, signal: end.signal };
  const { witnessMs } = settings;
  let round: Promise<void> | undefined;
  /** Peers that are to be pulled once the round that is beginning has begun. */
  let next = new Set<string>();

  function beat(only?: string): void {
    if (end.signal.aborted) return;
    if (only !== undefined) next.add(only);
    if (round) return;
    const some = only === undefined ? undefined : next;
    next = new Set();
    round = pullAll({ puller: { ...puller, witnessMs }, tracks, lines, again: beat }, some)
      .catch((err) => logger.error({ err }, 'a round of pulls failed and is tried again'))
      .finally(() => {
        round = undefined;
        const [first] = next;
        if (first !== undefined) beat(first);
      });
  }

  const timer = setInterval(() => beat(), settings.everyMs);
  beat();
  return {
    pull: beat,
    look(origin) {
      const track = tracks.get(origin);
      if (!track) return;
      track.due = true;
      if (Date.now() - track.looked > lookAgain) beat(origin);
    },
    async stop() {
      clearInterval(timer);
      end.abort();
      await round;
      await Promise.all([...tracks.values()].map(({ running }) => running));
      await Promise.all([...tracks.values()].map(({ line }) => line.close()));
    },
  };
}

type Round = {
  puller: Routine;
  tracks: Map<string, Track>;
  lines: LineSettings;
  /** Pulls a peer once more. */
  again: (peer: string) => void;
};

/** Begins a pull of every peer that none is running of, or of some alone. */
async function pullAll({ puller, tracks, lines, again }: Round, some?: ReadonlySet<string>): Promise<void> {
  const peers = (await readPeers(puller.border.now)).filter(({ status }) => status !== 'expelled');
  const kept = new Map(peers.map(({ origin, ca }) => [origin, ca]));
  for (const [origin, track] of tracks) {
    if (track.running || kept.get(origin) === track.ca) continue;
    tracks.delete(origin);
    await track.line.close();
  }
  for (const peer of peers) {
    if (lines.signal.aborted) return;
    if (some && !some.has(peer.origin)) continue;
    const track = tracks.get(peer.origin) ?? (await begin(puller, tracks, peer, lines));
    if (!track || track.running) continue;
    track.running = pullOnce(puller, track, peer, lines.signal).then((more) => {
      track.running = undefined;
      if (more) again(peer.origin);
    });
  }
}

async function begin(puller: Puller, tracks: Map<string, Track>, peer: Peer, lines: LineSettings) {
  try {
    const track: Track = {
      line: openLine(peer, lines),
      ca: peer.ca,
      looked: 0,
      due: true,
      running: undefined,
      judged: new Set(),
      gossiped: 0,
    };
    tracks.set(peer.origin, track);
    return track;
  } catch (error) {
    if (!(error instanceof PullFault)) throw error;
    await puller.border.write((tx) => notePullFault(tx, peer.origin, error.message));
    await noteUnasked(puller.border, peer.origin, error.message);
    return undefined;
  }
}

/** Asks a peer what it has seen of our log, pulls what it has, if not more than a pull may bring, and watches its log. Never rejects.
 *  @returns whether it has more */
async function pullOnce(puller: Routine, track: Track, peer: WatchedPeer, signal: AbortSignal): Promise<boolean> {
  try {
    const enrolled = peer.status === 'pending' ? undefined : enrolledPeer(peer);
    const { border, origin } = puller;
    const { line } = track;
    // Before its pages, so that a peer with a feed that never ends is asked all the same.
    if (enrolled) await recoverFrom({ origin, border, peer: enrolled, line, signal });
    else await noteUnasked(border, peer.origin, 'its keys are not known yet');
    if (enrolled && peer.check_due) await checkConformance({ puller, peer, enrolled, line });
    const refresh = track.due || Date.now() - track.looked > lookEvery;
    if (refresh) Object.assign(track, { looked: Date.now(), due: false });
    const pulled = await pullPeer(puller, { peer, line, refresh });
    // What failed may have failed because a key was rotated; and a descriptor that is refused stays in sight.
    track.due ||= !pulled.sound;
    if (enrolled && !peer.sandbox) await watch(puller, track, { peer, enrolled, signal });
    return pulled.more;
  } catch (err) {
    if (!signal.aborted) await noteOwnFault(puller, peer, err, puller.logger);
    return false;
  }
}

type Watched = { peer: WatchedPeer; enrolled: Enrolled; signal: AbortSignal };

/** Mirrors a peer's log, holds it against what others have seen, and asks it to witness ours. */
async function watch(
  { border, witnessMs: everyMs }: Routine,
  track: Track,
  { peer, enrolled, signal }: Watched,
): Promise<void> {
  const { line } = track;
  if (signal.aborted) return;
  await mirrorLog({ border, peer: enrolled, line, signal });
  await watchLog(border, enrolled, track.judged);
  if (!signal.aborted && Date.now() - track.gossiped >= everyMs) {
    track.gossiped = Date.now();
    await gossipWith(border, enrolled, line);
  }
  if (peer.status === 'active' && peer.listed && !signal.aborted)
    await askWitness({ border, peer: enrolled, line, everyMs, signal });
}

async function noteOwnFault({ border }: Puller, { origin }: Peer, err: unknown, logger: Logger): Promise<void> {
  logger.error({ err, peer: origin }, 'a pull failed and is tried again');
  const sentence = 'the pull failed on this side; the log of the exchange says why';
  await border
    .write((tx) => notePullFault(tx, origin, sentence))
    .catch((error) => logger.error({ err: error }, 'that a pull failed could not be noted'));
}
