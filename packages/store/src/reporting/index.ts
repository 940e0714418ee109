// What the reporting service may ask of home, as role detente_reporting.

export { isUnavailable } from '../unavailable.ts';
export {
  askDrafts,
  type CaseSource,
  casesBySource,
  findOwnCase,
  insertCases,
  insertUpdates,
  lastUpdates,
  lockUpdates,
  type NewCase,
  type NewUpdate,
  type OwnCase,
  type SourceName,
} from './cases.ts';
export { type Intake, insertIntake, openIntakeDay } from './intake.ts';
export { findLab } from './labs.ts';
export { findOwnReceipt, type OwnReceipt } from './proofs.ts';
export { insertReplies, type RequestName, type StoredReply, storedReplies } from './replies.ts';
