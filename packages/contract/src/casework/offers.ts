// Officers offer peers terms; an offer is checked before it is signed.

import { OfferBody } from '@detente/reciprocity';
import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { closed, Params, Reason, UtcDay } from '../shapes.ts';
import { PeerName } from './peers.ts';

const tags = ['peers'];
const params = Type.Object({ name: PeerName });

/** What an officer should know of an offer. */
const checked = {
  findings: Type.Array(
    closed({
      code: Type.String(),
      params: Params,
      bars_signing: Type.Boolean({ description: 'It says what nobody can mean, and is not signed' }),
    }),
    { description: 'Contradictions and rules that no cell reaches, in the order of the offer' },
  ),
  narrows: Type.Array(closed({ code: Type.String(), params: Params }), {
    description: 'In what the offer gives less, or asks more, than the one that counts today',
  }),
  counts_from: {
    ...UtcDay,
    description:
      'If it is signed today: no day before it, and none before the notice has passed that the one that counts today promised to ' +
      'whoever it is narrowed for',
  },
};

export const OfferCheck = closed(checked, { $id: 'OfferCheck' });
export type OfferCheck = Static<typeof OfferCheck>;

export const checkOffer = endpoint({
  operationId: 'checkOffer',
  method: 'POST',
  path: '/casework/v1/peers/{name}/offer/check',
  tags,
  summary: 'What an officer should know of an offer before it is signed; nothing is kept',
  description:
    'Held against the offers that count today in both directions, and against how we kept, in the last 90 days, what it would bind us to.',
  security: 'officer-token',
  params,
  body: { schema: closed({ offer: OfferBody }), maxBytes: 65_536 },
  responses: { 200: { description: 'What was found', schema: OfferCheck } },
  problems: ['not_found'],
});

export const offerPeer = endpoint({
  operationId: 'offerPeer',
  method: 'PUT',
  path: '/casework/v1/peers/{name}/offer',
  tags,
  summary: 'Sign an offer to a peer: what we give it, per cell',
  description:
    'It is checked first. What bars signing is `validation_failed`, each finding with its place, code and parameters, and nothing is ' +
    'signed; the answer to an offer that is signed has the other findings.',
  security: 'officer-token',
  params,
  body: { schema: closed({ offer: OfferBody, reason: Reason }), maxBytes: 65_536 },
  responses: {
    202: {
      description: 'The worker signs and sends it',
      schema: closed({ status: Type.Literal('accepted'), ...checked }),
    },
  },
  problems: ['not_found', 'conflict'],
});

export const offerEndpoints = [offerPeer, checkOffer];
