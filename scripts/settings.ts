// The settings of every process of a node, for the documents and for tests.

import type { configTable } from '@detente/server';
import { CaseworkConfig } from '../services/casework/src/config.ts';
import { workerSettings } from '../services/casework/src/worker-context.ts';
import { routerSettings } from '../services/detente/src/router.ts';
import { ExchangeConfig } from '../services/exchange/src/config.ts';
import { PublicationConfig } from '../services/publication/src/config.ts';
import { ReportingConfig } from '../services/reporting/src/config.ts';

type Settings = Parameters<typeof configTable>[0];

/** The schema of each process's settings. */
export const settingsByProcess: Record<string, Settings> = {
  reporting: ReportingConfig,
  casework: CaseworkConfig,
  worker: workerSettings,
  exchange: ExchangeConfig,
  publication: PublicationConfig,
  router: routerSettings as unknown as Settings,
};
