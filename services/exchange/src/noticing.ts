// The way of our notices: to each peer on a line of its own, so that neither pulls nor another peer hold them up.

import { WireError } from '@detente/http-signature/undici';
import type { Logger } from '@detente/server';
import type { Database } from '@detente/store/database';
import {
  bodyToSend,
  type DueNotice,
  dueNotices,
  markDelivered,
  noteUndelivered,
  type OutNotice,
  type Peer,
  readPeers,
} from '@detente/store/exchange';
import { type Enrolled, enrolledPeer } from './enrolled.ts';
import { type Line, type LineSettings, openLine } from './line.ts';
import { faultSentence, PullFault } from './pull-fault.ts';
import { pauseAfter } from './retry.ts';

export type Noticing = {
  /** Ends the calls under way and waits until nothing runs any more. */
  stop(): Promise<void>;
};

export type NoticingSettings = Omit<LineSettings, 'signal'> & {
  border: Database;
  logger: Logger;
  /** Milliseconds between looks at what waits. */
  everyMs: number;
  /** Milliseconds of the epoch; `Date.now` when absent. */
  clock?: () => number;
};

/** Notices of one peer that are taken up in one look. */
const AT_ONCE = 20;
const PATH = '/exchange/v1/notices';

type Track = { line: Line; ca: string | null; running: boolean };

/** Starts to look for notices that wait. A peer that is still being told is left alone by the next look. */
export function startNoticing({ everyMs, clock = Date.now, ...settings }: NoticingSettings): Noticing {
  const { border, logger } = settings;
  const end = new AbortController();
  const tracks = new Map<string, Track>();
  const running = new Set<Promise<void>>();
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    // Who is being told now may have taken, a moment from now, what is read here as waiting.
    const busy = new Set([...tracks].filter(([, { running }]) => running).map(([origin]) => origin));
    const due = Map.groupBy(await dueNotices(border.now, AT_ONCE), ({ peer }) => peer);
    if (due.size === 0) return;
    for (const peer of await readPeers(border.now)) {
      const notices = due.get(peer.origin);
      const enrolled = enrolledPeer(peer);
      const track = notices && enrolled && (await trackOf(peer));
      if (!track || track.running || busy.has(peer.origin)) continue;
      track.running = true;
      const telling = tellAll(border, { peer: enrolled, line: track.line, notices, clock })
        .catch((err) => {
          if (end.signal.aborted) return;
          logger.error({ err, peer: peer.origin }, 'notices could not be sent and are tried again');
        })
        .finally(() => {
          track.running = false;
          running.delete(telling);
        });
      running.add(telling);
    }
  }

  /** Undefined for a peer that may not be called at all: its pulls say why. */
  async function trackOf(peer: Peer): Promise<Track | undefined> {
    const known = tracks.get(peer.origin);
    if (known && (known.running || known.ca === peer.ca)) return known;
    await known?.line.close();
    tracks.delete(peer.origin);
    try {
      const track = { line: openLine(peer, { ...settings, signal: end.signal }), ca: peer.ca, running: false };
      tracks.set(peer.origin, track);
      return track;
    } catch (error) {
      if (error instanceof PullFault) return undefined;
      throw error;
    }
  }

  const timer = setInterval(() => {
    looking ??= look()
      .catch((err) => logger.error({ err }, 'a look for notices failed and is repeated'))
      .finally(() => {
        looking = undefined;
      });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      end.abort();
      await looking;
      await Promise.all(running);
      await Promise.all([...tracks.values()].map(({ line }) => line.close()));
    },
  };
}

type Telling = { peer: Enrolled; line: Line; notices: readonly DueNotice[]; clock: () => number };

/** Brings a peer its notices, one after the other, each as far as it is given when its turn comes. After one that it could not be brought the others wait for the next look. */
async function tellAll(border: Database, { notices, ...way }: Telling): Promise<void> {
  for (const notice of notices) {
    const body = await bodyToSend(border.now, notice.number);
    if (body === undefined) continue;
    const outcome = await tell(way, { kind: notice.kind, body });
    if (outcome === undefined) {
      await border.write((tx) => markDelivered(tx, notice.number));
      continue;
    }
    const delay = pauseAfter(notice.attempts, { asked: outcome.retryAfter, random: Math.random() });
    await border.write((tx) => noteUndelivered(tx, notice.number, { fault: outcome.fault, delay }));
    if (outcome.stop) return;
  }
}

type Way = Omit<Telling, 'notices'>;
type Call = { method: 'POST'; path: string; body: string };

/** Calls, and once more in the peer's own time when that is not ours: a wrong clock must not hold back a warning. */
async function callInTime({ peer, line, clock }: Way, call: Call) {
  try {
    return await line.call(peer, { ...call, clock });
  } catch (error) {
    if (!(error instanceof WireError) || error.status !== 401 || error.date === undefined) throw error;
    const apart = error.date - clock();
    return line.call(peer, { ...call, clock: () => clock() + apart });
  }
}

type Failure = { fault: string; retryAfter: number; stop: boolean };

/** @returns why the peer does not have it; undefined when it has */
async function tell(way: Way, { kind, body }: Pick<OutNotice, 'kind' | 'body'>): Promise<Failure | undefined> {
  try {
    const call = { method: 'POST', path: PATH, body: JSON.stringify({ [kind]: body }) } as const;
    const { status, headers } = await callInTime(way, call);
    if (status === 204) return undefined;
    // Not signed, and no more than a wish: it can only make us wait, and not for long.
    const retryAfter = Number(headers['retry-after'] ?? 0);
    const fault = `the peer answers ${status} to a ${kind}`;
    return { fault, retryAfter: Number.isFinite(retryAfter) ? retryAfter : 0, stop: status === 429 || status === 503 };
  } catch (error) {
    const fault = faultSentence(error);
    if (fault === undefined) throw error;
    return { fault, retryAfter: 0, stop: true };
  }
}
