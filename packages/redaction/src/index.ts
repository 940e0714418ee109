// Names out of texts: scrubbing, and the check that nothing is left.
export { type Found, findTerms, type Place } from './find-terms.ts';
export { type Leak, leakCheck, leakCheckBytes } from './leak-check.ts';
export { TERM_KINDS, type TermKind } from './names.ts';
export { type Around, type Naming, neutralNames, pseudonyms } from './naming.ts';
export { ORGANISATIONS, type Organisation, type Organisations, parseOrganisations } from './organisations.ts';
export { type Replacement, type Scrubbed, scrub, scrubText } from './scrub.ts';
export {
  createKnownNames,
  type KnownNames,
  protectedTerms,
  type Term,
  type TermIndex,
  type VaultNames,
} from './term-index.ts';
