// What the adversary measures of a day: numbers with names, the same for every day.
import type { FeedPage } from '@detente/feed';
import type { OwnRecord, View } from './watch.ts';

export type Features = Record<string, number>;

export function featuresOf(view: View): Features {
  const growth = view.sizes.map((size, tick) => size - (view.sizes[tick - 1] ?? 0));
  const own = view.own.map((record) => placeOf(record, view.sizes)).sort((a, b) => a.index - b.index);
  return {
    ...summary('growth', growth),
    'growth.early': Math.max(...growth.slice(0, 6)),
    'growth.steps': growth.filter((leaves) => leaves > 0).length,
    'growth.sizes': new Set(growth).size,
    ...waits(own),
    ...places(own),
    ...pages(view.pages),
    ...bits('leaf', Buffer.concat(view.bundles.map(leavesOf))),
    ...bits('hash', Buffer.concat(view.tiles)),
    'tile.bytes': sum(view.tiles.map(({ length }) => length)),
    'bundle.bytes': sum(view.bundles.map(({ length }) => length)),
  };
}

type Placed = OwnRecord & { batch: number; offset: number; width: number };

function placeOf(record: OwnRecord, sizes: readonly number[]): Placed {
  const batch = sizes.findIndex((size) => size > record.index);
  const start = sizes[batch - 1] ?? 0;
  return { ...record, batch, offset: record.index - start, width: sizes[batch]! - start };
}

/** From the known hour of the release to the batch that it came in, and to the one that its signed part names. */
function waits(own: readonly Placed[]): Features {
  const patient = own.filter(({ urgent }) => !urgent).map(({ batch, released }) => batch - released);
  const urgent = own.filter(({ urgent }) => urgent).map(({ batch, released }) => batch - released);
  const bins = Array.from({ length: 9 }, (_, bin) => [
    `wait.${bin}`,
    patient.filter((wait) => Math.floor((wait - 1) / 8) === bin).length,
  ]);
  return {
    ...summary('wait', patient),
    ...Object.fromEntries(bins),
    'wait.first4': patient.filter((wait) => wait <= 4).length,
    ...summary('hurry', urgent),
    'hurry.delayed': urgent.filter((wait) => wait > 1).length,
    ...summary(
      'spill',
      own.map(({ batch, tick }) => batch - tick),
    ),
  };
}

/** Where its records lie: within batches, and to each other. */
function places(own: readonly Placed[]): Features {
  const gaps = own.slice(1).map(({ index }, i) => index - own[i]!.index);
  return {
    ...summary(
      'offset',
      own.map(({ offset }) => offset),
    ),
    ...summary(
      'share',
      own.map(({ offset, width }) => offset / width),
    ),
    ...summary(
      'width',
      own.map(({ width }) => width),
    ),
    ...summary('gap', gaps),
    'gap.none': gaps.filter((gap) => gap === 1).length,
    'batches.own': new Set(own.map(({ batch }) => batch)).size,
    'index.first': own[0]?.index ?? 0,
    'index.last': own.at(-1)?.index ?? 0,
  };
}

function pages(pulls: View['pages']): Features {
  const gaps = pulls.flatMap(({ page }) =>
    page.items.flatMap((item) => ('gap' in item ? [item.gap.hashes.length] : [])),
  );
  const late = pulls.flatMap(({ page }) => page.late);
  const of = (measure: (page: FeedPage) => number) => pulls.map(({ page }) => measure(page));
  return {
    ...summary(
      'page',
      pulls.map(({ bytes }) => bytes),
    ),
    'page.count': pulls.length,
    ...summary('page.cover', gaps),
    ...summary(
      'page.width',
      of(({ next, after }) => next - after),
    ),
    ...summary(
      'page.items',
      of(({ items }) => items.length),
    ),
    'page.consistency': sum(of(({ consistency }) => consistency.length)),
    'page.note': sum(of(({ checkpoint }) => checkpoint.length)),
    'late.count': late.length,
    'late.number': Math.max(0, ...of(({ late_next }) => late_next)),
    'late.index': sum(late.map(({ index }) => index)),
    'late.proof': sum(late.map(({ proof }) => proof.length)),
  };
}

/** Whether 32-byte values look like anything but noise: bits, bytes, order, repetition. */
function bits(name: string, bytes: Buffer): Features {
  let ones = 0;
  let total = 0;
  for (const byte of bytes) {
    total += byte;
    ones += ONES[byte]!;
  }
  const heads = Array.from({ length: bytes.length / 32 }, (_, i) => bytes.readUInt32BE(i * 32));
  const rising = heads.filter((head, i) => head > (heads[i - 1] ?? Infinity)).length;
  return {
    [`${name}.ones`]: ones / Math.max(1, bytes.length),
    [`${name}.mean`]: total / Math.max(1, bytes.length),
    [`${name}.rising`]: rising / Math.max(1, heads.length),
    [`${name}.least`]: heads.reduce((least, head) => Math.min(least, head), 2 ** 32),
    [`${name}.repeated`]: heads.length - new Set(heads).size,
  };
}

const ONES = Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** The leaves of an entry bundle without their lengths. */
function leavesOf(bundle: Buffer): Buffer {
  return Buffer.concat(Array.from({ length: bundle.length / 34 }, (_, i) => bundle.subarray(i * 34 + 2, (i + 1) * 34)));
}

function summary(name: string, values: readonly number[]): Features {
  const count = Math.max(1, values.length);
  const mean = sum(values) / count;
  const spread = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / count);
  const [least, most] = values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
  return { [`${name}.mean`]: mean, [`${name}.spread`]: spread, [`${name}.least`]: least, [`${name}.most`]: most };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
