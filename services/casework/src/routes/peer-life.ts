// A peer's life after it was added: checked, enrolled, judged, let go.

import { checkPeer, enrolPeer, offboardPeer, setStanding } from '@detente/contract/casework';
import { problem, route } from '@detente/server';
import {
  type ConformanceRow,
  enqueuePeer,
  listPeers,
  newestCanaries,
  newestStandings,
  type PeerName,
  readConformance,
  readPeerNames,
  recordAct,
} from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';

const DAY = 86_400_000;

export async function peerLifeRoutes(app: FastifyInstance, { origin, home, border }: Casework): Promise<void> {
  route(app, checkPeer).to(async ({ params, body }, { actor }) => {
    const peer = await findPeer(params.name);
    await ask(peer, { op: 'check' }, { actor: actor.name, act: 'peer.check', reason: body.reason });
    return { status: 202, body: { status: 'accepted' } };
  });

  route(app, enrolPeer).to(async ({ params, body }, { actor }) => {
    const peer = await findPeer(params.name);
    if (!peer.sandbox) throw problem('conflict', { detail: 'the peer is enrolled already' });
    const missing = body.unchecked ? undefined : await missingOf(peer.origin);
    if (missing !== undefined) throw problem('conflict', { detail: missing });
    await ask(peer, { op: 'enrol' }, { actor: actor.name, act: 'peer.enrol', reason: body.reason });
    return { status: 202, body: { status: 'accepted' } };
  });

  route(app, setStanding).to(async ({ params, body }, { actor }) => {
    const peer = await findPeer(params.name);
    const { standing, told, reason } = body;
    if (peer.sandbox && standing !== 'expelled')
      throw problem('conflict', { detail: 'the peer is in the sandbox: enrol it first, or expel it' });
    if (standing === 'computed' && peer.status === 'expelled')
      throw problem('conflict', { detail: 'the peer is expelled: conduct brings nobody back, an officer does' });
    if (standing === 'suspended' && peer.status === 'suspended') {
      const signed = (await newestStandings(home.now, origin)).get(peer.origin);
      if (signed?.reason.code === 'offboarding')
        throw problem('conflict', {
          detail: 'the peer is suspended because its peering ends: a better standing takes that back',
        });
    }
    const set = { op: 'standing', standing, ...(told !== undefined && { told }) };
    const request = standing === 'computed' ? { op: 'judge' } : set;
    await ask(peer, request, { actor: actor.name, act: `peer.${standing}`, reason });
    return { status: 202, body: { status: 'accepted' } };
  });

  route(app, offboardPeer).to(async ({ params, body }, { actor }) => {
    const peer = await findPeer(params.name);
    if (peer.status === 'expelled') throw problem('conflict', { detail: 'the peer is expelled already' });
    if (peer.sandbox)
      throw problem('conflict', {
        detail: 'the peer is in the sandbox and was given nothing: its standing can be expelled',
      });
    const { told, reason } = body;
    const request = { op: 'offboard', ...(told !== undefined && { told }) };
    await ask(peer, request, { actor: actor.name, act: 'peer.offboard', reason });
    return { status: 202, body: { status: 'accepted' } };
  });

  /** @throws ProblemError `not_found`, `conflict` while its descriptor has not been verified */
  async function findPeer(name: string): Promise<PeerName> {
    const peer = (await readPeerNames(border.now)).find((one) => one.name === name);
    if (!peer) throw problem('not_found');
    if (peer.status === 'pending')
      throw problem('conflict', { detail: 'the peer’s descriptor has not been fetched yet' });
    return peer;
  }

  async function ask(
    { origin: peer }: PeerName,
    request: Record<string, unknown>,
    act: { actor: string; act: string; reason: string },
  ): Promise<void> {
    await home.write(async (tx) => {
      await recordAct(tx, { ...act, object: peer });
      await enqueuePeer(tx, { ...request, peer });
    });
  }

  /** What still stands between a peer and its enrolment. */
  async function missingOf(origin: string): Promise<string | undefined> {
    const found = await readConformance(border.now, origin);
    const canaries = await newestCanaries(home.now);
    const peer = (await listPeers(border.now)).find((one) => one.origin === origin);
    const unheard = !canaries.has(origin) || !peer?.canary_taken;
    return checkFault(found, Date.now()) ?? (unheard ? 'no canary has come through in both directions yet' : undefined);
  }
}

/** Why a check does not count. */
function checkFault(found: ConformanceRow | undefined, now: number): string | undefined {
  if (!found?.checked_at || found.checked_at < found.asked_at) return 'its node has not been checked since you asked';
  if (found.checked_at.getTime() < now - DAY) return 'its node was checked more than a day ago: check it again';
  const failed = found.checks.filter(({ passed }) => !passed).map(({ check }) => check);
  return failed.length === 0 ? undefined : `its node did not pass ${failed.join(', ')}`;
}
