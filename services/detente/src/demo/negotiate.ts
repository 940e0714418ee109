// What reciprocity does, live: two nodes raise what they give each other, one breaks its word, and both read what follows.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Contracts, dataOf } from '@detente/client';
import type { ImportedCase, ImportResult } from '@detente/interop';
import type { OfferBody, OfferRule } from '@detente/reciprocity';
import { explain } from '@detente/reciprocity/texts';
import { TIERS } from '@detente/record';
import { CommandError } from '../errors.ts';
import { sendCases } from '../import-run.ts';
import { plainOffer } from '../offer.ts';
import { patiently } from '../patience.ts';
import { standingLines } from '../standing-text.ts';
import type { DemoNode } from './federation.ts';

/** A node, and the desk that reports to it. */
export type Side = Pick<DemoNode, 'name' | 'origin' | 'casework'> & { key: string; more: ImportResult };

type Peer = Contracts['casework']['/casework/v1/peers/{name}']['get']['responses'][200]['content']['application/json'];

/** What is raised: cells of these domains, to this tier. */
const DOMAINS = ['bio', 'cyber'] as const;
const RAISED = 'amber';
const REASON = 'the demonstration';
const WITHIN = 90_000;
/** Of its registry, so many more incidents of the domains are reported to the first. */
const MORE = 5;
/** Enough of them for more than a warning. */
const THIN = 12;

/** As much of bio and cyber as the other gives, at most amber, and green of the rest; whoever takes it promises what it gives the same. */
export function raisedOffer(): OfferBody {
  const [rest] = plainOffer({ tier: 'green', condition: 'unconditional', backlog: true }).gives;
  const raised: OfferRule = { ...rest!, domains: [...DOMAINS], tier: RAISED, condition: 'as-given' };
  const obligations = [
    { code: 'minimum_detail', params: { percent: 33 } },
    { code: 'acknowledge_within', params: { hours: 24 } },
  ];
  return {
    ...plainOffer({ tier: 'green', condition: 'unconditional', backlog: true }),
    gives: [raised, rest!],
    obligations,
  };
}

/** Cases of the domains, the first of them. */
function concerning(result: ImportResult, count: number): ImportResult {
  const isMeant = ({ fields }: ImportedCase) => DOMAINS.some((domain) => domain === fields.hazard_domain);
  return { ...result, cases: result.cases.filter(isMeant).slice(0, count) };
}

/** Cases of a registry that say next to nothing. */
function thinned(result: ImportResult, count: number): ImportResult {
  const kept = ['kind', 'title', 'summary', 'language'];
  const thin = ({ fields, ...rest }: ImportedCase): ImportedCase => {
    const left = Object.entries(fields).filter(([name]) => kept.includes(name));
    return { ...rest, fields: Object.fromEntries(left), proposals: [] };
  };
  return { ...result, cases: result.cases.slice(0, count).map(thin) };
}

type Stage = { say: (line: string) => void; signal: AbortSignal };

/** Goes through it, and says each step.
 *  @throws CommandError `refused` when a step does not come */
export async function negotiate([first, second]: readonly [Side, Side], stage: Stage): Promise<void> {
  const { say } = stage;
  await raise(first, second, stage);
  say(`${first.name} offers ${RAISED} for ${DOMAINS.join(' and ')}, as far as ${second.name} gives as much:`);
  say(`  ${await ruleOf(first, second.name)}`);
  await raise(second, first, stage);
  await bothGive(RAISED, [first, second], stage);
  say(`${second.name} offers the same, and both give it:`);
  say(`  ${await ruleOf(first, second.name)}`);
  await take(first, concerning(first.more, MORE), stage);
  for (const [taker, giver] of [
    [second, first],
    [first, second],
  ] as const)
    say(`  ${taker.name} reads ${await readsOf(taker, giver, stage)} of them by ${giver.name} up to ${RAISED}`);
  const { received } = await peerOf(first, second.name);
  await take(second, thinned(second.more, THIN), stage);
  say(`${second.name} gives ${THIN} more that say next to nothing, against its promise, and ${first.name} judges it:`);
  const judged = await judge(first, second, { count: received + THIN, stage });
  for (const line of judged) say(`  ${line}`);
  await bothGive('green', [first, second], stage);
  say(`${DOMAINS.join(' and ')} fall to green on both sides, and what went beyond is asked back:`);
  say(`  ${await ruleOf(first, second.name)}`);
  say(`  ${await ruleOf(second, first.name)}`);
}

