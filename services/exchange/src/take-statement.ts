// An offer or standing that a peer brought, on whatever way.

import { KeysError, statementTyp, verifyStatement } from '@detente/keys';
import { parseOffer, parseStanding } from '@detente/reciprocity';
import { landStatement, noteStatement } from '@detente/store/exchange';
import type { Bringer, Taker } from './app.ts';
import { refusal } from './faults.ts';
import { checkBudget } from './take-notice.ts';

const parsers = { 'detente-offer+jwt': parseOffer, 'detente-standing+jwt': parseStanding };

/** Lands a statement for the worker, within the peer's budget: nothing that a peer signs is ever deleted.
 *  @throws ProblemError `validation_failed`, `rate_limited` */
export async function takeStatement(taker: Taker, peer: Bringer, jws: string): Promise<void> {
  const said = { kind: 'statement', body: jws } as const;
  const digest = await digestOf(jws, peer, taker.origin).catch(refusal(taker, peer, said));
  const landed = { peer: peer.origin, digest, ...said };
  await taker.border.write(async (tx) => {
    await checkBudget(taker, tx, { ...landed, length: jws.length });
    await noteStatement(tx, landed);
    await landStatement(tx, landed);
  });
}

/** The digest of a statement that the peer may put here: an offer or a standing of its own, for this node.
 *  @throws KeysError, ReciprocityError */
async function digestOf(jws: string, peer: Bringer, aud: string): Promise<string> {
  const typ = statementTyp(jws);
  if (!(typ === 'detente-offer+jwt' || typ === 'detente-standing+jwt'))
    throw new KeysError('typ_unexpected', `a peer puts offers and standings, not ${typ}`);
  const keyFor = (kid: string) => peer.keys('agency').get(kid);
  const { body, digest } = await verifyStatement(jws, { typ, iss: peer.origin, aud, keyFor });
  parsers[typ](body);
  return digest;
}
