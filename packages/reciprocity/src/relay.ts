// Relays: how much of another node's record a node may pass on to a third, and what a node takes from a relay.
import { type Cell, FLOOR_SEVERITY, type Level, levelFor, levelOf, parseCell, type Tlp } from '@detente/record';
import { isInForce, type OfferBody, ruleAt } from './offer.ts';
import type { Reason } from './shapes.ts';
import type { Standing } from './standing.ts';
import { lower } from './terms.ts';

export const RELAY_REASONS = [
  'relay_not_accepted',
  'onward_not_in_force',
  'onward_none',
  'onward_not_to',
  'onward_tlp',
  'relayed',
  'relayed_later_version',
] as const;

export type RelayInput = {
  /** The origin's offer to the relay that counts on the day. */
  offer: OfferBody | null;
  /** UTC, `YYYY-MM-DD` */
  day: string;
  /** To whom the record would be passed on. */
  receiver: string;
  /** Whether the receiver takes the origin's records from this relay. */
  isAccepted: boolean;
  cell: Cell;
  tlp: Tlp;
  /** As much of the version as the relay has, and as no recall of the origin asks back. */
  held: Level;
  /** Whether the receiver was passed an earlier version of the record. */
  earlierRelayed: boolean;
  /** As much of the version as the receiver was passed and has not been asked back; null for nothing. */
  passed: Level | null;
};

export type RelayDecision = {
  /** 0 the signed part alone, 1 to 5 the fields up to a tier; null for nothing. */
  level: Level | null;
  /** As much as the receiver may keep: what it was passed before is asked back down to this. */
  kept: Level | null;
  reason: Reason<(typeof RELAY_REASONS)[number]>;
};

/** How much of a version the origin lets its relay pass on to a receiver: never more than the relay has itself, and a correction or
 *  withdrawal always to whoever was passed an earlier version. What the relay's own grants give the receiver caps it further. To who takes
 *  nothing more from this relay nothing goes; what it was passed is still its to keep as far as the origin allows, and no further. */
export function relayLevel(input: RelayInput): RelayDecision {
  const { level, reason } = followedLevel(input);
  if (input.isAccepted) return { level, kept: level, reason };
  return { level: null, kept: lower(input.passed, level), reason: { code: 'relay_not_accepted', params: {} } };
}

type Decided = Omit<RelayDecision, 'kept'>;

function followedLevel(input: RelayInput): Decided {
  const decided = onwardLevel(input);
  if (decided.level !== null || !input.earlierRelayed) return decided;
  return { level: 0, reason: { code: 'relayed_later_version', params: {} } };
}

function onwardLevel({ offer, day, receiver, cell, tlp, held }: RelayInput): Decided {
  if (offer === null || !isInForce(offer, day)) return no('onward_not_in_force');
  const parts = parseCell(cell);
  const rule = ruleAt(offer.gives, parts);
  const onward = offer.gives[rule]?.onward ?? null;
  if (onward === null) return no('onward_none', { cell });
  if (onward.to[0] !== '*' && !onward.to.includes(receiver)) return no('onward_not_to', { rule });
  const allowed = lower(levelOf(onward.tier), held);
  // A signed part alone is passed on to those alone who had more of an earlier version.
  const granted = allowed === 0 ? null : allowed;
  const level = levelFor({ granted, tlp, severity: parts.band === '5-7' ? FLOOR_SEVERITY : null });
  if (level === null) return no('onward_tlp', { tlp, allowed: allowed ?? 0 });
  return { level, reason: { code: 'relayed', params: { rule, level } } };
}

function no(code: Decided['reason']['code'], params: Decided['reason']['params'] = {}): Decided {
  return { level: null, reason: { code, params } };
}

/** Origins whose records a node takes from another one.
 *  @param offer the node's own offer to the relay that counts on the day
 *  @param standing what the node thinks of the relay */
export function acceptedOrigins(offer: OfferBody | null, standing: Standing | null, day: string): readonly string[] {
  if (offer === null || !isInForce(offer, day)) return [];
  return standing === 'good' || standing === 'probation' ? (offer.relays ?? []) : [];
}
