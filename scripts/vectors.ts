// Test vectors of docs/protocol.md, into packages/testkit/vectors/<name>.json, for other countries' implementers.
// `node scripts/vectors.ts` writes them; with `--check` it only says which are not as they would be written.

import { readFile, writeFile } from 'node:fs/promises';
import { formatVectors, vectorFiles } from '@detente/testkit/vectors';

const folder = new URL('../packages/testkit/vectors/', import.meta.url);
const check = process.argv.includes('--check');

const stale: string[] = [];
for (const name of Object.keys(vectorFiles)) {
  const wanted = await formatVectors(name);
  const file = new URL(`${name}.json`, folder);
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === wanted) continue;
  stale.push(`${name}.json`);
  if (!check) await writeFile(file, wanted);
}
console.log(
  stale.length === 0 ? 'test vectors are up to date' : `${check ? 'out of date' : 'written'}: ${stale.join(', ')}`,
);
process.exitCode = check && stale.length > 0 ? 1 : 0;
