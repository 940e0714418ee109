// An offer of one tier for every incident, as its signed body is written.

import type { Contracts } from '@detente/client';
import type { Tier } from '@detente/record';

export type OfferBody =
  Contracts['casework']['/casework/v1/peers/{name}/offer']['put']['requestBody']['content']['application/json']['offer'];

export function plainOffer(input: {
  tier: Tier;
  condition: 'unconditional' | 'as-given';
  backlog: boolean;
  today?: string;
}): OfferBody {
  const { tier, condition, backlog, today = new Date().toISOString().slice(0, 10) } = input;
  return {
    gives: [{ type: 'incident', domains: ['*'], bands: ['*'], tier, condition, onward: null }],
    access: [],
    obligations: [],
    waives: [],
    notice_days: 0,
    backlog,
    valid_from: today,
    valid_until: null,
  };
}
