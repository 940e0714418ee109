// Runs the tests that take long, `*.long.ts`: every parser and contract fuzzed, every route asked with planted names, whole nodes that
// rotate keys, witness, carry bundles and are killed, every bench begun. They need npm alone. Ends with `N passed, N failed`.
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { runFiles, tell } from './test-files.ts';

const root = resolve(import.meta.dirname, '..');
const files = ['services/*', 'packages/*', 'scripts'].flatMap((place) =>
  globSync(`${place}/test/**/*.long.ts`, { cwd: root }).sort(),
);
tell(await runFiles(files, { jobs: 3, patience: { test: 600, file: 700 } }));
