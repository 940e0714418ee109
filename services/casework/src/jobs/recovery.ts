// Before the first signature of a worker: is this database the newest? Peers are asked, and what they have seen of our log beyond
// what is here is taken back, verified, and only then gone on from.

import type { Database } from '@detente/store/database';
import { readTiles } from '@detente/store/log-proof';
import {
  appendTail,
  doubtLog,
  type PeerWord,
  type Recovery,
  readRecovery,
  readTree,
  readWords,
  refuseTail,
  standStill,
  type TreeState,
  trustLog,
  wantTail,
} from '@detente/store/worker';
import {
  cover,
  type LogVerifier,
  parseCheckpoint,
  parseNote,
  readFrontier,
  rootOf,
  TILE_WIDTH,
  TlogError,
  tileReader,
  tilesForNodes,
  verifySigned,
} from '@detente/tlog';
import { type LogKeys, ownLogKeys } from '../own-keys.ts';
import { hearing, judgeOwnLog, type Seen, type SeenBy, type Witness } from '../own-log.ts';
import type { Worker } from '../worker-context.ts';
import { carryOut } from './carry.ts';
import { keepDescriptor } from './own-descriptor.ts';

const ASKING =
  'The peers are being asked how much of this log they have seen; nothing is signed before they have said it.';

/** Doubts the log when the database may be an older one than before. */
export async function doubtIfDue({ border, doubt }: Worker): Promise<void> {
  if (!doubt.due) return;
  doubt.due = false;
  try {
    await border.write((tx) => doubtLog(tx, ASKING));
  } catch (error) {
    doubt.due = true;
    throw error;
  }
}

/** Looks what the peers have said, and does what follows. */
export async function recover(worker: Worker): Promise<void> {
  const { border, log, settings } = worker;
  const recovery = await readRecovery(border.now);
  const tree = recovery && (await readTree(border.now));
  if (!tree) return;
  const peers = await heard(worker, recovery, tree);
  const witnesses = settings.DETENTE_WITNESSES_REQUIRED;
  const judged = judgeOwnLog({ have: tree.size, everyone: recovery.everyone, witnesses, peers });
  if (judged.code === 'behind') {
    const { seen } = judged.params;
    const isNowhere = await takeBack(worker, { recovery, have: tree.size, ...judged.params });
    const { isEnough } = hearing({ everyone: recovery.everyone, witnesses, peers });
    if (isNowhere && isEnough && seen.by === 'revoked') passOver(worker, peers, seen);
    return;
  }
  if (judged.code === 'whole') {
    if (judged.params.silent.length > 0) log.warn(judged.params, 'signing goes on, though not every peer has answered');
    await border.write((tx) => trustLog(tx, recovery));
    // What waited for it: how far a log key counts that was revoked without an index.
    return keepDescriptor(worker);
  }
  if (judged.code === 'unasked')
    return border.write((tx) =>
      standStill(tx, 'unasked', { reason: waiting(judged.params, recovery.everyone), place: null }),
    );
  const { peer, seen } = judged.params;
  const reason = reasons[judged.code](peer, seen, tree.size);
  await border.write((tx) => standStill(tx, 'behind', { reason, place: seen.size }));
}

const reasons = {
  forked: (peer: string, { size }: SeenBy) =>
    `The log has forked: ${peer} has a checkpoint of ${size} leaves, signed by this log’s key, that is of another tree than this. ` +
    'Stop the node, and restore the newest backup in which they agree.',
  keys_older: (peer: string, { size }: SeenBy) =>
    `The key files are older than the log: ${peer} has seen ${size} leaves of it, signed by the key that is to follow this one. ` +
    'Stop the node, and restore the newest backup of the keys.',
  index_missing: (peer: string, { size, kid }: SeenBy, have: number) =>
    `${peer} has seen ${size} leaves of this log, of which ${have} are here, signed by a key that was revoked without an index: by its thief, ` +
    `or by this node before the theft, and then this is an older database. Name how many leaves the log had when the key was stolen, ` +
    `${have} if this is the newest database: detente keys revoke log --kid ${kid} --before INDEX.`,
};

