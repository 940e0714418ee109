// Runs all that needs npm alone: types, lint, drift of openapi/, then every test; ends with one counted line.
// Each check counts as one test, so that the last line tells of all of them.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const bin = join(root, 'node_modules/.bin');

if (Number(process.versions.node.split('.')[0]) < 22) {
  console.error(
    'Detente runs on Node 22.18 or newer. It brings its own for Linux; on this system, install Node 24 first.',
  );
  process.exit(1);
}

type Outcome = { code: number; output: string };

/** Runs a command with the project's own programs first on the PATH, passing its output on. */
function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  show: (line: string) => boolean = () => true,
): Promise<Outcome> {
  return new Promise((done, fail) => {
    const path = `${bin}:${process.env.PATH}`;
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env, PATH: path } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        const text = chunk.toString();
        output += text;
        process.stdout.write(
          text
            .split(/(?<=\n)/)
            .filter(show)
            .join(''),
        );
      });
    }
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

/** Passing assertions inside a file are left out; files, failures and their diagnostics are shown. */
function isWorthShowing(line: string): boolean {
  return !/^\s+(ok \d|# (Subtest|time)|\d+\.\.\d+|\})|^\s*$/.test(line);
}

type Count = { passed: number; failed: number };

/** The lines of what failed, each under the test that holds it; a directive's are left out, as tap does not count them. */
function failuresIn(output: string): string[] {
  return output.split('\n').filter((line) => /^\s*not ok (?!.* # (TODO|SKIP))/i.test(line));
}

/** Reads tap's closing line `# { total: 4, pass: 4 }`; a run without one, or of no test, failed. */
function countOf({ code, output }: Outcome): Count {
  const line = [...output.matchAll(/^# \{ total: (\d+)(.*)\}$/gm)].at(-1);
  const total = Number(line?.[1] ?? 0);
  const passed = Number(/pass: (\d+)/.exec(line?.[2] ?? '')?.[1] ?? 0);
  const failed = total - passed;
  return { passed, failed: failed === 0 && (code !== 0 || total === 0) ? 1 : failed };
}

const checks: [string, readonly string[]][] = [
  ['tsc', ['-p', 'tsconfig.json']],
  ['biome', ['check', '.']],
  ['node', ['scripts/openapi.ts', '--check']],
  ['node', ['scripts/vectors.ts', '--check']],
  ['node', ['packages/client/generate.ts', '--check']],
  ['node', ['scripts/docs.ts', '--check']],
];

const total: Count = { passed: 0, failed: 0 };
const failures: string[] = [];
for (const [command, args] of checks) {
  console.log(`> ${command} ${args.join(' ')}`);
  const { code } = await run(command, args);
  if (code === 0) total.passed += 1;
  else failures.push(`${command} ${args.join(' ')}`);
}
total.failed = failures.length;
// Else tap's first run in a clone loads the plugin that .taprc leaves out, which compiles every module of every test again.
if (!existsSync(join(root, '.tap/plugins'))) await run('tap', ['build']);
// One database server for the whole run: each test file clones its own two databases in it. Nodes bring a server of their own, on
// a copy of the template.
const { makeTemplate, startTestServer, TEST_CLUSTER, TEST_SERVER } = await import('@detente/store/embedded');
const server = await startTestServer();
const cluster = mkdtempSync(join(tmpdir(), 'detente-template-'));
await makeTemplate(cluster);
const tap = ['run', '--reporter=tap', ...process.argv.slice(2)];
// What Node compiles is kept between the files, and between runs.
const env = {
  [TEST_SERVER]: server.url,
  [TEST_CLUSTER]: cluster,
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/detente'),
};
const outcome = await run('tap', tap, env, isWorthShowing);
await server.stop();
rmSync(cluster, { recursive: true, force: true });
const count = countOf(outcome);
failures.push(...failuresIn(outcome.output));
if (failures.length > 0) console.log(`failed:\n${failures.join('\n')}`);
total.passed += count.passed;
total.failed += count.failed;
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && count.passed > 0 ? 0 : 1);
