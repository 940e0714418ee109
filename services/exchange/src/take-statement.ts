// An offer, standing, contest or attestation that a peer brought, on whatever way.

import { KeysError, statementTyp, verifyStatement } from '@detente/keys';
import { isPeerStatement, peerStatements } from '@detente/reciprocity';
import { landStatement, noteBrought } from '@detente/store/exchange';
import type { Bringer, Taker } from './app.ts';
import { refusal } from './faults.ts';
import { checkBudget } from './take-notice.ts';

/** Lands a statement for the worker, within the peer's budget: nothing that a peer signs is ever deleted.
 *  @throws ProblemError `validation_failed`, `rate_limited` */
export async function takeStatement(taker: Taker, peer: Bringer, jws: string): Promise<void> {
  const said = { kind: 'statement', body: jws } as const;
  const digest = await digestOf(jws, peer, taker.origin).catch(refusal(taker, peer, said));
  const landed = { peer: peer.origin, digest, ...said };
  await taker.border.write(async (tx) => {
    await checkBudget(taker, tx, { ...landed, length: jws.length });
    await noteBrought(tx, landed);
    await landStatement(tx, landed);
  });
}

/** The digest of a statement that the peer may put here: one of `peerStatements` of its own, for this node.
 *  @throws KeysError, ReciprocityError */
async function digestOf(jws: string, peer: Bringer, aud: string): Promise<string> {
  const typ = statementTyp(jws);
  if (!isPeerStatement(typ)) throw new KeysError('typ_unexpected', `a peer may not put ${typ} here`);
  const keyFor = (kid: string) => peer.keys('agency').get(kid);
  const { body, digest } = await verifyStatement(jws, { typ, iss: peer.origin, aud, keyFor });
  peerStatements[typ](body);
  return digest;
}
