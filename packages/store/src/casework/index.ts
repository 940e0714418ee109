// What the casework HTTP process may ask of home and border.

export { countFitting, type EventAccount, eventAccounts } from '../events.ts';
export {
  type CosignedDay,
  cosignedSince,
  forksSince,
  type Outage,
  outagesSince,
  pullGapsSince,
  type RefusedFacts,
  receiptsSince,
  refusedSince,
  type ServedFacts,
  servedSince,
  warnedSince,
  witnessedSince,
  witnessingBegan,
} from '../evidence-border.ts';
export {
  type Between,
  datedGrants,
  enrolledSince,
  givenThroughout,
  type LoggedBetween,
  type OwnFacts,
  ownFacts,
  type ReceivedFacts,
  recallsSince,
  receivedSince,
  type SaidRow,
  saidSince,
  type TurnsRow,
  turnsBetween,
} from '../evidence-home.ts';
export { type NamedTerms, namedTerms, recentStatement } from '../named-terms.ts';
export { type OfferStatement, type OfferWay, offerOfDay, offersNumbered, offerTurns } from '../offers.ts';
export { readStops, type SigningStop } from '../signing-stops.ts';
export { standingOfDay } from '../standings.ts';
export { isUnavailable } from '../unavailable.ts';
export {
  addVerdicts,
  type CaseFilter,
  decide,
  enqueueDraft,
  type KnownFinding,
  knownFindings,
  listCases,
  listChanges,
  lockCase,
  type NewDecision,
  type NewVerdict,
  readCase,
  readDraft,
  readVersionFacts,
  recordAct,
  setFields,
  setTriage,
  type VersionFacts,
} from './cases.ts';
export { ownRecordsBehind, type RecordFacts, readServed, recordsOfDays } from './effects.ts';
export {
  grantsOfPeer,
  type OwnVersion,
  ownVersions,
  readWay,
  recallsOfVersion,
  receiptsOf,
  type WayFacts,
} from './explain.ts';
export { type InboxFilter, listInbox, listQuarantine, readInboxItem } from './inbox.ts';
export {
  type ActRow,
  type BorderCounts,
  countBorder,
  countHome,
  countOutgoing,
  type Disabled,
  disableLab,
  disableToken,
  type HomeCounts,
  insertLab,
  insertToken,
  listActs,
  listLabs,
  listTokens,
  lockOfficers,
  readDescriptor,
  readDescriptors,
  readToken,
  readVersion,
} from './node.ts';
export {
  approvalFacts,
  areKin,
  countOverdueRecalls,
  countUnproven,
  listNotices,
  listRecalls,
  listWarnings,
  type NoticeFilter,
  type NoticeRow,
  noticesWaiting,
  type RecallRow,
  readRecall,
  type WarnedPeer,
  type WarnedRecord,
  warnedRecords,
} from './notices.ts';
export {
  type ConformanceRow,
  countReceived,
  enqueuePeer,
  listPeers,
  newestCanaries,
  newestStandings,
  type PeerFacts,
  type PeerName,
  type PresentationFacts,
  readConformance,
  readGrants,
  readPeerDescriptor,
  readPeerNames,
  readPresentations,
  readTerms,
  type SignedStanding,
  standingBy,
  type TermsRow,
} from './peers.ts';
export { peerDescriptors, type ReceivedProof, type ReceivedVersion, receivedProof, receivedVersion } from './relays.ts';
export {
  countWitnesses,
  type ForkRow,
  type PeerWitness,
  readForks,
  readWitnesses,
  type WitnessCounts,
} from './witness.ts';
