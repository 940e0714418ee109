// The casework service: officers work on cases here and decide. Built here, never listening.
//
// It reads cases and writes decisions; it cannot open the vault, sign, or write to a peer. The worker beside it can.

import { caseworkContract } from '@detente/contract/casework';
import type { Sealer } from '@detente/keys';
import { createService, type Logger, problem, type Reach, readReach } from '@detente/server';
import { isUnavailable } from '@detente/store/casework';
import type { Database } from '@detente/store/database';
import type { FastifyInstance } from 'fastify';
import { authenticateOfficers } from './authenticate.ts';
import type { CaseworkConfig } from './config.ts';
import { actRoutes } from './routes/acts.ts';
import { caseRoutes } from './routes/cases.ts';
import { changeRoutes } from './routes/changes.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { dossierRoutes } from './routes/dossiers.ts';
import { draftRoutes } from './routes/drafts.ts';
import { explainRoutes } from './routes/explain.ts';
import { findingRoutes } from './routes/findings.ts';
import { inboxRoutes } from './routes/inbox.ts';
import { keyRoutes } from './routes/keys.ts';
import { labRoutes } from './routes/labs.ts';
import { ledgerRoutes } from './routes/ledger.ts';
import { noticeRoutes } from './routes/notices.ts';
import { offerRoutes } from './routes/offers.ts';
import { peerLifeRoutes } from './routes/peer-life.ts';
import { peerRoutes } from './routes/peers.ts';
import { quarantineRoutes } from './routes/quarantine.ts';
import { recallRoutes } from './routes/recalls.ts';
import { statusRoutes } from './routes/status.ts';
import { tokenRoutes } from './routes/tokens.ts';

export type CaseworkOptions = {
  config: CaseworkConfig;
  /** Both as role detente_casework. */
  home: Database;
  border: Database;
  vault: Sealer;
  logger: Logger;
  /** For tests: answers are held against the contract. */
  checkReplies?: boolean;
};

/** What the routes work with. */
export type Casework = {
  origin: string;
  reach: Reach;
  home: Database;
  border: Database;
  vault: Sealer;
  /** Witnesses that must have cosigned a checkpoint of ours. */
  witnessesRequired: number;
  /** How many events should fit what a tier shows of a draft. */
  k: number;
};

const resources = [
  caseRoutes,
  draftRoutes,
  findingRoutes,
  decisionRoutes,
  changeRoutes,
  peerRoutes,
  peerLifeRoutes,
  ledgerRoutes,
  offerRoutes,
  explainRoutes,
  inboxRoutes,
  noticeRoutes,
  recallRoutes,
  quarantineRoutes,
  labRoutes,
  tokenRoutes,
  actRoutes,
  statusRoutes,
  keyRoutes,
  dossierRoutes,
];

/** Builds the service; the caller listens, and closes the databases after the app. */
export async function buildCasework(options: CaseworkOptions): Promise<FastifyInstance> {
  const { config, home, border, vault, logger, checkReplies = false } = options;
  const app = await createService({
    ...caseworkContract,
    logger,
    settings: config,
    ready: [
      { name: 'home database', check: () => home.now.query('SELECT 1') },
      { name: 'border database', check: () => border.now.query('SELECT 1') },
    ],
    problemOf: (error) => (isUnavailable(error) ? problem('unavailable', { cause: error }) : undefined),
    callerOf: ({ actor }) => actor?.name,
    docs: '/casework',
    checkReplies,
  });
  const casework: Casework = {
    ...{ home, border, vault },
    origin: config.DETENTE_ORIGIN,
    reach: readReach(config),
    witnessesRequired: config.DETENTE_WITNESSES_REQUIRED,
    k: config.DETENTE_K,
  };
  await app.register(async (officers) => {
    await officers.register(authenticateOfficers, { home });
    for (const routes of resources) await officers.register(routes, casework);
  });
  return app;
}
