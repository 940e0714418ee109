// Mutation tests of the pure packages. npm run mutate -- [--only PACKAGE [--files FILE,…]] [--concurrency N]
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LogLevel, PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { optionsOf } from './options.ts';

const root = resolve(import.meta.dirname, '..');
const floor = 80;
const names = ['reciprocity', 'http-signature', 'record', 'feed', 'sd-jwt', 'tlog', 'keys', 'redaction'];
/** Of a large package what decides; what its tests read besides it. */
const deciding: Readonly<Record<string, readonly string[]>> = {
  redaction: [
    ...['leak-check.ts', 'scrub.ts', 'find-terms.ts', 'split-names.ts', 'codes.ts', 'identifiers/checksums.ts'],
    ...['take-out.ts', 'across-reports.ts', 'small-groups.ts', 'generalise.ts'],
  ],
};
const read: Readonly<Record<string, readonly string[]>> = { redaction: ['redaction/data', 'interop/data/aiid'] };
// Lists of exports, what is tried on a wire or in a process of its own, and feed's pool: of a thread Stryker sees the timeout alone.
const left = ['index.ts', 'fastify.ts', 'undici.ts', 'crew.ts', 'pool.ts', 'pool-worker.ts'];

const values = optionsOf({
  only: { type: 'string' },
  files: { type: 'string' },
  concurrency: { type: 'string', default: '2' },
});
const chosen = names.filter((name) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
  console.error(`No package is called ${values.only}. There are: ${names.join(', ')}`);
  process.exit(1);
}

const rows = [];
for (const name of chosen) {
  const start = performance.now();
  const wanted = values.files?.split(',') ?? deciding[name];
  const files = readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !left.includes(file) && (wanted?.includes(file) ?? true),
  );
  const mutants = await new Stryker({
    mutate: files.map((file) => `packages/${name}/src/${file}`),
    ignorePatterns: [
      '**',
      '!package.json',
      `!packages/${name}/{src,test}/**`,
      `!packages/${name}/package.json`,
      ...(read[name] ?? []).map((folder) => `!packages/${folder}/**`),
    ],
    cleanTempDir: 'always',
    plugins: [import.meta.resolve('./mutation/plugin.ts')],
    testRunner: 'tap-in-process',
    ignorers: ['prose'],
    coverageAnalysis: 'perTest',
    concurrency: Number(values.concurrency),
    timeoutMS: 30_000,
    reporters: ['clear-text', 'progress-append-only'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
    logLevel: 'warn' as LogLevel,
  } satisfies PartialStrykerOptions).runMutationTest();
  const count = (...states: string[]) => mutants.filter(({ status }) => states.includes(status)).length;
  const [killed, timeout] = [count('Killed'), count('Timeout')];
  const total = killed + timeout + count('Survived', 'NoCoverage');
  rows.push({
    package: name,
    'score %': Math.floor(((killed + timeout) / total) * 1000) / 10,
    killed,
    timeout,
    survived: count('Survived'),
    'not covered': count('NoCoverage'),
    errors: count('RuntimeError', 'CompileError'),
    seconds: Math.round((performance.now() - start) / 1000),
  });
}
console.table(rows);
if (rows.some((row) => row['score %'] < floor)) {
  console.error(`A package is below ${floor} %.`);
  process.exitCode = 1;
}
