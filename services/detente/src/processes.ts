// The six processes of a node, each with its own settings, keys and login, and nothing of another's.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EmbeddedPostgres } from '@detente/store/embedded';
import { urlsOf } from './databases.ts';
import type { Login, NodeFolder, NodeSettings } from './node-folder.ts';

export type ProcessName = Login | 'router';

export type ProcessPlan = {
  name: ProcessName;
  /** The file that Node runs. */
  file: string;
  /** Its whole environment. */
  env: Record<string, string>;
};

const FILES: Record<ProcessName, string> = {
  reporting: '../../reporting/src/main.ts',
  casework: '../../casework/src/main.ts',
  worker: '../../casework/src/worker.ts',
  exchange: '../../exchange/src/main.ts',
  publication: '../../publication/src/main.ts',
  router: './router-main.ts',
};

export type PlanInput = {
  folder: NodeFolder;
  settings: NodeSettings;
  /** Its embedded server, if it has one. */
  server: Pick<EmbeddedPostgres, 'port'> | undefined;
  logLevel: string;
};

/** The five processes that do not listen to the world. */
export function servicePlans(input: PlanInput): ProcessPlan[] {
  const { folder, settings, logLevel } = input;
  // A node for development shares its machine with others: being slow is no reason there to turn callers away.
  const unlimited = {
    DETENTE_PRESSURE_DELAY_MS: '0',
    DETENTE_RATE_LIMIT_PER_MINUTE: '0',
    DETENTE_CALLER_LIMIT_PER_MINUTE: '0',
  };
  const patient = settings.loopback ? unlimited : {};
  const common = { DETENTE_ORIGIN: settings.origin, DETENTE_LOG_LEVEL: logLevel };
  // A client's address is known to the router alone, and only on this machine is it believed.
  const behindRouter = { ...common, ...patient, DETENTE_TRUSTED_PROXIES: '127.0.0.1' };
  const witnesses = {
    ...(settings.witnesses_required !== undefined && {
      DETENTE_WITNESSES_REQUIRED: String(settings.witnesses_required),
    }),
  };
  const keys = (name: string) => ({ DETENTE_KEYS: join(folder.keys, name) });
  const reach = {
    DETENTE_LOOPBACK: String(settings.loopback),
    ...(settings.peer_networks && { DETENTE_PEER_NETWORKS: settings.peer_networks }),
  };
  const own: Record<Login, Record<string, string>> = {
    reporting: { ...behindRouter, ...keys('reporting') },
    casework: {
      ...common,
      ...patient,
      ...reach,
      ...witnesses,
      DETENTE_VAULT_KEY: join(folder.keys, 'reporting', 'vault.public.json'),
      DETENTE_PORT: String(settings.ports.casework),
    },
    worker: {
      ...common,
      ...keys('worker'),
      ...witnesses,
      DETENTE_TICK_MS: String(settings.tick_ms),
      DETENTE_BATCH_SIZE: String(settings.batch_size),
      DETENTE_DRAW: String(settings.draw),
      DETENTE_CARRY_MS: String(settings.carry_ms),
      DETENTE_CONTACT: settings.contact,
      ...(existsSync(folder.policy) && { DETENTE_POLICY: folder.policy }),
      ...(existsSync(folder.organisations) && { DETENTE_ORGANISATIONS: folder.organisations }),
    },
    exchange: {
      ...behindRouter,
      ...keys('exchange'),
      ...reach,
      DETENTE_PULL_MS: String(settings.pull_ms),
      DETENTE_WITNESS_MS: String(settings.witness_ms ?? Math.max(200, 5 * settings.tick_ms)),
    },
    publication: { ...behindRouter, ...witnesses },
  };
  return (Object.keys(own) as Login[]).map((name) => {
    const urls = urlsOf(name, input);
    const env = { ...own[name] };
    if (urls.home) env.DETENTE_HOME_URL = urls.home;
    if (urls.border) env.DETENTE_BORDER_URL = urls.border;
    return planOf(name, env);
  });
}

/** The exchange's process for one bundle: with the exchange's settings, or those of this process where it is set up otherwise. */
export function bundlePlan(input: PlanInput | undefined): Pick<ProcessPlan, 'file' | 'env'> {
  const file = fileURLToPath(new URL('../../exchange/src/bundle-main.ts', import.meta.url));
  if (!input) return { file, env: process.env as Record<string, string> };
  return { file, env: servicePlans(input).find(({ name }) => name === 'exchange')!.env };
}

/** The router, once it is known where the others listen. */
export function routerPlan(
  { settings, logLevel }: PlanInput,
  where: { port: number; host: string; ports: Record<'reporting' | 'exchange' | 'publication', number> },
): ProcessPlan {
  const to = (port: number) => `http://127.0.0.1:${port}`;
  return planOf('router', {
    DETENTE_LOG_LEVEL: logLevel,
    DETENTE_HOST: where.host,
    DETENTE_PORT: String(where.port),
    DETENTE_REPORTING: to(where.ports.reporting),
    DETENTE_EXCHANGE: to(where.ports.exchange),
    DETENTE_PUBLICATION: to(where.ports.publication),
    ...(settings.trusted_proxies && { DETENTE_TRUSTED_PROXIES: settings.trusted_proxies }),
    ...(settings.tls && { DETENTE_TLS_CERT: settings.tls.cert, DETENTE_TLS_KEY: settings.tls.key }),
  });
}

/** What every process may inherit of this one's environment; all else could be somebody else's secret. */
const INHERITED = [
  'PATH',
  'TZ',
  'LANG',
  'TMPDIR',
  'NODE_COMPILE_CACHE',
  'NODE_EXTRA_CA_CERTS',
  'FAKETIME',
  'LD_PRELOAD',
];

/** One that is launched before its settings are known, which follow. */
export function aheadPlan(name: ProcessName): ProcessPlan {
  return planOf(name, { DETENTE_SETTINGS: 'follow' });
}

function planOf(name: ProcessName, own: Record<string, string>): ProcessPlan {
  const inherited = INHERITED.flatMap((key) => (process.env[key] === undefined ? [] : [[key, process.env[key]]]));
  return {
    name,
    file: fileURLToPath(new URL(FILES[name], import.meta.url)),
    env: { ...Object.fromEntries(inherited), ...own },
  };
}
