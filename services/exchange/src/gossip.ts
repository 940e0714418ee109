// What is said to a peer, and taken from it, about the logs that both of us list.

import type { GossipBody } from '@detente/contract/exchange';
import { KeysError, type Shown, verifySuccession } from '@detente/keys';
import type { Database } from '@detente/store/database';
import { type ForkRow, landStatement, readForks, readListed } from '@detente/store/exchange';
import { type Enrolled, enrolledPeer } from './enrolled.ts';
import { evidenceFor, type Heard, hear, hearMore, type KnownLog, knownLog, readSigned } from './log-keys.ts';
import { proves, takeFork, takeGossipOf } from './sightings.ts';

/** A log that others may know that we follow, with the checkpoints of it that we were shown last. */
type ListedLog = { known: KnownLog; seen: readonly string[] };
type Item = GossipBody['logs'][number];

/** The logs that may be talked about with a peer. Its own is no news to it.
 *  @param partner origin of the peer */
export async function listedLogs(border: Database, partner: string): Promise<Map<string, ListedLog>> {
  const rows = await readListed(border.now, partner);
  const logs = rows.flatMap((row) => {
    const peer = enrolledPeer(row);
    return peer ? [[peer.log, { known: knownLog(peer), seen: row.seen }] as const] : [];
  });
  return new Map(logs);
}

/** As in the contract: of all the shortest are told first, so that no log keeps the others from being talked about. */
const MOST = { logs: 256, descriptors: 64, bytes: 1_200_000 };

/** What we have of these logs, and of each the newest proof of a fork that still is one: a key may have been revoked since. */
export async function tell(border: Database, logs: ReadonlyMap<string, ListedLog>): Promise<GossipBody> {
  const forks = await readForks(border.now, [...logs.keys()]);
  const items: Item[] = [];
  for (const { known, seen } of logs.values()) {
    const { log, fork } = await newestProven(
      known,
      forks.filter((one) => one.log === known.name),
    );
    items.push(itemOf({ known: log, seen }, fork));
  }
  return { logs: withinBytes(items.filter(({ checkpoints, fork }) => checkpoints.length > 0 || fork)) };
}

/** The newest of these proofs, and the log with the keys that it takes to verify it. */
async function newestProven(known: KnownLog, forks: readonly ForkRow[]): Promise<{ log: KnownLog; fork?: ForkRow }> {
  for (const fork of forks.toReversed()) {
    const log = await hearMore(known, fork.descriptors);
    if (proves(log, fork)) return { log, fork };
  }
  return { log: known };
}

function itemOf({ known, seen }: ListedLog, fork: ForkRow | undefined): Item {
  const checkpoints = new Set(seen.flatMap((note) => readSigned(known, note)?.note ?? []));
  const notes = [...checkpoints, ...(fork ? [fork.smaller, fork.larger] : [])];
  const item = { log: known.name, descriptors: evidenceFor(known, notes, 'newest'), checkpoints: [...checkpoints] };
  if (!fork) return item;
  const { smaller, larger, root, proof } = fork;
  const inText = (hash: Buffer) => hash.toString('base64url');
  return { ...item, fork: { smaller, larger, root: inText(root), proof: proof.map(inText) } };
}

function withinBytes(items: readonly Item[]): Item[] {
  let bytes = 0;
  const sized = items.map((item) => ({ item, length: JSON.stringify(item).length + 1 }));
  return sized
    .sort((a, b) => a.length - b.length)
    .filter(({ item, length }) => {
      bytes += length;
      return bytes <= MOST.bytes && item.descriptors.length <= MOST.descriptors;
    })
    .slice(0, MOST.logs)
    .map(({ item }) => item);
}

/** Takes in what a peer tells: descriptors that we were not shown, proofs of forks, and its checkpoints, each held against what we
 *  have of the log. Of a log that we do not list nothing is looked at.
 *  @returns whether its checkpoints showed a fork */
export async function listen(
  border: Database,
  logs: ReadonlyMap<string, ListedLog>,
  { logs: told }: GossipBody,
  teller: string,
): Promise<boolean> {
  let forked = false;
  for (const { log, descriptors, checkpoints, fork } of new Map(told.map((item) => [item.log, item])).values()) {
    const listed = logs.get(log);
    if (!listed) continue;
    const { peer } = listed.known;
    const heard = await hear(peer, descriptors);
    await landNewer(border, peer, heard);
    const known = knownLog(peer, heard);
    if (fork) {
      const { smaller, larger, root, proof } = fork;
      const bytes = {
        root: Buffer.from(root, 'base64url'),
        proof: proof.map((hash) => Buffer.from(hash, 'base64url')),
      };
      await takeFork(border, known, { smaller, larger, ...bytes });
    }
    if (await takeGossipOf(border, known, { teller, checkpoints, heard }, listed.seen)) forked = true;
  }
  return forked;
}

/** A descriptor that the peer shows others and not us goes to the worker as if we had been shown it: a node that revokes a log key
 *  for some alone would take the proof from what it signed with it, and go on with it for us. What cannot follow the one that we
 *  hold is left to the next look at the peer: it is others who left out what lies between. */
async function landNewer(border: Database, peer: Enrolled, heard: readonly Heard[]): Promise<void> {
  let last: Shown | undefined = knownLog(peer).descriptors.at(-1);
  const newer: Heard[] = [];
  for (const one of heard.toSorted((a, b) => a.seq - b.seq)) {
    if (!last || !follows(last, one)) continue;
    newer.push(one);
    last = one;
  }
  if (newer.length === 0) return;
  await border.write(async (tx) => {
    for (const { digest, jws } of newer)
      await landStatement(tx, { peer: peer.origin, kind: 'descriptor', digest, body: jws });
  });
}

function follows(before: Shown, after: Shown): boolean {
  try {
    verifySuccession(before, after);
    return true;
  } catch (error) {
    if (error instanceof KeysError) return false;
    throw error;
  }
}
