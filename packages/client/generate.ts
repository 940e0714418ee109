// Types of the four contracts from openapi/<service>.json, into src/generated/<service>.ts.
// `node packages/client/generate.ts` writes them; with `--check` it only says which are not as they would be written.

import { readFile, writeFile } from 'node:fs/promises';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';

export const services = ['reporting', 'casework', 'exchange', 'publication'] as const;

/** The TypeScript source of the types of an OpenAPI 3.1 document: `paths`, `components`, `operations`. */
export async function generateTypes(document: object, source: string): Promise<string> {
  const types = await openapiTypes(document as OpenAPI3, { defaultNonNullable: false, silent: true });
  return `// Made from ${source} by packages/client/generate.ts; not to be edited.\n\n${astToString(types)}`;
}

/** Writes what is not as it should be, or with `check` leaves it; returns the names of those files. */
export async function generateAll(openapi: URL, generated: URL, check: boolean): Promise<string[]> {
  const stale: string[] = [];
  for (const service of services) {
    const document = JSON.parse(await readFile(new URL(`${service}.json`, openapi), 'utf8'));
    const wanted = await generateTypes(document, `openapi/${service}.json`);
    const file = new URL(`${service}.ts`, generated);
    const present = await readFile(file, 'utf8').catch(() => undefined);
    if (present === wanted) continue;
    stale.push(`${service}.ts`);
    if (!check) await writeFile(file, wanted);
  }
  return stale;
}

if (import.meta.main) {
  const check = process.argv.includes('--check');
  const openapi = new URL('../../openapi/', import.meta.url);
  const stale = await generateAll(openapi, new URL('src/generated/', import.meta.url), check);
  console.log(
    stale.length === 0 ? 'types are up to date' : `${check ? 'out of date' : 'written'}: ${stale.join(', ')}`,
  );
  process.exitCode = check && stale.length > 0 ? 1 : 0;
}
