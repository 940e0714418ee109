// Fuzzes the parsers of what strangers send. npm run fuzz -- [--inputs N] [--only NAME] [--seed N]

import { fuzz, type Parser, parsers, type Report } from '@detente/testkit/fuzz';
import { optionsOf } from './options.ts';

const values = optionsOf({
  inputs: { type: 'string', default: '1000000' },
  only: { type: 'string', default: '' },
  seed: { type: 'string', default: String(Date.now() % 0x7fffffff) },
});
const [inputs, seed] = [countOf(values.inputs), countOf(values.seed)];
const chosen = parsers.filter(({ name }) => name.includes(values.only));
if (chosen.length === 0) {
  console.error(`No parser is called ${values.only}. There are: ${parsers.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

console.log(`${chosen.length} parsers, ${inputs} inputs each, seed ${seed}`);
for (const parser of chosen) {
  const start = performance.now();
  const report = await fuzz(parser, { inputs, seed });
  console.log(lineOf(parser, report, (performance.now() - start) / 1000));
  if (report.failure === undefined) continue;
  const { path, input, cause } = report.failure;
  console.log(`FAILED with seed ${seed} at ${path}, on the input ${JSON.stringify(input)}`);
  console.log(cause);
  process.exitCode = 1;
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  console.error(`Not a number above 0: ${text}`);
  process.exit(1);
}

/** Inputs, seconds, the slowest input, and how many were refused, the most frequent codes first. */
function lineOf({ name }: Parser, { accepted, refused, slowest }: Report, seconds: number): string {
  const codes = Object.entries(refused).sort(([, a], [, b]) => b - a);
  const told = codes.map(([code, times]) => `${code} ${times}`).join(', ');
  const total = accepted + codes.reduce((sum, [, times]) => sum + times, 0);
  return `${name}: ${total} inputs in ${seconds.toFixed(1)} s, slowest ${slowest.toFixed(1)} ms; accepted ${accepted}; ${told}`;
}
