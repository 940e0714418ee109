// Why a peer has a record of ours, or has it not.

import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { closed, Digest, Level, Params, Uuid } from '../shapes.ts';
import { PeerName } from './peers.ts';

export const Step = closed(
  {
    step: Type.Enum(['peer', 'terms', 'grant', 'warning', 'log', 'page', 'receipt', 'quarantine', 'recall']),
    state: Type.Enum(['done', 'waiting', 'stopped', 'none'], {
      description: '`stopped`: here the way ends; `none`: there is nothing of this kind',
    }),
    code: Type.String({ description: 'What is so, for programs' }),
    params: Params,
  },
  { $id: 'Step' },
);
export type Step = Static<typeof Step>;

export const Explanation = closed(
  {
    peer: PeerName,
    origin: Type.Optional({ ...PeerName, description: 'Whose record it is that we pass on; absent: ours' }),
    id: Uuid,
    digest: Digest,
    level: Type.Union([Level, Type.Null()], { description: 'What the peer may see; null for nothing' }),
    conclusion: Type.Enum(['stored', 'warned', 'under_way', 'withheld', 'refused_there', 'receipt_disagrees'], {
      description:
        '`stored`: its receipt says so; `warned`: it took a warning of it; `under_way`: it may have it and does not yet; ' +
        '`withheld`: it may not; `refused_there`: it took the page and did not store the record; ' +
        '`receipt_disagrees`: its receipt speaks of other fields, or of more, than it was given',
    }),
    steps: Type.Array(Step),
  },
  { $id: 'Explanation' },
);
export type Explanation = Static<typeof Explanation>;

export const explain = endpoint({
  operationId: 'explain',
  method: 'GET',
  path: '/casework/v1/explain',
  tags: ['peers'],
  summary: 'Why a peer has a record of ours, or one that we pass on, or has it not: the whole chain',
  security: 'officer-token',
  query: Type.Object({
    peer: PeerName,
    record: Type.Union([Uuid, Digest], {
      description: 'Of a record, its newest version; or of one version, its digest',
    }),
  }),
  responses: { 200: { description: 'The chain, in order', schema: Explanation } },
  problems: ['not_found'],
});

export const explainEndpoints = [explain];
