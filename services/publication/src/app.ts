// The publication service: public editions, counts of them, and the log, for anybody. Built here, never listening.

import { publicationContract } from '@detente/contract/publication';
import { createService, type Logger, problem } from '@detente/server';
import type { Database } from '@detente/store/database';
import { isUnavailable } from '@detente/store/publication';
import type { FastifyInstance } from 'fastify';
import type { PublicationConfig } from './config.ts';
import { editionRoutes } from './routes/editions.ts';
import { logRoutes } from './routes/log.ts';

export type PublicationOptions = {
  config: PublicationConfig;
  /** Border, as role detente_publication. */
  database: Database;
  logger: Logger;
  /** For tests: answers are held against the contract. */
  checkReplies?: boolean;
};

/** Builds the service; the caller listens, and closes the database after the app. */
export async function buildPublication(options: PublicationOptions): Promise<FastifyInstance> {
  const { config, database, logger, checkReplies = false } = options;
  const app = await createService({
    ...publicationContract,
    logger,
    settings: config,
    ready: [{ name: 'border database', check: () => database.now.query('SELECT 1') }],
    problemOf: (error) => (isUnavailable(error) ? problem('unavailable', { cause: error }) : undefined),
    docs: '/publication',
    checkReplies,
  });
  const required = config.DETENTE_WITNESSES_REQUIRED;
  for (const routes of [editionRoutes, logRoutes]) await app.register(routes, { database, required });
  return app;
}
