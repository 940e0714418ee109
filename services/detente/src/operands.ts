// Hashes as operands: base64url may begin with a dash, and is no option then.

import type { Command } from 'commander';

const HASH = /^-[\w-]{42}$/;

/** The arguments, with every hash that begins with a dash and is not the value of an option behind a `--`. */
export function settleHashes(program: Command, args: readonly string[]): string[] {
  if (args.includes('--')) return [...args];
  const valued = new Set(optionsOf(program).flatMap(({ required, long, short }) => (required ? [long, short] : [])));
  const isHash = (arg: string, at: number) => HASH.test(arg) && !valued.has(args[at - 1]);
  const hashes = args.filter(isHash);
  if (hashes.length === 0) return [...args];
  return [...args.filter((arg, at) => !isHash(arg, at)), '--', ...hashes];
}

function optionsOf(command: Command): Command['options'] {
  return [...command.options, ...command.commands.flatMap(optionsOf)];
}
