// The exchange service: what peers ask of this node and bring to it. Built here, never listening.
//
// It can only carry out what has been granted: it has no login to home, and of a record border holds no more than anybody
// was granted.

import { exchangeContract } from '@detente/contract/exchange';
import { formatTargetUri } from '@detente/http-signature';
import { httpSignature } from '@detente/http-signature/fastify';
import { createService, type Logger } from '@detente/server';
import type { Database } from '@detente/store/database';
import { useNonce } from '@detente/store/exchange';
import type { FastifyInstance } from 'fastify';
import { callerFinder } from './callers.ts';
import type { ExchangeConfig } from './config.ts';
import type { Enrolled } from './enrolled.ts';
import { exchangeProblem } from './faults.ts';
import type { ExchangeKeys } from './keys.ts';
import { type KeepRefused, refusedKeeper } from './refused.ts';
import { descriptorRoutes } from './routes/descriptor.ts';
import { feedRoutes } from './routes/feed.ts';
import { gossipRoutes } from './routes/gossip.ts';
import { mirrorRoutes } from './routes/mirror.ts';
import { noticeRoutes } from './routes/notices.ts';
import { receiptRoutes } from './routes/receipts.ts';
import { statementRoutes } from './routes/statements.ts';
import { witnessRoutes } from './routes/witness.ts';

export type ExchangeOptions = {
  config: ExchangeConfig;
  /** Border, as role detente_exchange. */
  border: Database;
  keys: ExchangeKeys;
  logger: Logger;
  /** Looks at a peer's descriptor soon: it has used a key that we do not know. */
  look?: (origin: string) => void;
  /** Pulls a peer at once: its log was cosigned further than it is mirrored. */
  pull?: (origin: string) => void;
  /** For tests: answers are held against the contract. */
  checkReplies?: boolean;
};

/** A peer that brings something, over the wire or in a bundle. */
export type Bringer = Omit<Enrolled, 'descriptors' | 'identities' | 'revokedLogKeys'>;

/** What it takes to take in what a peer brings. */
export type Taker = Omit<Exchange, 'pull'>;

/** What the routes work with. */
export type Exchange = {
  origin: string;
  border: Database;
  keys: ExchangeKeys;
  noticesPerMinute: number;
  /** Looks at a peer's descriptor soon. */
  look: (origin: string) => void;
  /** Pulls a peer at once. */
  pull: (origin: string) => void;
  /** Keeps what is refused, as evidence. */
  keep: KeepRefused;
};

/** Builds the service; the caller listens, and closes the database after the app. */
export async function buildExchange(options: ExchangeOptions): Promise<FastifyInstance> {
  const {
    config,
    border,
    keys,
    logger,
    look = () => undefined,
    pull = () => undefined,
    checkReplies = false,
  } = options;
  const origin = config.DETENTE_ORIGIN;
  const app = await createService({
    ...exchangeContract,
    logger,
    settings: config,
    ready: [{ name: 'border database', check: () => border.now.query('SELECT 1') }],
    problemOf: exchangeProblem,
    callerOf: (request) => (request.requestSignature ? request.peer.origin : undefined),
    docs: '/exchange',
    checkReplies,
  });
  const noticesPerMinute = config.DETENTE_NOTICES_PER_MINUTE;
  const exchange: Exchange = { origin, border, keys, noticesPerMinute, look, pull, keep: refusedKeeper(border) };
  for (const routes of [descriptorRoutes, witnessRoutes]) await app.register(routes, exchange);
  await app.register(async (peers) => {
    await peers.register(httpSignature, {
      keyFor: callerFinder(border, { look }),
      useNonce: (keyid, nonce, until) => border.write((tx) => useNonce(tx, keyid, nonce, until)),
      targetUri: ({ originalUrl }) => formatTargetUri(origin, originalUrl),
      signer: keys.transport,
    });
    for (const routes of [feedRoutes, statementRoutes, receiptRoutes, noticeRoutes, mirrorRoutes, gossipRoutes])
      await peers.register(routes, exchange);
  });
  return app;
}
