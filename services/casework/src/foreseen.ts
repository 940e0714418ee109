// How two nodes would stand with each other, had an offer bound them of late and had they kept it as they did.

import {
  type OfferBody,
  obligationsOf,
  parseStanding,
  STANDINGS,
  type Standing,
  standingOf,
  WINDOW_DAYS,
} from '@detente/reciprocity';
import type { Asker, Database } from '@detente/store/database';
import { enrolledSince, standingOfDay } from '@detente/store/evidence';
import { type Both, boundBetween, marksUnder } from './conduct.ts';
import { readLedger } from './evidence.ts';

/** A standing that is worse than the present one, and the reason as a code of its own. */
export type Foreseen = { standing: Standing; reason: { code: string; params: Record<string, string | number> } };

type Asked = { own: string; peer: string; now: Date; offers: Both<OfferBody | null> };

/** By the rules of this node; what the peer makes of our conduct is its own affair. Who stands as an officer decided goes on so, and
 *  nobody rises: what was broken before a promise was taken back still counts.
 *  @returns undefined for who would stand no worse than now */
export async function foreseenStandings(
  sources: { home: Database; border: Database },
  { own, peer, now, offers }: Asked,
): Promise<Both<Foreseen | undefined>> {
  const home = sources.home.now;
  const since = await enrolledSince(home, { own, peer });
  const asks =
    obligationsOf({ own: offers.own, other: offers.peer }).length +
    obligationsOf({ own: offers.peer, other: offers.own }).length;
  if (since === null || asks === 0) return { own: undefined, peer: undefined };
  const day = now.toISOString().slice(0, 10);
  const bounds = await boundBetween(home, { own, peer, day });
  const ledger = await readLedger(sources, { own, peer, now });
  const marks = marksUnder({ own, peer, now, since }, offers, { bounds, ledger });
  const foresee = async (party: keyof typeof marks, said: { iss: string; aud: string }) => {
    const held = await heldBy(home, { ...said, day });
    if (held?.overridden) return undefined;
    const { standing, reason } = standingOf({ marks: marks[party], previous: held, override: null, day });
    if (STANDINGS.indexOf(standing) <= STANDINGS.indexOf(held?.standing ?? 'good')) return undefined;
    const { obligation = '', kept = 0, broken = 0 } = reason.params;
    const params = { standing, obligation, kept, broken, days: WINDOW_DAYS };
    return { standing, reason: { code: `foreseen_${party}`, params } };
  };
  return {
    own: await foresee('own', { iss: peer, aud: own }),
    peer: await foresee('peer', { iss: own, aud: peer }),
  };
}

async function heldBy(home: Asker, said: { iss: string; aud: string; day: string }) {
  const found = await standingOfDay(home, said);
  return found ? parseStanding(found.body) : null;
}
