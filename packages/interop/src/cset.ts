// The two classifications of the Center for Security and Emerging Technology: what they say, and which axis values follow.
import type { IncidentFields } from '@detente/record';
import { type Harm, harmTypesOf, industriesOf, scaleOf } from './aiid-taxonomies.ts';
import { countriesOfPlace, countryOf } from './countries.ts';
import type { ObjectReader } from './object-reader.ts';

/** What a classification gives for one incident; absent where it says nothing. Lists may be empty. */
export type Reading = {
  kind?: Derived<'near-miss' | 'hazard'>;
  people?: Derived<number>;
  reach?: Derived<number>;
  countries: string[];
  sectors: NonNullable<IncidentFields['sector']>;
  deployment?: NonNullable<IncidentFields['deployment']>;
  /** Without the groups affected, which come from the incident itself. */
  harms: Derived<Omit<Harm, 'affected'>[]>;
  /** The annotators see no link between the harm and the technology: then no older classification counts either. */
  unlinked: boolean;
  minors: boolean;
  /** The annotators could only estimate the day. */
  estimated: boolean;
  developer: string[];
  deployer: string[];
  narrative?: string;
};

export type Derived<Value> = { value: Value; basis: string };

/** CSETv1 (2023). A value that is only partly expressed by what is derived from it stays in the rest as well. */
export function readCsetV1(reader: ObjectReader): Reading {
  const said = (name: string) => text(reader.peek(name)).toLowerCase();
  const country = countryOf(text(reader.peek('Location Country (two letters)')));
  if (country) reader.take('Location Country (two letters)');
  const reading: Reading = {
    countries: country ? [country] : [],
    sectors: sectorsOf(reader),
    harms: harmsV1(said),
    unlinked: said('Clear link to technology') === 'no',
    minors: said('Involving Minor') === 'yes',
    estimated: said('Estimated Date') === 'true',
    developer: [],
    deployer: [],
  };
  const people = peopleV1(said);
  if (people) reading.people = people;
  if (said('Location Region') === 'global') reading.reach = { value: 5, basis: 'CSETv1 Location Region Global' };
  const kind = kindV1(said);
  if (kind) reading.kind = kind;
  const deployment = deploymentV1(said);
  if (deployment) reading.deployment = deployment;
  return reading;
}

/** CSETv0 (2021). */
export function readCsetV0(reader: ObjectReader): Reading {
  const said = (name: string) => text(reader.peek(name));
  const countries = countriesOfPlace(said('Location'));
  const nearMiss = said('Near Miss') === 'Near miss';
  const status = said('Near Miss') === 'Harm caused' ? 'actual' : 'potential';
  const harms = harmTypesOf(said('Harm Type')).map((type) => ({ type, status, scale: null }) as const);
  const reading: Reading = {
    countries,
    sectors: sectorsOf(reader),
    harms: { value: harms, basis: `CSETv0 Harm Type ${said('Harm Type')}, Near Miss ${said('Near Miss')}` },
    unlinked: false,
    minors: false,
    estimated: false,
    developer: said('System Developer').split(', '),
    deployer: said('Technology Purveyor').split(', '),
    narrative: text(reader.take('Full Description')),
  };
  if (nearMiss) reading.kind = { value: 'near-miss', basis: 'CSETv0 Near Miss Near miss' };
  const people = peopleV0(said);
  if (people) reading.people = people;
  if (said('Location') === 'Global') reading.reach = { value: 5, basis: 'CSETv0 Location Global' };
  const autonomy = { High: 'high', Medium: 'medium', Low: 'low' }[said('Level of Autonomy')];
  if (autonomy) reading.deployment = deployment(autonomy as 'high' | 'medium' | 'low', null);
  return reading;
}

/** People and society, by the highest that CSETv1 states; nothing where the harm is not linked to the technology. */
function peopleV1(said: (name: string) => string): Derived<number> | undefined {
  if (!['yes', 'maybe'].includes(said('Clear link to technology'))) return undefined;
  const lives = count(said('Lives Lost'));
  const injuries = count(said('Injuries'));
  const tangible = said('Tangible Harm');
  const of = (value: number, column: string) => ({ value, basis: `CSETv1 ${column} ${said(column)}` });
  if (lives >= 3) return of(5, 'Lives Lost');
  if (lives >= 1) return of(4, 'Lives Lost');
  if (injuries >= 1) return of(3, 'Injuries');
  for (const column of ['Impact on Critical Services', 'Rights Violation']) {
    if (said(column) === 'yes') return of(3, column);
  }
  if (tangible === TANGIBLE.occurred) return of(2, 'Tangible Harm');
  for (const column of ['Special Interest Intangible Harm', 'Detrimental Content']) {
    if (said(column) === 'yes') return of(2, column);
  }
  const noIntangible = said('Special Interest Intangible Harm') === 'no';
  if (noIntangible && [TANGIBLE.nearMiss, TANGIBLE.issue, TANGIBLE.none].includes(tangible))
    return of(0, 'Tangible Harm');
  return undefined;
}

