// Runs all that needs npm alone: types, lint, drift of openapi/, then every test; ends with one counted line.
// Each check counts as one test, so that the last line tells of all of them.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runFiles, tell } from './test-files.ts';

const root = resolve(import.meta.dirname, '..');
const bin = join(root, 'node_modules/.bin');

if (Number(process.versions.node.split('.')[0]) < 22) {
  console.error(
    'Detente runs on Node 22.18 or newer. It brings its own for Linux; on this system, install Node 24 first.',
  );
  process.exit(1);
}

/** Runs a command with the project's own programs first on the PATH, and shows what it said when it has ended.
 *  @returns its exit code */
function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((done, fail) => {
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
    const child = spawn(command, args, { cwd: root, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.on('error', fail);
    child.on('close', (code) => {
      console.log(`> ${command} ${args.join(' ')}\n${output}`.trim());
      done(code ?? 1);
    });
  });
}

const checks: [string, readonly string[]][] = [
  ['tsc', ['-p', 'tsconfig.json']],
  ['biome', ['check', '.']],
  ['node', ['scripts/openapi.ts', '--check']],
  ['node', ['scripts/vectors.ts', '--check']],
  ['node', ['packages/client/generate.ts', '--check']],
  ['node', ['scripts/docs.ts', '--check']],
];

let passed = 0;
const failures: string[] = [];
/** Beside the first tests, which do not need them. */
async function check(): Promise<void> {
  for (const [command, args] of checks) {
    if ((await run(command, args)) === 0) passed += 1;
    else failures.push(`${command} ${args.join(' ')}`);
  }
}
const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : // Those of whole nodes first, as each waits long.
      ['services/detente', 'services/!(detente)', 'packages/*', 'scripts'].flatMap((place) =>
        globSync(`${place}/test/**/*.test.ts`, { cwd: root }).sort(),
      );
const [outcome] = await Promise.all([runFiles(files, { jobs: 3, patience: { test: 300, file: 420 } }), check()]);
if (outcome.passed === 0) failures.push('no test ran');
tell({ passed: passed + outcome.passed, failures: [...failures, ...outcome.failures] });
