// Peers: add one, offer it something, see how far both sides are.

import { addPeer, getPeer, listPeers, offerPeer, type Peer, pinPeer, setStanding } from '@detente/contract';
import { problem, route } from '@detente/server';
import {
  countReceived,
  enqueuePeer,
  listPeers as findPeers,
  newestCanaries,
  type PeerFacts,
  readGrants,
  readPeerNames,
  readPresentations,
  readTerms,
  recordAct,
} from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { fault, offerFaults, peerFaults } from '../faults.ts';
import { countGiven, grantsTo, toPeerTerms } from '../peer-view.ts';
import { shown } from '../shown.ts';

export async function peerRoutes(app: FastifyInstance, { origin: own, reach, home, border }: Casework): Promise<void> {
  route(app, addPeer).to(async ({ body }, { actor }) => {
    const errors = peerFaults(body, reach);
    if (errors.length > 0) throw problem('validation_failed', { errors });
    const { name, origin, fingerprint, ca = null, reason } = body;
    const known = await border.read(readPeerNames);
    if (origin === own) throw problem('conflict', { detail: 'that is this node itself' });
    if (known.some((peer) => peer.name === name || peer.origin === origin))
      throw problem('conflict', { detail: 'a peer has this name or origin already' });
    if (known.some((peer) => peer.fingerprint === fingerprint))
      throw problem('validation_failed', { errors: [fault('/fingerprint', 'keys_not_distinct')] });
    await home.write(async (tx) => {
      await recordAct(tx, { actor: actor.name, act: 'peer.add', object: origin, reason });
      await enqueuePeer(tx, { op: 'add', name, origin, fingerprint, ca });
    });
    return { status: 202, body: { status: 'accepted' } };
  });

  route(app, listPeers).to(async () => ({ status: 200, body: { items: await readPeers({ home, border }) } }));

  route(app, getPeer).to(async ({ params }) => {
    const peer = (await readPeers({ home, border })).find(({ name }) => name === params.name);
    if (!peer) throw problem('not_found');
    const terms = await home.read((reader) => readTerms(reader, peer.origin));
    const directions = terms.map((one) => [one.direction, toPeerTerms(one)] as const);
    return { status: 200, body: { ...peer, ...Object.fromEntries(directions) } };
  });

  route(app, offerPeer).to(async ({ params, body }, { actor }) => {
    const errors = offerFaults(body.offer);
    if (errors.length > 0) throw problem('validation_failed', { errors });
    const peer = (await border.read(readPeerNames)).find(({ name }) => name === params.name);
    if (!peer) throw problem('not_found');
    if (peer.status === 'expelled') throw problem('conflict', { detail: 'the peer is expelled' });
    const { offer, reason } = body;
    await home.write(async (tx) => {
      await recordAct(tx, { actor: actor.name, act: 'peer.offer', object: peer.origin, reason });
      await enqueuePeer(tx, { op: 'offer', peer: peer.origin, offer });
    });
    return { status: 202, body: { status: 'accepted' } };
  });

  route(app, setStanding).to(async ({ params, body }, { actor }) => {
    const peer = (await border.read(readPeerNames)).find(({ name }) => name === params.name);
    if (!peer) throw problem('not_found');
    if (peer.status === 'pending') throw problem('conflict', { detail: 'the peer is not enrolled yet' });
    const { standing, told, reason } = body;
    await home.write(async (tx) => {
      await recordAct(tx, { actor: actor.name, act: `peer.${standing}`, object: peer.origin, reason });
      await enqueuePeer(tx, { op: 'standing', peer: peer.origin, standing, ...(told !== undefined && { told }) });
    });
    return { status: 202, body: { status: 'accepted' } };
  });

  route(app, pinPeer).to(async ({ params, body: { fingerprint, reason } }, { actor }) => {
    const peers = await border.read(readPeerNames);
    const peer = peers.find(({ name }) => name === params.name);
    if (!peer) throw problem('not_found');
    if (peer.status === 'expelled') throw problem('conflict', { detail: 'the peer is expelled' });
    if (peers.some((one) => one.fingerprint === fingerprint))
      throw problem('validation_failed', { errors: [fault('/fingerprint', 'keys_not_distinct')] });
    await home.write(async (tx) => {
      await recordAct(tx, { actor: actor.name, act: 'peer.pin', object: peer.origin, reason });
      await enqueuePeer(tx, { op: 'pin', peer: peer.origin, fingerprint });
    });
    return { status: 202, body: { status: 'accepted' } };
  });
}

/** All peers, with what both databases know of them. */
async function readPeers({ home, border }: Pick<Casework, 'home' | 'border'>): Promise<Peer[]> {
  const [received, canaries] = await home.read(async (reader) => [
    await countReceived(reader),
    await newestCanaries(reader),
  ]);
  return border.read(async (reader) => {
    const facts = await findPeers(reader);
    const grants = await readGrants(reader);
    const presentations = await readPresentations(reader);
    return facts.map((peer: PeerFacts) => {
      const canary = canaries.get(peer.origin);
      return {
        ...shown(peer),
        ...(canary !== undefined && { canary }),
        received: received.get(peer.origin) ?? 0,
        granted: countGiven(grantsTo(peer.origin, grants), presentations),
      };
    });
  });
}
