// The four contracts as OpenAPI 3.1, into openapi/<service>.json, for other countries' implementers.
// `node scripts/openapi.ts` writes them; with `--check` it only says which are not as they would be written.

import { readFile, writeFile } from 'node:fs/promises';
import { contracts } from '../packages/contract/src/index.ts';
import { contractDocument } from '../packages/server/src/index.ts';

const root = new URL('../', import.meta.url);
const check = process.argv.includes('--check');

const stale: string[] = [];
for (const [name, contract] of Object.entries(contracts)) {
  const wanted = `${JSON.stringify(await contractDocument(contract), null, 2)}\n`;
  const file = new URL(`openapi/${name}.json`, root);
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === wanted) continue;
  stale.push(`${name}.json`);
  if (!check) await writeFile(file, wanted);
}
console.log(
  stale.length === 0 ? 'contracts are up to date' : `${check ? 'out of date' : 'written'}: ${stale.join(', ')}`,
);
process.exitCode = check && stale.length > 0 ? 1 : 0;
