// Offers and standings → terms → grants → what a peer gets, with the reason. Pure functions.
export { ACCESS_RULES, type AccessTerms } from './access.ts';
export { ApprovalBody, parseApproval } from './approval.ts';
export { AttestationBody, parseAttestation } from './attestation.ts';
export { type Breach, type GivenCount, type GivenRecord, type Promised, type Side, sideOf } from './balance.ts';
export { type BalanceReport, balanceCsv, balancePage } from './balance-report.ts';
export { type Bound, boundOver, type ConductLedger, type DatedOffer, marksOver } from './bound.ts';
export { CanaryBody, parseCanary } from './canary.ts';
export {
  BARS_SIGNING,
  checkOffer,
  OFFER_FINDINGS,
  type OfferContext,
  type OfferFinding,
} from './check-offer.ts';
export {
  type Conduct,
  type ConductInput,
  type Override,
  STANDING_REASONS,
  standingBody,
  standingOf,
} from './conduct.ts';
export { answersTo, ContestBody, parseContest } from './contest.ts';
export { DIFFERENCES, type Difference, differences, lowerOfBoth, reversed } from './difference.ts';
export {
  type CellChange,
  EFFECTS,
  type Effect,
  type EffectRecord,
  type Flow,
  flowUnder,
  type SigningInput,
  signingEffects,
  singleGrants,
} from './effects.ts';
export { ReciprocityError, type ReciprocityErrorCode } from './errors.ts';
export { grantedLevel, grantedSelection, type Logged, mostEverGiven, relayedLevel, wasEverGiven } from './granted.ts';
export {
  foldGrants,
  type GrantChanges,
  type GrantLine,
  type GrantRow,
  type Grants,
  grantAt,
  grantChanges,
  isSingleGrant,
  LATER_VERSION,
  type Place,
  type Segment,
  WIDER_WAITS,
} from './grants.ts';
export {
  detectionEnd,
  type Evidence,
  type Kept,
  keptBy,
  type LedgerInput,
  type Mark,
  marksOf,
  WINDOW_DAYS,
} from './ledger.ts';
export { beginOf, NARROWINGS, type NarrowingCode, narrowings } from './notice.ts';
export {
  isAttested,
  isKnownObligation,
  OBLIGATIONS,
  type Obligation,
  type ObligationCode,
  obligationKey,
  obligationsOf,
  strictest,
} from './obligations.ts';
export {
  ACCESS_KINDS,
  AccessRule,
  isInForce,
  OfferBody,
  type Offered,
  OfferRule,
  offeredLevel,
  parseOffer,
} from './offer.ts';
export { isPeerStatement, type PeerStatementTyp, peerStatements } from './peer-statements.ts';
export {
  parseRecall,
  parseRecallAnswer,
  RECALL_ANSWERS,
  RECALL_DAYS,
  RECALLED_AT_ONCE,
  RecallAnswerBody,
  RecallBody,
} from './recall.ts';
export { acceptedOrigins, RELAY_REASONS, type RelayDecision, type RelayInput, relayLevel } from './relay.ts';
export { Coded, type Reason } from './shapes.ts';
export { capOf, currentStanding, parseStanding, STANDINGS, type Standing, StandingBody } from './standing.ts';
export { offerFrom, TEMPLATES, type Template } from './templates.ts';
export {
  type CellTerms,
  type HeldOffer,
  type HeldStanding,
  type InputDigests,
  inputDigests,
  RULES,
  type Rule,
  type Terms,
  type TermsInput,
  terms,
  termsDigest,
} from './terms.ts';
export { dayOf, type OfferTurn, offerOn, turnOffers, turnsAhead, turnsOver } from './turns.ts';
export { warningLevel } from './warning.ts';
export { type Decision, WHY_REASONS, type WhyInput, why } from './why.ts';
