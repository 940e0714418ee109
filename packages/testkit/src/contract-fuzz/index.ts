// Requests made from the OpenAPI documents, against a whole node; for tests only.
export { checkerOf, type Fault, type FuzzAnswer } from './check.ts';
export { type Contract, type Document, type Operation, readContract } from './document.ts';
export type { FuzzRequest } from './requests.ts';
export { type ContractReport, type Counts, type Failure, fuzzContract, type Target } from './run.ts';
export { CONTRACTS, type ContractName, startTargets } from './target.ts';
