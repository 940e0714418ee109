// incident/1: an AI incident, near miss or hazard. Names and lists follow the OECD common reporting framework for AI
// incidents (2025, numbers of its criteria in comments) and the OECD framework for the classification of AI systems (2022)
// where they have one.
import { Type } from '@detente/schema';
import { COUNTRIES } from '../countries.ts';
import { Day, HazardDomain, isDay, Language, list, Month, text } from '../field.ts';
import { defineType, type FieldProblem, type FieldValues } from '../record-type.ts';
import { isConsistentSeverity, Severity } from '../severity.ts';

const closed = { additionalProperties: false };
const Flag = Type.Union([Type.Boolean(), Type.Null()]);

/** OECD AI system lifecycle. */
const LifecycleStage = Type.Enum([
  'plan-and-design',
  'collect-and-process-data',
  'build-and-use-model',
  'verify-and-validate',
  'deploy',
  'operate-and-monitor',
  'retire',
]);

/** ISIC Rev. 4, sections A to U, as the OECD framework takes them (17). */
const Industry = Type.Enum([
  'agriculture-forestry-and-fishing',
  'mining-and-quarrying',
  'manufacturing',
  'electricity-gas-steam-and-air-conditioning-supply',
  'water-supply-sewerage-and-waste-management',
  'construction',
  'wholesale-and-retail-trade',
  'transportation-and-storage',
  'accommodation-and-food-service',
  'information-and-communication',
  'financial-and-insurance',
  'real-estate',
  'professional-scientific-and-technical',
  'administrative-and-support-service',
  'public-administration-and-defence',
  'education',
  'human-health-and-social-work',
  'arts-entertainment-and-recreation',
  'other-service',
  'households-as-employers',
  'extraterritorial-organisations',
]);

const BusinessFunction = Type.Enum([
  'human-resource-management',
  'sales',
  'ict-management-and-information-security',
  'marketing-and-advertisement',
  'logistics',
  'citizen-or-customer-service',
  'procurement',
  'maintenance',
  'accounting',
  'monitoring-and-quality-control',
  'production',
  'planning-and-budgeting',
  'research-and-development',
  'compliance-and-justice',
  'other',
]);

const Task = Type.Enum([
  'recognition',
  'event-detection',
  'forecasting',
  'personalisation',
  'interaction-support',
  'goal-driven-optimisation',
  'reasoning-with-knowledge-structures',
  'content-generation',
  'other',
]);

/** How the system was in use. Each member is there, null where it is not known. */
const Deployment = Type.Object(
  {
    /** 20 */
    breadth: Type.Union([Type.Enum(['pilot', 'narrow', 'broad', 'widespread']), Type.Null()]),
    /** 26; the highest that the system could take */
    autonomy: Type.Union([Type.Enum(['none', 'low', 'medium', 'high']), Type.Null()]),
    /** 19 */
    critical_function: Flag,
    /** 13 */
    unintended_use: Flag,
    /** 24 */
    multiple_systems: Flag,
    /** 18 */
    business_functions: Type.Array(BusinessFunction, { maxItems: 15, uniqueItems: true }),
    /** 25 */
    tasks: Type.Array(Task, { maxItems: 9, uniqueItems: true }),
  },
  closed,
);

const Stakeholder = Type.Enum([
  'consumers',
  'children',
  'women',
  'minorities',
  'workers',
  'trade-unions',
  'business',
  'government',
  'civil-society',
  'general-public',
  'other',
]);

const Harm = Type.Object(
  {
    /** 11 */
    type: Type.Enum([
      'physical',
      'psychological',
      'reputational',
      'economic',
      'environmental',
      'public-interest',
      'human-rights',
      'other',
    ]),
    status: Type.Enum(['actual', 'potential']),
    /** 12: persons or organisations harmed, or that would have been; null when not known. */
    scale: Type.Union([
      Type.Enum(['1', '2-9', '10-99', '100-999', '1000-9999', '10000-999999', '1000000+']),
      Type.Null(),
    ]),
    /** 14 */
    affected: Type.Array(Stakeholder, { maxItems: 11, uniqueItems: true }),
  },
  closed,
);

/** A subcategory of the NIST AI RMF 1.0 core (NIST AI 100-1, tables 1 to 4). */
const nistSubcategory =
  '^(GOVERN (1\\.[1-7]|[24]\\.[1-3]|3\\.[12]|[56]\\.[12])|MAP (1\\.[1-6]|2\\.[1-3]|3\\.[1-5]|[45]\\.[12])' +
  '|MEASURE ([134]\\.[1-3]|2\\.([1-9]|1[0-3]))|MANAGE ([12]\\.[1-4]|3\\.[12]|4\\.[1-3]))$';

