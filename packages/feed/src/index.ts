// A page of a log's feed: compose it and verify it.
export { composeItems, composePage, type OwnLate, type RelayedLate } from './compose.ts';
export { type FaultDetail, FeedError, type FeedErrorCode, type ItemFault } from './errors.ts';
export type { PageItem } from './fold.ts';
export type { Held, Issuer, PeerLog } from './held.ts';
export type { LateItem } from './late.ts';
export { leafOf } from './leaf.ts';
export { FeedPage } from './page.ts';
export { type PagePlan, planPage, sharePage } from './plan.ts';
export { createVerifier, type Verifier } from './pool.ts';
export { maxPageLength, type PageReading, readPage } from './read.ts';
export {
  type Verdict,
  type VerifiedItem,
  type VerifiedLateItem,
  type VerifiedPage,
  verifyItem,
  verifyPage,
} from './verify.ts';
