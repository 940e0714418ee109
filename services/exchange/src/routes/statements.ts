// Offers and standings, both ways.

import { getStatements, putStatement } from '@detente/contract';
import { KeysError, statementTyp, verifyStatement } from '@detente/keys';
import { parseOffer, parseStanding } from '@detente/reciprocity';
import { route } from '@detente/server';
import { landStatement, newestStatements } from '@detente/store/exchange';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import type { Enrolled } from '../enrolled.ts';
import { refusal } from '../faults.ts';

const parsers = { 'detente-offer+jwt': parseOffer, 'detente-standing+jwt': parseStanding };

export async function statementRoutes(app: FastifyInstance, exchange: Exchange): Promise<void> {
  const { border, origin } = exchange;
  route(app, getStatements).to(async (_, { peer }) => {
    const statements = await border.read((reader) => newestStatements(reader, peer.origin));
    return { status: 200, body: { statements } };
  });

  route(app, putStatement).to(async ({ body }, { peer }) => {
    const said = { kind: 'statement', body: body.statement } as const;
    const digest = await digestOf(body.statement, peer, origin).catch(refusal(exchange, peer, said));
    await border.write((tx) => landStatement(tx, { peer: peer.origin, digest, ...said }));
    return { status: 204 };
  });
}

/** The digest of a statement that the peer may put here: an offer or a standing of its own, for this node.
 *  @throws KeysError, ReciprocityError */
async function digestOf(jws: string, peer: Pick<Enrolled, 'origin' | 'keys'>, aud: string): Promise<string> {
  const typ = statementTyp(jws);
  if (!(typ === 'detente-offer+jwt' || typ === 'detente-standing+jwt'))
    throw new KeysError('typ_unexpected', `a peer puts offers and standings, not ${typ}`);
  const keyFor = (kid: string) => peer.keys('agency').get(kid);
  const { body, digest } = await verifyStatement(jws, { typ, iss: peer.origin, aud, keyFor });
  parsers[typ](body);
  return digest;
}
