// What both sides kept and broke, and what we say against what is held against us.

import { attestObligation, contestMark, getBalance, getBalanceTable } from '@detente/contract/casework';
import { answersTo, balanceCsv } from '@detente/reciprocity';
import { problem, route } from '@detente/server';
import { enqueuePeer, type PeerName, readPeerNames, recordAct } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { balanceWith } from '../balance.ts';
import { readLedger } from '../evidence.ts';
import { attestationFaults, fault } from '../faults.ts';

export async function ledgerRoutes(app: FastifyInstance, { origin: own, home, border }: Casework): Promise<void> {
  route(app, getBalance).to(async ({ params }) => ({ status: 200, body: await balance(params.name) }));

  route(app, getBalanceTable).to(async ({ params }) => ({ status: 200, raw: balanceCsv(await balance(params.name)) }));

  route(app, contestMark).to(async ({ params, body: { about, told = null, reason, ...named } }, { actor }) => {
    const { origin: peer } = await toldPeer(params.name);
    const { evidence } = await readLedger({ home, border }, { own, peer, now: new Date() });
    const shows = named.shows ?? answersTo(about, own, evidence);
    if (shows.length === 0)
      throw problem('validation_failed', { errors: [fault('/shows', 'nothing_of_ours_answers_it')] });
    const ours = new Set(evidence.filter(({ by }) => by === own).map(({ digest }) => digest));
    const errors = shows.flatMap((one, at) =>
      ours.has(one) ? [] : [fault(`/shows/${at}`, 'not_signed_by_us_of_late')],
    );
    if (errors.length > 0) throw problem('validation_failed', { errors });
    await home.write(async (tx) => {
      await recordAct(tx, { actor: actor.name, act: 'peer.contest', object: peer, reason });
      await enqueuePeer(tx, { op: 'contest', peer, contest: { about, shows, told } });
    });
    return { status: 202, body: { status: 'accepted' } };
  });

  route(app, attestObligation).to(async ({ params, body: { obligation, reason } }, { actor }) => {
    const { origin: peer } = await toldPeer(params.name);
    const day = new Date().toISOString().slice(0, 10);
    const errors = attestationFaults({ obligation, day });
    if (errors.length > 0) throw problem('validation_failed', { errors });
    await home.write(async (tx) => {
      await recordAct(tx, { actor: actor.name, act: 'peer.attest', object: peer, reason });
      await enqueuePeer(tx, { op: 'attest', peer, obligation, day });
    });
    return { status: 202, body: { status: 'accepted' } };
  });

  async function balance(name: string) {
    const { origin: peer } = await findPeer(name);
    return balanceWith({ home, border }, { own, peer, now: new Date() });
  }

  async function findPeer(name: string): Promise<PeerName> {
    const peer = (await readPeerNames(border.now)).find((one) => one.name === name);
    if (!peer) throw problem('not_found');
    return peer;
  }

  /** @throws ProblemError `not_found`, `conflict` for one that hears nothing */
  async function toldPeer(name: string): Promise<PeerName> {
    const peer = await findPeer(name);
    if (peer.status === 'pending' || peer.status === 'expelled')
      throw problem('conflict', { detail: `the peer is ${peer.status}: nothing is told to it` });
    return peer;
  }
}