async function raise(giver: Side, taker: Side, stage: Stage): Promise<void> {
  const params = { path: { name: taker.name } };
  await giver.casework.PUT('/casework/v1/peers/{name}/offer', {
    params,
    body: { offer: raisedOffer(), reason: REASON },
  });
  await until(
    `${giver.name}’s offer counts`,
    stage,
    async () => (await cellOf(giver, taker.name)).rule.code === 'offer_as_given',
  );
}

async function bothGive(tier: (typeof TIERS)[number], sides: readonly [Side, Side], stage: Stage): Promise<void> {
  const [a, b] = sides;
  await until(`both give ${tier}`, stage, async () => {
    const cells = await Promise.all([cellOf(a, b.name), cellOf(b, a.name)]);
    return cells.every(({ level }) => level !== null && TIERS[level - 1] === tier);
  });
}

async function peerOf({ casework }: Side, name: string): Promise<Peer> {
  return dataOf(await casework.GET('/casework/v1/peers/{name}', { params: { path: { name } } }));
}

/** What a node gives another of what nobody has rated, in the first of the domains. */
async function cellOf(giver: Side, name: string) {
  const { given } = await peerOf(giver, name);
  const found = given?.cells.find(({ cell }) => cell === `incident/${DOMAINS[0]}/unrated`);
  if (!found) throw new CommandError('refused', `${giver.name} has no terms with ${name}.`);
  return found;
}

async function ruleOf(giver: Side, name: string): Promise<string> {
  return `${giver.name} to ${name}: ${explain((await cellOf(giver, name)).rule, 'en')}`;
}

async function take({ name, origin, key }: Side, result: ImportResult, { signal }: Stage): Promise<void> {
  const { refused } = await sendCases(result, { url: origin, key, dryRun: false, signal, onProgress: () => undefined });
  if (refused[0]) throw new CommandError('refused', `${name} refused ${refused[0].row}: ${refused[0].detail}.`);
}

/** How many records of the domains it has, once nothing of the giver is under way any more and all of them show the tier. */
async function readsOf(taker: Side, giver: Side, stage: Stage): Promise<number> {
  let count = 0;
  await until(`${taker.name} reads ${RAISED}`, stage, async () => {
    const { waiting, logged, released } = dataOf(await giver.casework.GET('/casework/v1/status'));
    const isQuiet = logged === released && Object.values(waiting).every((one) => one === 0);
    const items = await itemsOf(taker, giver.name);
    count = items.length;
    return isQuiet && count > 0 && items.every(({ level }) => TIERS[level - 1] === RAISED);
  });
  return count;
}

async function itemsOf(taker: Side, peer: string) {
  const all = await Promise.all(
    DOMAINS.map(async (domain) => {
      const params = { query: { peer, domain, limit: 200 } };
      return dataOf(await taker.casework.GET('/casework/v1/inbox', { params })).items;
    }),
  );
  return all.flat();
}

/** Lets conduct decide at once, which is done once a day.
 *  @returns what each of the two then reads, a sentence each */
async function judge(
  judging: Side,
  judged: Side,
  { count, stage }: { count: number; stage: Stage },
): Promise<string[]> {
  await until(`${judging.name} has all`, stage, async () => (await peerOf(judging, judged.name)).received >= count);
  const params = { path: { name: judged.name } };
  const body = { standing: 'computed' as const, reason: REASON };
  await judging.casework.PUT('/casework/v1/peers/{name}/standing', { params, body });
  await until(`${judged.name} is told`, stage, async () => {
    const { our_standing } = await peerOf(judged, judging.name);
    return our_standing !== undefined && our_standing.standing !== 'good';
  });
  const [here] = standingLines(await peerOf(judging, judged.name), 'en');
  const [, there] = standingLines(await peerOf(judged, judging.name), 'en');
  return [`${judging.name} reads of ${judged.name}: ${here}`, `${judged.name} reads: ${there}`];
}

/** @throws CommandError `refused` when it does not come */
async function until(what: string, { signal }: Stage, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + WITHIN;
  while (!(await patiently(ask, { signal }))) {
    if (performance.now() > end) throw new CommandError('refused', `It did not come to this: ${what}.`);
    await sleep(300, undefined, { signal });
  }
}
