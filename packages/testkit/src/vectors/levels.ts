// Severity, cells, and what a label lets through.

import { warningLevel } from '@detente/reciprocity';
import {
  type Axes,
  cellOf,
  FLOOR_SEVERITY,
  type HazardDomain,
  type Level,
  levelFor,
  rateSeverity,
  type Severity,
  severityOf,
  TLP,
} from '@detente/record';
import type { Case, VectorFile } from './vector.ts';

export function severities(): VectorFile {
  const axes: Axes[] = [
    { people: 0, safeguards: 0, reach: 0 },
    { people: 2, safeguards: 3, reach: 4 },
    { people: 2, safeguards: 3, reach: 3 },
    { people: 5, safeguards: 1, reach: null },
    { people: null, safeguards: 4, reach: 6 },
    { people: 4, safeguards: null, reach: 4 },
    { people: 3, safeguards: 3, reach: 0 },
    { people: 0, safeguards: 0, reach: 7 },
    { people: 7, safeguards: 6, reach: 7 },
    { people: 6, safeguards: 6, reach: 7 },
  ];
  const good = axes.map((one) => {
    return { name: nameOf(one), axes: one, expected: { level: rateSeverity(one).level } };
  });
  const bad = [
    { people: null, safeguards: null, reach: 7 },
    { people: 8, safeguards: 0, reach: 0 },
    { people: -1, safeguards: 0, reach: 0 },
    { people: 1.5, safeguards: 0, reach: 0 },
  ].map((one) => ({ name: nameOf(one), axes: one, expected: { refused: 'axes_malformed' } }));
  return {
    description:
      'The level that follows from the axes: the higher of people and safeguards, one more (7 at most) when reach is above it.',
    section: '5',
    cases: [...good, ...bad],
  };
}

export function cells(): VectorFile {
  const levels: (Severity | null)[] = [
    null,
    'unrated',
    ...[0, 1, 2, 3, 4, 5, 7].map((level) => severityOf(axesOf(level))),
  ];
  const domains: (HazardDomain | null)[] = ['cyber', null];
  const cases = levels.flatMap((severity) =>
    domains.map((hazard_domain): Case => {
      const expected = { cell: cellOf({ type: 'incident/1', hazard_domain, severity }) };
      const level = severity === null || severity === 'unrated' ? severity : severity.level;
      return { name: `${hazard_domain}, ${level}`, type: 'incident/1', hazard_domain, severity, expected };
    }),
  );
  return { description: 'The cell of a record from its disclosed fields.', section: '5', cases };
}

/** All labels and levels, from below the floor and on it. */
export function shownLevels(): VectorFile {
  const granted: (Level | null)[] = [null, 0, 1, 2, 3, 4, 5];
  const severity = [null, 4, FLOOR_SEVERITY];
  const labels = TLP.flatMap((tlp) =>
    severity.flatMap((level) =>
      granted.map((one): Case => {
        const expected = { level: levelFor({ granted: one, tlp, severity: level }) };
        return { name: `granted ${one}, ${tlp}, severity ${level}`, granted: one, tlp, severity: level, expected };
      }),
    ),
  );
  return {
    description:
      'What a peer gets of a record of which the terms give `granted`: null is nothing, 0 the signed part. `severity` null: unrated.',
    section: '7',
    cases: labels,
  };
}

export function warningLevels(): VectorFile {
  const granted: (Level | null)[] = [null, 0, 1, 2, 5];
  const cases = [null, 3, 4, 5, 7].flatMap((severity) =>
    granted.map((one): Case => {
      const expected = { level: warningLevel({ severity, granted: one }) };
      return { name: `severity ${severity}, granted ${one}`, severity, granted: one, expected };
    }),
  );
  return {
    description: 'At which level a peer that is not expelled is warned; null: it is not.',
    section: '13',
    cases,
  };
}

function axesOf(level: number): Axes {
  return { people: level, safeguards: null, reach: null };
}

function nameOf({ people, safeguards, reach }: Axes): string {
  return `people ${people}, safeguards ${safeguards}, reach ${reach}`;
}