function waiting(
  { silent, answered, required }: { silent: string[]; answered: number; required: number },
  all: boolean,
) {
  const why = all
    ? 'This log was taken back from peers, so every peer must say how much of it it has seen'
    : ASKING.slice(0, -1);
  const heard = `${answered} of ${required} have answered; not heard of: ${silent.join(', ')}`;
  return `${why}. ${heard}. One that is gone is not waited for once it is suspended: detente peer standing.`;
}

/** What the peers have said, as far as it is true. */
async function heard(worker: Worker, { peers }: Recovery, tree: TreeState): Promise<Witness[]> {
  const keys = await ownLogKeys(worker, worker.border.now);
  const words: Witness[] = [];
  for (const word of peers) {
    const { name, excused, asked, answered, note } = word;
    const seen = note === null ? undefined : await seenIn(worker, { name, note, keys, have: tree.size });
    words.push({ name, excused, asked, answered, ...(seen && { seen }) });
  }
  return words;
}

type Word = { name: string; note: string; keys: LogKeys; have: number };

/** What a peer has seen, undefined when our log has not signed it, or was passed over. */
async function seenIn(worker: Worker, { name, note, keys, have }: Word): Promise<Witness['seen']> {
  try {
    const { size, root, note: own, by, kid } = verifyOwn(worker, note, keys);
    if (by === 'revoked' && isPassed(worker, name, own)) return undefined;
    const fits = size <= have && (await rootAt(worker.border, size, have)).equals(root);
    return { size, note: own, fits, by, kid };
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    // Whoever pleases can say anything; only what this log has signed counts.
    worker.log.warn({ peer: name, code: error.code }, 'what a peer says to have seen of this log is not signed by it');
    return undefined;
  }
}

/** So many checkpoints of revoked keys are looked for on the word of one peer: whoever has such a key can make any number. */
const MOST_PASSED = 3;

function isPassed({ passed }: Worker, peer: string, note: string): boolean {
  const notes = passed.get(peer);
  return notes !== undefined && (notes.size >= MOST_PASSED || notes.has(note));
}

/** Goes on as if nobody had told of a checkpoint that a thief may have signed: so many peers have none of its leaves that none that
 *  counts as witnessed is among them. */
function passOver({ passed, log }: Worker, peers: readonly Witness[], { size, note, kid }: SeenBy): void {
  for (const { name } of peers.filter(({ seen }) => seen?.note === note))
    passed.set(name, (passed.get(name) ?? new Set()).add(note));
  log.warn({ size, kid }, 'a checkpoint that a revoked log key has signed is passed over: no peer has its leaves');
}

/** Hears what peers say while nobody doubts the log: one that was enrolled after this database was backed up was not known at the
 *  start, and what it has seen may be more than is here, or other. Each word is heard once. */
export function hearPeers(worker: Worker): () => Promise<void> {
  const { border } = worker;
  const known = new Map<string, string>();
  return async () => {
    // Before the tree, so that it has all that was signed by then.
    const words = (await readWords(border.now)).filter(({ peer, note }) => known.get(peer) !== note);
    if (words.length === 0 || (await readRecovery(border.now))) return;
    const tree = await readTree(border.now);
    if (!tree) return;
    const keys = await ownLogKeys(worker, border.now);
    for (const { peer, name, note } of words) {
      const seen = await seenIn(worker, { name, note, keys, have: tree.size });
      if (seen && isNews(seen, tree.size)) return border.write((tx) => doubtLog(tx, ASKING));
      known.set(peer, note);
    }
  };
}

function isNews({ by, size, fits }: SeenBy, have: number): boolean {
  if (by === 'own') return !fits;
  return by === 'successor' || size > have;
}

