// The offer that counts on a day, and what is to be said of a new one before it is signed.

import type { FieldProblem } from '@detente/contract';
import type { OfferCheck, OfferEffects } from '@detente/contract/casework';
import {
  acceptedOrigins,
  BARS_SIGNING,
  beginOf,
  checkOffer,
  type HeldOffer,
  type HeldStanding,
  isInForce,
  type Kept,
  keptBy,
  narrowings,
  type OfferBody,
  type OfferFinding,
  obligationsOf,
  parseOffer,
  parseStanding,
  turnOffers,
  turnsAhead,
} from '@detente/reciprocity';
import { explain } from '@detente/reciprocity/texts';
import type { Asker, Database, Reader } from '@detente/store/database';
import { enrolledSince, offerOfDay, offerTurns, standingOfDay } from '@detente/store/evidence';
import { boundBetween, marksUnder } from './conduct.ts';
import { readLedger } from './evidence.ts';

/** The offer from one node to another that counts on a day, `YYYY-MM-DD`. */
export async function offerInForce(
  home: Asker,
  between: { iss: string; aud: string; day: string },
): Promise<{ digest: string; body: OfferBody } | undefined> {
  const found = await offerOfDay(home, between);
  return found && { digest: found.digest, body: parseOffer(found.body) };
}

export type Word = { offer: HeldOffer | null; standing: HeldStanding | null };

/** What one node says of another that counts on the day. */
export async function wordOf(
  home: Reader,
  { giver: iss, taker: aud, day }: { giver: string; taker: string; day: string },
): Promise<Word> {
  const found = await standingOfDay(home, { iss, aud, day });
  const standing = found ? { digest: found.digest, standing: parseStanding(found.body).standing } : null;
  return { offer: (await offerInForce(home, { iss, aud, day })) ?? null, standing };
}

/** Origins whose records a node takes from another one as their relay. */
export async function acceptedFrom(
  home: Reader,
  { own, relay, day }: { own: string; relay: string; day: string },
): Promise<readonly string[]> {
  const { offer, standing } = await wordOf(home, { giver: own, taker: relay, day });
  return acceptedOrigins(offer?.body ?? null, standing?.standing ?? null, day);
}

type Sources = { home: Database; border: Database };
type Proposed = { own: string; peer: string; offer: OfferBody; now: Date };

/** Holds an offer against those that count today in both directions, and against how we kept of late what it would bind us to. */
export async function checkOfferTo(
  sources: Sources,
  { own, peer, offer, now, enrolled }: Proposed & { enrolled: readonly string[] },
): Promise<Omit<OfferCheck, keyof OfferEffects>> {
  const day = now.toISOString().slice(0, 10);
  const [last, other] = await sources.home.read(async (reader) => [
    (await offerInForce(reader, { iss: own, aud: peer, day }))?.body ?? null,
    (await offerInForce(reader, { iss: peer, aud: own, day }))?.body ?? null,
  ]);
  const previous = last !== null && isInForce(last, day) ? last : null;
  const conduct = await conductUnder(sources, { own, peer, offer, now, other });
  const ahead = await aheadWith(sources.home, { own, peer, offer, now });
  const findings = checkOffer(offer, { day, previous, ahead, other, enrolled, conduct });
  const begin = previous === null ? offer.valid_from : beginOf(previous, offer);
  return {
    findings: findings.map((one) => ({ ...one, bars_signing: BARS_SIGNING.has(one.code) })),
    narrows: previous === null ? [] : narrowings(previous, offer),
    counts_from: [begin, day].sort()[1]!,
  };
}

async function aheadWith(home: Database, { own, peer, offer, now }: Proposed): Promise<number> {
  const { turns, offers } = await offerTurns(home.now, { iss: own, aud: peer });
  const bodies = new Map(offers.map(({ seq, body }) => [seq, parseOffer(body)]));
  const known = now.toISOString().slice(0, 10);
  const next = { seq: Math.max(0, ...bodies.keys()) + 1, body: offer, known };
  return turnsAhead(
    turnOffers(turns, next, (seq) => bodies.get(seq)!),
    known,
  );
}

async function conductUnder(
  { home, border }: Sources,
  { own, peer, offer, now, other }: Proposed & { other: OfferBody | null },
): Promise<Kept[]> {
  const since = await enrolledSince(home.now, { own, peer });
  if (since === null || obligationsOf({ own: offer, other }).length === 0) return [];
  const bounds = await boundBetween(home.now, { own, peer, day: now.toISOString().slice(0, 10) });
  const ledger = await readLedger({ home, border }, { own, peer, now });
  return keptBy(marksUnder({ own, peer, now, since }, { own: offer, peer: other }, { bounds, ledger }).own);
}

/** What keeps an offer from being signed, as faults of the request. */
export function barringFaults({ findings }: Pick<OfferCheck, 'findings'>): FieldProblem[] {
  return findings
    .filter(({ bars_signing }) => bars_signing)
    .map(({ code, params }) => {
      const pointer = placeOf({ code: code as OfferFinding['code'], params });
      return { in: 'body', pointer, code, detail: explain({ code, params }, 'en'), params };
    });
}

/** The member of the offer that a finding is about when it names no rule. */
const MEMBERS: Partial<Record<OfferFinding['code'], string>> = {
  access_twice: 'access',
  obligation_twice: 'obligations',
  obligation_unknown: 'obligations',
  already_ended: 'valid_until',
  backdated: 'valid_from',
  too_many_ahead: 'valid_from',
};

function placeOf({ code, params: { rule } }: OfferFinding): string {
  return rule === undefined ? `/offer/${MEMBERS[code]}` : `/offer/gives/${rule}`;
}
