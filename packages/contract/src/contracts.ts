// The four contracts by audience; `openapi/<name>.json` is made from each.

import { caseworkContract as casework } from './casework/index.ts';
import { exchangeContract as exchange } from './exchange/index.ts';
import { publicationContract as publication } from './publication/index.ts';
import { reportingContract as reporting } from './reporting/index.ts';

export const contracts = { reporting, casework, exchange, publication };
