// The publication contract: what everybody may ask of a node.

import { type Contract, VERSION } from '../openapi.ts';
import { publicationEndpoints } from './publication.ts';

export {
  Count,
  Edition,
  getCheckpoint,
  getCosigned,
  getEdition,
  getStatistics,
  getTile,
  listEditions,
} from './publication.ts';

export const publicationContract = {
  title: 'Detente publication',
  version: VERSION,
  endpoints: publicationEndpoints,
} satisfies Contract;
