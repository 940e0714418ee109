// Examples below a command's help.

import type { Command } from 'commander';

export function examples(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ detente ${line}`).join('\n')}`);
}
