// A short run of a parser; `npm run fuzz` is the long one.
import { fuzz, type Parser } from '@detente/testkit/fuzz';
import { test } from 'tap';

const INPUTS = 20_000;
export const SEED = 20_261_126;

/** Those that take longest have a file of their own, which runs beside the others. */
export function isSlow({ name }: Parser): boolean {
  return /signed|yaml|csv|jsonl|page|offer/.test(name);
}

export function runBriefly(parser: Parser): void {
  test(`${parser.name}: what is read is a value or the package’s own error (seed ${SEED})`, async (t) => {
    for (const valid of parser.seeds) await t.resolves(async () => parser.run(valid), 'a seed is accepted');
    const { failure, accepted, refused } = await fuzz(parser, { inputs: INPUTS, seed: SEED });
    t.equal(failure, undefined);
    t.equal(
      Object.values(refused).reduce((sum, times) => sum + times, accepted),
      INPUTS,
    );
  });
}
