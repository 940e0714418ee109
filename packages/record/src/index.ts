// Record types, tiers, severity, and issuing and verifying of records.
export {
  BANDS,
  type Band,
  bandOf,
  type Cell,
  type CellInput,
  cellOf,
  cellsOfType,
  nameOfType,
  parseCell,
} from './cells.ts';
export { CLOCKS, type Clock, type ClockInput, clocksFor, type RunningClock } from './clocks.ts';
export { COUNTRIES } from './countries.ts';
export { RecordError, type RecordErrorCode, type RecordErrorParams } from './errors.ts';
export { type Field, HAZARD_DOMAINS, HazardDomain, type Scrub } from './field.ts';
export { fieldProblems, mapTexts, textsOf } from './fields.ts';
export { type IssuedRecord, issueRecord, type RecordInput, type RecordSigner } from './issue.ts';
export type { FieldProblem, FieldValues, NamedField, RecordType } from './record-type.ts';
export { recordType, recordTypes } from './registry.ts';
export {
  AXES,
  AXIS_CHOICES,
  Axes,
  type Axis,
  isConsistentSeverity,
  LEVEL_NAMES,
  rateSeverity,
  Severity,
  type SeverityReason,
  type SeverityResult,
  severityLevel,
  severityOf,
} from './severity.ts';
export { MAX_RECORD_LENGTH, RECORD_ALGORITHM, RECORD_ID, RECORD_TYP, type SignedPart } from './signed-part.ts';
export {
  fieldsOfLevel,
  isLevel,
  LEVELS,
  type Level,
  levelOf,
  levelOfCount,
  TIERS,
  type Tier,
  tierOf,
} from './tiers.ts';
export { FLOOR_LEVEL, FLOOR_SEVERITY, leastLevel, levelFor, stricterTlp, TLP, type Tlp } from './tlp.ts';
export { type IncidentFields, incident } from './types/incident.ts';
export { type RecordExpectation, type VerifiedRecord, verifyRecord } from './verify.ts';
export { compareVersions, type Version } from './versions.ts';
export { verifyWarning, WARNING_SEVERITY } from './warning.ts';
