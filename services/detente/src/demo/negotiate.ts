// What reciprocity does, live: two nodes raise what they give each other, a third passes on what they leave to it, one breaks its
// word, and both read what follows.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Contracts, dataOf } from '@detente/client';
import type { ImportedCase, ImportResult } from '@detente/interop';
import type { OfferBody, OfferRule } from '@detente/reciprocity';
import { explain, standingName } from '@detente/reciprocity/texts';
import { TIERS, type Tier } from '@detente/record';
import { CommandError } from '../errors.ts';
import { sendCases } from '../import-run.ts';
import { plainOffer } from '../offer.ts';
import { patiently } from '../patience.ts';
import type { DemoNode } from './federation.ts';

export type Party = Pick<DemoNode, 'name' | 'origin' | 'casework'>;
/** A node, and the desk that reports to it what `more` has. */
export type Side = Party & { key: string; more: ImportResult };

type Peer = Contracts['casework']['/casework/v1/peers/{name}']['get']['responses'][200]['content']['application/json'];
type Domain = Exclude<OfferRule['domains'][number], '*'>;

/** What is raised between the two, and what one lets the third pass on to the other. */
const RAISED: Domain[] = ['bio', 'cyber'];
const PASSED_ON: Domain[] = ['chemical'];
const TO: Tier = 'amber';
/** So many more incidents of the raised domains are reported to the first. */
const MORE = 5;
/** Records that say next to nothing: enough of them for more than a warning. */
const THIN = 12;
const REASON = 'the demonstration';
const WITHIN = 90_000;

type Stage = { say: (line: string) => void; signal: AbortSignal };

/** Goes through it, and says each step. The two give each other green before, and the third amber-strict and amber.
 *  @throws CommandError `refused` when a step does not come */
export async function negotiate(nodes: { first: Side; second: Side; third: Party }, stage: Stage): Promise<void> {
  await raiseBoth(nodes, stage);
  await passOn(nodes, stage);
  await breakPromise(nodes, stage);
}

async function raiseBoth({ first, second }: { first: Side; second: Side }, stage: Stage): Promise<void> {
  const { say } = stage;
  await offer(first, second, raisedOffer());
  await until(`the offer of ${first.name} counts`, stage, async () => {
    return (await ruleOf(first, second)).code === 'offer_as_given';
  });
  say(`${first.name} offers ${TO} for ${RAISED.join(' and ')}, as far as ${second.name} gives as much:`);
  say(`  ${await sentenceOf(first, second)}`);
  await offer(second, first, raisedOffer());
  await bothGive(TO, [first, second], stage);
  say(`${second.name} offers the same, and both give it:`);
  say(`  ${await sentenceOf(first, second)}`);
  await takeIn(first, concerning(first.more), stage);
  const bySecond = await readsOf(second, first, { domains: RAISED, stage });
  const byFirst = await readsOf(first, second, { domains: RAISED, stage });
  say(
    `  ${second.name} reads ${bySecond.length} of them by ${first.name} up to ${TO}, ${first.name} ${byFirst.length}`,
  );
}

/** As much of some domains as the other gives, and green of the rest; whoever takes it promises what it gives the same. */
function raisedOffer(): OfferBody {
  const plain = plainOffer({ tier: 'green', condition: 'unconditional', backlog: true });
  const raised: OfferRule = { ...plain.gives[0]!, domains: RAISED, tier: TO, condition: 'as-given' };
  const obligations = [
    { code: 'minimum_detail', params: { percent: 33 } },
    { code: 'acknowledge_within', params: { hours: 24 } },
  ];
  return { ...plain, gives: [raised, ...plain.gives], obligations };
}

async function passOn(
  { first, second, third }: { first: Side; second: Side; third: Party },
  stage: Stage,
): Promise<void> {
  const plain = plainOffer({ tier: 'amber-strict', condition: 'unconditional', backlog: true });
  const onward = { to: [first.origin], tier: TO };
  const passed: OfferRule = { ...plain.gives[0]!, domains: PASSED_ON, onward };
  await offer(second, third, { ...plain, gives: [passed, ...plain.gives] });
  const taking = plainOffer({ tier: 'amber', condition: 'unconditional', backlog: true });
  await offer(first, third, { ...taking, relays: [second.origin] });
  const items = await readsOf(first, second, { domains: PASSED_ON, stage });
  const relays = [...new Set(items.map(({ relay }) => relay))].join(', ');
  const what = `${items.length} ${PASSED_ON.join(' and ')} incidents up to ${TO}`;
  stage.say(`${second.name} lets ${third.name} pass on what it gives ${first.name} only at green:`);
  stage.say(`  ${first.name} reads ${what}, by ${relays}, under the signature of ${second.name} and in its log`);
}

