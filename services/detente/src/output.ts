// What a person reads on standard output, and what a program reads instead.

import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { CommandError } from './errors.ts';

/** Whoever read may have gone (`| head -1`), which is no fault; a disk without room is one.
 *  @returns asks, at the end, what kept standard output from being written */
export function watchOutput(): () => Promise<Error | undefined> {
  let fault: NodeJS.ErrnoException | undefined;
  process.stdout.on('error', (error) => {
    fault ??= error;
  });
  // There is nowhere left to say it.
  process.stderr.on('error', () => undefined);
  return async () => {
    await new Promise((resolve) => process.stdout.write('', resolve));
    return fault?.code === 'EPIPE' ? undefined : fault;
  };
}

/** Outputs on which JSON stands. */
const withJson = new WeakSet<object>();

/** One JSON value on one line. */
export function printJson(value: unknown): void {
  printJsonText(`${JSON.stringify(value)}\n`);
}

/** A JSON value that has a spelling of its own. */
export function printJsonText(text: string): void {
  withJson.add(process.stdout);
  process.stdout.write(text);
}

/** For a program that asked for JSON and has none yet: why there is none. */
export function printJsonError(error: string, message: string): void {
  if (!withJson.has(process.stdout)) printJson({ error, message });
}

export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** A table, or a sentence when there is nothing to put into it. */
export function printTable(head: readonly string[], rows: readonly (readonly unknown[])[], none: string): void {
  print(rows.length === 0 ? none : formatTable(head, rows));
}

/** A table in columns; texts from a network are on one line and can move no cursor. */
export function formatTable(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => plain(cell)));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell)))
      .join('  ')
      .trimEnd();
  const [first, ...others] = cells;
  return [line(first!), widths.map((size) => '─'.repeat(size)).join('  '), ...others.map(line)].join('\n');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
const UNFIT = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** A text as it may stand on a terminal: one line, no control characters. */
export function plain(value: unknown, longest = 200): string {
  const text = value === undefined || value === null ? '' : String(value);
  const clean = stripVTControlCharacters(text).toWellFormed().replace(UNFIT, ' ');
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}

/** Columns of a terminal: East Asian wide characters take two. */
function width(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
      character,
    )
      ? 2
      : 1;
  return columns;
}

/** Writes a file that is not there yet.
 *  @throws CommandError `usage` */
export function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CommandError('usage', `${file} is there already: name another file.`);
  }
}
