// The wire of one node of real processes: whether time tells what a caller may not know, and how soon a cap refuses.
import { parseArgs } from 'node:util';
import type { Bench, Row } from './row.ts';
import { capsOf } from './wire/caps.ts';
import { pairsOf } from './wire/pairs.ts';
import { type Ask, startScene } from './wire/scene.ts';

export const wire: Bench = async (args, say) => {
  const { values } = parseArgs({ args: [...args], options: { samples: { type: 'string', default: '300' } } });
  const samples = Number(values.samples);
  const rows: Row[] = [];
  const report = (row: Row) => {
    rows.push(row);
    say(`${row.name} ${row.ours} ${row.unit} ${JSON.stringify(row)}`);
  };
  const scene = await startScene();
  try {
    for (const { name, status, hidden, absent } of await pairsOf(scene))
      report({ name: `wire-hidden: ${name}`, ...(await apart({ status, hidden, absent }, samples)) });
    for (const { name, status, ask } of capsOf(scene))
      report({ name: `wire-cap: ${name}`, ...(await refusals({ status, ask }, Math.ceil(samples / 6))) });
  } finally {
    await scene.stop();
  }
  return rows;
};

/** Asks for both in turns whose order is drawn. `ours` is how far the medians lie apart; `noise` how far those of two halves of the same
 *  question do, which is what no difference looks like. */
async function apart({ status, hidden, absent }: { status: number; hidden: Ask; absent: Ask }, samples: number) {
  const times: { hidden: number[]; absent: number[] } = { hidden: [], absent: [] };
  for (let i = -10; i < samples; i++) {
    const order = Math.random() < 0.5 ? (['hidden', 'absent'] as const) : (['absent', 'hidden'] as const);
    for (const which of order) {
      const ms = await timed(which === 'hidden' ? hidden : absent, status);
      if (i >= 0) times[which].push(ms);
    }
  }
  const halves = [0, 1].map((half) =>
    at(
      times.absent.filter((_, i) => i % 2 === half),
      0.5,
    ),
  );
  return {
    unit: 'ms',
    ours: round(Math.abs(at(times.hidden, 0.5) - at(times.absent, 0.5))),
    noise: round(Math.abs(halves[0]! - halves[1]!)),
    hidden: spread(times.hidden),
    absent: spread(times.absent),
    samples,
  };
}

/** `ours` is the slowest answer. */
async function refusals({ status, ask }: { status: number; ask: Ask }, samples: number) {
  const times: number[] = [];
  for (let i = -2; i < samples; i++) {
    const ms = await timed(ask, status);
    if (i >= 0) times.push(ms);
  }
  return { unit: 'ms', ours: round(Math.max(...times)), median: round(at(times, 0.5)), bound: 100, status, samples };
}

/** Milliseconds until the answer is read whole. The request is made before. */
async function timed(ask: Ask, status: number): Promise<number> {
  const send = ask();
  const begun = performance.now();
  const answer = await send();
  const ms = performance.now() - begun;
  if (answer.status !== status) throw new Error(`answered ${answer.status} instead of ${status}: ${answer.text}`);
  return ms;
}

function spread(times: readonly number[]) {
  return { median: round(at(times, 0.5)), p10: round(at(times, 0.1)), p90: round(at(times, 0.9)) };
}

function at(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(share * times.length)]!;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
