export {
  type AddCheckpoint,
  decideAddCheckpoint,
  formatAddCheckpoint,
  type HeldTree,
  parseAddCheckpoint,
  type WitnessDecision,
} from './add-checkpoint.ts';
export {
  type Checkpoint,
  cosign,
  formatCheckpoint,
  type LogVerifier,
  parseCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
  verifyCosignature,
  verifySigned,
} from './checkpoint.ts';
export {
  type ClaimedLog,
  damageBelow,
  damageOfTail,
  damageOfTile,
  type LogDamage,
  type LogRows,
  rowsOfTail,
  tilesAbove,
} from './damage.ts';
export { formatBundle, parseBundle } from './entry-bundle.ts';
export { TlogError, type TlogErrorCode } from './errors.ts';
export { type Fork, findFork, nodesForFork, type SignedTree, verifyFork } from './fork.ts';
export {
  appendLeaf,
  appendLeaves,
  appendSubtree,
  emptyFrontier,
  type Frontier,
  formatFrontier,
  nodesForFrontier,
  parseFrontier,
  readFrontier,
  rootOf,
} from './frontier.ts';
export { emptyRoot, HASH_SIZE, hashLeaf, hashNode } from './hash.ts';
export {
  addSignatures,
  formatNote,
  formatSignatureLine,
  type Note,
  type NoteSignature,
  parseNote,
  parseSignatureLine,
} from './note.ts';
export {
  COSIGNATURE,
  ED25519,
  formatVkey,
  keyId,
  type NoteVerifier,
  noteVerifier,
  parseVkey,
  type SignatureType,
  signNote,
  type VerifiedSignature,
  verifyNote,
} from './note-key.ts';
export { type LogRhythm, promiseBatches, type RoomRequest } from './promise.ts';
export {
  consistencyProof,
  inclusionProof,
  nodesForConsistency,
  nodesForInclusion,
  subtreeConsistencyProof,
  subtreeInclusionProof,
} from './proof.ts';
export { cover, hashRange, type Node, type Range, type ReadNode } from './range.ts';
export { appendBatch, drawBatch, planBatch, type RandomBytes } from './sequencer.ts';
export { isTickDue, isTickOver, type TickTimes, untilTick } from './tick.ts';
export {
  parseTilePath,
  partialTiles,
  TILE_HEIGHT,
  TILE_WIDTH,
  type Tile,
  type TileId,
  tilePath,
  tilesForNodes,
  tileWidth,
} from './tile.ts';
export { extendBundles, extendTiles, type ReadPartial } from './tile-extend.ts';
export { tileReader } from './tile-reader.ts';
export { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.ts';
export {
  type ConsistencyClaim,
  type InclusionClaim,
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './verify.ts';
