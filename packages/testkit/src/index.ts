// Federations of real processes, for tests only.

export { type Ran, runDetente, spawnDetente } from './command.ts';
export { countQueries } from './counting.ts';
export { addLab, introduce, type OfferTier, offer, until } from './federation.ts';
export { namesIn } from './names.ts';
export { freePort, type NodeOptions, type ProcessName, startNode, type TestNode } from './node.ts';
export { killAt, type Seam, type Stop, stopAt, stopAtCommit } from './seam.ts';
export { recordWire, type Wire } from './wire.ts';
