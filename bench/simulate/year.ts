// A year of twelve nodes over the production functions for terms, grants, ledger and standing.
import {
  type Evidence,
  foldGrants,
  type GrantRow,
  type Grants,
  grantChanges,
  grantedLevel,
  marksOf,
  type Obligation,
  type OfferBody,
  obligationsOf,
  offerFrom,
  type Standing,
  standingOf,
  type Terms,
  terms,
} from '@detente/reciprocity';
import { type Band, type Cell, type Level, parseCell } from '@detente/record';
import { diceOf } from '../game/dice.ts';
import { CHANCES, type Chances, chance, type Incident, incidentsOf } from './incidents.ts';
import { habits, NEIGHBOUR, PROMISED_HOURS, type Strategy } from './strategies.ts';

export type YearOptions = {
  seed: string;
  strategies: readonly Strategy[];
  days: number;
  /** Off: everything is offered without condition, and nobody's conduct is looked at. */
  isReciprocal: boolean;
  /** Whether what others say that a node kept back counts, which no service gathers: a world beyond what ships. */
  isTold?: boolean;
  /** Nodes that the offers of the others excuse from giving in return. */
  excused?: readonly number[];
  chances?: Chances;
  /** A node that is out of order for some days: what is due in them comes after them. */
  outage?: { node: number; from: number; days: number };
};

export type Year = {
  /** Value of what each node received. */
  received: number[];
  /** Value of what each node gave, to all others together. */
  gave: number[];
  /** By day: how many peers hold each node in `good` standing. */
  trusted: number[][];
  /** By judge and node. */
  standings: Standing[][];
};

type Given = { id: string; cell: Cell; at: number; detected: number; percent: number; isTrue: boolean; index: number };
type Pair = {
  /** What the giver and the taker have to hold against each other about the taker's, and the giver's, conduct. */
  evidence: Evidence[];
  standing: { standing: Standing; since: string };
  rows: GrantRow[];
  grants: Grants;
  terms: string;
  held: Map<string, Level>;
};

const HOUR = 3_600;
const DAY = 86_400;
const START = Date.parse('2026-01-01T00:00:00Z') / 1000;
const dayOf = (day: number) => new Date((START + day * DAY) * 1000).toISOString().slice(0, 10);
const origin = (node: number) => `https://n${node}.example`;
/** A receipt, a report that is late or missing: standings are computed so often. */
const JUDGED_EVERY = 3;
const weights: Readonly<Record<Band, number>> = { unrated: 1, '0-1': 1, '2-3': 3, '4': 6, '5-7': 10 };

export function simulateYear(options: YearOptions): Year {
  const { strategies, days, isReciprocal } = options;
  const nodes = strategies.map((_, node) => node);
  const offer = offerOf(isReciprocal);
  const offerTo = (taker: number) => (options.excused?.includes(taker) ? excusing(offer) : offer);
  const bound = (node: number, judge: number) => obligationsOf({ own: offerTo(judge), other: offerTo(node) });
  const pairs = nodes.map((giver) => nodes.map((taker) => newPair(giver, taker)));
  const made = nodes.map((node) => recordsOf(node, options));
  const year: Year = { received: nodes.map(() => 0), gave: nodes.map(() => 0), trusted: [], standings: [] };
  const memo = new Map<string, Terms>();
  const everyPair = (act: (giver: number, taker: number) => void) =>
    nodes.flatMap((giver) => nodes.map((taker) => giver !== taker && act(giver, taker)));

  for (let day = 0; day < days; day++) {
    everyPair((giver, taker) => {
      const isNew = applyTerms(pairs, { giver, taker, day, offer, memo });
      give(year, pairs, { giver, taker, day, made: made[giver]!, isNew, options });
    });
    for (const node of nodes) misbehave(pairs, node, day, options);
    if (isReciprocal && day % JUDGED_EVERY === 0)
      everyPair((judge, node) => judgeNode(pairs, { judge, node, day, obligations: bound(node, judge) }));
    year.trusted.push(nodes.map((node) => nodes.filter((judge) => isGood(pairs, judge, node)).length));
  }
  year.standings = nodes.map((judge) => nodes.map((node) => pairs[judge]![node]!.standing.standing));
  return year;
}

