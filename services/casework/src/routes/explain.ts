// Why a peer has a record of ours, or has it not.

import { explain } from '@detente/contract';
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
  receiptsOf,
} from '@detente/store/casework';
import type { Reader } from '@detente/store/database';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { explainWay, type Receipted } from '../explain.ts';
import { disagrees, receiptIn } from '../receipted.ts';

export async function explainRoutes(app: FastifyInstance, { home, border }: Casework): Promise<void> {
  route(app, explain).to(async ({ query: { peer: name, record } }) => {
    const peer = (await border.read(readPeerNames)).find((one) => one.name === name);
    const [version, ...before] = await home.read((reader) => ownVersions(reader, record));
    if (!peer || !version) throw problem('not_found');
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

/** A version with its bytes, and the most of it that the peer was ever given. */
type Given = { token: string; lengths: number[]; most: number };

/** The newest receipt that names the version; else the newest for the page that it was on. They were verified when they came. */
async function findReceipt(border: Reader, peer: string, version: OwnVersion & { given: Given }): Promise<Receipted> {
  const { digest, place, given } = version;
  let omitting: Receipted;
  let before: number | undefined;
  for (;;) {
    const receipts = await receiptsOf(border, peer, before, 500);
    for (const { seq, jws } of receipts) {
      const { page, records } = receiptIn(jws);
      const named = records.find((one) => one.digest === digest);
      if (named) return { seq, level: named.level, disagrees: disagrees(named, given, given.most) };
      if (page && place !== null && page.after <= place && place < page.next) omitting ??= { seq, level: null };
    }
    if (receipts.length === 0) return omitting;
    before = receipts.at(-1)!.seq;
  }
}
