// The exchange process: settings, keys, database, service, and the pulls beside it.

import { createVerifier } from '@detente/feed';
import { createLogger, listen, readConfig, readReach, runProcess } from '@detente/server';
import { openDatabase } from '@detente/store/database';
import { buildExchange } from './app.ts';
import { ExchangeConfig } from './config.ts';
import { loadExchangeKeys } from './keys.ts';
import { type Noticing, startNoticing } from './noticing.ts';
import { type Pulling, startPulling } from './pulling.ts';
import { refusedKeeper } from './refused.ts';

/** A peer that does not take a short message in this time is tried again later. */
const NOTICE_TIMEOUT_MS = 15_000;

async function start(): Promise<void> {
  const config = readConfig(ExchangeConfig, process.env);
  const reach = readReach(config);
  const keys = loadExchangeKeys(config.DETENTE_KEYS);
  const logger = createLogger({ name: 'exchange', level: config.DETENTE_LOG_LEVEL });
  const border = openDatabase({
    url: config.DETENTE_BORDER_URL,
    max: 10,
    name: 'detente exchange',
    log: (message) => logger.warn(message),
  });
  const verifier = createVerifier({ threads: config.DETENTE_VERIFY_THREADS });
  let pulling: Pulling | undefined;
  const look = (origin: string) => pulling?.look(origin);
  const pull = (origin: string) => pulling?.pull(origin);
  const app = await buildExchange({ config, border, keys, logger, look, pull });
  let noticing: Noticing | undefined;
  app.addHook('onClose', async () => {
    await Promise.all([pulling?.stop(), noticing?.stop()]);
    await verifier.close();
    await border.close();
  });
  await listen(app, { host: config.DETENTE_HOST, port: config.DETENTE_PORT });
  const { DETENTE_ORIGIN: origin, DETENTE_PULL_RECORDS: limit } = config;
  const puller = { origin, border, keys, verifier, limit, logger, keep: refusedKeeper(border) };
  pulling = startPulling(puller, {
    everyMs: config.DETENTE_PULL_MS,
    witnessMs: config.DETENTE_WITNESS_MS,
    timeoutMs: config.DETENTE_PULL_TIMEOUT_MS,
    reach,
  });
  noticing = startNoticing({
    border,
    logger,
    signer: keys.transport,
    everyMs: config.DETENTE_NOTICE_MS,
    timeoutMs: NOTICE_TIMEOUT_MS,
    reach,
  });
}

runProcess('exchange', start);
