// Records of other nodes: passed on with the proof that they stand in their own log, and taken from a relay that we accept.

import type { PeerLog, RelayedLate, VerifiedPage } from '@detente/feed';
import { type Grants, relayedLevel } from '@detente/reciprocity';
import type { Asker, Database } from '@detente/store/database';
import { type LatePresentation, readRelayed, seenCheckpoints } from '@detente/store/exchange';
import { checkpointFor, type KeptCheckpoint, proveMirrored, readLogNotes } from '@detente/store/mirror-proof';
import { hashLeaf, parseCheckpoint, parseNote, TlogError, verifyInclusion } from '@detente/tlog';
import { type Enrolled, enrolledPeer } from './enrolled.ts';
import { cut, type Shown } from './granted.ts';
import { knownLog } from './log-keys.ts';
import { takeGossipOf } from './sightings.ts';

type RelayedRow = LatePresentation & { relay: NonNullable<LatePresentation['relay']> };

/** As much of another node's record as its origin and the receiver's grants give; undefined when that is nothing. */
export function shownRelayed(grants: Grants, row: RelayedRow): Shown | undefined {
  return cut(row, relayedLevel(grants, row, row.relay));
}

export type ToProve = Shown & { number: number; rule: string; log: string };

/** Proves each record to a checkpoint of its own log: the one that we cosigned if it shows it, else the largest that is mirrored.
 *  @returns `unproven`: numbers of those that the mirror does not show yet, or that a damaged one does not prove; `damaged`: the logs
 *    that are mirrored so */
export async function proveRelayed(
  reader: Asker,
  items: readonly ToProve[],
): Promise<{ proven: RelayedLate[]; unproven: number[]; damaged: string[] }> {
  const proven: RelayedLate[] = [];
  const unproven: number[] = [];
  const damaged = new Set<string>();
  for (const [log, own] of Map.groupBy(items, (item) => item.log)) {
    const notes = await readLogNotes(reader, log);
    for (const item of own) {
      const { index, number } = item;
      const checkpoint = checkpointFor(index, notes);
      const proof = checkpoint && (await proveMirrored(reader, { log, index, size: checkpoint.size }));
      if (checkpoint && proof && isProof(proof, item, checkpoint)) {
        proven.push({ ...item, proof, checkpoint: checkpoint.note });
        continue;
      }
      unproven.push(number);
      if (checkpoint) damaged.add(log);
    }
  }
  return { proven, unproven, damaged: [...damaged] };
}

/** Whether it leads to the checkpoint: the receiver would refuse for good what does not. */
function isProof(proof: readonly Buffer[], { index, digest }: ToProve, { size, note }: KeptCheckpoint): boolean {
  const { root } = parseCheckpoint(parseNote(note).text);
  try {
    verifyInclusion({ index, size, leafHash: hashLeaf(Buffer.from(digest, 'base64url')), root, proof: [...proof] });
    return true;
  } catch (error) {
    if (error instanceof TlogError) return false;
    throw error;
  }
}

/** The enrolled origins whose records a peer may relay to us, by the names of their logs. */
export async function acceptedFrom(reader: Asker, relay: string): Promise<ReadonlyMap<string, Enrolled>> {
  const peers = (await readRelayed(reader, relay)).flatMap((row) => enrolledPeer(row) ?? []);
  return new Map(peers.map((peer) => [peer.log, peer]));
}

/** Checkpoints of one log in a page that are looked at: a relay that proves honestly needs two. */
const mostHeard = 16;

/** Holds the checkpoints that a relay brings against what we have of those logs, as we do with what peers tell of them: an origin that
 *  shows its relay another history than us is found out.
 *  @param origins those whose records we take from it, by the names of their logs */
export async function hearRelayed(
  border: Database,
  { relay, origins, late }: { relay: string; origins: ReadonlyMap<string, Enrolled>; late: VerifiedPage['late'] },
): Promise<void> {
  for (const [log, items] of Map.groupBy(late, (item) => item.log)) {
    const origin = origins.get(log);
    const notes = new Set(items.flatMap(({ ok, evidence }) => (ok && evidence ? evidence.checkpoint : [])));
    const checkpoints = [...notes].slice(0, mostHeard);
    if (!origin || checkpoints.length === 0) continue;
    const seen = (await seenCheckpoints(border.now, { peer: origin.origin, log })).map(({ note }) => note);
    await takeGossipOf(border, knownLog(origin), { teller: relay, checkpoints, heard: [] }, seen);
  }
}

/** An origin's log with all keys that it may have signed with. */
export function relayedLog(peer: Enrolled): PeerLog {
  const { origin: iss, log } = peer;
  return { iss, log, logKeys: [...knownLog(peer).publicKey], recordKeys: peer.keys('record') };
}
