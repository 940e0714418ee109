// Why a peer has a record of ours, or has it not.

import { explain } from '@detente/contract/casework';
import { foldGrants, mostEverGiven, wasEverGiven, why } from '@detente/reciprocity';
import { type Cell, FLOOR_LEVEL, leastLevel, nameOfType, type Tlp } from '@detente/record';
import { problem, route } from '@detente/server';
import {
  grantsOfPeer,
  type OwnVersion,
  ownVersions,
  readPeerNames,
  readTerms,
  readVersion,
  readWay,
  recallsOfVersion,
} from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { explainWay } from '../explain.ts';
import { explainRelayed } from '../explain-relayed.ts';
import { findReceipt } from '../find-receipt.ts';

export async function explainRoutes(app: FastifyInstance, { origin: own, home, border }: Casework): Promise<void> {
  route(app, explain).to(async ({ query: { peer: name, record } }) => {
    const peers = await readPeerNames(border.now);
    const peer = peers.find((one) => one.name === name);
    const [version, ...before] = await ownVersions(home.now, record);
    if (!peer) throw problem('not_found');
    if (!version) {
      const relayed = await explainRelayed(
        { home, border },
        { own, peers, peer, record, day: new Date().toISOString().slice(0, 10) },
      );
      if (!relayed) throw problem('not_found');
      return { status: 200, body: { peer: name, ...relayed } };
    }
    const { origin, status, sandbox } = peer;
    const [terms, recalls, issued] = await home.read(async (reader) => [
      (await readTerms(reader, origin)).find(({ direction }) => direction === 'given'),
      await recallsOfVersion(reader, origin, version.digest),
      (await readVersion(reader, version.digest))!,
    ]);
    const chain = await border.read(async (reader) => {
      const grants = await grantsOfPeer(reader, origin);
      const decision = why(foldGrants(grants), {
        ...placeOf(version),
        tlp: version.tlp as Tlp,
        earlierGiven: before.some((one) => wasEverGiven(grants, loggedOf(one))),
        expelled: status === 'expelled',
      });
      const way = await readWay(reader, origin, version.digest);
      const warned = way.warning ? FLOOR_LEVEL : 0;
      const given = { ...issued, most: Math.max(mostEverGiven(grants, loggedOf(version)) ?? 0, warned) };
      const receipt = await findReceipt(reader, origin, { ...version, given });
      const { tick, place } = version;
      const known = terms && { day: terms.day, digest: terms.digest };
      return explainWay({ status, sandbox, terms: known, decision, ...way, tick, place, receipt, recall: recalls[0] });
    });
    return { status: 200, body: { peer: name, id: version.id, digest: version.digest, ...chain } };
  });
}

function placeOf({ id, type, domain, band, place }: OwnVersion) {
  return { record_id: id, cell: `${nameOfType(type)}/${domain}/${band}` as Cell, index: place };
}

function loggedOf(version: OwnVersion) {
  const { index, ...rest } = placeOf(version);
  return { ...rest, least: leastLevel(version.tlp as Tlp), place: index };
}
