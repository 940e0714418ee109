// The settings of the publication service.

import { type Static, Type } from '@detente/schema';
import { serviceSettings, witnessSettings } from '@detente/server';

export const PublicationConfig = Type.Object({
  DETENTE_BORDER_URL: Type.String({ description: 'Database border, as role detente_publication' }),
  ...witnessSettings,
  ...serviceSettings,
});
export type PublicationConfig = Static<typeof PublicationConfig>;