async function breakPromise({ first, second }: { first: Side; second: Side }, stage: Stage): Promise<void> {
  const { say } = stage;
  const { received } = await peerOf(first, second);
  await takeIn(second, thinned(second.more), stage);
  await until(`${first.name} has all`, stage, async () => (await peerOf(first, second)).received >= received + THIN);
  say(`${second.name} gives ${THIN} more that say next to nothing, against its promise, and ${first.name} judges it:`);
  // Which it does once a day, or when it is asked to.
  const body = { standing: 'computed' as const, reason: REASON };
  await first.casework.PUT('/casework/v1/peers/{name}/standing', { params: { path: { name: second.name } }, body });
  await until(`${second.name} is told`, stage, async () => {
    return ((await peerOf(second, first)).our_standing?.standing ?? 'good') !== 'good';
  });
  say(`  ${first.name} of ${second.name}: ${standingText((await peerOf(first, second)).standing!)}`);
  say(`  and ${second.name} reads the same: ${standingText((await peerOf(second, first)).our_standing!)}`);
  await bothGive('green', [first, second], stage);
  say(`${RAISED.join(' and ')} fall to green on both sides, and what went beyond is asked back:`);
  say(`  ${await sentenceOf(first, second)}`);
  say(`  ${await sentenceOf(second, first)}`);
}

function standingText({ standing, reason, params }: NonNullable<Peer['standing']>): string {
  return `${standingName(standing, 'en')}. ${explain({ code: reason, params }, 'en')}`;
}

function concerning(result: ImportResult): ImportResult {
  const isMeant = ({ fields }: ImportedCase) => RAISED.some((domain) => domain === fields.hazard_domain);
  return { ...result, cases: result.cases.filter(isMeant).slice(0, MORE) };
}

function thinned(result: ImportResult): ImportResult {
  const kept = ['kind', 'title', 'summary', 'language'];
  const thin = ({ fields, ...rest }: ImportedCase): ImportedCase => {
    const left = Object.entries(fields).filter(([name]) => kept.includes(name));
    return { ...rest, fields: Object.fromEntries(left), proposals: [] };
  };
  return { ...result, cases: result.cases.slice(-THIN).map(thin) };
}

async function offer(giver: Party, taker: Party, body: OfferBody): Promise<void> {
  const params = { path: { name: taker.name } };
  await giver.casework.PUT('/casework/v1/peers/{name}/offer', { params, body: { offer: body, reason: REASON } });
}

async function takeIn({ name, origin, key }: Side, result: ImportResult, { signal }: Stage): Promise<void> {
  const { refused } = await sendCases(result, { url: origin, key, dryRun: false, signal, onProgress: () => undefined });
  if (refused[0]) throw new CommandError('refused', `${name} refused ${refused[0].row}: ${refused[0].detail}.`);
}

async function peerOf({ casework }: Party, { name }: Party): Promise<Peer> {
  return dataOf(await casework.GET('/casework/v1/peers/{name}', { params: { path: { name } } }));
}

/** What a node gives another in a raised domain, of what nobody has rated. */
async function cellOf(giver: Party, taker: Party) {
  const { given } = await peerOf(giver, taker);
  const found = given?.cells.find(({ cell }) => cell === `incident/${RAISED[0]}/unrated`);
  if (!found) throw new CommandError('refused', `${giver.name} has no terms with ${taker.name}.`);
  return found;
}

async function ruleOf(giver: Party, taker: Party) {
  return (await cellOf(giver, taker)).rule;
}

async function sentenceOf(giver: Party, taker: Party): Promise<string> {
  return `${giver.name} to ${taker.name}: ${explain(await ruleOf(giver, taker), 'en')}`;
}

async function bothGive(tier: Tier, [a, b]: readonly [Party, Party], stage: Stage): Promise<void> {
  await until(`both give ${tier}`, stage, async () => {
    const cells = await Promise.all([cellOf(a, b), cellOf(b, a)]);
    return cells.every(({ level }) => level !== null && TIERS[level - 1] === tier);
  });
}

/** The records of the domains that it holds, once it has all of the giver's, and all of them as far as they are to be given. */
async function readsOf(taker: Party, giver: Party, { domains, stage }: { domains: readonly Domain[]; stage: Stage }) {
  let items: Awaited<ReturnType<typeof itemsOf>> = [];
  await until(`${taker.name} reads what ${giver.name} gives up to ${TO}`, stage, async () => {
    // First whether all have come: what came between the two questions would be missing in the answer.
    if (!(await hasAll(taker, giver))) return false;
    items = await itemsOf(taker, giver, domains);
    return items.length > 0 && items.every(({ level }) => TIERS[level - 1] === TO);
  });
  return items;
}

async function hasAll(taker: Party, giver: Party): Promise<boolean> {
  const { cases, released, logged, waiting } = dataOf(await giver.casework.GET('/casework/v1/status'));
  const { released: done = 0, held = 0, retracted = 0, ...others } = cases;
  const isDecided = Object.values(others).every((count) => count === 0) && done + held + retracted > 0;
  if (!isDecided || logged < released || Object.values(waiting).some((count) => count > 0)) return false;
  return (await peerOf(giver, taker)).granted === (await peerOf(taker, giver)).received;
}

async function itemsOf({ casework }: Party, { name: peer }: Party, domains: readonly Domain[]) {
  const all = await Promise.all(
    domains.map(async (domain) => {
      const params = { query: { peer, domain, limit: 200 } };
      return dataOf(await casework.GET('/casework/v1/inbox', { params })).items;
    }),
  );
  return all.flat();
}

/** @throws CommandError `refused` when it does not come */
async function until(what: string, { signal }: Stage, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + WITHIN;
  while (!(await patiently(ask, { signal }))) {
    if (performance.now() > end) throw new CommandError('refused', `It did not come to this: ${what}.`);
    await sleep(300, undefined, { signal });
  }
}
