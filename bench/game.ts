// The game of count: how well does the best adversary tell a day with n withheld records from one with n + 8?
import { parseArgs } from 'node:util';
import { databaseDays } from './game/database-log.ts';
import { drawDay, nameOf, type Setting } from './game/day.ts';
import { diceOf } from './game/dice.ts';
import { featuresOf } from './game/features.ts';
import { type Contest, type Effort, type Outcome, play } from './game/play.ts';
import { type Arm, arms, simulatedLog } from './game/simulated-log.ts';
import { watchDay } from './game/watch.ts';
import type { Bench, Row } from './row.ts';

type SimulatedRow = { name: string; bound: string; arm: keyof typeof arms; effort: Effort; of: readonly Setting[] };
type Options = ReturnType<typeof readOptions>;

export const game: Bench = async (args, say) => {
  const options = readOptions(args);
  const { seed } = options;
  const rows: Row[] = [];
  const report = async (name: string, bound: string, effort: Effort, contests: readonly Contest[]) => {
    const row = rowOf(name, bound, await play(contests, effort), { seed, ...effort });
    rows.push(row);
    say(`${row.name} ${row.ours} (${row.setting}, ${row.classifier})`);
  };
  const wanted = (name: string) => options.only === undefined || options.only === name;
  for (const { name, bound, arm, effort, of } of simulatedRows(options)) {
    const contests = of.map((setting) => contestOf(seed, arm, setting));
    if (wanted(name)) await report(name, bound, effort, contests);
  }
  if (!wanted('count-game-database')) return rows;
  const burst: Setting = { withheld: options.withheld.at(-1)!, when: 'burst', urgent: URGENT };
  const days = await databaseDays();
  try {
    const real = databaseContest(seed, days, burst);
    await report('count-game-database', 'at most 0.55', options.small, [real]);
    const alike = databaseOrSimulated(real, contestOf(seed, 'product', burst));
    await report('count-game-alike', 'at most 0.55', options.small, [alike]);
  } finally {
    await days.stop();
  }
  return rows;
};

/** Of so many records one is of severity 4, but where all are. */
const URGENT = 8;

function simulatedRows({ withheld, effort, small }: Options): SimulatedRow[] {
  const of = (when: Setting['when'], urgent = URGENT) => withheld.map((count) => ({ withheld: count, when, urgent }));
  const all = [...of('burst'), ...of('spread')];
  return [
    { name: 'count-game', bound: 'at most 0.55', arm: 'product', effort, of: all },
    { name: 'count-game-unpadded', bound: 'at least 0.95', arm: 'unpadded', effort: small, of: all },
    { name: 'count-game-load', bound: 'at least 0.70', arm: 'load', effort: small, of: all },
    { name: 'count-game-queue', bound: 'at least 0.70', arm: 'queue', effort: small, of: all },
    { name: 'count-game-urgent', bound: 'none', arm: 'product', effort: small, of: of('burst', 1) },
  ];
}

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      withheld: { type: 'string', default: '0,8,40' },
      train: { type: 'string', default: '400' },
      trials: { type: 'string', default: '400' },
    },
  });
  const [train, trials] = [Number(values.train), Number(values.trials)];
  const effort: Effort = { train, validate: trials, trials };
  // What is found with ease, or is slow, is learnt from fewer days, and asked on as many.
  const small: Effort = { train: train / 2, validate: trials / 2, trials };
  return { seed: values.seed, only: values.only, withheld: values.withheld.split(',').map(Number), effort, small };
}

function contestOf(seed: string, arm: keyof typeof arms, setting: Setting): Contest {
  const name = nameOf(setting);
  return {
    setting: name,
    async make(part, number, busy) {
      const dice = diceOf(`${seed}/${arm}/${name}/${part}/${number}`);
      return featuresOf(await watchDay(simulatedLog(arms[arm] as Arm, dice.bytes), drawDay(dice, setting, busy)));
    },
  };
}

function databaseContest(seed: string, days: Awaited<ReturnType<typeof databaseDays>>, setting: Setting): Contest {
  return {
    setting: nameOf(setting),
    async make(part, number, busy) {
      const dice = diceOf(`${seed}/database/${part}/${number}`);
      return featuresOf(await days.run((log) => watchDay(log, drawDay(dice, setting, busy)), dice.bytes));
    },
  };
}

/** Days of the same kinds, of a log in the database or of a simulated one: which? */
function databaseOrSimulated(real: Contest, simulated: Contest): Contest {
  return {
    setting: `${real.setting}: database or not`,
    make: (part, number, inDatabase) => (inDatabase ? real : simulated).make(`alike ${part}`, number, number % 4 > 1),
  };
}

function rowOf(name: string, bound: string, { right, ...how }: Outcome, played: object): Row {
  const trials = (played as Effort).trials;
  const error = Math.round(Math.sqrt((right * (1 - right)) / trials) * 1000) / 1000;
  return { name, unit: 'share of right answers', ours: right, bound, standard_error: error, ...how, ...played };
}
