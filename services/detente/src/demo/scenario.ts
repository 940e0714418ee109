// Who takes part in the demonstration, what each takes in, and what each gives to whom.

import { fileURLToPath } from 'node:url';
import type { Registry } from '@detente/interop';
import type { Tier } from '@detente/record';

export const NAMES = ['cn', 'us', 'sg'] as const;
export type Name = (typeof NAMES)[number];

export type Part = {
  name: Name;
  title: string;
  registry: Registry;
  files: readonly string[];
  /** Cases that are taken in, from the first on. */
  most: number;
  gives: Readonly<Partial<Record<Name, Tier>>>;
};

const data = (path: string) => fileURLToPath(new URL(`../../../../packages/interop/data/${path}`, import.meta.url));

export const SCENARIO: readonly Part[] = [
  {
    name: 'cn',
    title: 'a national node',
    registry: 'aiid',
    files: [data('aiid/incidents.csv')],
    most: 250,
    gives: { us: 'green', sg: 'amber' },
  },
  {
    name: 'us',
    title: 'a national node',
    registry: 'avid',
    files: [data('avid/avid-reports.jsonl')],
    most: 250,
    gives: { cn: 'green', sg: 'amber-strict' },
  },
  {
    name: 'sg',
    title: 'a neutral clearinghouse',
    registry: 'atlas',
    files: [data('atlas/case-studies')],
    most: 57,
    gives: { cn: 'amber', us: 'amber' },
  },
];

/** Automatic release of what the leak check finds clean, and without what is likely to name somebody; `unrated` is named because it
 *  is meant. */
export function policyOf(): object {
  return {
    release: [
      {
        sources: SCENARIO.map(({ registry }) => registry),
        domains: ['*'],
        bands: ['unrated', '0-1', '2-3', '4', '5-7'],
        take_proposals: true,
        public_edition: true,
        findings: 'redact',
      },
    ],
  };
}

/** The rhythm of the demonstration; a country's is slower. */
export const RHYTHM = {
  tick_ms: 1_000,
  batch_size: 256,
  draw: 2,
  pull_ms: 2_000,
  carry_ms: 200,
  loopback: true,
} as const;
