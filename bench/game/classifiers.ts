// Simple classifiers that learn from days whose kind is known. Each trains to a function that says which kind a day is of.

/** A day as numbers, and its kind. */
export type Sample = { values: readonly number[]; label: boolean };
export type Judge = (values: readonly number[]) => boolean;
export type Train = (samples: readonly Sample[]) => Judge;

const CUTS = 16;
const ROUNDS = 40;
const BINS = 8;
const STEPS = 400;

/** One number and one threshold. */
export const threshold: Train = (samples) => {
  const even = samples.map(() => 1 / samples.length);
  const { column, cut, sign } = bestStump(samples, even, cutsOf(samples));
  return (values) => sign * (values[column]! - cut) > 0;
};

/** Many thresholds, each on what those before it got wrong (AdaBoost). */
export const boosted: Train = (samples) => {
  const cuts = cutsOf(samples);
  let weights = samples.map(() => 1 / samples.length);
  const stumps: (Stump & { weight: number })[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const stump = bestStump(samples, weights, cuts);
    const wrong = Math.min(Math.max(stump.wrong, 1e-6), 1 - 1e-6);
    const weight = Math.log((1 - wrong) / wrong) / 2;
    stumps.push({ ...stump, weight });
    weights = samples.map(
      (sample, i) => weights[i]! * Math.exp(vote(stump, sample.values) === sample.label ? -weight : weight),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights = weights.map((weight) => weight / total);
  }
  return (values) => stumps.reduce((sum, stump) => sum + (vote(stump, values) ? stump.weight : -stump.weight), 0) > 0;
};

/** How often each number lies in each eighth of its range on days of each kind, all taken as independent. */
export const bayes: Train = (samples) => {
  const cuts = cutsOf(samples).map((column) => column.filter((_, i) => i % (CUTS / BINS) === CUTS / BINS - 1));
  const binOf = (column: number, value: number) => cuts[column]!.filter((cut) => value > cut).length;
  const odds = cuts.map((column, at) => {
    const counts = Array.from({ length: column.length + 1 }, () => [1, 1] as [number, number]);
    for (const { values, label } of samples) counts[binOf(at, values[at]!)]![label ? 1 : 0] += 1;
    const [none, some] = [0, 1].map((kind) => counts.reduce((sum, count) => sum + count[kind]!, 0)) as [number, number];
    return counts.map(([quiet, busy]) => Math.log(busy / some) - Math.log(quiet / none));
  });
  return (values) => odds.reduce((sum, bins, at) => sum + bins[binOf(at, values[at]!)]!, 0) > 0;
};

/** Logistic regression over standardised numbers, with a small penalty on weights. */
export const logistic: Train = (samples) => {
  const scale = samples[0]!.values.map((_, at) => {
    const column = samples.map(({ values }) => values[at]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const spread = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length);
    return { mean, by: spread === 0 ? 0 : 1 / spread };
  });
  const standard = (values: readonly number[]) => scale.map(({ mean, by }, at) => (values[at]! - mean) * by);
  const rows = samples.map(({ values, label }) => ({ values: standard(values), label }));
  const weights = scale.map(() => 0);
  let bias = 0;
  const score = (values: readonly number[]) => values.reduce((sum, value, at) => sum + value * weights[at]!, bias);
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((weight) => 0.02 * weight);
    let tilt = 0;
    for (const { values, label } of rows) {
      const off = (1 / (1 + Math.exp(-score(values))) - Number(label)) / rows.length;
      tilt += off;
      for (let at = 0; at < slope.length; at++) slope[at]! += off * values[at]!;
    }
    bias -= 0.2 * tilt;
    for (let at = 0; at < slope.length; at++) weights[at]! -= 0.2 * slope[at]!;
  }
  return (values) => score(standard(values)) > 0;
};

type Stump = { column: number; cut: number; sign: 1 | -1; wrong: number };

function vote({ column, cut, sign }: Stump, values: readonly number[]): boolean {
  return sign * (values[column]! - cut) > 0;
}

/** Thresholds for each number: between its sixteenths, each once. */
function cutsOf(samples: readonly Sample[]): number[][] {
  return samples[0]!.values.map((_, at) => {
    const sorted = samples.map(({ values }) => values[at]!).sort((a, b) => a - b);
    const cuts = Array.from({ length: CUTS - 1 }, (_, i) => {
      const place = Math.floor(((i + 1) * sorted.length) / CUTS);
      return (sorted[place - 1]! + sorted[place]!) / 2;
    });
    const middle = (sorted[0]! + sorted.at(-1)!) / 2;
    return [...new Set([...cuts, middle])].sort((a, b) => a - b);
  });
}

function bestStump(samples: readonly Sample[], weights: readonly number[], cuts: readonly number[][]): Stump {
  let best: Stump = { column: 0, cut: 0, sign: 1, wrong: 1 };
  for (const [column, own] of cuts.entries()) {
    for (const cut of own) {
      let wrong = 0;
      for (let i = 0; i < samples.length; i++) {
        if (samples[i]!.values[column]! > cut !== samples[i]!.label) wrong += weights[i]!;
      }
      if (wrong < best.wrong) best = { column, cut, sign: 1, wrong };
      if (1 - wrong < best.wrong) best = { column, cut, sign: -1, wrong: 1 - wrong };
    }
  }
  return best;
}
