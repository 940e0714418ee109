// Automatic release by one policy file: which cases need no officer. What no rule names waits for one.

import { readFileSync } from 'node:fs';
import { BANDS, type Band, HAZARD_DOMAINS } from '@detente/record';
import { compile, type Static, Type } from '@detente/schema';

const closed = { additionalProperties: false };

export const Policy = Type.Object(
  {
    release: Type.Array(
      Type.Object(
        {
          /** Registries of imported reports, or `lab` for reports of labs. */
          sources: Type.Array(Type.String(), { minItems: 1 }),
          /** Hazard domains, or `*`. */
          domains: Type.Array(Type.Enum([...HAZARD_DOMAINS, '*']), { minItems: 1 }),
          /** Severity bands; there is no `*`, so that `unrated` must be written to be meant. */
          bands: Type.Array(Type.Enum([...BANDS]), { minItems: 1 }),
          /** Whether an importer's proposals stand as triage. */
          take_proposals: Type.Boolean(),
          /** Whether a public edition is made too. */
          public_edition: Type.Boolean(),
          /** What is likely to name somebody, and what few events fit: `hold`, when absent, waits for an officer; `redact` takes out the names, and
           *  waits for nobody. */
          findings: Type.Optional(Type.Enum(['hold', 'redact'])),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Policy = Static<typeof Policy>;
export type PolicyRule = Policy['release'][number];

const validator = compile(Policy);

/** Reads a policy file.
 *  @throws TypeError with the place that is wrong */
export function readPolicy(file: string): Policy {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (validator.check(value)) return value;
  const [first] = validator.errors(value);
  throw new TypeError(`policy ${file}: ${first?.instancePath || '/'} ${first?.message ?? 'is wrong'}`);
}

export type PolicyCase = {
  /** Registry of an imported report, or `lab`. */
  source: string;
  domain: string;
  band: Band;
};

/** The first rule that releases a case of this kind, or undefined. Whether its draft is clean is the caller's to ask first. */
export function ruleFor(policy: Policy | undefined, { source, domain, band }: PolicyCase): PolicyRule | undefined {
  return policy?.release.find(
    (rule) =>
      rule.sources.includes(source) &&
      rule.domains.some((one) => one === '*' || one === domain) &&
      rule.bands.includes(band),
  );
}
