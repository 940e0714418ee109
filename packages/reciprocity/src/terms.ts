// Terms: what one node gives another, per cell, on one UTC day. Both compute them from the same signed statements.
import { hash } from 'node:crypto';
import { type Cell, cellsOfType, FLOOR_LEVEL, type Level, parseCell, recordTypes } from '@detente/record';
import { type AccessTerms, accessTerms } from './access.ts';
import { ReciprocityError } from './errors.ts';
import { type CellParts, NO_OFFER_CODES, type OfferBody, type Offered, offeredAt } from './offer.ts';
import { isDay, type Reason } from './shapes.ts';
import { capOf, type Standing } from './standing.ts';

export type HeldOffer = { digest: string; body: OfferBody };
export type HeldStanding = { digest: string; standing: Standing };

/** One direction. Each statement is the one that counts on the day, or null where there is none. */
export type TermsInput = {
  giver: string;
  taker: string;
  /** UTC, `YYYY-MM-DD` */
  day: string;
  offers: { giver: HeldOffer | null; taker: HeldOffer | null };
  /** `giver` is the giver's standing of the taker: without one the taker is not enrolled, and is given nothing. `taker` is the
   *  taker's of the giver; none counts as `good`. */
  standings: { giver: HeldStanding | null; taker: HeldStanding | null };
};

type Between = Pick<TermsInput, 'giver' | 'taker' | 'day'>;

/** Codes of the rules that decide what a cell is given. */
export const RULES = [
  ...NO_OFFER_CODES,
  'not_enrolled',
  'offer_unconditional',
  'offer_as_given',
  'severity_floor',
  'standing_probation',
  'standing_restricted',
  'standing_suspended',
  'standing_expelled',
  // Of grants alone, where the taker does not compute the same yet.
  'wider_waits',
] as const;
export type Rule = Reason<(typeof RULES)[number]>;

export type CellTerms = { level: Level | null; rule: Rule };
export type Terms = {
  giver: string;
  taker: string;
  day: string;
  /** Name of the terms: 43 characters, base64url. */
  digest: string;
  /** Every cell of every known record type, in their order. */
  cells: ReadonlyMap<Cell, CellTerms>;
  /** What else the giver's offer names, in its order. */
  access: readonly AccessTerms[];
};

/** Computes the terms of one direction.
 *  @throws ReciprocityError `party_malformed`, `day_malformed` */
export function terms(input: TermsInput): Terms {
  const { giver, taker, day } = input;
  const digest = termsDigest(input, inputDigests(input));
  const cells = knownCells().map(({ cell, parts }) => [cell, cellTerms(input, parts)] as const);
  return { giver, taker, day, digest, cells: new Map(cells), access: accessTerms(input) };
}

let known: readonly { cell: Cell; parts: CellParts }[] | undefined;
function knownCells() {
  const types = () => [...new Set([...recordTypes.values()].map(({ name }) => name))];
  known ??= types()
    .flatMap(cellsOfType)
    .map((cell) => ({ cell, parts: parseCell(cell) }));
  return known;
}

/** Digests of the four statements that the terms of one direction follow from, null for none: the giver's offer, the taker's, the giver's
 *  standing of the taker, the taker's of the giver. */
export type InputDigests = readonly (string | null)[];

export function inputDigests({ offers, standings }: Pick<TermsInput, 'offers' | 'standings'>): InputDigests {
  return [offers.giver, offers.taker, standings.giver, standings.taker].map((held) => held?.digest ?? null);
}

/** Name of the terms: SHA-256 over LF-ended lines of everything that they follow from.
 *  @throws ReciprocityError `party_malformed`, `day_malformed` */
export function termsDigest({ giver, taker, day }: Between, inputs: InputDigests): string {
  for (const party of [giver, taker]) if (!/^[\x21-\x7e]+$/.test(party)) throw new ReciprocityError('party_malformed');
  if (!isDay(day)) throw new ReciprocityError('day_malformed');
  const lines = ['detente/terms/1', giver, taker, day, ...inputs.map((digest) => digest ?? '-')];
  return hash('sha256', lines.map((line) => `${line}\n`).join(''), 'base64url');
}

function cellTerms({ day, offers, standings }: TermsInput, cell: CellParts): CellTerms {
  if (standings.giver === null) return { level: null, rule: { code: 'not_enrolled', params: {} } };
  const { standing } = standings.giver;
  if (standing === 'expelled') return { level: null, rule: { code: 'standing_expelled', params: {} } };
  const offered = offeredAt(offers.giver?.body ?? null, cell, day);
  const returned = offeredAt(offers.taker?.body ?? null, cell, day).level;
  const asked = conditioned(offered, lower(returned, capOf(standings.taker?.standing ?? 'good')));
  return floored(capped(asked, standing), cell);
}

/** What the offer's own condition leaves. `returned` is what the taker offers for the same cell, as far as its standing of the
 *  giver lets it. */
function conditioned(offered: Offered, returned: Level | null): CellTerms {
  if (offered.level === null) return { level: null, rule: offered.reason };
  const { level, rule } = offered;
  if (offered.condition === 'unconditional') return { level, rule: { code: 'offer_unconditional', params: { rule } } };
  const params = { rule, offered: level, returned: returned ?? 0 };
  return { level: lower(level, returned), rule: { code: 'offer_as_given', params } };
}

function capped(asked: CellTerms, standing: Standing): CellTerms {
  const level = lower(asked.level, capOf(standing));
  if (level === asked.level || standing === 'good') return asked;
  return { level, rule: { code: `standing_${standing}`, params: { instead_of: asked.level ?? 0 } } };
}

/** A warning is never a bargaining chip: from severity 5 on the fields up to `green` go to everyone who is not expelled. */
function floored(asked: CellTerms, { band }: CellParts): CellTerms {
  if (band !== '5-7' || (asked.level ?? 0) >= FLOOR_LEVEL) return asked;
  return { level: FLOOR_LEVEL, rule: { code: 'severity_floor', params: { instead_of: asked.level ?? 0 } } };
}

/** The lower of two levels, nothing being the lowest. */
export function lower(a: Level | null, b: Level | null): Level | null {
  if (a === null || b === null) return null;
  return a < b ? a : b;
}