function isGood(pairs: readonly Pair[][], judge: number, node: number): boolean {
  return judge !== node && pairs[judge]![node]!.standing.standing === 'good';
}

function offerOf(isReciprocal: boolean): OfferBody {
  const balanced = offerFrom('balanced', dayOf(0));
  if (isReciprocal) return balanced;
  return { ...balanced, gives: balanced.gives.map((rule) => ({ ...rule, condition: 'unconditional' })) };
}

/** The same offer, signed so that its taker need not give in return. */
function excusing(offer: OfferBody): OfferBody {
  const obligations = offer.obligations.filter(({ code }) => code !== 'give_in_return');
  return { ...offer, obligations, waives: ['give_in_return'] };
}

function newPair(giver: number, taker: number): Pair {
  const standing = { standing: 'good' as const, since: dayOf(0) };
  const pair = { evidence: [], standing, rows: [], grants: foldGrants([]), terms: '', held: new Map<string, Level>() };
  return giver === taker ? { ...pair, terms: 'own' } : pair;
}

type Made = {
  given: Given[];
  withheld: (Given & { surfaces: number | null })[];
  unseen: { sighting: Evidence; copy: Given; by: number }[];
};

/** What a node makes of its incidents, in the order in which it is there. */
function recordsOf(node: number, options: YearOptions): Made {
  const { seed, strategies, days, outage, chances = CHANCES } = options;
  const { deed, happens, junkADay, tokens } = habits[strategies[node]!];
  const made: Made = { given: [], withheld: [], unseen: [] };
  const here = { ...chances, rate: chances.rate * happens };
  const incidents = incidentsOf(seed, node, { nodes: strategies.length, days, chances: here });
  for (const [place, incident] of incidents.entries()) {
    const { kind, delay, percent, isTrue } = deed(incident);
    const { band } = parseCell(incident.cell);
    const detected = START + (incident.day + 1) * DAY;
    const at = afterOutage(node, Math.floor(detected + delay * PROMISED_HOURS[band] * HOUR), outage);
    const record = { id: `${node}-${place}`, cell: incident.cell, at, detected, percent, isTrue, index: place };
    if (kind === 'given') made.given.push(record);
    if (kind === 'withheld') made.withheld.push({ ...record, surfaces: incident.surfaces });
    if (kind !== 'given' && incident.neighbour !== null) made.unseen.push(seenBy(incident, node, record));
  }
  const beside = (name: string, aDay: number, facts: Pick<Given, 'cell' | 'percent' | 'isTrue'>) => {
    for (let one = 0; one < Math.floor(aDay * days); one++) {
      const day = Math.floor(one / aDay);
      const at = START + day * DAY + (one % Math.max(1, aDay)) * HOUR;
      made.given.push({ id: `${node}-${name}-${one}`, at, detected: at, index: day, ...facts });
    }
  };
  beside('junk', junkADay, { cell: 'incident/other/0-1', percent: 10, isTrue: false });
  beside('token', tokens.aDay, { cell: tokens.cell, percent: 50, isTrue: true });
  made.given.sort((a, b) => a.at - b.at);
  return made;
}

function afterOutage(node: number, at: number, outage: YearOptions['outage']): number {
  if (outage?.node !== node) return at;
  const [from, until] = [START + outage.from * DAY, START + (outage.from + outage.days) * DAY];
  return at >= from && at < until ? until : at;
}

/** A neighbour tells what it knows itself, in its own name and within the time that it promised too. That the other one kept it back
 *  it says when the other's time is over. */
