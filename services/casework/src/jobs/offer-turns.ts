// Which offer counts from which day on: found once for each, when it is there.

import { isDeepStrictEqual } from 'node:util';
import { type OfferBody, type OfferTurn, parseOffer, turnOffers } from '@detente/reciprocity';
import type { Transaction } from '@detente/store/database';
import { type OfferWay, offerTurns } from '@detente/store/evidence';
import { askTurns, offersToTurn, storeOfferTurns } from '@detente/store/worker';

/** Offers of one step. */
const STEP = 200;

/** Finds the turns after each offer from one node to another that has none yet, and after those behind it, up to a step at whose end
 *  they are what they were: from there on nothing is different. */
export async function findTurns(tx: Transaction, way: OfferWay): Promise<void> {
  for (;;) {
    const due = await offersToTurn(tx, way, STEP);
    if (due.length === 0) return;
    const before = await offerTurns(tx, way, due[0]!.seq);
    const bodies = new Map<number, OfferBody>(
      [...before.offers, ...due].map(({ seq, body }) => [seq, parseOffer(body)]),
    );
    let { turns } = before;
    const found: { seq: number; turns: OfferTurn[] }[] = [];
    for (const { seq, received_at } of due) {
      const known = received_at.toISOString().slice(0, 10);
      turns = turnOffers(turns, { seq, body: bodies.get(seq)!, known }, (held) => bodies.get(held)!);
      found.push({ seq, turns: turns as OfferTurn[] });
    }
    await storeOfferTurns(tx, way, found);
    const { seq, turns: had } = due.at(-1)!;
    if (!isDeepStrictEqual(turns, had)) await askTurns(tx, way, seq);
  }
}
