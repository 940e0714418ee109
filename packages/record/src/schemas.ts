// What records are made of, for whoever describes them: without what issues and verifies them, which takes long to load.
export { BANDS } from './cells.ts';
export { HAZARD_DOMAINS } from './field.ts';
export { Severity } from './severity.ts';
export { MAX_RECORD_LENGTH } from './signed-part.ts';
export { TIERS } from './tiers.ts';
export { incident } from './types/incident.ts';