function seenBy({ neighbour, luck }: Incident, of: number, record: Given): Made['unseen'][number] {
  const by = neighbour!;
  const { band } = parseCell(record.cell);
  const { detected } = record;
  const at = Math.floor(detected + luck[1] * NEIGHBOUR * PROMISED_HOURS[band] * HOUR);
  const copy = { ...record, id: `${record.id}-by-${by}`, at, percent: 60 };
  const over = detected + PROMISED_HOURS[band] * HOUR;
  const said = { digest: copy.id, by: origin(by), of: origin(of), at: over, band, detected };
  return { by, copy, sighting: { kind: 'sighting', ...said } };
}

type Terming = { giver: number; taker: number; day: number; offer: OfferBody; memo: Map<string, Terms> };

/** The terms of the day, and the grants that follow. The same standings give the same terms, so they are computed once.
 *  @returns whether anything changed */
function applyTerms(pairs: Pair[][], { giver, taker, day, offer, memo }: Terming): boolean {
  const pair = pairs[giver]![taker]!;
  const [of, by] = [pair.standing.standing, pairs[taker]![giver]!.standing.standing];
  const key = `${of} ${by}`;
  if (pair.terms === key) return false;
  pair.terms = key;
  const held = { digest: 'offer', body: offer };
  const standings = { giver: { digest: of, standing: of }, taker: { digest: by, standing: by } };
  const input = {
    giver: origin(giver),
    taker: origin(taker),
    day: dayOf(day),
    offers: { giver: held, taker: held },
    standings,
  };
  const found = memo.get(key) ?? terms(input);
  memo.set(key, found);
  const { narrowing, widening, restated } = grantChanges(pair.grants, found, { size: day, widenFrom: 0 });
  const number = pair.rows.length;
  pair.rows.push(...[...narrowing, ...widening, ...restated].map((line, at) => ({ ...line, number, line: at })));
  pair.grants = foldGrants(pair.rows);
  return true;
}

type Giving = { giver: number; taker: number; day: number; made: Made; isNew: boolean; options: YearOptions };

function give(year: Year, pairs: Pair[][], { giver, taker, day, made, isNew, options }: Giving): void {
  const pair = pairs[giver]![taker]!;
  const back = pairs[taker]![giver]!;
  const [start, end] = [START + day * DAY, START + (day + 1) * DAY];
  const now = (at: number) => at >= start && at < end;
  // When grants change, what was logged before comes late.
  const due = made.given.filter(({ at }) => now(at) || (isNew && at < start && at > start - 90 * DAY));
  for (const record of due)
    deliver(year, { pair, back, giver, taker, record, at: Math.max(record.at, start), options });
  for (const { copy, sighting, by } of made.unseen)
    if (
      now(copy.at) &&
      by !== taker &&
      habits[options.strategies[by]!].deed({ severity: 0, luck: [1, 0, 1], neighbour: null }).kind === 'given'
    ) {
      const through = pairs[by]![taker]!;
      deliver(year, { pair: through, back: pairs[taker]![by]!, giver: by, taker, record: copy, at: copy.at, options });
      if (options.isTold && through.held.has(copy.id)) back.evidence.push(sighting);
    }
  for (const record of made.withheld)
    if (record.surfaces === day && isGiven(pair, record)) {
      const { id: digest, detected } = record;
      const { band } = parseCell(record.cell);
      back.evidence.push({ kind: 'withheld', digest, by: origin(giver), at: start, band, detected });
    }
}

/** Whether the terms give a record: to withhold what they do not give breaks nothing. */
function isGiven({ grants }: Pair, { id, cell, index }: Given): boolean {
  return (grantedLevel(grants, { record_id: id, cell, least: 1, place: index }) ?? 0) > 0;
}

type Delivery = {
  pair: Pair;
  back: Pair;
  giver: number;
  taker: number;
  record: Given;
  at: number;
  options: YearOptions;
};

