// What both the casework HTTP process and the worker read: what was said and done, by whom and when.

export { countFitting, type EventAccount, eventAccounts } from './events.ts';
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
  stoodStill,
  warnedSince,
  witnessedSince,
  witnessingBegan,
} from './evidence-border.ts';
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
} from './evidence-home.ts';
export { type NamedTerms, namedTerms, recentStatement } from './named-terms.ts';
export { type OfferStatement, type OfferWay, offerOfDay, offersNumbered, offerTurns } from './offers.ts';
export { standingOfDay } from './standings.ts';
