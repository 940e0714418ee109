import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { test } from 'tap';
import { generateAll, generateTypes, services } from '../generate.ts';

const read = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');

test('types are made from a document, the same each time', async (t) => {
  const document = JSON.parse(await read('vectors/sample.openapi.json'));
  const types = await generateTypes(document, 'test/vectors/sample.openapi.json');
  t.equal(types, await read('vectors/sample.types.ts'));
  t.match(types, /operations\["createCase"\]/);
  t.match(types, /"application\/problem\+json": components\["schemas"\]\["Problem"\]/);
});

test('what is out of date is named by a check and mended by a run', async (t) => {
  const files = Object.fromEntries(services.map((service) => [`${service}.json`, '']));
  const folder = t.testdir({ openapi: files, generated: {} });
  const openapi = pathToFileURL(`${folder}/openapi/`);
  const generated = pathToFileURL(`${folder}/generated/`);
  const sample = await read('vectors/sample.openapi.json');
  for (const service of services) await writeFile(new URL(`${service}.json`, openapi), sample);
  const all = services.map((service) => `${service}.ts`);
  t.same(await generateAll(openapi, generated, true), all);
  t.same(await generateAll(openapi, generated, true), all, 'a check writes nothing');
  t.same(await generateAll(openapi, generated, false), all);
  t.same(await generateAll(openapi, generated, true), []);
  await writeFile(new URL('casework.json', openapi), sample.replaceAll('dry_run', 'dry'));
  t.same(await generateAll(openapi, generated, true), ['casework.ts']);
});
