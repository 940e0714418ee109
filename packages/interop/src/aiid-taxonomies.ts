// What the AIID's classifications say in the words of the incident type: industries, harms, stakeholders, hazard domains.
import type { HazardDomain, IncidentFields } from '@detente/record';

type Industry = NonNullable<IncidentFields['sector']>[number];
export type Harm = NonNullable<IncidentFields['harms']>[number];
type Stakeholder = Harm['affected'][number];

/** CSET's sectors are ISIC's sections (v1 tells law enforcement and defence apart). */
const INDUSTRY_OF: readonly (readonly [phrase: string, industry: Industry])[] = [
  ['accommodation and food service activities', 'accommodation-and-food-service'],
  ['activities of households as employers', 'households-as-employers'],
  ['administrative and support service activities', 'administrative-and-support-service'],
  ['arts, entertainment and recreation', 'arts-entertainment-and-recreation'],
  ['defense', 'public-administration-and-defence'],
  ['education', 'education'],
  ['financial and insurance activities', 'financial-and-insurance'],
  ['human health and social work activities', 'human-health-and-social-work'],
  ['information and communication', 'information-and-communication'],
  ['law enforcement', 'public-administration-and-defence'],
  ['manufacturing', 'manufacturing'],
  ['other service activities', 'other-service'],
  ['professional, scientific and technical activities', 'professional-scientific-and-technical'],
  ['public administration and defence', 'public-administration-and-defence'],
  ['public administration', 'public-administration-and-defence'],
  ['real estate activities', 'real-estate'],
  ['transportation and storage', 'transportation-and-storage'],
  ['wholesale and retail trade', 'wholesale-and-retail-trade'],
];

/** Industries of a list joined by commas, some of whose entries have commas themselves. `whole` is false when something is left
 *  that is no sector that we know. */
export function industriesOf(text: string): { industries: Industry[]; whole: boolean } {
  const industries = new Set<Industry>();
  let rest = text.toLowerCase();
  for (const [phrase, industry] of INDUSTRY_OF) {
    if (!rest.includes(phrase)) continue;
    industries.add(industry);
    rest = rest.replace(phrase, '');
  }
  return { industries: [...industries], whole: rest.replace(/[\s,]/g, '') === '' };
}

/** CSETv0's harm types. */
const HARM_OF: readonly (readonly [phrase: string, type: Harm['type']])[] = [
  ['Harm to physical health/safety', 'physical'],
  ['Psychological harm', 'psychological'],
  ['Reputational harm', 'reputational'],
  ['Financial harm', 'economic'],
  ['Harm to physical property', 'economic'],
  ['Harm to intangible property', 'economic'],
  ['Harm to social or political systems', 'public-interest'],
  ['Harm to civil liberties', 'human-rights'],
];

export function harmTypesOf(text: string): Harm['type'][] {
  const types = HARM_OF.filter(([phrase]) => text.includes(phrase)).map(([, type]) => type);
  if (types.length === 0 && text.trim() !== '') return ['other'];
  return [...new Set(types)];
}

/** Band of a count of persons; null for none. */
export function scaleOf(count: number): Harm['scale'] {
  if (count < 1) return null;
  if (count === 1) return '1';
  if (count < 10) return '2-9';
  if (count < 100) return '10-99';
  if (count < 1000) return '100-999';
  if (count < 10_000) return '1000-9999';
  return count < 1_000_000 ? '10000-999999' : '1000000+';
}

const STAKEHOLDER_OF: readonly (readonly [slug: RegExp, stakeholder: Stakeholder])[] = [
  [/^(children|minors|teenagers|infants|.*-(children|minors))$/, 'children'],
  [/^(women|girls|women-.*)$/, 'women'],
  [/^(minority-groups|.*-minorities|.*-minority-groups|black-people|jewish-people|muslims|immigrants)$/, 'minorities'],
  [/^(.*-)?(workers|employees|staff)$/, 'workers'],
  [/^(.*-)?(users|customers|consumers|passengers|patients)$/, 'consumers'],
  [/^general-public(-of-.*)?$/, 'general-public'],
  [/^government-of-.*$/, 'government'],
];

/** Groups among AIID's harmed parties, as OECD's stakeholders. */
export function stakeholdersOf(slugs: readonly string[]): Stakeholder[] {
  const found = STAKEHOLDER_OF.filter(([pattern]) => slugs.some((slug) => pattern.test(slug)));
  return found.map(([, stakeholder]) => stakeholder);
}

/** Hazard domain by subdomain of the MIT AI Risk Repository's domain taxonomy. 4.2 (cyberattacks, weapons, mass harm) is not
 *  here: it is three of our domains in one, and an officer has to choose. */
export function domainOfSubdomain(subdomain: string): HazardDomain | undefined {
  const number = /^([1-7])\.([1-6])\. /.exec(subdomain);
  if (number === null) return undefined;
  const [, domain = '', at = ''] = number;
  switch (`${domain}.${at}`) {
    case '2.2':
      return 'model-security';
    case '3.2':
    case '4.1':
    case '4.3':
      return 'manipulation';
    case '4.2':
      return undefined;
    case '7.1':
    case '7.2':
      return 'loss-of-control';
    default:
      return 'other';
  }
}
