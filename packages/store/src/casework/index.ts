// What the casework HTTP process may ask of home and border.

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
  recordAct,
  setFields,
  setTriage,
} from './cases.ts';
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
  readProofParts,
  readTiles,
  readToken,
  readVersion,
} from './node.ts';
export {
  countReceived,
  enqueuePeer,
  type GrantRow,
  listPeers,
  type PeerFacts,
  type PresentationFacts,
  readGrants,
  readPresentations,
  readTerms,
  type TermsRow,
} from './peers.ts';
