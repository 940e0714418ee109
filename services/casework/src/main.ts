// Casework's HTTP process: settings, the vault's public key, databases, service.

import { createLogger, listen, readConfig, runProcess } from '@detente/server';
import { openDatabase } from '@detente/store/database';
import { buildCasework } from './app.ts';
import { CaseworkConfig, loadVaultSealer } from './config.ts';

async function start(): Promise<void> {
  const config = readConfig(CaseworkConfig, process.env);
  const vault = loadVaultSealer(config.DETENTE_VAULT_KEY);
  const logger = createLogger({ name: 'casework', level: config.DETENTE_LOG_LEVEL });
  const open = (url: string) =>
    openDatabase({ url, max: 8, name: 'detente casework', log: (message) => logger.warn(message) });
  const home = open(config.DETENTE_HOME_URL);
  const border = open(config.DETENTE_BORDER_URL);
  const app = await buildCasework({ config, home, border, vault, logger });
  app.addHook('onClose', async () => {
    await Promise.all([home.close(), border.close()]);
  });
  await listen(app, { host: config.DETENTE_HOST, port: config.DETENTE_PORT });
}

runProcess('casework', start);
