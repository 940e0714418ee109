export { type Bundle, bundleIssuer, signBundle, verifyBundle } from './bundle.ts';
export {
  type Descriptor,
  descriptorKeys,
  type Endpoints,
  maxFormer,
  parseDescriptor,
  type Revocation,
  shownIdentity,
  signDescriptor,
  verifyDescriptor,
} from './descriptor.ts';
export { digest, disclosedDigest } from './digest.ts';
export { KeysError, type KeysErrorCode } from './errors.ts';
export { type InitialKeys, initKeys } from './init.ts';
export {
  emptyIntakeSubtrees,
  fillIntakeSubtree,
  intakeDaySeed,
  intakeDaySize,
  intakeSubtreeSize,
  type PlacedLeaf,
} from './intake-day.ts';
export { maxIntakeGroup } from './intake-group.ts';
export {
  type IntakeReceipt,
  intakeLeaf,
  intakeReceiptTyp,
  intakeSalt,
  parseIntakeReceipt,
  signIntakeGroup,
  type VerifiedIntakeReceipt,
  verifyIntakeReceipt,
} from './intake-receipt.ts';
export { type Curve, type PublicJwk, parsePublicJwk, publicKeyOf, thumbprint } from './jwk.ts';
export { type KeyFor, kidOf } from './jws.ts';
export {
  type AnnouncedKey,
  type KeptRevocation,
  type PublicKeys,
  publicKeysBeside,
  readPublicKeys,
  readRevocations,
  readVaultKey,
} from './key-sets.ts';
export { descriptorsFor, followDescriptor, logKeysOf, type Shown } from './lineage.ts';
export { logNameOf, parseOrigin, witnessNameOf } from './origin.ts';
export { pseudonym } from './pseudonym.ts';
export {
  type BoxPurpose,
  type Holder,
  holderOf,
  holders,
  type PublicPurpose,
  type PublishedPurpose,
  type Purpose,
  publicPurposes,
  publishedPurposes,
  purposes,
  purposesOf,
  type SigningPurpose,
} from './purposes.ts';
export {
  maxReceiptRecords,
  parseReceipt,
  type Receipt,
  type ReceiptRecord,
  signReceipt,
  verifyReceipt,
} from './receipt.ts';
export { type BoxKey, type KeyRing, loadKeys, type Signer } from './ring.ts';
export { keepRevocation, type Rotation, rotateKeys, settleKeys } from './rotate.ts';
export { createOpener, createSealer, type Opener, type Sealer } from './sealed-box.ts';
export {
  type SignedStatement,
  type Statement,
  type StatementTyp,
  signStatement,
  statementPurpose,
  statementTyp,
  verifyStatement,
} from './statement.ts';
export { verifySuccession } from './succession.ts';
