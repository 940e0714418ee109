// Templates: offers to begin with, as an officer would write them.
import type { OfferBody, OfferRule } from './offer.ts';
import type { Coded } from './shapes.ts';

export const TEMPLATES = ['balanced', 'open', 'cautious', 'floor-only', 'clearinghouse'] as const;
export type Template = (typeof TEMPLATES)[number];

/** The offer of a template.
 *  @param day UTC, from which it holds */
export function offerFrom(template: Template, day: string): OfferBody {
  const whole = { access: [], obligations: [], waives: [], notice_days: 30, backlog: true, valid_until: null };
  return { ...whole, ...parts[template](), valid_from: day };
}

const parts: Readonly<Record<Template, () => Pick<OfferBody, 'gives'> & Partial<OfferBody>>> = {
  /** As much as the other gives, at most amber-strict, so that probation is felt; the same promises on both sides. */
  balanced: () => ({
    gives: [rule({ tier: 'amber-strict', condition: 'as-given' })],
    obligations: [
      ...prompt(24),
      { code: 'log_health', params: { hours: 24, witnesses: 1 } },
      { code: 'give_in_return', params: { from: '2', percent: 20 } },
      { code: 'give_in_return', params: { from: '4', percent: 20 } },
    ],
    access: [{ kind: 'drill', name: 'any', condition: 'as-given' }],
  }),
  /** Up to amber whatever the other does, and green may be passed on. */
  open: () => ({
    gives: [rule({ tier: 'amber', onward: { to: ['*'], tier: 'green' } })],
    obligations: prompt(72),
    access: [{ kind: 'drill', name: 'any', condition: 'unconditional' }],
  }),
  /** What the public may know, and green as far as the other gives it. */
  cautious: () => ({
    gives: [rule({ bands: ['unrated', '0-1'], tier: 'clear' }), rule({ tier: 'green', condition: 'as-given' })],
    obligations: prompt(72),
    backlog: false,
  }),
  /** Nothing but what every peer is warned of in any case. */
  'floor-only': () => ({ gives: [rule({ bands: ['5-7'] })], backlog: false }),
  /** A neutral house: all that its reporters tell it, without condition, to be passed on. */
  clearinghouse: () => ({ gives: [rule({ tier: 'amber-strict', onward: { to: ['*'], tier: 'amber' } })] }),
};

function rule(change: Partial<OfferRule>): OfferRule {
  const all = { type: 'incident', domains: ['*' as const], bands: ['*' as const], tier: 'green' as const };
  return { ...all, condition: 'unconditional', onward: null, ...change };
}

function prompt(hours: number): Coded[] {
  return [
    { code: 'acknowledge_within', params: { hours } },
    { code: 'answer_recalls_within', params: { days: 7 } },
    { code: 'report_within', params: { band: '5-7', hours: 24 } },
    { code: 'report_within', params: { band: '4', hours: 72 } },
    { code: 'report_within', params: { band: '2-3', hours: 360 } },
    { code: 'minimum_detail', params: { percent: 50 } },
  ];
}
