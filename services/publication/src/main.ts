// The publication process: settings, database, service. It holds no key.

import { createLogger, listen, readConfig, runProcess } from '@detente/server';
import { openDatabase } from '@detente/store/database';
import { buildPublication } from './app.ts';
import { PublicationConfig } from './config.ts';

async function start(): Promise<void> {
  const config = readConfig(PublicationConfig, process.env);
  const logger = createLogger({ name: 'publication', level: config.DETENTE_LOG_LEVEL });
  const database = openDatabase({
    url: config.DETENTE_BORDER_URL,
    max: 8,
    name: 'detente publication',
    log: (message) => logger.warn(message),
  });
  const app = await buildPublication({ config, database, logger });
  app.addHook('onClose', () => database.close());
  await listen(app, { host: config.DETENTE_HOST, port: config.DETENTE_PORT });
}

runProcess('publication', start);
