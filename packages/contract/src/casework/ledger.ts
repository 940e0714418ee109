// What both sides kept and broke, and what either says against it.

import { ContestBody } from '@detente/reciprocity';
import { Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { Accepted, closed, Reason } from '../shapes.ts';
import { PeerName } from './peers.ts';

const tags = ['peers'];
const params = Type.Object({ name: PeerName });

export const contestMark = endpoint({
  operationId: 'contestMark',
  method: 'POST',
  path: '/casework/v1/peers/{name}/contests',
  tags,
  summary: 'Contest what a peer holds against our conduct, with digests of what we signed that shows otherwise',
  description:
    '`about` is the digest of the evidence that the reason of the peer’s standing names. The peer’s ledger then shows both sides. What ' +
    'shows otherwise has to be ours and within the last 90 days.',
  security: 'officer-token',
  params,
  body: {
    schema: closed({
      about: ContestBody.properties.about,
      shows: ContestBody.properties.shows,
      told: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Why, as the peer is told' })),
      reason: Reason,
    }),
    maxBytes: 16_384,
  },
  responses: { 202: { description: 'The worker signs and sends it', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const attestObligation = endpoint({
  operationId: 'attestObligation',
  method: 'POST',
  path: '/casework/v1/peers/{name}/attestations',
  tags,
  summary: 'Attest to a peer that we keep an obligation of which there is no other evidence',
  description:
    'Such as `suite_adopted/NAME`, `safety_cards/MODELS` or `drill`; to be renewed within the days that the obligation says.',
  security: 'officer-token',
  params,
  body: {
    schema: closed({
      obligation: Type.String({
        maxLength: 120,
        pattern: '^(suite_adopted/|safety_cards/|drill$)',
        description: 'Its key',
      }),
      reason: Reason,
    }),
    maxBytes: 16_384,
  },
  responses: { 202: { description: 'The worker signs and sends it', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const ledgerEndpoints = [contestMark, attestObligation];
