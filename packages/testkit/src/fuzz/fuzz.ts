// Runs one parser on many inputs: what comes out is a value or the package's own error, and nothing else.
import fc from 'fast-check';
import { changedJson, changedTexts } from './inputs.ts';

export type Parser = {
  /** `package/what it reads` */
  name: string;
  /** What the parser accepts. */
  seeds: readonly string[];
  /** How the seeds are changed: as texts, or value by value as JSON. */
  as: 'text' | 'json';
  /** Parses; where there is one spelling, it also formats the value again and compares. */
  run(input: string): unknown;
  /** The error classes by which an input may be refused. */
  refusals: readonly (new (
    ...args: never[]
  ) => Error & { code: string })[];
};

/** Two texts have the same value though the parser promises one spelling. */
export class SpellingError extends Error {
  override readonly name = 'SpellingError';
}

/** @throws SpellingError when a value, formatted again, is not what it was read from. */
export function sameText(formatted: string, text: string): void {
  if (formatted !== text) throw new SpellingError(`formatted again it is ${JSON.stringify(formatted)}`);
}

export type Report = {
  inputs: number;
  accepted: number;
  /** Inputs refused, by code. */
  refused: Record<string, number>;
  /** Milliseconds that the slowest input took. */
  slowest: number;
  failure: { seed: number; path: string; input: string; cause: unknown } | undefined;
};

/** @param seed of the inputs; the same seed gives the same changes of the same seeds. */
export async function fuzz(parser: Parser, { inputs, seed }: { inputs: number; seed: number }): Promise<Report> {
  const report: Report = { inputs, accepted: 0, refused: {}, slowest: 0, failure: undefined };
  const texts = parser.as === 'json' ? changedJson(parser.seeds) : changedTexts(parser.seeds);
  const { stackTraceLimit } = Error;
  // Most inputs are refused, and to write down where takes as long as to refuse them.
  Error.stackTraceLimit = 0;
  try {
    const result = await checkAll(parser, texts, { numRuns: inputs, seed }, report);
    if (result.failed) {
      const [input = ''] = result.counterexample ?? [];
      Error.stackTraceLimit = stackTraceLimit;
      report.failure = { seed, path: result.counterexamplePath ?? '', input, cause: await causeOf(parser, input) };
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return report;
}

type Result = { failed: boolean; counterexample: [string] | null; counterexamplePath: string | null };

/** Most parsers answer at once, and a promise for each input would take longer than they do. */
async function checkAll(
  parser: Parser,
  texts: fc.Arbitrary<string>,
  limits: { numRuns: number; seed: number },
  report: Report,
): Promise<Result> {
  return parser.run(parser.seeds[0]!) instanceof Promise
    ? await fc.check(
        fc.asyncProperty(texts, (input) => runLater(parser, input, report)),
        limits,
      )
    : fc.check(
        fc.property(texts, (input) => runAtOnce(parser, input, report)),
        limits,
      );
}

/** What an input that failed brings about, with the place. */
async function causeOf(parser: Parser, input: string): Promise<unknown> {
  try {
    await parser.run(input);
  } catch (error) {
    return error;
  }
  return undefined;
}

function runAtOnce(parser: Parser, input: string, report: Report): void {
  const start = performance.now();
  try {
    parser.run(input);
    report.accepted += 1;
  } catch (error) {
    countRefusal(parser, error, report);
  }
  report.slowest = Math.max(report.slowest, performance.now() - start);
}

async function runLater(parser: Parser, input: string, report: Report): Promise<void> {
  const start = performance.now();
  try {
    await parser.run(input);
    report.accepted += 1;
  } catch (error) {
    countRefusal(parser, error, report);
  }
  report.slowest = Math.max(report.slowest, performance.now() - start);
}

/** Throws the error again when it is not one of the parser's refusals. */
function countRefusal({ refusals }: Parser, error: unknown, report: Report): void {
  const code = refusals.some((one) => error instanceof one) ? (error as { code?: unknown }).code : undefined;
  if (typeof code !== 'string') throw error;
  report.refused[code] = (report.refused[code] ?? 0) + 1;
}
