// The router's process.

import { createLogger, listen, runProcess } from '@detente/server/process';
import { buildRouter, readRouterConfig } from './router.ts';

async function start(): Promise<void> {
  const config = readRouterConfig(process.env);
  const logger = createLogger({ name: 'router', level: config.DETENTE_LOG_LEVEL });
  const app = await buildRouter({ config, logger });
  await listen(app, { host: config.DETENTE_HOST, port: config.DETENTE_PORT });
}

runProcess('router', start);
