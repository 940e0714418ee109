// What an offer to a peer would change: asked as the worker asks once it is signed.

import type { OfferEffects, OfferSimulation } from '@detente/contract/casework';
import {
  type Effect,
  type Flow,
  flowUnder,
  type GrantRow,
  type OfferBody,
  signingEffects,
  singleGrants,
  type Terms,
  terms,
} from '@detente/reciprocity';
import { type Cell, leastLevel, nameOfType, type Tlp } from '@detente/record';
import { grantsOfPeer, ownRecordsBehind, type RecordFacts, readServed, recordsOfDays } from '@detente/store/casework';
import type { Database, Reader } from '@detente/store/database';
import type { Both } from './conduct.ts';
import { type Foreseen, foreseenStandings } from './foreseen.ts';
import { offerInForce, wordOf } from './offers.ts';

/** Records that an answer lists; the counts are of all. */
export const LISTED = 200;
/** Records of a step. */
const STEP = 5_000;
/** Days that a simulation looks back, and records of a direction that it looks at: the most recent by digest, in no order of time. */
const DAYS = 90;
const LOOKED_AT = 50_000;

/** In the place of the digest of what nobody has signed. */
const UNSIGNED = '-'.repeat(43);

type Databases = { home: Database; border: Database };
/** `day`: the one from which the offer would count. */
type Asked = { own: string; peer: string; offer: OfferBody; day: string };

/** Terms of both directions with the offer in the place of ours, and with standings in the place of those that were signed. */
async function termsWith(
  reader: Reader,
  { own, peer, offer, day }: Asked,
  foreseen: Both<Foreseen | undefined> = { own: undefined, peer: undefined },
) {
  const ours = await wordOf(reader, { giver: own, taker: peer, day });
  const theirs = await wordOf(reader, { giver: peer, taker: own, day });
  const held = (one: Foreseen | undefined) => one && { standing: { digest: UNSIGNED, standing: one.standing } };
  return termsOf({
    ...{ own, peer, day },
    theirs: { ...theirs, ...held(foreseen.own) },
    ours: { ...ours, offer: { digest: UNSIGNED, body: offer }, ...held(foreseen.peer) },
  });
}

type Word = Awaited<ReturnType<typeof wordOf>>;

function termsOf({
  own,
  peer,
  day,
  ours,
  theirs,
}: {
  own: string;
  peer: string;
  day: string;
  ours: Word;
  theirs: Word;
}) {
  const between = (giver: string, taker: string, [gives, takes]: [Word, Word]): Terms =>
    terms({
      ...{ giver, taker, day },
      offers: { giver: gives.offer, taker: takes.offer },
      standings: { giver: gives.standing, taker: takes.standing },
    });
  return { given: between(own, peer, [ours, theirs]), taken: between(peer, own, [theirs, ours]) };
}

/** Which versions that are logged already it would release, which it would ask back, and what was given by name beside it. */
export async function effectsOf({ home, border }: Databases, asked: Asked): Promise<OfferEffects> {
  const { peer, offer } = asked;
  const { rows, served } = await border.read(async (reader) => ({
    rows: await grantsOfPeer(reader, peer),
    served: await readServed(reader, peer),
  }));
  const found = { releases: emptyList(), recalls: emptyList(), singles: emptyList() };
  await home.read(async (reader) => {
    const { given: after } = await termsWith(reader, asked);
    const log = { size: served.size, widenFrom: offer.backlog ? 0 : served.size };
    const wasServed = ({ digest, place }: { digest: string; place: number | null }) =>
      (place !== null && place < served.mark) || served.warned.has(digest);
    let behind = '';
    for (;;) {
      const step = await ownRecordsBehind(reader, behind, STEP);
      if (step.length === 0) return;
      behind = step.at(-1)!.digest;
      const records = step.map(factsOf);
      const input = { rows, after, log, records };
      const { released, recalled } = signingEffects({ ...input, wasServed });
      // What is not logged yet is on its way in any case.
      const logged = new Set(records.flatMap(({ digest, place }) => (place === null ? [] : digest)));
      add(
        found.releases,
        released.filter(({ digest }) => logged.has(digest)),
      );
      add(found.recalls, recalled);
      add(found.singles, singleGrants(input));
    }
  });
  const summary = [
    { code: 'offer_releases', params: { count: found.releases.count } },
    { code: 'offer_recalls', params: { count: found.recalls.count } },
    { code: 'offer_beside_singles', params: { count: found.singles.count } },
  ];
  return { ...found, summary: summary.filter(({ params }) => params.count > 0) };
}

type List = OfferEffects['releases'];

function emptyList(): List {
  return { count: 0, items: [] };
}

function add(list: List, effects: readonly Effect[]): void {
  list.count += effects.length;
  list.items.push(...effects.slice(0, LISTED - list.items.length));
}

function factsOf({ id, digest, type, domain, band, tlp, place }: RecordFacts) {
  const cell = `${nameOfType(type)}/${domain}/${band}` as Cell;
  return { record_id: id, digest, cell, least: leastLevel(tlp as Tlp), place };
}

/** What would have flowed more or less in the last days, had the offer held then: of our records, and of theirs that are here. Who would
 *  have broken what it promises is given what the standing leaves that follows. */
export async function simulate({ home, border }: Databases, asked: Asked & { now: Date }): Promise<OfferSimulation> {
  const { own, peer, offer, now, day } = asked;
  const today = now.toISOString().slice(0, 10);
  const other = await offerInForce(home.now, { iss: peer, aud: own, day });
  const offers = { own: offer, peer: other?.body ?? null };
  const foreseen = await foreseenStandings({ home, border }, { own, peer, now, offers });
  const rows = await grantsOfPeer(border.now, peer);
  return home.read(async (reader) => {
    const [ours, theirs] = [
      await wordOf(reader, { giver: own, taker: peer, day: today }),
      await wordOf(reader, { giver: peer, taker: own, day: today }),
    ];
    const before = termsOf({ own, peer, day: today, ours, theirs });
    const after = await termsWith(reader, asked, foreseen);
    const limit = { days: DAYS, limit: LOOKED_AT };
    const mine = givenByTerms(rows, await recordsOfDays(reader, 'own', limit));
    const received = await recordsOfDays(reader, { peer }, limit);
    return {
      ...{ days: DAYS, counts_from: day },
      standings: [foreseen.own, foreseen.peer].flatMap((one) => one?.reason ?? []),
      given: shownFlow('given', flowUnder(before.given, after.given, mine.map(factsOf)), mine.length),
      taken: shownFlow('taken', flowUnder(before.taken, after.taken, received.map(factsOf)), received.length),
    };
  });
}

/** What is given by name does not follow from terms. */
function givenByTerms(rows: readonly GrantRow[], records: readonly RecordFacts[]): RecordFacts[] {
  const singles = new Set(rows.flatMap(({ record_id }) => record_id ?? []));
  return records.filter(({ id }) => !singles.has(id));
}

function shownFlow(direction: 'given' | 'taken', flow: Flow, records: number): OfferSimulation['given'] {
  const { more, less, cells, changed } = flow;
  const params = { records, days: DAYS };
  const counts = (
    [
      ['more', more],
      ['less', less],
    ] as const
  ).filter(([, count]) => count > 0);
  const summary = counts.map(([what, count]) => ({ code: `${direction}_${what}`, params: { ...params, count } }));
  const same = { code: `${direction}_same`, params };
  return {
    records,
    more,
    less,
    cells,
    items: changed.slice(0, LISTED),
    summary: summary.length > 0 ? summary : [same],
  };
}
