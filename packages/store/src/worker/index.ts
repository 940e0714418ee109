// What the worker may ask of home and border; it alone signs, grants, carries and deletes.

export { countFitting, type EventAccount, eventAccounts } from '../events.ts';
export { stoodStill } from '../evidence-border.ts';
export { type NamedTerms, namedTerms, recentStatement } from '../named-terms.ts';
export { type OfferStatement, type OfferWay, offerOfDay, offersNumbered, offerTurns } from '../offers.ts';
export { readStops, resumeSigning, type SigningStop, stopSigning } from '../signing-stops.ts';
export { standingOfDay } from '../standings.ts';
export { applyLines, applyOutgoing } from './apply.ts';
export { applyRelay } from './apply-relays.ts';
export {
  countVerdicts,
  type Drafted,
  type DraftSource,
  dueDrafts,
  enqueueDecisions,
  enqueueDrafts,
  insertDecisions,
  insertDrafts,
  labNames,
  lockUnchanged,
  type NewDraft,
  partiesBehind,
  renewDrafts,
  type SealedParties,
  settleDrafted,
  settleUnchanged,
  takenNames,
  verdictsOf,
} from './drafts.ts';
export {
  beginDay,
  endDay,
  lockUnplaced,
  openDay,
  placedDay,
  placedLeaves,
  placeLeaves,
  rootlessDays,
  storeDayProof,
  storeRoot,
  unwitnessedDays,
} from './intake.ts';
export {
  clearLanding,
  digestNumbered,
  type HeldVersion,
  type Landed,
  lockReceived,
  lockStatements,
  newestStatement,
  quarantineLanded,
  type ReceivedRecord,
  type Refused,
  readLanding,
  type StoredStatement,
  statementBody,
  statementsTo,
  storeReceived,
  storeStatement,
} from './landing.ts';
export { promiseRoom, promiseRooms } from './log-room.ts';
export {
  keptRecord,
  type PlacedRecord,
  readKeptRecords,
  readLog,
  readLogRows,
  readOwnDescriptors,
  readPlacedRecords,
  type StoredLog,
} from './log-rows.ts';
export { askTurns, offersBehind, offersToTurn, storeOfferTurns } from './offers.ts';
export {
  deleteOutgoing,
  type GrantLine,
  type NewOutgoing,
  type OutgoingBody,
  type OutgoingKind,
  type OutgoingRow,
  type RelayLine,
  readOutgoing,
  waitingInBorder,
  writeOutgoing,
  writeOutgoings,
} from './outgoing.ts';
export { type FormerKey, lockPeers, type PeerKey, type PeerRow, readPeers } from './peers.ts';
export { purgeBorder, purgeHome } from './purge.ts';
export {
  endedSince,
  heldOfRecords,
  insertApproval,
  insertRecall,
  lockRecall,
  moveRecall,
  openRecalls,
  type PresentationRow,
  peersWarned,
  purgeReceived,
  type RecallRow,
  servedMark,
  setRecallAnswer,
  warnedOf,
} from './recalls.ts';
export {
  markCompared,
  type NewReceipt,
  uncomparedReceipts,
  type VersionBytes,
  versionBytes,
  warnedVersions,
} from './receipts.ts';
export {
  appendTail,
  doubtLog,
  type PeerWord,
  type Recovery,
  readRecovery,
  readWords,
  refuseTail,
  standStill,
  trustLog,
  wantTail,
} from './recovery.ts';
export {
  askRelays,
  mirroredNotes,
  type PassedVersion,
  passedTo,
  type RelayRow,
  type RelayVersion,
  recalledBy,
  relayPairs,
  relaysOf,
  storeRelays,
  takeDueForRelay,
} from './relays.ts';
export {
  type DecidedCase,
  type Decision,
  type DraftRow,
  finishDecisions,
  insertRecords,
  lockCases,
  type NewAct,
  newestDrafts,
  newestVersions,
  openDecisions,
  overruledDrafts,
  type RecordRow,
  recordActs,
  recordsBehind,
  setBorderLevel,
  setCaseStatuses,
  setPlaces,
  takeDecisions,
} from './release.ts';
export {
  countUnloggedOf,
  digestsBetween,
  digestsOfKeys,
  firstOfKey,
  receivedFrom,
  revokeReceived,
  type Signed,
  voidStatements,
} from './revocation.ts';
export {
  ensureTree,
  readTickTimes,
  readTree,
  rhythmOf,
  sequenceBatch,
  storeCheckpoint,
  type TreeState,
  unsignedTree,
} from './sequence.ts';
export { clearSequenced, type Placed, readSequenced } from './sequenced.ts';
export {
  type Direction,
  lockWidening,
  newestComputed,
  newestTerms,
  readGrants,
  recentTerms,
  type StoredTerms,
  storeGrants,
  storeTerms,
  termsByDigest,
} from './terms.ts';
