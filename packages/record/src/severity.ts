// The severity scale, after the IAEA's International Nuclear and Radiological Event Scale: three axes, levels 0 to 7.
import { type Static, Type } from '@detente/schema';
import { RecordError } from './errors.ts';

export const AXES = ['people', 'safeguards', 'reach'] as const;
export type Axis = (typeof AXES)[number];

/** The scale's rows by axis. Where two rows read the same (`people` 0 and 1, `reach` 0 and 1) the lower one is chosen, so
 *  that two agencies that mean the same write the same. Forms offer these; other rows are accepted. */
export const AXIS_CHOICES: Readonly<Record<Axis, readonly number[]>> = {
  people: [0, 2, 3, 4, 5, 6, 7],
  safeguards: [0, 1, 2, 3, 4, 5, 6, 7],
  reach: [0, 2, 3, 4, 5, 6, 7],
};

/** Names of the levels 0 to 7, as codes. */
export const LEVEL_NAMES = [
  'deviation',
  'anomaly',
  'minor-incident',
  'incident',
  'accident-local',
  'accident-wider',
  'serious-accident',
  'catastrophe',
] as const;

const Row = Type.Integer({ minimum: 0, maximum: 7 });
const AxisValue = Type.Union([Row, Type.Null()], { description: 'Row of the severity scale; null when not assessed.' });

/** Row of each axis; `null` where it was not assessed. `people` or `safeguards` must be. */
export const Axes = Type.Object(
  { people: AxisValue, safeguards: AxisValue, reach: AxisValue },
  { additionalProperties: false },
);
export type Axes = Static<typeof Axes>;

/** Value of a record's `severity`: the level with the axes that it follows from, or `unrated`. */
export const Severity = Type.Union([
  Type.Literal('unrated'),
  Type.Object({ level: Row, axes: Axes }, { additionalProperties: false }),
]);
export type Severity = Static<typeof Severity>;

export type SeverityReason =
  | { code: 'severity_highest_axis'; params: { axis: 'people' | 'safeguards'; value: number } }
  | { code: 'severity_axes_agree'; params: { value: number } }
  | { code: 'severity_raised_by_reach'; params: { axis: 'people' | 'safeguards'; value: number; reach: number } };

export type SeverityResult = {
  level: number;
  /** `people` or `safeguards`, the first where both stand equal; `reach` when it raised the level. */
  decidingAxis: Axis;
  reason: SeverityReason;
};

/** Level of an incident: the higher of `people` and `safeguards`, raised by one, to 7 at most, when `reach` stands above it.
 *  @throws RecordError `axes_malformed` when a value is no row, or neither of the first two axes was assessed. */
export function rateSeverity(axes: Axes): SeverityResult {
  for (const axis of AXES) if (!isRow(axes[axis])) throw new RecordError('axes_malformed', { axis });
  const { people, safeguards, reach } = axes;
  if (people === null && safeguards === null) throw new RecordError('axes_malformed', { axis: 'people' });
  const axis = (people ?? -1) >= (safeguards ?? -1) ? 'people' : 'safeguards';
  const value = axes[axis]!;
  if (reach !== null && reach > value) {
    const reason = { code: 'severity_raised_by_reach', params: { axis, value, reach } } as const;
    return { level: Math.min(value + 1, 7), decidingAxis: 'reach', reason };
  }
  if (people === safeguards) {
    return { level: value, decidingAxis: axis, reason: { code: 'severity_axes_agree', params: { value } } };
  }
  return { level: value, decidingAxis: axis, reason: { code: 'severity_highest_axis', params: { axis, value } } };
}

/** The field's value for these axes.
 *  @throws RecordError `axes_malformed` */
export function severityOf(axes: Axes): Exclude<Severity, 'unrated'> {
  const { people, safeguards, reach } = axes;
  return { level: rateSeverity(axes).level, axes: { people, safeguards, reach } };
}

/** Level of a severity field: `null` for `unrated`, withheld or absent. */
export function severityLevel(severity: Severity | null | undefined): number | null {
  return severity === null || severity === undefined || severity === 'unrated' ? null : severity.level;
}

/** Whether the level is the one that follows from the axes. */
export function isConsistentSeverity(severity: Severity): boolean {
  if (severity === 'unrated') return true;
  const { people, safeguards } = severity.axes;
  return (people !== null || safeguards !== null) && rateSeverity(severity.axes).level === severity.level;
}

function isRow(value: unknown): boolean {
  return value === null || (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 7);
}
