// The reporting process: settings, keys, database, service.

import { createLogger, listen, readConfig, runProcess } from '@detente/server';
import { openDatabase } from '@detente/store/database';
import { buildReporting } from './app.ts';
import { ReportingConfig } from './config.ts';
import { loadReportingKeys } from './keys.ts';

async function start(): Promise<void> {
  const config = readConfig(ReportingConfig, process.env);
  const keys = loadReportingKeys(config.DETENTE_KEYS);
  const logger = createLogger({ name: 'reporting', level: config.DETENTE_LOG_LEVEL });
  const database = openDatabase({
    url: config.DETENTE_HOME_URL,
    max: 8,
    name: 'detente reporting',
    log: (message) => logger.warn(message),
  });
  const app = await buildReporting({ config, database, keys, logger });
  app.addHook('onClose', () => database.close());
  await listen(app, { host: config.DETENTE_HOST, port: config.DETENTE_PORT });
}

runProcess('reporting', start);
