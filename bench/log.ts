// The log: what a batch, a proof and a check cost, on logs of different sizes; how long a leaf waits; what padding weighs.
import { randomBytes, randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { readTiles } from '@detente/store/log-proof';
import { readLog, readLogRows } from '@detente/store/worker';
import { damageOfTile, inclusionProof, nodesForInclusion, tileReader, tilesAbove, tilesForNodes } from '@detente/tlog';
import { arms, simulatedLog } from './game/simulated-log.ts';
import { watchDay } from './game/watch.ts';
import { type LargeLog, startLargeLog } from './log/large-log.ts';
import { latencies } from './log/latency.ts';
import type { Bench, Row } from './row.ts';

/** Ticks of a day at the default of one minute. */
const DAY = 1_440;
const SLICE = 16;

export const log: Bench = async (args, say) => {
  const { sizes, samples } = readOptions(args);
  const rows: Row[] = [];
  const report = (name: string, unit: string, ours: number, how: object = {}) => {
    rows.push({ name, unit, ours: round(ours), ...how });
    say(`${name} ${round(ours)} ${unit} ${JSON.stringify(how)}`);
  };
  const large = await startLargeLog();
  try {
    for (const leaves of sizes) await measureAt(large, leaves, samples, report);
    const checked = sizes.length > 1 ? sizes[1]! : sizes[0]!;
    report('log-append', 'leaves a second', await appendRate(large, samples), { batch: 256, leaves: large.size() });
    report('log-check', 'seconds', await checkAll(large, checked), { leaves: checked });
  } finally {
    await large.stop();
  }
  const tickMs = 1_000;
  const waits = await latencies(samples, tickMs);
  for (const [name, times] of [['log-latency', waits.leaf] as const, ['log-release', waits.release] as const]) {
    const p99 = round(times[Math.ceil(times.length * 0.99) - 1]!);
    report(name, 'ms', middle(times), { p99, samples, tick_ms: tickMs });
  }
  const { pages, tiles, pulls } = await weighPadding();
  report('log-padding-pages', 'bytes per peer and day', pages, { pulls });
  report('log-padding-tiles', 'bytes per mirror and day', tiles, { leaves: DAY * 16 });
  return rows;
};

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sizes: { type: 'string', default: '1024,1048576,10485760' },
      samples: { type: 'string', default: '50' },
    },
  });
  return { sizes: values.sizes.split(',').map(Number), samples: Number(values.samples) };
}

type Report = (name: string, unit: string, ours: number, how?: object) => void;

/** At this size: a tick of the default batch, and proofs of any leaf. */
async function measureAt(large: LargeLog, leaves: number, samples: number, report: Report): Promise<void> {
  await large.grow(leaves);
  report('log-proofs', 'proofs a second', await proofRate(large, leaves, samples * 20), { leaves });
  await large.setBatch(16);
  const times: number[] = [];
  // As many batches as fill a tile, so that the next size begins with whole ones.
  for (let i = 0; i < 16 * Math.ceil(samples / 16); i++) times.push(await large.tick());
  report('log-tick', 'ms', middle(times), { leaves, batch: 16 });
}

async function proofRate({ border }: LargeLog, size: number, count: number): Promise<number> {
  const begun = performance.now();
  for (let i = 0; i < count; i++) {
    const index = randomInt(size);
    const tiles = tilesForNodes(nodesForInclusion(index, size), size);
    inclusionProof(index, size, tileReader(await border.read((reader) => readTiles(reader, tiles))));
  }
  return (1000 * count) / (performance.now() - begun);
}

async function appendRate(large: LargeLog, samples: number): Promise<number> {
  await large.setBatch(256);
  const begun = performance.now();
  for (let i = 0; i < samples; i++) await large.tick();
  return (256_000 * samples) / (performance.now() - begun);
}

/** As the worker reads the whole log at its start, without the pauses between the slices.
 *  @returns seconds */
async function checkAll({ border }: LargeLog, leaves: number): Promise<number> {
  const begun = performance.now();
  for (let first = 0; first * 256 < leaves; first += SLICE) {
    await border.read(async (reader) => {
      const { size } = (await readLog(reader))!;
      const bundles = Array.from({ length: SLICE }, (_, i) => first + i).filter((index) => index * 256 < leaves);
      const rows = await readLogRows(reader, { tiles: bundles.flatMap((index) => tilesAbove(index, size)), bundles });
      for (const index of bundles) {
        if (damageOfTile(rows, index, size, false)) throw new Error(`tile ${index} does not fit`);
      }
    });
  }
  return (performance.now() - begun) / 1000;
}

/** A day on which nothing is released. */
async function weighPadding(): Promise<{ pages: number; tiles: number; pulls: number }> {
  const { pages, tiles, bundles } = await watchDay(simulatedLog(arms.product, randomBytes), {
    releases: [],
    ticks: DAY,
  });
  const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);
  return {
    pages: sum(pages.map(({ bytes }) => bytes)),
    tiles: sum([...tiles, ...bundles].map(({ length }) => length)),
    pulls: pages.length,
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
