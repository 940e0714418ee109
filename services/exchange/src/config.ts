// The settings of the exchange.

import { type Static, Type } from '@detente/schema';
import { reachSettings, serviceSettings } from '@detente/server';

export const ExchangeConfig = Type.Object({
  DETENTE_ORIGIN: Type.String({
    pattern: '^https?://[^/?#]+$',
    description: 'Public origin of the node; what its peers sign their requests for',
  }),
  DETENTE_BORDER_URL: Type.String({ description: 'Database border, as role detente_exchange' }),
  DETENTE_KEYS: Type.String({ description: 'Folder with the keys of this process' }),
  DETENTE_PULL_MS: Type.Integer({
    default: 60_000,
    minimum: 50,
    description: 'Milliseconds from one pull of a peer to the next',
  }),
  DETENTE_PULL_RECORDS: Type.Integer({
    default: 1000,
    minimum: 1,
    maximum: 1000,
    description: 'Records of a page that is asked for',
  }),
  DETENTE_WITNESS_MS: Type.Integer({
    default: 300_000,
    minimum: 200,
    description: 'Milliseconds from one checkpoint that peers are asked to witness to the next; a few ticks of the log',
  }),
  DETENTE_PULL_TIMEOUT_MS: Type.Integer({
    default: 60_000,
    minimum: 100,
    description: 'Milliseconds for one call of a peer, from connecting to the last byte',
  }),
  DETENTE_NOTICES_PER_MINUTE: Type.Integer({
    default: 120,
    minimum: 1,
    description:
      'Warnings that one peer may bring in a minute, as many statements, and as many other notices; of statements also 16 MiB a day, and of other notices; of receipts 64 MiB. It keeps the rest and tries again',
  }),
  DETENTE_NOTICE_MS: Type.Integer({
    default: 250,
    minimum: 20,
    description: 'Milliseconds between looks at the notices that wait for peers',
  }),
  DETENTE_VERIFY_THREADS: Type.Integer({
    default: 1,
    minimum: 0,
    maximum: 64,
    description: 'Threads that verify records, beside the one that answers; the first thousand records start none',
  }),
  ...reachSettings,
  ...serviceSettings,
  // A peer that catches up asks for page after page.
  DETENTE_CALLER_LIMIT_PER_MINUTE: Type.Integer({
    default: 60_000,
    minimum: 0,
    description: 'Requests of one peer; 0 is no limit',
  }),
});
export type ExchangeConfig = Static<typeof ExchangeConfig>;
