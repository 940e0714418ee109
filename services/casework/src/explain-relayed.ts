// Why a peer has a record of another node over us, or has it not.

import type { Explanation } from '@detente/contract/casework';
import { type Decision, foldGrants, type Grants, relayedLevel, relayLevel, why } from '@detente/reciprocity';
import { type Cell, leastLevel, nameOfType, type Tlp } from '@detente/record';
import {
  grantsOfPeer,
  type PeerName,
  type ReceivedVersion,
  readTerms,
  readWay,
  recallsOfVersion,
  receivedVersion,
} from '@detente/store/casework';
import type { Database } from '@detente/store/database';
import { explainWay } from './explain.ts';
import { findReceipt } from './find-receipt.ts';
import { acceptedFrom, offerInForce } from './offers.ts';
import { nameOf } from './peer-names.ts';
import { prefixLengths } from './prefix-lengths.ts';

type Asked = { own: string; peers: readonly PeerName[]; peer: PeerName; record: string; day: string };

/** @returns undefined when no such record has been received, or it is the peer's own */
export async function explainRelayed(
  { home, border }: { home: Database; border: Database },
  { own, peers, peer, record, day }: Asked,
): Promise<Omit<Explanation, 'peer'> | undefined> {
  const { origin: receiver, status, sandbox } = peer;
  const known = await home.read(async (reader) => {
    const version = await receivedVersion(reader, receiver, record);
    if (!version || version.origin === receiver) return undefined;
    const offer = (await offerInForce(reader, { iss: version.origin, aud: own, day }))?.body ?? null;
    const accepted = await acceptedFrom(reader, { own: receiver, relay: own, day });
    const decided =
      version.passed ?? decide({ version, offer, receiver, isAccepted: accepted.includes(version.origin), day });
    const terms = (await readTerms(reader, receiver)).find(({ direction }) => direction === 'given');
    const [recall] = await recallsOfVersion(reader, receiver, version.digest);
    return { version, decided, terms, recall };
  });
  if (!known) return undefined;
  const { version, decided, terms, recall } = known;
  const { id, digest, tick, place, type, presentation, level: held, passed } = version;
  const chain = await border.read(async (reader) => {
    const decision = cappedBy(foldGrants(await grantsOfPeer(reader, receiver)), version, decided);
    const way = await readWay(reader, receiver, digest);
    const given = { token: presentation, lengths: prefixLengths(type, presentation, held), most: passed?.most ?? 0 };
    const receipt = await findReceipt(reader, receiver, { digest, place: null, given });
    const named = terms && { day: terms.day, digest: terms.digest };
    return explainWay({ status, sandbox, terms: named, decision, ...way, tick, place, receipt, recall });
  });
  return { origin: nameOf(peers, version.origin), id, digest, ...chain };
}

type Decided = Parameters<typeof relayLevel>[0]['offer'];

/** As the worker will decide once the record is proven in its mirror. */
function decide(about: {
  version: ReceivedVersion;
  offer: Decided;
  receiver: string;
  isAccepted: boolean;
  day: string;
}) {
  const { version, isAccepted, ...asked } = about;
  const { level: held, tlp, followed, revoked } = version;
  const cell = placeOf(version).cell;
  const input = { ...asked, isAccepted: isAccepted && !revoked, cell, tlp: tlp as Tlp, held };
  return relayLevel({ ...input, earlierRelayed: followed, passed: version.passed?.level ?? null });
}

function placeOf({ id, type, domain, band }: ReceivedVersion) {
  return { record_id: id, cell: `${nameOfType(type)}/${domain}/${band}` as Cell };
}

/** What the peer's grants leave of what may be passed on, with their reasons where they give less. */
function cappedBy(
  grants: Grants,
  version: ReceivedVersion,
  { level, reason }: Pick<ReturnType<typeof decide>, 'level'> & { reason: Decision['reasons'][number] },
): Decision {
  const { tlp, followed } = version;
  const place = placeOf(version);
  const left = relayedLevel(grants, { ...place, least: leastLevel(tlp as Tlp) }, { level, followed });
  if (left === level) return { level, reasons: [reason] };
  const asked = { ...place, index: null, tlp: tlp as Tlp, earlierGiven: followed, expelled: false };
  return { level: left, reasons: [reason, ...why(grants, asked).reasons] };
}
