// Prints, as JSON, how many steps findEntities takes, or findCounts and generalise, for each unit repeated to 4,000 and to 16,000 characters: the engine's own counts
// of every block that runs. A process of its own, since taking the counts resets them for whoever else counts.
import { Session } from 'node:inspector/promises';
import { findCounts, findEntities, generalise } from '../src/findings.ts';

const units = JSON.parse(process.argv[2] ?? '[]') as string[];
const read =
  process.argv[3] === 'generalise'
    ? (text: string) => void generalise(text, [...findEntities(text), ...findCounts(text)].sort(byStart), 'clear')
    : (text: string) => void findEntities(text);
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

async function stepsOf(text: string): Promise<number> {
  await session.post('Profiler.takePreciseCoverage');
  read(text);
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ours = result.filter(({ url }) => url.includes('/redaction/src/'));
  const ranges = ours.flatMap(({ functions }) => functions.flatMap((called) => called.ranges));
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

// The lists are read with the first text.
read('Anna 王强');
const steps: Record<string, [short: number, long: number]> = {};
for (const unit of units) {
  const [short, long] = [4_000, 16_000].map((length) => unit.repeat(Math.ceil(length / unit.length)));
  // Words are looked up once and then remembered.
  read(short!);
  steps[unit] = [await stepsOf(short!), await stepsOf(long!)];
}
console.log(JSON.stringify(steps));

function byStart(a: { start: number }, b: { start: number }): number {
  return a.start - b.start;
}
