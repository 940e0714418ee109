// A year of twelve nodes: does keeping one's promises pay, and does withholding not?
//
// Value received: of each record that a node holds, the gravity (1 for severity 0 to 1 and unrated, 3 for 2 to 3, 6 for 4, 10
// for 5 and above) times the tier up to which it holds it (1 clear to 5 red) times the share of the fields that are filled in,
// halved for every thirty days between detection and arrival. A record that says what is not so, or nothing, is worth nothing.
import { parseArgs } from 'node:util';
import type { Bench, Row } from './row.ts';
import { STRATEGIES, type Strategy } from './simulate/strategies.ts';
import { simulateYear, type Year, type YearOptions } from './simulate/year.ts';

const NODES = 12;
const OUTAGE = { node: 0, from: 120, days: 14 };

export const simulate: Bench = async (args, say) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      days: { type: 'string', default: '365' },
      few: { type: 'boolean' },
    },
  });
  const strategies = values.few ? [...STRATEGIES, ...STRATEGIES] : mostlyHonest();
  const world = { seed: values.seed, strategies, days: Number(values.days), isReciprocal: true };
  const rows: Row[] = [];
  const report = (name: string, unit: string, ours: number, how: object) => {
    rows.push({ name, unit, ours: toThousandths(ours), seed: values.seed, ...how });
    say(JSON.stringify(rows.at(-1)));
  };

  const [rider, withholder] = [strategies.indexOf('free-riding'), strategies.indexOf('withholding')];
  const year = simulateYear(world);
  const shipped = valueBy(year, strategies);
  const free = valueBy(simulateYear({ ...world, isReciprocal: false }), strategies);
  report('honest-over-best-other', 'ratio', ratio(shipped), {
    asked: 'at least 1',
    value: rounded(shipped),
    if_waived_to_all: ratio(valueBy(simulateYear({ ...world, excused: [...strategies.keys()] }), strategies)),
    if_nobody_lost_trust: toThousandths(free.honest! / free['free-riding']!),
    free_riding_gain: gain(rider, year, simulateYear({ ...world, strategies: strategies.with(rider, 'honest') })),
    if_trifles_given: given(world, rider, 'trifling'),
    if_tokens_given: given(world, rider, 'token'),
    quiet: quiet(world, strategies.indexOf('honest')),
    if_neighbours_told: told(world),
  });

  const honest = simulateYear({ ...world, strategies: strategies.with(withholder, 'honest') });
  const sparing = simulateYear({ ...world, strategies: strategies.with(withholder, 'sparing') });
  const withheld = gain(withholder, year, honest);
  report('withholding-gain', 'share of its value', withheld.ours, {
    asked: 'at most 0',
    ...withheld,
    if_never_signed: gain(withholder, sparing, honest),
  });

  const ahead = free['free-riding']! / free.honest!;
  report('control-free-rider-over-honest', 'ratio', ahead, { asked: 'above 1', value: rounded(free) });

  const { lost, back } = recovery(world);
  report('trust-recovers', 'days', back, { outage_days: OUTAGE.days, peers_that_lost_trust: lost });
  return rows;
};

function toThousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Seven honest nodes, and one of each that is not. */
function mostlyHonest(): Strategy[] {
  return [...Array<Strategy>(NODES - STRATEGIES.length).fill('honest'), ...STRATEGIES];
}

/** The mean of what nodes of each strategy received. */
function valueBy({ received }: Year, strategies: readonly Strategy[]): Partial<Record<Strategy, number>> {
  const groups = Map.groupBy(received.entries(), ([node]) => strategies[node]!);
  return Object.fromEntries(
    [...groups].map(([strategy, nodes]) => [strategy, nodes.reduce((sum, [, value]) => sum + value, 0) / nodes.length]),
  );
}

/** What an honest node received over what one of the best other strategy did. */
function ratio(values: Partial<Record<Strategy, number>>): number {
  const others = Object.entries(values).map(([strategy, value]) => (strategy === 'honest' ? 0 : value));
  return toThousandths(values.honest! / Math.max(...others));
}

function rounded(values: Partial<Record<Strategy, number>>) {
  return Object.fromEntries(Object.entries(values).map(([strategy, value]) => [strategy, Math.round(value)]));
}

/** The same year in which the free rider gives a little. `gave`: the value of that over what an honest node gave. */
function given(world: YearOptions, rider: number, strategy: 'trifling' | 'token') {
  const strategies = world.strategies.with(rider, strategy);
  const year = simulateYear({ ...world, strategies });
  const values = valueBy(year, strategies);
  const gave = toThousandths(year.gave[rider]! / year.gave[strategies.indexOf('honest')]!);
  return { ours: ratio(values), value: rounded(values), gave };
}

/** The same year in which hardly anything happens to one of the honest nodes: what it receives, and how many of its peers hold it in good
 *  standing on average, where it is asked to give in return and where the others waived that. */
function quiet(world: YearOptions, node: number) {
  const strategies = world.strategies.with(node, 'quiet');
  const lived = (excused: number[]) => {
    const { received, trusted } = simulateYear({ ...world, strategies, excused });
    const held = trusted.reduce((sum, day) => sum + day[node]!, 0) / trusted.length;
    return { value: Math.round(received[node]!), trusted_by: toThousandths(held) };
  };
  return { asked: lived([]), waived: lived([node]) };
}

/** The same year in a world in which neighbours say that something was kept back. */
function told(world: YearOptions) {
  const values = valueBy(simulateYear({ ...world, isTold: true }), world.strategies);
  return { ours: ratio(values), value: rounded(values) };
}

/** What a node gains over the same year in which it is honest. `ours` compares what it holds itself; `lead` what it holds beyond what
 *  the other nodes hold on average, of which its silence takes something from everybody. */
function gain(node: number, year: Year, honest: Year): { ours: number; lead: number } {
  const others = ({ received }: Year) =>
    received.reduce((sum, value, at) => sum + (at === node ? 0 : value), 0) / (received.length - 1);
  const own = year.received[node]! - honest.received[node]!;
  const lead = own - (others(year) - others(honest));
  const share = (value: number) => toThousandths(value / honest.received[node]!);
  return { ours: share(own), lead: share(lead) };
}

/** All are honest, and one is out of order for a fortnight.
 *  @returns how many peers held it in less than good standing for it, and days from its end until none did; -1 if not in 160 */
function recovery(world: YearOptions): { lost: number; back: number } {
  const strategies = Array<Strategy>(NODES).fill('honest');
  const { trusted } = simulateYear({ ...world, strategies, days: OUTAGE.from + 160, outage: OUTAGE });
  const after = trusted.slice(OUTAGE.from + OUTAGE.days).map((day) => day[OUTAGE.node]!);
  const during = trusted.slice(OUTAGE.from).map((day) => day[OUTAGE.node]!);
  const least = Math.min(...during);
  const low = after.indexOf(least);
  const back = after.findIndex((count, day) => day >= low && count === NODES - 1);
  return { lost: NODES - 1 - least, back };
}
