// What other countries' implementers read beside docs/protocol.md: the four contracts as OpenAPI 3.1, and each record type's
// fields as JSON Schema. `node scripts/openapi.ts` writes them; with `--check` it only says which are not as they would be written.

import { readFile, writeFile } from 'node:fs/promises';
import { contracts } from '../packages/contract/src/contracts.ts';
import { type RecordType, recordTypes } from '../packages/record/src/index.ts';
import { contractDocument } from '../packages/server/src/index.ts';

const root = new URL('../', import.meta.url);
const check = process.argv.includes('--check');

/** The values of a type's fields, in the order of their disclosures; `tier` says who may see each. */
function fieldsDocument({ id, fields }: RecordType): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: id,
    description:
      'Values of the fields, in the order of their disclosures. A field that is not here is disclosed as null. Lengths are in ' +
      'code points, patterns are ECMAScript’s with the flag u. docs/protocol.md, section 5, says what a schema cannot.',
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, tier, schema }) => [name, { tier, ...schema }])),
    required: fields.filter(({ mandatory }) => mandatory).map(({ name }) => name),
    additionalProperties: false,
  };
}

const documents = new Map<string, object>();
for (const [name, contract] of Object.entries(contracts)) {
  documents.set(`${name}.json`, await contractDocument(contract));
}
for (const type of recordTypes.values()) {
  documents.set(`${type.name}-${type.version}.schema.json`, fieldsDocument(type));
}

const stale: string[] = [];
for (const [name, document] of documents) {
  const wanted = `${JSON.stringify(document, null, 2)}\n`;
  const file = new URL(`openapi/${name}`, root);
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === wanted) continue;
  stale.push(name);
  if (!check) await writeFile(file, wanted);
}
console.log(
  stale.length === 0 ? 'contracts are up to date' : `${check ? 'out of date' : 'written'}: ${stale.join(', ')}`,
);
process.exitCode = check && stale.length > 0 ? 1 : 0;
