// Runs the tests that break something from outside the process, or let a program of others at it, `*.faults.ts`. They need packages of
// Debian that npm does not bring.
// Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { resolve } from 'node:path';
import { runFiles, tell } from './test-files.ts';

const root = resolve(import.meta.dirname, '..');
/** Package, and whether it is there. */
const NEEDED = {
  strace: () => spawnSync('strace', ['-V']).status === 0,
  'golang-go': () => spawnSync('go', ['version']).status === 0,
  'golang-golang-x-mod-dev': () => existsSync('/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog'),
};

const missing = Object.entries(NEEDED).flatMap(([name, isThere]) => (isThere() ? [] : name));
if (missing.length > 0) {
  const packages = missing.join(' ');
  console.error(`These tests need ${packages}: run apt-get install ${packages} as root.`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const files = globSync('{packages,services}/*/test/**/*.faults.ts', { cwd: root }).sort();
tell(await runFiles(files, { jobs: 2, patience: { test: 600, file: 700 } }));
