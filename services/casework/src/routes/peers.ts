// Peers: add one, pin its new identity, see how far both sides are. What is offered to one stands in offers.ts, what becomes of one in
// peer-life.ts.

import {
  addPeer,
  type Fork,
  getPeer,
  listPeers,
  type Peer,
  pinPeer,
  type TermsDifference,
} from '@detente/contract/casework';
import type { Descriptor } from '@detente/keys';
import { problem, route } from '@detente/server';
import {
  countReceived,
  enqueuePeer,
  type ForkRow,
  listPeers as findPeers,
  newestCanaries,
  newestStandings,
  type PeerFacts,
  readConformance,
  readForks,
  readGrants,
  readPeerDescriptor,
  readPeerNames,
  readPresentations,
  readTerms,
  readWitnesses,
  recordAct,
  type SignedStanding,
  standingBy,
} from '@detente/store/casework';
import { namedTerms } from '@detente/store/evidence';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { daysSince } from '../escalation.ts';
import { fault, peerFaults } from '../faults.ts';
import { countGiven, grantsTo, toPeerTerms } from '../peer-view.ts';
import { shown } from '../shown.ts';
import { differencesWith } from '../terms-difference.ts';

export async function peerRoutes(app: FastifyInstance, { origin: own, reach, home, border }: Casework): Promise<void> {
  route(app, addPeer).to(async ({ body }, { actor }) => {
    const errors = peerFaults(body, reach);
    if (errors.length > 0) throw problem('validation_failed', { errors });
    const { name, origin, fingerprint, ca = null, sandbox = false, listed = true, reason } = body;
    const known = await readPeerNames(border.now);
    if (origin === own) throw problem('conflict', { detail: 'that is this node itself' });
    if (known.some((peer) => peer.name === name || peer.origin === origin))
      throw problem('conflict', { detail: 'a peer has this name or origin already' });
    if (known.some((peer) => peer.fingerprint === fingerprint))
      throw problem('validation_failed', { errors: [fault('/fingerprint', 'keys_not_distinct')] });
    await home.write(async (tx) => {
      await recordAct(tx, { actor: actor.name, act: 'peer.add', object: origin, reason });
      await enqueuePeer(tx, { op: 'add', name, origin, fingerprint, ca, sandbox, listed });
    });
    return { status: 202, body: { status: 'accepted' } };
  });

  route(app, listPeers).to(async () => ({ status: 200, body: { items: await readPeers({ own, home, border }) } }));

  route(app, getPeer).to(async ({ params }) => {
    const peer = (await readPeers({ own, home, border })).find(({ name }) => name === params.name);
    if (!peer) throw problem('not_found');
    const terms = await readTerms(home.now, peer.origin);
    const directions = terms.map((one) => [one.direction, toPeerTerms(one)] as const);
    const found = await readConformance(border.now, peer.origin);
    const contact = contactIn(await readPeerDescriptor(border.now, peer.origin));
    const forks = (await readForks(border.now, peer.origin)).map(toFork);
    const said = await standingBy(home.now, peer.origin, own);
    const differs = await differenceOf({ own, peer: peer.origin, home, border });
    const known = {
      ...(differs && { differs }),
      ...(said && { our_standing: toStanding(said) }),
      ...(contact && { contact }),
      ...(found && { conformance: shown(found) }),
      ...(forks.length > 0 && { forks }),
    };
    return { status: 200, body: { ...peer, ...known, ...Object.fromEntries(directions) } };
  });

  route(app, pinPeer).to(async ({ params, body: { fingerprint, reason } }, { actor }) => {
    const peers = await readPeerNames(border.now);
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

/** @returns undefined where the peer names no other terms than we compute */
async function differenceOf({
  own,
  peer,
  home,
  border,
}: Pick<Casework, 'home' | 'border'> & { own: string; peer: string }): Promise<TermsDifference | undefined> {
  const named = (await namedTerms(border.now)).find((one) => one.peer === peer);
  if (!named) return undefined;
  const { inputs, computed } = await home.read((reader) => differencesWith(reader, { own, peer, named }));
  if (inputs.length === 0) return undefined;
  return { day: named.day, at: named.at.toISOString(), named: named.digest, computed, inputs };
}

/** All peers, with what both databases know of them. */
async function readPeers({ own, home, border }: Pick<Casework, 'home' | 'border'> & { own: string }): Promise<Peer[]> {
  const [received, canaries, standings] = await home.read(async (reader) => [
    await countReceived(reader),
    await newestCanaries(reader),
    await newestStandings(reader, own),
  ]);
  return border.read(async (reader) => {
    const facts = await findPeers(reader);
    const grants = await readGrants(reader);
    const presentations = await readPresentations(reader);
    const witnesses = await readWitnesses(reader);
    return facts.map((peer: PeerFacts) => {
      const canary = canaries.get(peer.origin);
      const signed = standings.get(peer.origin);
      const { log_forked, witnessed, cosigned, mirrored } = witnesses.get(peer.origin)!;
      return {
        ...shown(peer),
        ...(canary !== undefined && { canary, canary_age: daysSince(canary, Date.now()) }),
        ...(signed && { standing: toStanding(signed) }),
        received: received.get(peer.origin) ?? 0,
        granted: countGiven(grantsTo(peer.origin, grants), presentations),
        log_forked,
        ...(witnessed && { witnessed: shown(witnessed) }),
        ...(cosigned && { cosigned: shown(cosigned) }),
        ...(mirrored && { mirrored: shown(mirrored) }),
      };
    });
  });
}

function toStanding({ standing, since, reason, overridden }: SignedStanding): NonNullable<Peer['standing']> {
  return { standing, since, reason: reason.code, params: reason.params, overridden };
}

function toFork({ at, descriptors, root, proof, smaller, larger, ...sizes }: ForkRow): Fork {
  const inText = (hash: Buffer) => hash.toString('base64url');
  const tree = { smaller, larger, root: inText(root), proof: proof.map(inText) };
  return {
    code: 'log_forked',
    ...sizes,
    at: at.toISOString(),
    proof: { fork: 'detente/fork/1', ...tree, descriptors },
  };
}

/** The duty officer in a descriptor that was verified when it came. */
function contactIn(descriptor: string | null): Descriptor['contact'] | undefined {
  if (descriptor === null) return undefined;
  return (JSON.parse(Buffer.from(descriptor.split('.')[1]!, 'base64url').toString()) as Descriptor).contact;
}
