// What both sides kept and broke, and what either says against it.

import { ContestBody, STANDINGS } from '@detente/reciprocity';
import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { Accepted, closed, Digest, Level, Params, Reason, UtcDay } from '../shapes.ts';
import { PeerName } from './peers.ts';

const tags = ['peers'];
const params = Type.Object({ name: PeerName });

const count = Type.Integer({ minimum: 0 });

const GivenCount = closed(
  {
    type: Type.String(),
    domain: Type.String(),
    level: Level,
    in_time: { ...count, description: 'Versions reported within what was promised' },
    late: count,
    untimed: { ...count, description: 'Of which no time was promised, or none can be told' },
  },
  { $id: 'GivenCount' },
);

const Promised = closed(
  {
    obligation: Type.String({ description: 'Its key, such as `report_within/5-7`' }),
    kept: count,
    broken: count,
    contested: { ...count, description: 'Of the broken ones' },
    breaches: Type.Array(
      closed({
        evidence: Type.Union([Digest, Type.Null()], { description: 'What shows it; null when nothing came at all' }),
        day: UtcDay,
        shown: Type.Boolean({ description: 'The node’s own signature shows it, or two others say so' }),
        contested: Type.Boolean(),
      }),
      { description: 'The newest ten' },
    ),
  },
  { $id: 'Promised' },
);

const BalanceSide = closed(
  {
    standing: Type.Union(
      [
        closed({
          standing: Type.Enum([...STANDINGS]),
          since: UtcDay,
          reason: closed({ code: Type.String(), params: Params }),
        }),
        Type.Null(),
      ],
      { description: 'What the other node says of its conduct' },
    ),
    given: Type.Array(GivenCount),
    promised: Type.Array(Promised),
  },
  { $id: 'BalanceSide' },
);

export const Balance = closed(
  {
    names: closed({ own: Type.String(), peer: Type.String() }),
    from: UtcDay,
    until: UtcDay,
    own: BalanceSide,
    peer: BalanceSide,
    contests: Type.Array(
      closed({
        by: Type.Enum(['own', 'peer']),
        day: UtcDay,
        about: Digest,
        shows: Type.Array(Digest),
        told: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  },
  { $id: 'Balance' },
);
export type Balance = Static<typeof Balance>;

export const getBalance = endpoint({
  operationId: 'getBalance',
  method: 'GET',
  path: '/casework/v1/peers/{name}/balance',
  tags,
  summary: 'What each side gave of late, and what each kept and broke of what it had promised the other',
  description: 'Of the last 90 days, from what both sides signed; exercises are left out.',
  security: 'officer-token',
  params,
  responses: { 200: { description: 'The balance', schema: Balance } },
  problems: ['not_found'],
});

export const getBalanceTable = endpoint({
  operationId: 'getBalanceTable',
  method: 'GET',
  path: '/casework/v1/peers/{name}/balance.csv',
  tags,
  summary: 'The balance as a table for a spreadsheet',
  security: 'officer-token',
  params,
  responses: {
    200: {
      description: 'RFC 4180: a row for each kind of record that a node gave, and one for each promise',
      contentType: 'text/csv; charset=utf-8',
    },
  },
  problems: ['not_found'],
});

export const contestMark = endpoint({
  operationId: 'contestMark',
  method: 'POST',
  path: '/casework/v1/peers/{name}/contests',
  tags,
  summary: 'Contest what a peer holds against our conduct, with digests of what we signed that shows otherwise',
  description:
    '`about` is the digest of the evidence that the reason of the peer’s standing names. The peer’s ledger then shows both sides. What ' +
    'shows otherwise has to be ours and within the last 90 days; without `shows` it is our receipts for that record, or our answer to ' +
    'that recall.',
  security: 'officer-token',
  params,
  body: {
    schema: closed({
      about: ContestBody.properties.about,
      shows: Type.Optional(ContestBody.properties.shows),
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

export const ledgerEndpoints = [getBalance, getBalanceTable, contestMark, attestObligation];
