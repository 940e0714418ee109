// The init job of docker-compose.yml, and of any node whose processes run apart: makes or completes the node, brings its
// databases to this version, and leaves in keys/<process> what that process alone may have: its keys, and files with the
// URLs of its own logins.

import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { urlsOf } from '../services/detente/src/databases.ts';
import { explain } from '../services/detente/src/errors.ts';
import { initNode } from '../services/detente/src/init.ts';
import { LOGINS, nodeFolder } from '../services/detente/src/node-folder.ts';

/** A setting of this job.
 *  @throws Error with its name when it is not set */
function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

/** The administrator's URL of one database server, its password from a file. */
function adminUrl(database: 'HOME' | 'BORDER'): string {
  const url = new URL(setting(`POSTGRES_${database}`));
  const password = readFileSync(setting(`POSTGRES_${database}_PASSWORD_FILE`), 'utf8').trim();
  url.password = encodeURIComponent(password);
  return url.href;
}

/** Whole or not at all, and for its owner alone. */
function writePrivate(file: string, text: string): void {
  writeFileSync(`${file}.draft`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.draft`, file);
}

async function run(): Promise<void> {
  const folder = nodeFolder(setting('NODE_FOLDER'));
  // Nobody else works on the volume; a killed job's mark would name this job's own process number.
  rmSync(folder.state, { force: true });
  const admins = { home: adminUrl('HOME'), border: adminUrl('BORDER') };
  const { settings, fingerprint, token } = await initNode(folder, {
    origin: setting('DETENTE_ORIGIN'),
    name: setting('NODE_NAME'),
    admins,
  });
  for (const login of LOGINS) {
    mkdirSync(join(folder.keys, login), { recursive: true, mode: 0o700 });
    const urls = urlsOf(login, { folder, settings, server: undefined });
    for (const [database, url] of Object.entries(urls)) {
      writePrivate(join(folder.keys, login, `${database}.url`), `${url}\n`);
    }
  }
  const vaultKey = join(folder.keys, 'casework', 'vault.public.json');
  copyFileSync(join(folder.keys, 'reporting', 'vault.public.json'), vaultKey);
  chmodSync(vaultKey, 0o600);
  console.log(`${settings.name} (${settings.origin}) is set up; fingerprint ${fingerprint}`);
  if (token) console.log(`The first officer’s token is in ${folder.secret('officer')}.`);
}

run().catch((error: unknown) => {
  process.stderr.write(`init: ${explain(error).message}\n`);
  process.exit(1);
});
