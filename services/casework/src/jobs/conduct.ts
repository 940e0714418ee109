// The standing of each peer, computed from what both sides signed: once a day, and when an officer lets go of it.

import { type Conduct, parseStanding, type StandingBody, standingBody, standingOf } from '@detente/reciprocity';
import { stoodStill } from '@detente/store/evidence';
import { newestStatement, type PeerRow, readPeers, type StoredStatement, writeOutgoing } from '@detente/store/worker';
import { boundBetween, marksOfBoth } from '../conduct.ts';
import { readLedger } from '../evidence.ts';
import { utcToday, type Worker } from '../worker-context.ts';
import { changePeer } from './peer-row.ts';
import { signForPeer } from './statements.ts';
import { recomputeTerms } from './terms.ts';

const typ = 'detente-standing+jwt' as const;

/** Judges once a day. A node that stood still waits for an hour: what peers did meanwhile is still coming in.
 *  @param judged the day on which all were judged last; empty for none
 *  @returns the same afterwards */
export async function judgeDaily(worker: Worker, judged: string): Promise<string> {
  const today = utcToday();
  if (judged === today || (await stoodStill(worker.border.now))) return judged;
  return (await judgePeers(worker, today)) ? today : judged;
}

/** Judges every peer that is enrolled. Who is suspended is too, so that conduct can mend it.
 *  @returns whether all of them could be judged */
export async function judgePeers(worker: Worker, day: string = utcToday()): Promise<boolean> {
  let isWhole = true;
  for (const { origin } of (await readPeers(worker.border.now)).filter(isJudged)) {
    const signed = await newestStatement(worker.home.now, typ, worker.origin, origin);
    if (!signed || parseStanding(signed.body).overridden) continue;
    await judge(worker, origin, { signed, day }).catch((err: unknown) => {
      isWhole = false;
      worker.log.error({ err, peer: origin }, 'a peer could not be judged and is tried again');
    });
  }
  return isWhole;
}

/** Takes back what an officer set: the standing is what conduct makes of it. */
export async function letConductDecide(worker: Worker, origin: string): Promise<void> {
  const peer = (await readPeers(worker.border.now)).find((one) => one.origin === origin);
  const signed = await newestStatement(worker.home.now, typ, worker.origin, origin);
  if (peer && isJudged(peer) && signed) await judge(worker, origin, { signed, day: utcToday() });
}

function isJudged({ status, sandbox }: PeerRow): boolean {
  return !sandbox && (status === 'active' || status === 'suspended');
}

/** Signs the standing that conduct asks for, unless the one that was signed last says the same. */
async function judge(
  worker: Worker,
  origin: string,
  { signed, day }: { signed: StoredStatement; day: string },
): Promise<void> {
  const last = parseStanding(signed.body);
  const conduct = await conductOf(worker, origin, { last, day });
  if (saysSame(last, conduct)) return;
  await changePeer(worker, origin, async (tx, known) => {
    // What an officer set meanwhile stands.
    const newest = await newestStatement(tx, typ, worker.origin, origin);
    if (newest?.digest !== signed.digest || !isJudged(known)) return;
    await signForPeer(worker, tx, { typ, peer: origin, body: standingBody(conduct) });
    const status = conduct.standing === 'suspended' ? 'suspended' : 'active';
    if (known.status !== status) await writeOutgoing(tx, 'peer', { ...known, status });
  });
  await recomputeTerms(worker, origin);
}

async function conductOf(
  worker: Worker,
  peer: string,
  { last, day }: { last: StandingBody; day: string },
): Promise<Conduct> {
  const { origin: own, home } = worker;
  const now = new Date();
  const previous = last.overridden ? null : last;
  const bounds = await boundBetween(home.now, { own, peer, day });
  // Who promised nothing broke nothing.
  if (bounds.peer.length === 0) return standingOf({ marks: [], previous, override: null, day });
  const marks = marksOfBoth({ own, peer, now }, bounds, await readLedger(worker, { own, peer, now }));
  return standingOf({ marks: marks.peer, previous, override: null, day });
}

/** Whether a peer would learn nothing new: counts that moved alone are no news. */
function saysSame(last: StandingBody, { standing, reason }: Conduct): boolean {
  if (last.overridden || last.standing !== standing) return false;
  if (standing === 'good') return true;
  const named = ({ code, params }: StandingBody['reason']) =>
    JSON.stringify([code, params.obligation, params.evidence, params.by]);
  return named(last.reason) === named(reason);
}
