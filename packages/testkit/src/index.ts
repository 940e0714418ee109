// Federations of real processes, for tests only.

export { type Ran, runDetente, spawnDetente, spawnToEnd } from './command.ts';
export { countQueries, countVerifications } from './counting.ts';
export { addLab, introduce, type OfferTier, offer, releasing, until } from './federation.ts';
export {
  decode,
  digestOf,
  disclosing,
  encode,
  putTogether,
  signByHand,
  type TokenParts,
  takeApart,
} from './hostile/by-hand.ts';
export { type Heard, type HostileNode, startHostileNode } from './hostile/node.ts';
export type { RawRequest, Signing } from './hostile/request.ts';
export { type ExpectedLog, faultsOfLog } from './log-faults.ts';
export { namesIn } from './names.ts';
export { freePort, type NodeOptions, type ProcessName, startNode, type TestNode } from './node.ts';
export { killAt, type Seam, type Stop, stopAt, stopAtCommit } from './seam.ts';
export { recordWire, type Wire } from './wire.ts';
