// Federations of real processes, for tests only.

export { type Ran, runDetente, spawnDetente } from './command.ts';
export { countQueries } from './counting.ts';
export { addLab, introduce, type OfferTier, offer, until } from './federation.ts';
export { freePort, type NodeOptions, type ProcessName, startNode, type TestNode } from './node.ts';
