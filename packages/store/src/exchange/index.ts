// What the exchange may ask of border.

export { isUnavailable } from '../unavailable.ts';
export {
  type BundleIn,
  type Carried,
  endsBehind,
  keepBundleIn,
  keepBundleOut,
  lastDescriptors,
  markCarried,
  readBundleIn,
  waitingNotices,
  waitingReceipts,
} from './bundles.ts';
export { checkpointToCosign, noteWitnessFault, storeCosignature, type ToCosign } from './cosignatures.ts';
export {
  type LatePresentation,
  lateBehind,
  lockServed,
  type Presentation,
  presentationsBetween,
  putOff,
  raiseMark,
  readCheckpoint,
  readGrants,
  readTerms,
  readTiles,
  type Served,
} from './feed.ts';
export {
  type ForkRow,
  type Gossip,
  keepFork,
  keepGossip,
  type Listed,
  type NewFork,
  readForks,
  readGossip,
  readListed,
  takeGossip,
} from './forks.ts';
export {
  type Mirror,
  type Mirrored,
  noteMirrorDamage,
  noteMirrorFault,
  readMirror,
  type SeenCheckpoint,
  seenCheckpoints,
  storeMirrored,
} from './mirror.ts';
export {
  bodyToSend,
  type DueNotice,
  dueNotices,
  type InNotice,
  landNotice,
  markDelivered,
  noteBrought,
  noteUndelivered,
  type OutNotice,
  spentBudget,
} from './notices.ts';
export {
  askAgain,
  keepSeen,
  landTail,
  noteTailFault,
  readDoubt,
  readWanted,
  type Seen,
  type Wanted,
} from './own-log.ts';
export {
  type Conformance,
  type FormerKey,
  type Peer,
  peerByTransportKey,
  peerNamed,
  peersByAnnouncedKey,
  readDescriptor,
  readDescriptorOf,
  readPeer,
  readPeers,
  readRelayed,
  storeConformance,
  useNonce,
  type WatchedPeer,
} from './peers.ts';
export {
  type Cursor,
  type LandedPage,
  type LandedRecord,
  landPage,
  notePullFault,
  quarantineReceived,
  type RefusedRecord,
  type RefusedThing,
  readCursor,
} from './pull.ts';
export {
  keepReceipt,
  landStatement,
  markReceiptSent,
  markStatementSent,
  newestStatements,
  nextSequence,
  type OutReceipt,
  type OutStatement,
  storeOutReceipt,
  unsentReceipts,
  unsentStatements,
} from './statements.ts';
export {
  findWitnessed,
  noteRefused,
  peerByLog,
  readWitnessed,
  storeWitnessed,
  type Witnessed,
} from './witness.ts';
