// What AVID's classes and its SEP taxonomy say in the words of the incident type; all of it proposals.
import type { HazardDomain, IncidentFields } from '@detente/record';
import type { Derived } from './cset.ts';
import { isObject } from './object-reader.ts';

type Kind = NonNullable<IncidentFields['kind']>;
type Stage = NonNullable<IncidentFields['lifecycle_stage']>;

/** An AIID incident retold is an incident. All else tells what a system can be made to do, not that it did harm: a hazard. */
export function kindOfReport(classof: string): Derived<Kind> {
  return {
    value: classof === 'AIID Incident' ? 'incident' : 'hazard',
    basis: `AVID problemtype.classof ${classof || '(none)'}`,
  };
}

/** Benchmarks of dangerous knowledge, which SEP has no category for, by the name in the title. */
const DOMAIN_OF_BENCHMARK: readonly (readonly [name: RegExp, domain: HazardDomain])[] = [
  [/\bwmdp[_-]bio\b/, 'bio'],
  [/\bwmdp[_-]chem\b/, 'chemical'],
  [/\bwmdp[_-]cyber\b/, 'cyber'],
  [/\bcyse2_/, 'cyber'],
];

/** SEP (v0.2) categories, first match decides: software and its supply chain are `cyber`, attacks on the model
 *  `model-security`; the others of Ethics and Performance `other`. */
const DOMAIN_OF_SEP: readonly (readonly [category: RegExp, domain: HazardDomain])[] = [
  [/^S0[3-6]/, 'model-security'],
  [/^S0201/, 'model-security'],
  [/^S/, 'cyber'],
  [/^[EP]/, 'other'],
];

/** Nothing where AVID gives no domain. */
export function domainOfReport(title: string, impact: unknown): Derived<HazardDomain> | undefined {
  for (const [name, value] of DOMAIN_OF_BENCHMARK) {
    if (name.test(title)) return { value, basis: `AVID benchmark ${name.exec(title)?.[0] ?? ''}` };
  }
  const avid = isObject(impact) && isObject(impact.avid) ? impact.avid : {};
  const views = texts(avid.sep_view);
  for (const [category, value] of DOMAIN_OF_SEP) {
    const view = views.find((text) => category.test(text));
    if (view !== undefined) return { value, basis: `AVID sep_view ${view}` };
  }
  if (texts(avid.risk_domain).includes('Security')) return { value: 'cyber', basis: 'AVID risk_domain Security' };
  if (isObject(impact) && isObject(impact.odin)) return { value: 'model-security', basis: 'AVID impact.odin' };
  return undefined;
}

const STAGE_OF: Readonly<Record<string, Stage>> = {
  L01: 'plan-and-design',
  L02: 'collect-and-process-data',
  L03: 'collect-and-process-data',
  L04: 'build-and-use-model',
  L05: 'verify-and-validate',
  L06: 'deploy',
};

/** Only where AVID names one stage. */
export function stageOfReport(impact: unknown): Derived<Stage> | undefined {
  const avid = isObject(impact) && isObject(impact.avid) ? impact.avid : {};
  const [view, more] = texts(avid.lifecycle_view);
  const value = STAGE_OF[view?.slice(0, 3) ?? ''];
  return value === undefined || more !== undefined ? undefined : { value, basis: `AVID lifecycle_view ${view}` };
}

/** A text that was left to be written: `xyz xyz`, `TODO`, `test test`. */
export function isPlaceholder(text: string): boolean {
  return /^(?:(?:xyz|xxx|todo|tbd|test|lorem|n\/a|asdf)[\s.,]{0,3}){1,9}$/i.test(text.trim());
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
