// Officers offer peers terms; an offer is checked before it is signed.

import { OfferBody } from '@detente/reciprocity';
import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { closed, Digest, Level, Params, Reason, UtcDay, Uuid } from '../shapes.ts';
import { PeerName } from './peers.ts';

const tags = ['peers'];
const params = Type.Object({ name: PeerName });

const codes = Type.Array(closed({ code: Type.String(), params: Params }));

/** A record version with what is given of it now and would be; null for nothing. */
const Effect = closed(
  {
    record: Uuid,
    digest: Digest,
    cell: Type.String(),
    before: Type.Union([Level, Type.Null()]),
    after: Type.Union([Level, Type.Null()]),
    rule: closed({ code: Type.String({ description: 'Of the rule that would decide' }), params: Params }),
  },
  { $id: 'OfferEffect' },
);

const listed = (description: string) => ({
  ...closed({ count: Type.Integer({ minimum: 0 }), items: Type.Array(Effect, { maxItems: 200 }) }),
  description,
});

const effects = {
  releases: listed('Versions that are logged already and would be released; at most 200 are listed'),
  recalls: listed('Versions that were given and would be asked back, in whole or in part; at most 200 are listed'),
  singles: listed('Records given by name, that stand beside the offer; at most 200 are listed'),
  summary: { ...codes, description: 'The counts as reasons, those that are not 0' },
};

/** What an officer should know of an offer. */
const checked = {
  ...effects,
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
export type OfferEffects = Pick<OfferCheck, keyof typeof effects>;

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

const Flow = closed(
  {
    records: Type.Integer({ minimum: 0, description: 'Newest versions of records that were looked at' }),
    more: Type.Integer({ minimum: 0, description: 'Of them, those of which more would flow' }),
    less: Type.Integer({ minimum: 0 }),
    cells: Type.Array(
      closed({
        cell: Type.String(),
        before: Effect.properties.before,
        after: Effect.properties.after,
        rule: Effect.properties.rule,
      }),
      { description: 'Every cell that changes, whether there are records of it or not' },
    ),
    items: Type.Array(Effect, {
      maxItems: 200,
      description: 'Those that change, the greatest change first; at most 200',
    }),
    summary: codes,
  },
  { $id: 'OfferFlow' },
);

export const OfferSimulation = closed(
  {
    days: Type.Integer({ minimum: 1, description: 'How far back was looked' }),
    counts_from: { ...UtcDay, description: 'From which day the offer would count; the terms are those of that day' },
    standings: {
      ...codes,
      description:
        'Who would stand worse than today, had the offer bound both in these days and had they kept it as they did: ' +
        '`foreseen_own` and `foreseen_peer`, with `standing`, `obligation`, `kept` and `broken`. `given` and `taken` follow from it',
    },
    given: Flow,
    taken: Flow,
  },
  { $id: 'OfferSimulation' },
);
export type OfferSimulation = Static<typeof OfferSimulation>;

export const simulateOffer = endpoint({
  operationId: 'simulateOffer',
  method: 'POST',
  path: '/casework/v1/peers/{name}/offer/simulate',
  tags,
  summary:
    'Which records of the last 90 days would flow more or less under an offer, in both directions; nothing is kept',
  description:
    'Of each direction at most 50,000 records are looked at, of the peer’s those that are here: what it keeps back is not known. Drills, withdrawn records and what is given by name are left out. ' +
    'Standings are those of today, or worse where this node’s rules find so in what both kept and broke in these days of what the offer ' +
    'would bind them to; how the peer judges is its own affair. Nobody is foreseen to rise.',
  security: 'officer-token',
  params,
  body: { schema: closed({ offer: OfferBody }), maxBytes: 65_536 },
  responses: { 200: { description: 'What would change', schema: OfferSimulation } },
  problems: ['not_found'],
});

export const offerEndpoints = [offerPeer, checkOffer, simulateOffer];
