// Runs test files, each in a process of its own, and counts what they say. tap's own runner loads its coverage hooks into every
// process that a test starts, which takes longer than most of these tests do.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

export type Outcome = { passed: number; failures: string[] };
export type Options = {
  /** How many run at once. */
  jobs: number;
  /** Seconds after which a single test, and a file as a whole, has failed. */
  patience: { test: number; file: number };
};

/** Runs them from both ends of the list, and shows of each its name, its time and what failed. One database server serves the whole
 *  run: each file clones its own two databases in it. Nodes bring a server of their own, on a copy of the template. */
export async function runFiles(files: readonly string[], options: Options): Promise<Outcome> {
  // Not before all is installed.
  const { makeTemplate, startTestServer, TEST_CLUSTER, TEST_SERVER } = await import('@detente/store/embedded');
  const memory = roomInMemory();
  if (process.env.TMPDIR === undefined && memory !== undefined) process.env.TMPDIR = memory;
  const server = await startTestServer();
  const cluster = mkdtempSync(join(tmpdir(), 'detente-template-'));
  await makeTemplate(cluster);
  const env = {
    ...process.env,
    [TEST_SERVER]: server.url,
    [TEST_CLUSTER]: cluster,
    // What Node compiles is kept between the files, and between runs.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/detente'),
  };
  const outcome = await runAll(files, options, env);
  await server.stop();
  rmSync(cluster, { recursive: true, force: true });
  return outcome;
}

/** Ends the process with the one line that counts, after the names of what failed. */
export function tell({ passed, failures }: Outcome): never {
  if (failures.length > 0) console.log(`failed:\n${failures.join('\n')}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
}

/** Where files lie in memory, if there is plenty: to make those of some hundred databases on a disk takes longer than most tests. */
function roomInMemory(): string | undefined {
  const folder = '/dev/shm';
  if (process.platform !== 'linux') return undefined;
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const options = mounts.find((line) => line.split(' ')[1] === folder)?.split(' ')[3];
  if (options === undefined || options.split(',').includes('noexec')) return undefined;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= 8 * 2 ** 30 ? folder : undefined;
}

async function runAll(files: readonly string[], options: Options, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const waiting = [...files];
  const outcomes: Outcome[] = [];
  // One begins at the other end: while whole nodes wait for one another, it computes.
  const work = async (isOther: boolean) => {
    const next = () => (isOther ? waiting.pop() : waiting.shift());
    for (let file = next(); file !== undefined; file = next()) {
      const began = performance.now();
      const ran = await runFile(file, options, env);
      const outcome = outcomeOf(file, ran);
      outcomes.push(outcome);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      if (outcome.failures.length > 0) process.stdout.write(worthShowing(ran.output));
      console.log(`${outcome.failures.length > 0 ? 'not ok' : 'ok'} ${file} ${outcome.passed} passed, ${seconds} s`);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, (_, at) => work(at === options.jobs - 1)));
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
  };
}

type Ran = { code: number | null; output: string };

function runFile(file: string, { patience }: Options, env: NodeJS.ProcessEnv): Promise<Ran> {
  const child = spawn(process.execPath, [file], {
    cwd: root,
    env: { ...env, TAP: '1', TAP_TIMEOUT: `${patience.test}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // One that has said all and does not end has left something open.
  const timer = setTimeout(() => child.kill('SIGKILL'), patience.file * 1000);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ code, output });
    });
  });
}

/** What tap's closing line `# { total: 4, pass: 4 }` tells. A file without one, or of no test, has failed; so has one that is told to
 *  pass something over. */
function outcomeOf(file: string, { code, output }: Ran): Outcome {
  const [, total = 0, said] = /^# \{ total: (\d+)(?:.*\bpass: (\d+))?.*\}$/m.exec(output) ?? [];
  const passed = Number(said ?? 0);
  const named = output.split('\n').filter((line) => /^\s*not ok /.test(line) || /^\s*ok .* # (TODO|SKIP)/i.test(line));
  if (code === 0 && Number(total) === passed && passed > 0) return { passed, failures: [] };
  const failed = Math.max(1, Number(total) - passed, 0);
  const lines = Array.from({ length: failed }, (_, at) => `${file}: ${named[at]?.trim() ?? `ended with ${code}`}`);
  return { passed, failures: lines };
}

/** Passing assertions are left out. */
function worthShowing(output: string): string {
  const lines = output.split('\n').filter((line) => !/^\s*(ok \d|# (Subtest|time)|\d+\.\.\d+|\})|^\s*$/.test(line));
  return `${lines.join('\n')}\n`;
}