/** @throws TlogError when no key of our log has signed it */
function verifyOwn({ logName: name }: Worker, note: string, keys: LogKeys) {
  const { size } = parseCheckpoint(parseNote(note).text);
  const known = keys(size);
  const { checkpoint, note: own } = verifySigned(note, { name, publicKey: known.map(({ publicKey }) => publicKey) });
  const { by, kid } = known.find(({ publicKey }) => isSignedBy(own, { name, publicKey }))!;
  return { ...checkpoint, note: own, by, kid };
}

function isSignedBy(note: string, log: LogVerifier): boolean {
  try {
    return verifySigned(note, log).checkpoint.origin === log.name;
  } catch (error) {
    if (error instanceof TlogError) return false;
    throw error;
  }
}

/** Root of our tree when it had so many leaves. */
async function rootAt(border: Database, size: number, have: number): Promise<Buffer> {
  const tiles = await border.read((reader) => readTiles(reader, tilesForNodes(cover(0, size), have)));
  return rootOf(readFrontier(size, tileReader(tiles)));
}

type Behind = { recovery: Recovery; have: number; peer: string; seen: Seen };

/** Has the exchange fetch what is missing, and appends it when somebody has given all of it.
 *  @returns whether nobody has it, as far as peers have answered */
async function takeBack(worker: Worker, { recovery, have, peer, seen }: Behind): Promise<boolean> {
  const { border, log } = worker;
  const { size, note } = seen;
  const missing = `leaves ${have} to ${size - 1}`;
  if (recovery.size !== size || recovery.note !== note) {
    log.error(
      { have, seen: size, peer },
      'this database is older than the log that peers have seen: nothing is signed',
    );
    const reason = `${peer} has seen ${size} leaves of this log, of which ${have} are here: this is an older database. The ${missing} are being fetched from the peers.`;
    await border.write(async (tx) => {
      await wantTail(tx, seen);
      await standStill(tx, 'behind', { reason, place: size });
    });
    return false;
  }
  const bundles = Math.ceil(size / TILE_WIDTH) - Math.floor(have / TILE_WIDTH);
  for (const giver of recovery.peers.filter(({ landed, refused }) => landed === bundles && !refused)) {
    if (await append(worker, giver, seen)) return false;
  }
  const faults = recovery.peers.map((one) => ({ name: one.name, fault: tailFault(one) }));
  if (faults.some(({ fault }) => fault === null)) return false;
  const reason =
    `${peer} has seen ${size} leaves of this log, of which ${have} are here: this is an older database. No peer has given back the ` +
    `${missing} (${faults.map(({ name, fault }) => `${name}: ${fault}`).join('; ')}). ` +
    'Ask their operators, or restore a newer backup.';
  await border.write((tx) => standStill(tx, 'behind', { reason, place: size }));
  return true;
}

/** Why a peer has not given the leaves; null while it may still give them. */
function tailFault({ refused, asked, answered, fault, tail_fault }: PeerWord): string | null {
  if (refused) return 'others than were signed';
  return tail_fault ?? (asked && !answered ? fault : null);
}

/** @returns whether the leaves led to the checkpoint, so that the log is as long as it was seen */
async function append(worker: Worker, { peer, name }: PeerWord, { size, note }: { size: number; note: string }) {
  const { border, log, settings } = worker;
  // What was on its way from home waits now, so that it is found among the leaves and not appended again.
  await carryOut(worker);
  const { root } = verifyOwn(worker, note, await ownLogKeys(worker, border.now));
  const fits = await border.write(async (tx) => {
    const { batchSize, next } = (await readTree(tx))!;
    const leastBatch = Math.min(batchSize, next?.batchSize ?? batchSize, settings.DETENTE_BATCH_SIZE);
    const appended = await appendTail(tx, { peer, size, root, note, leastBatch });
    if (appended === false) await refuseTail(tx, peer);
    if (appended) await doubtLog(tx, waiting({ silent: [], answered: 0, required: 0 }, true), { everyone: true });
    return appended === true;
  });
  if (fits) log.warn({ size, peer: name }, 'the log was taken back from a peer');
  else log.warn({ peer: name }, 'a peer’s mirror holds other leaves than this log has signed');
  return fits;
}
