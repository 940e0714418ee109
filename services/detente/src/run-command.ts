// Runs the command line and turns its end into one sentence and an exit code.

import { CommanderError } from 'commander';
import { buildProgram } from './cli.ts';
import { EXIT, explain } from './errors.ts';
import { settleHashes } from './operands.ts';
import { printJsonError, watchOutput } from './output.ts';

/** @param args what stands behind `detente`
 *  @returns the exit code */
export async function runCommand(args: readonly string[]): Promise<number> {
  const outputFault = watchOutput();
  let code: number = EXIT.ok.code;
  try {
    const program = buildProgram();
    await program.parseAsync(settleHashes(program, args), { from: 'user' });
  } catch (error) {
    code = report(error, args);
  }
  const fault = await outputFault();
  return fault === undefined ? code : report(fault, args);
}

function report(error: unknown, args: readonly string[]): number {
  const wantsJson = args.includes('--json');
  // Commander has written its own sentence, or the help that was asked for.
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok.code;
    if (wantsJson) printJsonError('usage', error.message);
    return EXIT.usage.code;
  }
  const { outcome, message } = explain(error);
  if (wantsJson) printJsonError(outcome, message);
  process.stderr.write(`detente: ${message}\n`);
  // A fault of this program is the only thing that a stack helps with.
  if (outcome === 'internal' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return EXIT[outcome].code;
}