/** 27 */
const Mitigation = Type.Object(
  {
    text: text(2000),
    worked: Type.Union([Type.Enum(['yes', 'partly', 'no']), Type.Null()]),
    nist_ai_rmf: Type.Union([Type.String({ pattern: nistSubcategory }), Type.Null()]),
  },
  closed,
);

/** Keyed fingerprint of an affected component: 32 bytes in base64url, and which keyed function made it. */
const ComponentTag = Type.Object(
  {
    function: Type.String({ pattern: '^[A-Za-z0-9_.-]+$', maxLength: 64 }),
    tag: Type.String({ pattern: '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$' }),
  },
  closed,
);

const Capability = Type.Object({ suite: text(200), band: Type.Enum(['low', 'moderate', 'high', 'critical']) }, closed);

/** 7 */
const Evidence = Type.Object(
  { kind: Type.Enum(['url', 'document', 'log', 'transcript', 'dataset', 'media', 'other']), reference: text(2000) },
  closed,
);

const incidentFields = {
  kind: { tier: 'clear', scrub: 'none', mandatory: true, schema: Type.Enum(['incident', 'near-miss', 'hazard']) },
  title: { tier: 'clear', scrub: 'text', mandatory: true, schema: text(300) },
  summary: { tier: 'clear', scrub: 'text', mandatory: true, schema: text(4000) },
  language: { tier: 'clear', scrub: 'none', mandatory: true, schema: Language },
  severity: { tier: 'clear', scrub: 'none', schema: Severity },
  hazard_domain: { tier: 'clear', scrub: 'none', schema: HazardDomain },
  occurred_month: { tier: 'clear', scrub: 'none', schema: Month },
  occurred: { tier: 'green', scrub: 'none', schema: Day },
  detected: { tier: 'green', scrub: 'none', schema: Day },
  ongoing: { tier: 'green', scrub: 'none', schema: Type.Boolean() },
  lifecycle_stage: { tier: 'green', scrub: 'none', schema: LifecycleStage },
  sector: { tier: 'green', scrub: 'none', schema: list(Industry, 21) },
  deployment: { tier: 'green', scrub: 'none', schema: Deployment },
  countries_affected: { tier: 'green', scrub: 'none', schema: list(Type.String({ pattern: '^[A-Z]{2}$' }), 249) },
  harms: { tier: 'green', scrub: 'none', schema: list(Harm, 32) },
  mitigations: { tier: 'green', scrub: 'texts', textMembers: ['text'], schema: list(Mitigation, 32) },
  techniques: {
    tier: 'amber',
    scrub: 'none',
    schema: list(Type.String({ pattern: '^AML\\.T[0-9]{4}(\\.[0-9]{3})?$' }), 64),
  },
  failure_pattern: { tier: 'amber', scrub: 'text', schema: text(4000) },
  root_cause: { tier: 'amber', scrub: 'text', schema: text(8000) },
  safeguards_bypassed: { tier: 'amber', scrub: 'texts', schema: list(text(500), 32) },
  detection: { tier: 'amber', scrub: 'text', schema: text(4000) },
  component_tags: { tier: 'amber', scrub: 'drop', textMembers: ['function'], schema: list(ComponentTag, 64) },
  narrative: { tier: 'amber-strict', scrub: 'text', schema: text(20_000) },
  capability_level: { tier: 'amber-strict', scrub: 'texts', textMembers: ['suite'], schema: Capability },
  evidence: { tier: 'red', scrub: 'drop', textMembers: ['reference'], schema: list(Evidence, 64) },
} as const;

/** Values of the fields, absent or null where withheld. */
export type IncidentFields = FieldValues<typeof incidentFields>;

export const incident = defineType({ name: 'incident', version: 1, fields: incidentFields, check: checkIncident });

/** What the schema cannot say: levels follow from axes, days exist, the month is the day's, countries are assigned. */
function checkIncident(fields: IncidentFields): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const { severity, occurred, occurred_month: month, countries_affected: countries } = fields;
  if (severity && !isConsistentSeverity(severity))
    problems.push({ pointer: '/severity/level', code: 'level_not_of_axes' });
  for (const name of ['occurred', 'detected'] as const) {
    const day = fields[name];
    if (day && !isDay(day)) problems.push({ pointer: `/${name}`, code: 'day_not_in_calendar' });
  }
  if (occurred && month && !occurred.startsWith(month)) {
    problems.push({ pointer: '/occurred_month', code: 'month_not_of_day' });
  }
  countries?.forEach((code, at) => {
    if (!COUNTRIES.has(code)) problems.push({ pointer: `/countries_affected/${at}`, code: 'country_unknown' });
  });
  return problems;
}
