// The reporting service: labs report incidents here, follow up, and see how far they are. Built here, never listening.
//
// It writes cases and seals what it writes: names and exact bytes go to a vault whose key this process does not have.

import { reportingContract } from '@detente/contract/reporting';
import { maxIntakeGroup } from '@detente/keys';
import { createService, type Logger, problem } from '@detente/server';
import type { Database } from '@detente/store/database';
import { isUnavailable } from '@detente/store/reporting';
import type { FastifyInstance } from 'fastify';
import type { ReportingConfig } from './config.ts';
import { GroupCommit } from './group-commit.ts';
import type { ReportingKeys } from './keys.ts';
import { authenticateLabs, labFinder } from './labs.ts';
import { type Outcome, receiveGroup } from './receive.ts';
import { batchRoutes } from './routes/batches.ts';
import { caseRoutes } from './routes/cases.ts';
import { updateRoutes } from './routes/updates.ts';
import type { Submission } from './submission.ts';

export type ReportingOptions = {
  config: ReportingConfig;
  /** Home, as role detente_reporting. */
  database: Database;
  keys: ReportingKeys;
  logger: Logger;
  /** For tests: answers are held against the contract. */
  checkReplies?: boolean;
};

/** What the routes work with. */
export type Intake = {
  database: Database;
  keys: ReportingKeys;
  /** Resolves when what was submitted is durable, together with what else was waiting. */
  submit: (submission: Submission) => Promise<Outcome>;
};

/** Bytes of a group: a transaction stays in memory while it is put together. */
const maxGroupBytes = 16_777_216;

/** Builds the service; the caller listens, and closes the database after the app. */
export async function buildReporting(options: ReportingOptions): Promise<FastifyInstance> {
  const { config, database, keys, logger, checkReplies = false } = options;
  const app = await createService({
    ...reportingContract,
    logger,
    settings: config,
    ready: [{ name: 'home database', check: () => database.now.query('SELECT 1') }],
    problemOf: (error) => (isUnavailable(error) ? problem('unavailable', { cause: error }) : undefined),
    callerOf: ({ lab }) => lab || undefined,
    docs: '/reporting',
    checkReplies,
  });
  const receiving = { database, signer: keys.receipt, iss: config.DETENTE_ORIGIN };
  const lane = new GroupCommit<Submission, Outcome>({
    commit: (group) => receiveGroup(receiving, group),
    maxItems: maxIntakeGroup,
    maxWeight: maxGroupBytes,
    weigh: ({ bodySealed, partiesSealed }) => bodySealed.length + partiesSealed.length,
    mayBeOneItem: (error) => !isUnavailable(error),
  });
  const intake: Intake = { database, keys, submit: (submission) => lane.submit(submission) };
  await app.register(async (labs) => {
    await labs.register(authenticateLabs, { find: labFinder(database) });
    for (const routes of [caseRoutes, updateRoutes, batchRoutes]) await labs.register(routes, intake);
  });
  return app;
}
