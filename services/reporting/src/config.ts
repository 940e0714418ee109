// The settings of the reporting service.

import { type Static, Type } from '@detente/schema';
import { callerSettings, serviceSettings } from '@detente/server';

export const ReportingConfig = Type.Object({
  DETENTE_ORIGIN: Type.String({
    pattern: '^https?://[^/?#]+$',
    description: 'Public origin of the node; receipts are issued in its name',
  }),
  DETENTE_HOME_URL: Type.String({ description: 'Database home, as role detente_reporting' }),
  DETENTE_KEYS: Type.String({ description: 'Folder with the keys of this process' }),
  ...serviceSettings,
  ...callerSettings,
});
export type ReportingConfig = Static<typeof ReportingConfig>;
