// The rhythm of pulls: every peer in its own time, none waiting for another and none twice at once.

import type { Logger } from '@detente/server';
import { notePullFault, type Peer, readPeers, type WatchedPeer } from '@detente/store/exchange';
import { enrolledPeer } from './enrolled.ts';
import { checkConformance } from './jobs/conformance.ts';
import { askWitness } from './jobs/cosignatures.ts';
import { type Puller, pullPeer } from './jobs/pull.ts';
import { type Line, type LineSettings, openLine } from './line.ts';
import { PullFault } from './pull-fault.ts';

export type Pulling = {
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
type Track = { line: Line; ca: string | null; pulls: number; sound: boolean; running: Promise<void> | undefined };

/** Pulls of an enrolled peer from one look at its descriptor to the next. */
const refreshEvery = 60;

/** Starts with a first round at once. A peer that is still being pulled is left alone by the next round. */
export function startPulling(puller: Puller, settings: PullingSettings): Pulling {
  const { logger } = puller;
  const tracks = new Map<string, Track>();
  const end = new AbortController();
  const lines = { ...settings, signer: puller.keys.transport, signal: end.signal };
  const { witnessMs } = settings;
  let round: Promise<void> | undefined;

  function beat(): void {
    round ??= pullAll({ ...puller, witnessMs }, tracks, lines)
      .catch((err) => logger.error({ err }, 'a round of pulls failed and is tried again'))
      .finally(() => {
        round = undefined;
      });
  }

  const timer = setInterval(beat, settings.everyMs);
  beat();
  return {
    async stop() {
      clearInterval(timer);
      end.abort();
      await round;
      await Promise.all([...tracks.values()].map(({ running }) => running));
      await Promise.all([...tracks.values()].map(({ line }) => line.close()));
    },
  };
}

/** Begins a pull of every peer that none is running of. */
async function pullAll(puller: Routine, tracks: Map<string, Track>, lines: LineSettings): Promise<void> {
  const peers = (await puller.border.read(readPeers)).filter(({ status }) => status !== 'expelled');
  const kept = new Map(peers.map(({ origin, ca }) => [origin, ca]));
  for (const [origin, track] of tracks) {
    if (track.running || kept.get(origin) === track.ca) continue;
    tracks.delete(origin);
    await track.line.close();
  }
  for (const peer of peers) {
    if (lines.signal.aborted) return;
    const track = tracks.get(peer.origin) ?? (await begin(puller, tracks, peer, lines));
    if (!track || track.running) continue;
    track.running = pullWhole(puller, track, peer, lines.signal).finally(() => {
      track.running = undefined;
    });
  }
}

async function begin(puller: Puller, tracks: Map<string, Track>, peer: Peer, lines: LineSettings) {
  try {
    const track: Track = { line: openLine(peer, lines), ca: peer.ca, pulls: 0, sound: true, running: undefined };
    tracks.set(peer.origin, track);
    return track;
  } catch (error) {
    if (!(error instanceof PullFault)) throw error;
    await puller.border.write((tx) => notePullFault(tx, peer.origin, error.message));
    return undefined;
  }
}

/** Pulls a peer until it has no more, and asks it to witness our log. Never rejects. */
async function pullWhole(puller: Routine, track: Track, peer: WatchedPeer, signal: AbortSignal): Promise<void> {
  try {
    const enrolled = peer.status === 'pending' ? undefined : enrolledPeer(peer);
    const { line } = track;
    if (enrolled && peer.check_due) await checkConformance({ puller, peer, enrolled, line });
    let more = true;
    while (more && !signal.aborted) {
      // What failed may have failed because a key was rotated; and a descriptor that is refused stays in sight.
      const refresh = track.pulls % refreshEvery === 0 || !track.sound;
      track.pulls += 1;
      const pulled = await pullPeer(puller, { peer, line, refresh });
      track.sound = pulled.sound;
      more = pulled.more;
    }
    const { border, witnessMs: everyMs } = puller;
    const isWitness = enrolled && peer.status === 'active' && !peer.sandbox && !signal.aborted;
    if (isWitness) await askWitness({ border, peer: enrolled, line, everyMs, signal });
  } catch (err) {
    if (!signal.aborted) await noteOwnFault(puller, peer, err, puller.logger);
  }
}

async function noteOwnFault({ border }: Puller, { origin }: Peer, err: unknown, logger: Logger): Promise<void> {
  logger.error({ err, peer: origin }, 'a pull failed and is tried again');
  const sentence = 'the pull failed on this side; the log of the exchange says why';
  await border
    .write((tx) => notePullFault(tx, origin, sentence))
    .catch((error) => logger.error({ err: error }, 'that a pull failed could not be noted'));
}