/** CSETv0 rates severity itself; of a near miss it rates what might have been, so that people stay at 0. */
function peopleV0(said: (name: string) => string): Derived<number> | undefined {
  if (said('Near Miss') === 'Near miss') return { value: 0, basis: 'CSETv0 Near Miss Near miss' };
  const rated = { Negligible: 0, Minor: 2, Moderate: 3, Severe: 4, Critical: 5 }[said('Severity')];
  if (said('Lives Lost') === 'True' && (rated ?? 0) < 4) return { value: 4, basis: 'CSETv0 Lives Lost True' };
  return rated === undefined ? undefined : { value: rated, basis: `CSETv0 Severity ${said('Severity')}` };
}

const TANGIBLE = {
  occurred: 'tangible harm definitively occurred',
  nearMiss: 'imminent risk of tangible harm (near miss) did occur',
  issue: 'non-imminent risk of tangible harm (an issue) occurred',
  none: 'no tangible harm, near-miss, or issue',
};

/** A near miss or an issue, unless an intangible harm did occur. */
function kindV1(said: (name: string) => string): Reading['kind'] {
  if (said('Special Interest Intangible Harm') === 'yes') return undefined;
  const basis = `CSETv1 Tangible Harm ${said('Tangible Harm')}`;
  if (said('Tangible Harm') === TANGIBLE.nearMiss) return { value: 'near-miss', basis };
  if (said('Tangible Harm') === TANGIBLE.issue) return { value: 'hazard', basis };
  return undefined;
}

function harmsV1(said: (name: string) => string): Reading['harms'] {
  const value: Reading['harms']['value'] = [];
  const basis: string[] = [];
  const hurt = count(said('Lives Lost')) + count(said('Injuries'));
  const tangible = said('Tangible Harm');
  if (hurt > 0) {
    value.push({ type: 'physical', status: 'actual', scale: scaleOf(hurt) });
    basis.push('Lives Lost', 'Injuries');
  } else if ([TANGIBLE.occurred, TANGIBLE.nearMiss, TANGIBLE.issue].includes(tangible)) {
    value.push({ type: 'other', status: tangible === TANGIBLE.occurred ? 'actual' : 'potential', scale: null });
    basis.push('Tangible Harm');
  }
  const rights = ['Rights Violation', 'Protected Characteristic'].filter((column) => said(column) === 'yes');
  if (rights.length > 0) value.push({ type: 'human-rights', status: 'actual', scale: null });
  if (said('Detrimental Content') === 'yes') {
    value.push({ type: 'public-interest', status: 'actual', scale: null });
    rights.push('Detrimental Content');
  }
  return { value, basis: `CSETv1 ${[...basis, ...rights].join(', ')}` };
}

/** Autonomy 1 is the highest: the system acts without a human; at 3 a human decides. */
function deploymentV1(said: (name: string) => string): Reading['deployment'] {
  const autonomy = ({ autonomy1: 'high', autonomy2: 'medium', autonomy3: 'low' } as const)[said('Autonomy Level')];
  const several = { yes: true, no: false }[said('Multiple AI Interaction')];
  return autonomy === undefined && several === undefined ? undefined : deployment(autonomy ?? null, several ?? null);
}

function deployment(autonomy: 'high' | 'medium' | 'low' | null, multiple_systems: boolean | null) {
  const unknown = { breadth: null, critical_function: null, unintended_use: null };
  return { ...unknown, autonomy, multiple_systems, business_functions: [], tasks: [] };
}

function sectorsOf(reader: ObjectReader): Reading['sectors'] {
  const { industries, whole } = industriesOf(text(reader.peek('Sector of Deployment')));
  if (whole) reader.take('Sector of Deployment');
  return industries;
}

function count(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
