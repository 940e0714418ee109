// Bundles by the exchange's own role and keys, one in each run of this process:
//   export <peer> <file> [<after> <late>]   makes one for a peer, by its name or origin, with pages from that place on
//   import <file> <max age, days>           takes one in
// On standard output stands one JSON value: what was done, or `{ error, message }`.

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createVerifier } from '@detente/feed';
import { createLogger, readConfig } from '@detente/server';
import { openDatabase } from '@detente/store/database';
import { exportBundle } from './bundle/export.ts';
import { BundleFault } from './bundle/fault.ts';
import { MAX_FILE, tooLarge } from './bundle/format.ts';
import { importBundle } from './bundle/import.ts';
import { ExchangeConfig } from './config.ts';
import { loadExchangeKeys } from './keys.ts';
import { refusedKeeper } from './refused.ts';

async function run([act, ...named]: string[]): Promise<unknown> {
  const config = readConfig(ExchangeConfig, process.env);
  const { DETENTE_ORIGIN: origin, DETENTE_NOTICES_PER_MINUTE: noticesPerMinute } = config;
  const keys = loadExchangeKeys(config.DETENTE_KEYS);
  const logger = createLogger({ name: 'exchange', level: config.DETENTE_LOG_LEVEL }, process.stderr);
  const border = openDatabase({
    url: config.DETENTE_BORDER_URL,
    max: 4,
    name: 'detente bundle',
    log: (message) => logger.warn(message),
  });
  const verifier = createVerifier({ threads: config.DETENTE_VERIFY_THREADS });
  try {
    if (act === 'export') {
      const [peer, file, ...place] = named as [string, string, ...string[]];
      const [after, late] = place.map(Number);
      const from = after !== undefined && late !== undefined ? { from: { after, late } } : {};
      const exporter = { origin, border, keys };
      const { text, ...exported } = await exportBundle(exporter, peer, { now: Date.now(), ...from });
      // It holds what its peer alone may see.
      writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
      return { ...exported, bytes: Buffer.byteLength(text) };
    }
    const [file, days] = named as [string, string];
    if (statSync(file).size > MAX_FILE) throw tooLarge();
    const keep = refusedKeeper(border);
    const importer = {
      origin,
      border,
      keys,
      verifier,
      limit: 1000,
      logger,
      keep,
      noticesPerMinute,
      look: () => undefined,
    };
    return await importBundle(importer, readFileSync(file), { now: Date.now(), maxAgeDays: Number(days) });
  } finally {
    await verifier.close();
    await border.close();
  }
}

const isFault = (error: unknown): error is Error & { code?: string } => error instanceof Error;

run(process.argv.slice(2))
  .then((done) => process.stdout.write(`${JSON.stringify(done)}\n`))
  .catch((error: unknown) => {
    const message = isFault(error) ? error.message : String(error);
    const code = error instanceof BundleFault ? error.code : 'failed';
    process.stdout.write(`${JSON.stringify({ error: code, message })}\n`);
    process.exitCode = 1;
  });
