// A day as the adversary sees it: everything that a peer and the public may fetch. The checkpoint at every tick, pages less often:
// what is in them follows from both.
import { generateKeyPairSync } from 'node:crypto';
import { composeItems, composePage, type FeedPage, planPage } from '@detente/feed';
import { type RoomRequest, signCheckpoint, type TileId, tileReader } from '@detente/tlog';
import type { Day, Release } from './day.ts';

/** A log of one day, from its beginning. */
export type DayLog = {
  /** Promises batches to leaves, in order. */
  promise(requests: readonly RoomRequest[]): Promise<number[]>;
  /** Leaves on their way, with the batches that they were promised. */
  add(leaves: readonly { leaf: Buffer; tick: number; after: Buffer | null }[]): Promise<void>;
  /** Appends the next batch.
   *  @returns size and root of the tree, and where leaves went */
  sequence(): Promise<{ size: number; root: Buffer; placed: readonly { leaf: Buffer; place: number }[] }>;
  tiles(ids: readonly TileId[]): Promise<(TileId & { bytes: Buffer })[]>;
  /** Every entry bundle. */
  bundles(): Promise<Buffer[]>;
};

export type OwnRecord = {
  released: number;
  urgent: boolean;
  /** What its signed part says: the earliest batch. */
  tick: number;
  index: number;
};

export type View = {
  /** Leaves under the checkpoint after each tick. */
  sizes: number[];
  own: OwnRecord[];
  /** What was pulled every so many ticks: bytes, and what was in them. */
  pages: { bytes: number; page: FeedPage }[];
  tiles: Buffer[];
  bundles: Buffer[];
};

/** Ticks from one pull to the next; days are whole numbers of them. */
export const PULL = 6;

const log = 'cn.example/log/v1';
const { privateKey } = generateKeyPairSync('ed25519');
const terms = { day: '2026-11-27', terms: 'A'.repeat(43) };
const presentation = `${'e'.repeat(400)}.${'e'.repeat(1800)}.${'s'.repeat(86)}~`;

/** Lets the day pass in a log. One of the own records is granted in the evening only, and comes late. */
export async function watchDay(dayLog: DayLog, day: Day): Promise<View> {
  const promised = new Map<Release, number>();
  const places = new Map<string, number>();
  const late = day.releases.find(({ own }) => own);
  const own = day.releases.filter((release) => release.own);
  const view: View = { sizes: [], own: [], pages: [], tiles: [], bundles: [] };
  let after = 0;
  for (let tick = 0; tick < day.ticks; tick++) {
    await release(
      dayLog,
      day.releases.filter(({ at }) => at === tick),
      promised,
    );
    const { size, root, placed } = await dayLog.sequence();
    view.sizes.push(size);
    for (const { leaf, place } of placed) places.set(leaf.toString('hex'), place);
    if (size === 0 || (tick + 1) % PULL !== 0) continue;
    const indexes = own.flatMap((one) => (one === late ? [] : (places.get(one.leaf.toString('hex')) ?? [])));
    const lateIndex = late && tick === day.ticks - 1 ? places.get(late.leaf.toString('hex')) : undefined;
    const range = { after, size, indexes: indexes.filter((index) => index >= after).sort((a, b) => a - b) };
    view.pages.push(await pull(dayLog, range, root, lateIndex));
    after = size;
  }
  view.own = own.map((one) => ({
    ...{ released: one.at, urgent: one.urgent, tick: promised.get(one)! },
    index: places.get(one.leaf.toString('hex'))!,
  }));
  view.tiles = (await dayLog.tiles(leafTiles(after))).map(({ bytes }) => bytes);
  view.bundles = await dayLog.bundles();
  return view;
}

async function release(dayLog: DayLog, releases: readonly Release[], promised: Map<Release, number>): Promise<void> {
  if (releases.length === 0) return;
  const ticks = await dayLog.promise(
    releases.map(({ urgent, before }) => ({ urgent, after: before && promised.get(before) })),
  );
  for (const [i, one] of releases.entries()) promised.set(one, ticks[i]!);
  await dayLog.add(releases.map(({ leaf, before }, i) => ({ leaf, tick: ticks[i]!, after: before?.leaf ?? null })));
}

type PageRange = { after: number; size: number; indexes: number[] };

/** The page that a node composes for its peer. */
async function pull(dayLog: DayLog, range: PageRange, root: Buffer, lateIndex: number | undefined) {
  const late = lateIndex === undefined ? [] : [{ number: 1, index: lateIndex, presentation, rule: 'widened' }];
  const plan = planPage({ ...range, complete: true, late: late.map(({ index }) => index) });
  const read = tileReader(await dayLog.tiles(plan.tiles));
  const presentations = range.indexes.map(() => presentation);
  const items = composeItems(plan, presentations, read);
  const checkpoint = signCheckpoint({ origin: log, size: range.size, root }, privateKey);
  const text = composePage({ plan, log, ...terms, items, checkpoint, late, lateAfter: 0, read });
  return { bytes: text.length, page: JSON.parse(text) as FeedPage };
}

function leafTiles(size: number): TileId[] {
  return Array.from({ length: Math.ceil(size / 256) }, (_, index) => ({ level: 0, index }));
}
