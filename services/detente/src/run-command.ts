// Runs the command line and turns its end into one sentence and an exit code.

import { CommanderError } from 'commander';
import { buildProgram } from './cli.ts';
import { EXIT, explain } from './errors.ts';

/** @returns the exit code */
export async function runCommand(): Promise<number> {
  try {
    await buildProgram().parseAsync();
    return EXIT.ok.code;
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  // Commander has written its own sentence, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok.code : EXIT.usage.code;
  const { outcome, message } = explain(error);
  process.stderr.write(`detente: ${message}\n`);
  // A fault of this program is the only thing that a stack helps with.
  if (outcome === 'internal' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return EXIT[outcome].code;
}
