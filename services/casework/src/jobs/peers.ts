// What officers ask about peers: add one, offer one something, answer its recall.

import { type OfferBody, parseOffer, type RecallAnswerBody } from '@detente/reciprocity';
import { readPeers, writeOutgoing } from '@detente/store/worker';
import type { Worker } from '../worker-context.ts';
import { carryOut } from './carry.ts';
import { answerRecall } from './recalls.ts';
import { signForPeer } from './statements.ts';
import { recomputeTerms } from './terms.ts';

export type PeerRequest =
  | { op: 'add'; name: string; origin: string; fingerprint: string; ca: string | null }
  | { op: 'offer'; peer: string; offer: OfferBody }
  | { op: 'answer'; answer: RecallAnswerBody };

/** Carries out an officer's request. Repeating it is safe: a peer is added once, and an offer that stands is not signed again. */
export async function handlePeerRequest(worker: Worker, request: PeerRequest): Promise<void> {
  if (request.op === 'add') await addPeer(worker, request);
  else if (request.op === 'offer') await offer(worker, request);
  else await answerRecall(worker, request.answer);
}

async function addPeer(worker: Worker, request: PeerRequest & { op: 'add' }): Promise<void> {
  const { name, origin, fingerprint, ca } = request;
  // Casework refuses this too; two requests at once get past it there, and the second ends here, where the first has been carried.
  await carryOut(worker);
  const known = (await readPeers(worker.border.now)).some((peer) => peer.origin === origin || peer.name === name);
  if (known || origin === worker.origin) return;
  await worker.home.write(async (tx) => {
    const unknown = { status: 'pending', keys: {}, log_name: null, descriptor: null };
    await writeOutgoing(tx, 'peer', { origin, name, fingerprint, ca, ...unknown });
  });
}

async function offer(worker: Worker, { peer, offer: body }: PeerRequest & { op: 'offer' }): Promise<void> {
  await worker.home.write(async (tx) => {
    await signForPeer(worker, tx, { typ: 'detente-offer+jwt', peer, body: parseOffer(body) });
  });
  await recomputeTerms(worker, peer);
}
