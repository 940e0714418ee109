// What binds this node and a peer towards each other, and how each has kept it.

import {
  type Bound,
  boundOver,
  type DatedOffer,
  isAttested,
  type Mark,
  marksOver,
  type OfferBody,
  obligationKey,
  obligationsOf,
  parseOffer,
  turnsOver,
} from '@detente/reciprocity';
import type { Asker } from '@detente/store/database';
import { type OfferWay, offersNumbered, turnsBetween } from '@detente/store/evidence';
import type { PeerLedger } from './evidence.ts';

/** One of each node. */
export type Both<One> = { own: One; peer: One };

/** What bound each of the two up to a UTC day. */
export async function boundBetween(
  home: Asker,
  { own, peer, day }: { own: string; peer: string; day: string },
): Promise<Both<Bound[]>> {
  const ours = await offersCounted(home, { iss: own, aud: peer });
  const theirs = await offersCounted(home, { iss: peer, aud: own });
  return {
    own: boundOver({ own: ours, other: theirs }, day),
    peer: boundOver({ own: theirs, other: ours }, day).map(asSeenHere),
  };
}

async function offersCounted(home: Asker, way: OfferWay): Promise<DatedOffer[]> {
  const rows = await turnsBetween(home, way);
  const known = rows.map(({ seq, turns, received_at }) => ({ seq, turns, known: received_at.getTime() / 1000 }));
  const turns = turnsOver(known);
  const offers = await offersNumbered(home, way, [...new Set(turns.map(({ seq }) => seq))]);
  const bySeq = new Map(offers.map((offer) => [offer.seq, offer]));
  return turns.flatMap(({ from, seq }) => {
    const offer = bySeq.get(seq);
    return offer ? [{ from, body: parseOffer(offer.body), known: offer.received_at.getTime() / 1000 }] : [];
  });
}

/** Of the witnesses of a peer's log this node knows one for sure: itself. */
function asSeenHere(bound: Bound): Bound {
  const { obligation } = bound;
  if (obligation.code !== 'log_health') return bound;
  return { ...bound, obligation: { ...obligation, params: { ...obligation.params, witnesses: 1 } } };
}

type Parties = { own: string; peer: string; now: Date };

/** How each has kept what bound it. */
export function marksOfBoth({ own, peer, now }: Parties, bounds: Both<Bound[]>, ledger: PeerLedger): Both<Mark[]> {
  const { evidence, witnessedSince } = ledger;
  const [party, other] = [own, peer];
  const input = { evidence, now: now.getTime() / 1000 };
  return {
    own: marksOver({ ...input, party, other, bounds: bounds.own, witnessedSince: 0 }),
    peer: marksOver({ ...input, party: other, other: party, bounds: bounds.peer, witnessedSince }),
  };
}

/** How each would have kept of late what two offers would bind it to. That a node has not attested yet what nobody has asked for is
 *  no fault.
 *  @param since from when there is a peer to whom anything could be promised */
export function marksUnder(
  { own, peer, now, since }: Parties & { since: Date },
  offers: Both<OfferBody | null>,
  { bounds, ledger }: { bounds: Both<Bound[]>; ledger: PeerLedger },
): Both<Mark[]> {
  const [from, until] = [since.getTime() / 1000, now.getTime() / 1000];
  const over = (asking: Parameters<typeof obligationsOf>[0], binding: readonly Bound[]): Bound[] => {
    const bound = new Set(
      binding.filter((one) => one.until > until).map(({ obligation }) => obligationKey(obligation)),
    );
    return obligationsOf(asking)
      .filter((one) => !isAttested(obligationKey(one)) || bound.has(obligationKey(one)))
      .map((obligation) => ({ obligation, since: from, from, until }));
  };
  const both = {
    own: over({ own: offers.own, other: offers.peer }, bounds.own),
    peer: over({ own: offers.peer, other: offers.own }, bounds.peer).map(asSeenHere),
  };
  return marksOfBoth({ own, peer, now }, both, ledger);
}
