// Runs the tests that break something from outside the process, or let a program of others at it, `*.faults.ts`. They need packages of
// Debian that npm does not bring.
// Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';

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

// What Node compiles is kept between the processes.
const env = { ...process.env, TAP_TIMEOUT: '600', NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/detente') };
let [passed, failed] = [0, 0];
for (const file of globSync('{packages,services}/*/test/**/*.faults.ts', { cwd: root })) {
  console.log(`> ${file}`);
  const { stdout, status } = spawnSync(process.execPath, [file], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = stdout.toString();
  process.stdout.write(output.replaceAll(/^ +ok .*\n/gm, ''));
  const line = /^# \{ total: (\d+)(?:, pass: (\d+))?/m.exec(output);
  const [total, right] = [Number(line?.[1] ?? 0), Number(line?.[2] ?? 0)];
  passed += right;
  failed += total - right;
  if (status !== 0 && total === right) failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
