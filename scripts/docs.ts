// Rewrites what the documents take from the code: the tables between `<!-- made: name -->` and `<!-- end -->`.
// `--check` writes nothing and fails when a table is not what the code says.

import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { configTable } from '@detente/server';
import { EXIT } from '../services/detente/src/errors.ts';
import { settingsByProcess } from './settings.ts';

const root = resolve(import.meta.dirname, '..');
const FILES = ['docs/operating.md'];

const made: Record<string, string> = {
  ...Object.fromEntries(Object.entries(settingsByProcess).map(([name, schema]) => [name, configTable(schema)])),
  'exit codes': exitTable(),
};

function exitTable(): string {
  const rows = Object.values(EXIT).map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  return ['| code | meaning |', '| --- | --- |', ...rows].join('\n');
}

/** A document with its tables as the code says now.
 *  @throws Error for a marker without its end, and for a name that nothing is made for */
export function withTables(text: string): string {
  const parts = text.split(/(?=<!-- made: )/);
  const rest = parts.slice(1).map((part) => {
    const [, name = ''] = /^<!-- made: ([a-z -]+) -->\n/.exec(part) ?? [];
    const table = made[name];
    const end = part.indexOf('<!-- end -->');
    if (table === undefined || end === -1) throw new Error(`no table for the marker ${part.split('\n')[0]}`);
    return `<!-- made: ${name} -->\n${table}\n${part.slice(end)}`;
  });
  return [parts[0], ...rest].join('');
}

/** Names of the tables that a document must have, so that none is forgotten. */
export const tables: readonly string[] = Object.keys(made);

if (import.meta.main) {
  const stale = FILES.filter((file) => {
    const path = join(root, file);
    const before = readFileSync(path, 'utf8');
    const after = withTables(before);
    if (after !== before && !process.argv.includes('--check')) writeFileSync(path, after);
    return after !== before;
  });
  if (process.argv.includes('--check') && stale.length > 0) {
    const names = stale.map((file) => relative(root, join(root, file))).join(', ');
    console.error(`${names} differs from the code: run node scripts/docs.ts`);
    process.exit(1);
  }
}
