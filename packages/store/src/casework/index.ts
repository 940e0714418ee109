// What the casework HTTP process may ask of home and border.

export { isUnavailable } from '../unavailable.ts';
export {
  type CaseFilter,
  decide,
  enqueueDraft,
  listCases,
  listChanges,
  lockCase,
  type NewDecision,
  readCase,
  readDraft,
  readVersionFacts,
  recordAct,
  setFields,
  setTriage,
  type VersionFacts,
} from './cases.ts';
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
  type HomeCounts,
  insertLab,
  insertToken,
  listActs,
  listLabs,
  readDescriptor,
  readProofParts,
  readTiles,
  readToken,
  readVersion,
} from './node.ts';
export {
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
  unloggedOf,
  type WarnedPeer,
} from './notices.ts';
export {
  countReceived,
  enqueuePeer,
  listPeers,
  newestCanaries,
  type PeerFacts,
  type PeerName,
  type PresentationFacts,
  readGrants,
  readPeerNames,
  readPresentations,
  readTerms,
  type TermsRow,
} from './peers.ts';
