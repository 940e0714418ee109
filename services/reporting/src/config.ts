// The settings of the reporting service.

import { serviceSettings } from '@detente/server';
import { type Static, Type } from 'typebox';

export const ReportingConfig = Type.Object({
  DETENTE_ORIGIN: Type.String({
    pattern: '^https?://[^/?#]+$',
    description: 'Public origin of the node; receipts are issued in its name',
  }),
  DETENTE_HOME_URL: Type.String({ description: 'Database home, as role detente_reporting' }),
  DETENTE_KEYS: Type.String({ description: 'Folder with the keys of this process' }),
  DETENTE_HOST: serviceSettings.LISTEN_HOST,
  DETENTE_PORT: serviceSettings.LISTEN_PORT,
  DETENTE_LOG_LEVEL: serviceSettings.LOG_LEVEL,
  DETENTE_TRUSTED_PROXIES: serviceSettings.TRUSTED_PROXIES,
  DETENTE_RATE_LIMIT_PER_MINUTE: serviceSettings.RATE_LIMIT_PER_MINUTE,
  DETENTE_MAX_CONNECTIONS: serviceSettings.MAX_CONNECTIONS,
  DETENTE_PRESSURE_DELAY_MS: serviceSettings.PRESSURE_DELAY_MS,
});
export type ReportingConfig = Static<typeof ReportingConfig>;
