// What reading a text finds that no vault knows. An entry of its own: its lexicons take a while to load.
export { findCounts } from './coarser/counts.ts';
export { findEntities } from './entities/find-entities.ts';
export { findAll } from './find-all.ts';
export { FINDING_KINDS, type Finding, type FindingKind, HELD_FROM } from './finding.ts';
export { type Coarser, type CoarserKind, generalise, isCoarser } from './generalise.ts';
export { findIdentifiers } from './identifiers/find-identifiers.ts';
