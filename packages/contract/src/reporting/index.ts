// The reporting contract: what labs bring to a node.

import { type Contract, VERSION } from '../openapi.ts';
import { reportingEndpoints } from './cases.ts';

export { BatchLine, createCase, createCases, createUpdate, getCaseStatus, getReceipt } from './cases.ts';
export {
  CaseStatus,
  DayProof,
  IncidentFields,
  IntakeReceipt,
  Parties,
  Proposal,
  ReceiptProof,
  Received,
  Report,
  Source,
  Update,
} from './report.ts';

export const reportingContract = {
  title: 'Detente reporting',
  version: VERSION,
  endpoints: reportingEndpoints,
} satisfies Contract;
