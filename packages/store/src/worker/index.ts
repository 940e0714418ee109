// What the worker may ask of home and border; it alone signs, grants, carries and deletes.

export { applyLines, applyOutgoing, levelOf } from './apply.ts';
export {
  type DraftSource,
  enqueueDecision,
  enqueueDraft,
  insertDecision,
  insertDraft,
  isBehindUpdates,
  labNames,
  lockDraftSource,
  type NewDraft,
  partiesBehind,
  type SealedParties,
  setTriage,
} from './drafts.ts';
export { closeDay, dayLeaves, lockDayToClose } from './intake.ts';
export {
  clearLanding,
  type Landed,
  lockStatements,
  newestStatement,
  quarantineLanded,
  type ReceivedRecord,
  readLanding,
  type StoredStatement,
  statementsBetween,
  storeReceived,
  storeStatement,
} from './landing.ts';
export { promiseRoom, type RoomRequest } from './log-room.ts';
export {
  deleteOutgoing,
  type GrantLine,
  type OutgoingBody,
  type OutgoingKind,
  type OutgoingRow,
  readApplied,
  readOutgoing,
  writeOutgoing,
} from './outgoing.ts';
export { type PeerRow, readPeers } from './peers.ts';
export { purgeBorder, purgeHome } from './purge.ts';
export {
  type DecidedCase,
  type Decision,
  type DraftRow,
  finishDecision,
  insertRecord,
  lockCase,
  newestDraft,
  newestVersion,
  openDecisions,
  type RecordRow,
  recordAct,
  recordsBehind,
  setBorderLevel,
  setCaseStatus,
  setPlaces,
  takeDecision,
} from './release.ts';
export { ensureTree, readTree, sequenceBatch, storeCheckpoint, type TreeState, unsignedTree } from './sequence.ts';
export { clearSequenced, type Placed, readSequenced } from './sequenced.ts';
export {
  type Direction,
  lockWidening,
  newestTerms,
  readGrants,
  recentTerms,
  type StoredTerms,
  storeGrants,
  storeTerms,
  termsByDigest,
} from './terms.ts';
