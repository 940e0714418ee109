// Names out of texts: scrubbing, what else is found and taken out, and the check that nothing is left.
export { applyEdits, type By, composeEdits, type Edit, placeAfter } from './edits.ts';
export { type Change, fieldTexts } from './field-texts.ts';
export { type Found, findTerms, type Place } from './find-terms.ts';
export { type Finding, HELD_FROM } from './finding.ts';
export { type Leak, leakCheck, leakCheckBytes } from './leak-check.ts';
export { TERM_KINDS, type TermKind } from './names.ts';
export { type Around, type Naming, neutralNames, pseudonyms } from './naming.ts';
export {
  namesOfNobody,
  ORGANISATIONS,
  type Organisation,
  type Organisations,
  parseOrganisations,
} from './organisations.ts';
export { withOwnParties } from './own-parties.ts';
export type { Reader } from './read-findings.ts';
export { ofCase, type Roles, rolesIn } from './roles.ts';
export { type Scrubbed, scrub, scrubText } from './scrub.ts';
export { type Edition, type Rules, type ShownFinding, takeOut, type Verdict } from './take-out.ts';
export {
  createKnownNames,
  type KnownNames,
  protectedTerms,
  type TakenNames,
  type Term,
  type TermIndex,
  type VaultNames,
} from './term-index.ts';