function deliver(year: Year, { pair, back, giver, taker, record, at, options }: Delivery): void {
  const place = { record_id: record.id, cell: record.cell, least: 1, place: record.index };
  const level = grantedLevel(pair.grants, place);
  const before = pair.held.get(record.id) ?? null;
  if (level === null || level === 0 || (before !== null && before >= level)) return;
  pair.held.set(record.id, level);
  const worth = worthOf(record, level, at) - (before === null ? 0 : worthOf(record, before, at));
  year.received[taker]! += worth;
  year.gave[giver]! += worth;
  if (before !== null) return;
  const evidence = evidenceOf(record, giver, at, level);
  pair.evidence.push(evidence);
  back.evidence.push(evidence);
  if (record.percent < 20) return;
  const luck = ((record.index * 37 + taker * 11 + giver * 5) % 100) / 100;
  const hours = habits[options.strategies[taker]!].acknowledgeHours(luck);
  const receipted = afterOutage(taker, at + hours * HOUR, options.outage);
  pair.evidence.push({
    kind: 'receipt',
    digest: `r-${record.id}`,
    by: origin(taker),
    at: receipted,
    records: [record.id],
  });
}

/** Tier (1 for clear to 5 for red) times gravity, as far as it is filled in, halved for every thirty days after its detection. */
function worthOf({ cell, percent, isTrue, detected }: Given, level: Level, at: number): number {
  if (!isTrue) return 0;
  const age = Math.max(0, at - detected) / (30 * DAY);
  return weights[parseCell(cell).band] * level * (percent / 100) * 0.5 ** age;
}

/** The day of detection is a green field. */
function evidenceOf({ id, cell, detected, percent, ...record }: Given, by: number, at: number, level: Level): Evidence {
  const facts = {
    band: parseCell(cell).band,
    detected: level >= 2 ? detected : null,
    percent,
    isJunk: percent < 20,
    isNews: true,
  };
  return { kind: 'record', digest: id, by: origin(by), at, ready: record.at, ...facts };
}

/** Logs are cosigned by two neighbours every half day; a node that lies is found out when it shows two histories. */
function misbehave(
  pairs: Pair[][],
  node: number,
  day: number,
  { seed, strategies, outage, isTold }: YearOptions,
): void {
  const { forksADay, slandersADay } = habits[strategies[node]!];
  const dice = diceOf(`${seed}/deeds/${node}/${day}`);
  const at = START + day * DAY + 12 * HOUR;
  const tell = (evidence: Evidence, about = node) => {
    for (const [judge, judging] of pairs.entries())
      if (judge !== about && judge !== node) judging[about]!.evidence.push(evidence);
  };
  const isOut = outage?.node === node && day >= outage.from && day < outage.from + outage.days;
  if (!isOut)
    tell({ kind: 'cosignature', digest: `c-${node}-${day}`, by: 'https://witness.example', log: origin(node), at });
  if (chance(dice) < forksADay) tell({ kind: 'fork', digest: `f-${node}-${day}`, by: origin(node), at });
  if (!isTold || chance(dice) >= slandersADay) return;
  const of = (node + 1 + dice.below(strategies.length - 1)) % strategies.length;
  const said = { by: origin(node), of: origin(of), at, band: '4' as const, detected: at - 20 * DAY };
  tell({ kind: 'sighting', digest: `s-${node}-${day}`, ...said }, of);
}

function judgeNode(
  pairs: Pair[][],
  { judge, node, day, obligations }: { judge: number; node: number; day: number; obligations: readonly Obligation[] },
): void {
  const pair = pairs[judge]![node]!;
  const now = START + (day + 1) * DAY;
  pair.evidence = pair.evidence.filter(({ at }) => at > now - 91 * DAY);
  const { evidence, standing: previous } = pair;
  const marks = marksOf({ party: origin(node), other: origin(judge), obligations, evidence, since: START, now });
  const { standing, since } = standingOf({ marks, previous, override: null, day: dayOf(day) });
  pair.standing = { standing, since };
}
