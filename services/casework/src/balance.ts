// The balance with a peer: what each side gave, and what each kept and broke.

import type { Balance } from '@detente/contract/casework';
import { parseStanding, type StandingBody, sideOf, WINDOW_DAYS } from '@detente/reciprocity';
import type { Asker, Database } from '@detente/store/database';
import { standingOfDay } from '@detente/store/evidence';
import { boundBetween, marksOfBoth } from './conduct.ts';
import { readLedger } from './evidence.ts';

const DAY_MS = 86_400_000;

/** Of the days that the ledger looks back to. */
export async function balanceWith(
  sources: { home: Database; border: Database },
  parties: { own: string; peer: string; now: Date },
): Promise<Balance> {
  const { own, peer, now } = parties;
  const day = dayOf(now);
  const bounds = await boundBetween(sources.home.now, { own, peer, day });
  const ledger = await readLedger(sources, parties);
  const marks = marksOfBoth(parties, bounds, ledger);
  const said = (iss: string, aud: string) => standingSaid(sources.home.now, { iss, aud, day });
  return {
    names: { own: new URL(own).host, peer: new URL(peer).host },
    from: dayOf(new Date(now.getTime() - WINDOW_DAYS * DAY_MS)),
    until: day,
    own: { standing: await said(peer, own), ...sideOf(own, ledger.exchanged, marks.own) },
    peer: { standing: await said(own, peer), ...sideOf(peer, ledger.exchanged, marks.peer) },
    contests: ledger.contests.map(({ by, ...contest }) => ({ by: by === own ? 'own' : 'peer', ...contest })),
  };
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

type Said = { iss: string; aud: string; day: string };

/** What one node says of the other's conduct. */
async function standingSaid(home: Asker, said: Said): Promise<Omit<StandingBody, 'overridden'> | null> {
  const found = await standingOfDay(home, said);
  if (!found) return null;
  const { standing, since, reason } = parseStanding(found.body);
  return { standing, since, reason };
}
