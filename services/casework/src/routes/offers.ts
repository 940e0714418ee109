// What is offered to a peer: checked, and handed to the worker, who signs it.

import { checkOffer, offerPeer, simulateOffer } from '@detente/contract/casework';
import type { OfferBody } from '@detente/reciprocity';
import { problem, route } from '@detente/server';
import { enqueuePeer, type PeerName, readPeerNames, recordAct } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { offerFaults } from '../faults.ts';
import { effectsOf, simulate } from '../offer-effects.ts';
import { barringFaults, checkOfferTo } from '../offers.ts';

export async function offerRoutes(app: FastifyInstance, { origin: own, home, border }: Casework): Promise<void> {
  route(app, checkOffer).to(async ({ params, body: { offer } }) => {
    const peer = await findPeer(params.name, offer);
    return { status: 200, body: await check(peer, offer) };
  });

  route(app, simulateOffer).to(async ({ params, body: { offer } }) => {
    const { origin: peer } = await findPeer(params.name, offer);
    const { counts_from: day } = await judge(peer, offer);
    return { status: 200, body: await simulate({ home, border }, { own, peer, offer, day, now: new Date() }) };
  });

  route(app, offerPeer).to(async ({ params, body: { offer, reason } }, { actor }) => {
    const peer = await findPeer(params.name, offer);
    if (peer.status === 'expelled') throw problem('conflict', { detail: 'the peer is expelled' });
    const checked = await check(peer, offer);
    const errors = barringFaults(checked);
    if (errors.length > 0) throw problem('validation_failed', { errors });
    await home.write(async (tx) => {
      await recordAct(tx, { actor: actor.name, act: 'peer.offer', object: peer.origin, reason });
      await enqueuePeer(tx, { op: 'offer', peer: peer.origin, offer });
    });
    return { status: 202, body: { status: 'accepted', ...checked } };
  });

  /** @throws ProblemError `validation_failed` for an offer that none can be, `not_found` */
  async function findPeer(name: string, offer: OfferBody): Promise<PeerName> {
    const errors = offerFaults(offer);
    if (errors.length > 0) throw problem('validation_failed', { errors });
    const peer = (await readPeerNames(border.now)).find((one) => one.name === name);
    if (!peer) throw problem('not_found');
    return peer;
  }

  async function check(peer: PeerName, offer: OfferBody) {
    const judged = await judge(peer.origin, offer);
    const asked = { own, peer: peer.origin, offer, day: judged.counts_from };
    return { ...judged, ...(await effectsOf({ home, border }, asked)) };
  }

  async function judge(peer: string, offer: OfferBody) {
    const known = (await readPeerNames(border.now)).filter(({ status, sandbox }) => isEnrolled(status, sandbox));
    const enrolled = known.map(({ origin }) => origin);
    return checkOfferTo({ home, border }, { own, peer, offer, now: new Date(), enrolled });
  }
}

function isEnrolled(status: PeerName['status'], sandbox: boolean): boolean {
  return !sandbox && (status === 'active' || status === 'suspended');
}
