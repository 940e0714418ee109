// When a command that runs until it is told to stop has been told.

import { readFileSync } from 'node:fs';

/** npm passes Ctrl-C on to whom the terminal has told already: within this many ms it is the same wish. */
const SAME_WISH = 1_000;
const PARENT_EVERY = 250;

/** Waits for Ctrl-C, SIGTERM, SIGHUP, or the end of the npm through which this process was started; a second signal ends at
 *  once.
 *  @returns why */
export function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    let asked: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        asked ??= performance.now();
        if (performance.now() - asked > SAME_WISH) process.exit(130);
        resolve(signal);
      });
    }
    whenOneEnds(startedThrough(), () => resolve('what it was started through ended'));
  });
}

/** From the parent up: npm, and the script `node_modules/.bin/node` that is first on the PATH, here or below npm. They keep
 *  a signal to themselves or do not live to pass it on. Anybody else may start a node and leave it running. */
function startedThrough(): number[] {
  const through: number[] = [];
  let pid = process.ppid;
  while (isScript(pid) || (through.length === 0 && process.env.npm_package_name === 'detente')) {
    through.push(pid);
    pid = parentOf(pid) ?? 0;
  }
  return through;
}

function isScript(pid: number): boolean {
  const line = readProcess(pid, 'cmdline') ?? '';
  return line.includes('/node_modules/.bin/node\0') || line.startsWith('npm ');
}

function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  const [, parent] = /^.*\) \S (\d+) /s.exec(readProcess(pid, 'stat') ?? '') ?? [];
  return parent === undefined ? undefined : Number(parent);
}

function readProcess(pid: number, what: 'cmdline' | 'stat'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whose parent has ended has another one. */
function whenOneEnds(parents: readonly number[], tell: () => void): void {
  if (parents.length === 0) return;
  const chain = [process.pid, ...parents];
  const timer = setInterval(() => {
    if (parents.every((parent, at) => parentOf(chain[at]!) === parent)) return;
    clearInterval(timer);
    tell();
  }, PARENT_EVERY);
  timer.unref();
}
