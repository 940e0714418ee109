// The exchange contract: what nodes say to each other.

import { type Contract, VERSION } from '../openapi.ts';
import { exchangeEndpoints } from './exchange.ts';

export {
  addCheckpoint,
  GossipBody,
  getDescriptor,
  getFeed,
  getMirrored,
  getSeen,
  getStatements,
  getWitnessed,
  gossip,
  postNotice,
  postReceipt,
  putStatement,
} from './exchange.ts';

export const exchangeContract = {
  title: 'Detente exchange',
  version: VERSION,
  endpoints: exchangeEndpoints,
} satisfies Contract;
