// What the publication service may ask of border, as role detente_publication.

export { isUnavailable } from '../unavailable.ts';
export {
  countEditions,
  type EditionCount,
  type EditionFilter,
  type EditionPosition,
  findEdition,
  listEditions,
  type StoredEdition,
} from './editions.ts';
export { isDoubted, latestCheckpoint, latestCosigned, readTile, type TileName } from './log.ts';
