// Access: which testbeds, suites, joint tests and drills of the giver are open to the taker.
import type { AccessRule, OfferBody } from './offer.ts';
import { isInForce } from './offer.ts';
import type { Reason } from './shapes.ts';
import type { Standing } from './standing.ts';
import type { TermsInput } from './terms.ts';

export const ACCESS_RULES = [
  'access_open',
  'access_as_given',
  'access_not_returned',
  'access_not_in_force',
  'access_standing',
] as const;

export type AccessTerms = Pick<AccessRule, 'kind' | 'name'> & {
  isOpen: boolean;
  rule: Reason<(typeof ACCESS_RULES)[number]>;
};

/** Standings under which a node is let into more than its mail. */
const trusted: readonly Standing[] = ['good', 'probation'];

/** Each thing that the giver's offer names, with the rule that opens it or keeps it closed. */
export function accessTerms({ day, offers, standings }: TermsInput): AccessTerms[] {
  const offer = offers.giver?.body;
  if (!offer) return [];
  const returned = trusted.includes(standings.taker?.standing ?? 'good') ? (offers.taker?.body ?? null) : null;
  const standing = standings.giver?.standing ?? null;
  return offer.access.map((one) => {
    const { kind, name } = one;
    const code = ruleOf(one, { offer, returned, standing, day });
    const params = { kind, name, ...(code === 'access_standing' && { standing: standing ?? 'none' }) };
    return { kind, name, isOpen: code === 'access_open' || code === 'access_as_given', rule: { code, params } };
  });
}

type Given = { offer: OfferBody; returned: OfferBody | null; standing: Standing | null; day: string };

function ruleOf({ kind, condition }: AccessRule, { offer, returned, standing, day }: Given) {
  if (!isInForce(offer, day)) return 'access_not_in_force';
  if (standing === null || !trusted.includes(standing)) return 'access_standing';
  if (condition === 'unconditional') return 'access_open';
  const isReturned = returned !== null && isInForce(returned, day) && returned.access.some((one) => one.kind === kind);
  return isReturned ? 'access_as_given' : 'access_not_returned';
}
