// The options of a command for who works on Detente: one that is unknown, or has no value, ends it with a sentence.
import { type ParseArgsConfig, parseArgs } from 'node:util';

export function optionsOf<const T extends NonNullable<ParseArgsConfig['options']>>(
  options: T,
  args: readonly string[] = process.argv.slice(2),
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    console.error(
      `${(error as Error).message}. There are: ${Object.keys(options)
        .map((name) => `--${name}`)
        .join(' ')}`,
    );
    process.exit(2);
  }
}
