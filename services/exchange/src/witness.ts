// What this node's witness does with a checkpoint of a peer's log: cosigns it, or says why not. What it holds is stored before
// anything is answered.

import { witnessNameOf } from '@detente/keys';
import { type ProblemError, problem } from '@detente/server';
import type { Database } from '@detente/store/database';
import {
  noteRefused,
  peerByLog,
  readMirror,
  readWitnessed,
  storeWitnessed,
  type Witnessed,
} from '@detente/store/exchange';
import {
  type AddCheckpoint,
  addSignatures,
  cosign,
  decideAddCheckpoint,
  formatSignatureLine,
  type HeldTree,
  parseAddCheckpoint,
  parseFrontier,
  rootOf,
  TlogError,
  type WitnessDecision,
} from '@detente/tlog';
import type { Exchange } from './app.ts';
import { type Enrolled, enrolledPeer } from './enrolled.ts';
import { isOfRevoked, knownLog } from './log-keys.ts';
import { judge, judgeBeside } from './sightings.ts';

/** The cosignature, as a line; or the size that is held, which is another than the caller thought. */
export type WitnessAnswer = { line: string } | { size: number };
type Refusal = Extract<WitnessDecision, { ok: false }>;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws ProblemError `malformed_request`, `not_found`, `forbidden`, `validation_failed` */
export async function witness(exchange: Exchange, body: Uint8Array): Promise<WitnessAnswer> {
  const { border } = exchange;
  const { origin: log, ...request } = readRequest(body);
  const row = await peerByLog(border.now, log);
  const peer = row && enrolledPeer(row);
  if (!peer) throw problem('not_found', { detail: 'this log is not witnessed here' });
  const last = await readWitnessed(border.now, log);
  // Whoever stole a key that was revoked since may have had any size cosigned. One that was only forgotten has signed all the same.
  const isVoid = last !== undefined && isOfRevoked(knownLog(peer), last.note);
  const held = isVoid ? await mirroredTree(border, log) : last;
  const decision = decideAddCheckpoint(request, { name: log, publicKey: [...peer.keys('log').values()] }, held);
  if (decision.ok)
    return sign(exchange, { peer, decision, oldSize: request.oldSize, replaces: isVoid ? last.note : undefined });
  if (held) await keepEvidence(exchange, { peer, decision, beside: isVoid ? undefined : last });
  if (decision.code === 'old_size_stale') return { size: held?.size ?? 0 };
  throw refusals[decision.code]();
}

/** The log as far as we have seen and verified all of it ourselves; undefined for nothing. */
async function mirroredTree(border: Database, log: string): Promise<HeldTree | undefined> {
  const { size, frontier } = await readMirror(border.now, log);
  return size === 0 ? undefined : { size, root: rootOf(parseFrontier(frontier)) };
}

function readRequest(body: Uint8Array): AddCheckpoint & { origin: string } {
  try {
    return parseAddCheckpoint(utf8.decode(body));
  } catch (error) {
    if (!(error instanceof TlogError || error instanceof TypeError)) throw error;
    throw problem('malformed_request', { detail: 'no old size, proof and checkpoint', cause: error });
  }
}

type Continued = {
  peer: Enrolled;
  decision: Extract<WitnessDecision, { ok: true }>;
  oldSize: number;
  replaces: string | undefined;
};

/** Checking what is held and moving it are one statement: of two calls that continue the same size one is told that it is late. */
async function sign(
  { origin, border, keys, pull }: Exchange,
  { peer, decision, ...before }: Continued,
): Promise<WitnessAnswer> {
  const { size, root } = decision.checkpoint;
  const by = { name: witnessNameOf(origin), privateKey: keys.witness.privateKey };
  const signature = cosign(decision.note, { ...by, timestamp: Math.floor(Date.now() / 1000) });
  const note = addSignatures(decision.note, [signature]);
  const next = { log: peer.log, peer: peer.origin, ...before, size, root, note };
  if (await border.write((tx) => storeWitnessed(tx, next))) {
    // What was cosigned must never be lost to its log: it is mirrored without waiting for the next round.
    pull(peer.origin);
    return { line: formatSignatureLine(signature) };
  }
  return { size: (await readWitnessed(border.now, peer.log))!.size };
}

/** Whole signed checkpoints that contradict each other are kept, whoever brought them. That one does not continue what is held
 *  may as well be the proof's fault, so our mirror is asked.
 *  @param offered.beside what was cosigned last, where that still counts */
async function keepEvidence(
  { border }: Exchange,
  { peer, decision, beside }: { peer: Enrolled; decision: Refusal; beside: Witnessed | undefined },
): Promise<void> {
  if (decision.code === 'signature_refused') return;
  const { forked, code, note: offered } = decision;
  if (!forked && code !== 'proof_invalid') return;
  await border.write((tx) => noteRefused(tx, peer.log));
  const log = knownLog(peer);
  if (forked && beside) await judgeBeside(border, log, offered, [beside.note]);
  else await judge(border, log, offered);
}

const refusals = {
  signature_refused: () => problem('forbidden', { detail: 'the log has not signed this checkpoint' }),
  old_size_too_large: () => problem('malformed_request', { detail: 'the old size is above the checkpoint’s' }),
  root_invalid: () => inconsistent('root_invalid', 'the root is not that of the tree of this size'),
  proof_invalid: () => inconsistent('proof_invalid', 'the proof does not lead from the old tree to this one'),
} as const satisfies Record<Exclude<Refusal['code'], 'old_size_stale'>, () => ProblemError>;

function inconsistent(code: string, detail: string): ProblemError {
  return problem('validation_failed', { errors: [{ in: 'body', pointer: '', code, detail }] });
}
