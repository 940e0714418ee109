// A warning: a presentation of a grave record, sent before its log shows it.
import { RecordError } from './errors.ts';
import type { Severity } from './severity.ts';
import { severityLevel } from './severity.ts';
import { FLOOR_LEVEL } from './tlp.ts';
import { type RecordExpectation, type VerifiedRecord, verifyRecord } from './verify.ts';

/** From this severity on, a peer may be told without waiting for the log. */
export const WARNING_SEVERITY = 4;

/** Verifies a presentation as a record that may be warned of: of severity 4 or above, and disclosed up to `green` at most.
 *  @throws RecordError as `verifyRecord` does, `warning_severity`, `warning_level` */
export function verifyWarning(
  presentation: string,
  expected: RecordExpectation,
): VerifiedRecord & { severity: number } {
  const record = verifyRecord(presentation, expected);
  const severity = severityLevel((record.fields.severity ?? null) as Severity | null);
  if (record.level > FLOOR_LEVEL) throw new RecordError('warning_level', { level: record.level });
  if (severity === null || severity < WARNING_SEVERITY) throw new RecordError('warning_severity');
  return { ...record, severity };
}
