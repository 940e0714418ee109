// What officers ask about peers: add one, pin its new identity, offer one something, answer its recall, set its standing, approve
// what it was warned of.

import {
  type ContestBody,
  type OfferBody,
  parseAttestation,
  parseContest,
  parseOffer,
  type RecallAnswerBody,
  type Standing,
} from '@detente/reciprocity';
import { digestsBetween, insertApproval, peersWarned, voidStatements, writeOutgoing } from '@detente/store/worker';
import { rememberedPurposes } from '../peer-keys.ts';
import { utcToday, type Worker } from '../worker-context.ts';
import { carryOut } from './carry.ts';
import { letConductDecide } from './conduct.ts';
import { goodStanding } from './descriptors.ts';
import { offboard } from './offboarding.ts';
import { changePeer, lockedPeers } from './peer-row.ts';
import { answerRecall } from './recalls.ts';
import { signForPeer, tellPeer } from './statements.ts';
import { recomputeTerms } from './terms.ts';
import { checkWords } from './words.ts';

export type PeerRequest =
  | {
      op: 'add';
      name: string;
      origin: string;
      fingerprint: string;
      ca: string | null;
      sandbox?: boolean;
      listed?: boolean;
    }
  | { op: 'check' | 'enrol'; peer: string }
  | { op: 'offer'; peer: string; offer: OfferBody }
  | { op: 'pin'; peer: string; fingerprint: string }
  | { op: 'answer'; answer: RecallAnswerBody }
  | { op: 'standing'; peer: string; standing: Standing; told?: string }
  | { op: 'judge'; peer: string }
  | { op: 'contest'; peer: string; contest: ContestBody }
  | { op: 'attest'; peer: string; obligation: string; day: string }
  | { op: 'offboard'; peer: string; told?: string }
  | { op: 'approve'; record: string };

/** Carries out an officer's request, unless its words name what the vault holds. Repeating it is safe: a peer is added once, and an
 *  offer that stands is not signed again. */
export async function handlePeerRequest(worker: Worker, asked: PeerRequest): Promise<void> {
  const request = await checkWords(worker, asked);
  if (request === undefined) return;
  if (request.op === 'add') await addPeer(worker, request);
  else if (request.op === 'offer') await offer(worker, request);
  else if (request.op === 'pin') await pin(worker, request);
  else if (request.op === 'answer') await answerRecall(worker, request.answer);
  else if (request.op === 'standing') await setStanding(worker, request);
  else if (request.op === 'judge') await letConductDecide(worker, request.peer);
  else if (request.op === 'contest') await contest(worker, request);
  else if (request.op === 'attest') await attest(worker, request);
  else if (request.op === 'offboard') await offboard(worker, request);
  else if (request.op === 'approve') await approve(worker, request.record);
  else if (request.op === 'enrol') await enrol(worker, request.peer);
  else await worker.home.write((tx) => writeOutgoing(tx, 'conformance', { peer: request.peer }));
}

async function addPeer(worker: Worker, request: PeerRequest & { op: 'add' }): Promise<void> {
  const { name, origin, fingerprint, ca, sandbox = false, listed = true } = request;
  if (origin === worker.origin) return;
  await worker.home.write(async (tx) => {
    // Casework refuses this too; two requests at once get past it there, and the second ends here.
    if ((await lockedPeers(worker, tx)).some((peer) => peer.origin === origin || peer.name === name)) return;
    const unknown = { status: 'pending', keys: {}, log_name: null, descriptor: null, earlier: [] };
    await writeOutgoing(tx, 'peer', { origin, name, fingerprint, ca, sandbox, listed, ...unknown });
  });
}

/** Takes a peer out of the sandbox: it is in good standing, and told so, and is given what the terms say from now on. */
async function enrol(worker: Worker, peer: string): Promise<void> {
  await changePeer(worker, peer, async (tx, known) => {
    if (!known.sandbox || known.status !== 'active') return;
    await signForPeer(worker, tx, { typ: 'detente-standing+jwt', peer, body: goodStanding() });
    await writeOutgoing(tx, 'peer', { ...known, sandbox: false });
  });
  await carryOut(worker);
  await recomputeTerms(worker, peer);
}

/** Tells every peer that was warned of a record that a second officer stands behind the warning; once. */
async function approve(worker: Worker, record: string): Promise<void> {
  // Whom the warning is for is in border once it has been carried.
  await carryOut(worker);
  const peers = await peersWarned(worker.border.now, record);
  await worker.home.write(async (tx) => {
    if (!(await insertApproval(tx, '', record))) return;
    for (const peer of peers) await tellPeer(worker, tx, { kind: 'approval', peer, body: { record } });
  });
}

/** Pins a new identity key. Nobody knows what the old one has said lately, so the peer shows its keys as if for the first time;
 *  what it had signed before still counts, unless it revokes that. */
async function pin(worker: Worker, { peer: origin, fingerprint }: PeerRequest & { op: 'pin' }): Promise<void> {
  await changePeer(worker, origin, async (tx, known) => {
    if (known.fingerprint === fingerprint) return;
    const shown = { typ: 'detente-descriptor+jwt', iss: origin, aud: '' };
    await voidStatements(tx, await digestsBetween(tx, shown));
    const keys = Object.fromEntries(Object.entries(known.keys).filter(([purpose]) => rememberedPurposes.has(purpose)));
    await writeOutgoing(tx, 'peer', { ...known, fingerprint, keys, descriptor: null, earlier: [] });
  });
  await carryOut(worker);
}

async function offer(worker: Worker, { peer, offer: body }: PeerRequest & { op: 'offer' }): Promise<void> {
  await worker.home.write(async (tx) => {
    await signForPeer(worker, tx, { typ: 'detente-offer+jwt', peer, body: parseOffer(body) });
  });
  await recomputeTerms(worker, peer);
}

async function contest(worker: Worker, { peer, contest }: PeerRequest & { op: 'contest' }): Promise<void> {
  await worker.home.write(async (tx) => {
    await signForPeer(worker, tx, { typ: 'detente-contest+jwt', peer, body: parseContest(contest) });
  });
}

async function attest(worker: Worker, { peer, obligation, day }: PeerRequest & { op: 'attest' }): Promise<void> {
  await worker.home.write(async (tx) => {
    const body = parseAttestation({ obligation, day });
    await signForPeer(worker, tx, { typ: 'detente-attestation+jwt', peer, body });
  });
}

/** Signs a standing that an officer set, and takes the peer out of what it closes. What the grants lose is in border before the
 *  standing is on its way. */
async function setStanding(worker: Worker, request: PeerRequest & { op: 'standing' }): Promise<void> {
  const { peer, standing, told } = request;
  await changePeer(worker, peer, async (tx, known) => {
    if (known.status === 'pending' || (known.sandbox && standing !== 'expelled')) return;
    const status = standing === 'suspended' || standing === 'expelled' ? standing : 'active';
    const reason = { code: 'officer', params: told === undefined ? {} : { told } };
    const body = { standing, since: utcToday(), reason, overridden: true };
    await signForPeer(worker, tx, { typ: 'detente-standing+jwt', peer, body });
    if (known.status !== status) await writeOutgoing(tx, 'peer', { ...known, status });
  });
  await recomputeTerms(worker, peer);
}
