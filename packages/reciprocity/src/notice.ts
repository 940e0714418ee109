// Notice: an offer that narrows another one counts only when the notice that the other promised has passed.
import { type Cell, cellsOfType, parseCell, TIERS, type Tier } from '@detente/record';
import { asksMore } from './obligations.ts';
import { type OfferBody, type OfferRule, ruleAt } from './offer.ts';
import { laterDay, type Reason } from './shapes.ts';

export const NARROWINGS = [
  'gives_less',
  'condition_added',
  'onward_less',
  'access_less',
  'backlog_ended',
  'notice_shorter',
  'ends_earlier',
  'obligations_more',
  'waiver_withdrawn',
] as const;
export type NarrowingCode = (typeof NARROWINGS)[number];

/** In what an offer is less to its taker than another, whatever the day: it gives less or asks more. Types of records that nobody
 *  here knows are compared too, so that every version of the software finds the same. */
export function narrowings(before: OfferBody, after: OfferBody): Reason<NarrowingCode>[] {
  const found = cellsNamed(before, after).flatMap((cell) => narrowingsOfCell(before, after, cell));
  const whole: [NarrowingCode, boolean][] = [
    ['access_less', before.access.some((one) => !after.access.some((other) => isAsOpen(other, one)))],
    ['backlog_ended', before.backlog && !after.backlog],
    ['notice_shorter', after.notice_days < before.notice_days],
    ['ends_earlier', after.valid_until !== null && (before.valid_until ?? '9999-12-31') > after.valid_until],
    ['obligations_more', asksMore(before.obligations, after.obligations)],
    ['waiver_withdrawn', before.waives.some((code) => !after.waives.includes(code))],
  ];
  return [...found, ...whole.filter(([, is]) => is).map(([code]) => ({ code, params: {} }))];
}

function cellsNamed(...offers: OfferBody[]): Cell[] {
  return [...new Set(offers.flatMap(({ gives }) => gives.map(({ type }) => type)))].flatMap(cellsOfType);
}

function narrowingsOfCell(before: OfferBody, after: OfferBody, cell: Cell): Reason<NarrowingCode>[] {
  const [had, has] = [before, after].map(({ gives }) => gives[ruleAt(gives, parseCell(cell))]);
  if (!had?.tier) return [];
  const params = { cell };
  if (!has?.tier || rank(has.tier) < rank(had.tier)) return [{ code: 'gives_less', params }];
  const isBound = had.condition === 'unconditional' && has.condition === 'as-given';
  const condition: Reason<NarrowingCode>[] = isBound ? [{ code: 'condition_added', params }] : [];
  return isOnwardLess(had.onward, has.onward) ? [...condition, { code: 'onward_less', params }] : condition;
}

function rank(tier: Tier): number {
  return TIERS.indexOf(tier);
}

function isOnwardLess(had: OfferRule['onward'], has: OfferRule['onward']): boolean {
  if (had === null) return false;
  if (has === null || rank(has.tier) < rank(had.tier)) return true;
  return has.to[0] !== '*' && had.to.some((origin) => !has.to.includes(origin));
}

function isAsOpen(one: OfferBody['access'][number], other: OfferBody['access'][number]): boolean {
  const isSame = one.kind === other.kind && one.name === other.name;
  return isSame && (one.condition === 'unconditional' || other.condition === 'as-given');
}

/** First day on which an offer can count after another: its own, and if it narrows, behind the notice or the other's end. */
export function beginOf(before: OfferBody, after: OfferBody): string {
  if (before.notice_days === 0 || narrowings(before, after).length === 0) return after.valid_from;
  const [noticed, until] = [laterDay(after.valid_from, before.notice_days), before.valid_until];
  if (until === null || until >= noticed) return noticed;
  return until < after.valid_from ? after.valid_from : laterDay(until, 1);
}
