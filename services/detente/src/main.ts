#!/usr/bin/env node
// The command `detente`.

import { CommanderError } from 'commander';
import { buildProgram } from './cli.ts';
import { EXIT, explain } from './errors.ts';

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  // Commander has written its own sentence, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok.code : EXIT.usage.code;
  const { outcome, message } = explain(error);
  process.stderr.write(`detente: ${message}\n`);
  if (outcome === 'internal' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return EXIT[outcome].code;
}
