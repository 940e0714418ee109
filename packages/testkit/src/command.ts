// The command: as a user runs it, or without a process of its own.

import { AsyncLocalStorage } from 'node:async_hooks';
import { type ChildProcess, spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const source = new URL('../../../services/detente/src/', import.meta.url);
const MAIN = fileURLToPath(new URL('main.ts', source));
const RUN = new URL('run-command.ts', source).href;

export type Ran = { code: number | null; stdout: string; stderr: string };

/** Starts `detente …` and leaves it running. */
export function spawnDetente(args: readonly string[]): ChildProcess {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', MAIN, ...args];
  // A test runner puts its own options into the environment of every process, and they are not for these.
  const child = spawn('/bin/sh', ['-c', 'unset NODE_OPTIONS; exec "$@"', 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout!.setEncoding('utf8');
  child.stderr!.setEncoding('utf8');
  return child;
}

/** Runs `detente …` to its end, in a process of its own. */
export function spawnToEnd(args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawnDetente(args);
    let [stdout, stderr] = ['', ''];
    child.stdout!.on('data', (text) => {
      stdout += text;
    });
    child.stderr!.on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

type Outputs = { stdout: Writable; stderr: Writable };
const outputs = new AsyncLocalStorage<Outputs>();

/** Runs `detente …` to its end here, by the function that its process calls: to start one takes longer than most commands do.
 *  A command that waits for signals, or whose process matters, is for `spawnToEnd`. */
export async function runDetente(args: readonly string[]): Promise<Ran> {
  const { runCommand } = (await import(RUN)) as { runCommand(args: readonly string[]): Promise<number> };
  keepOutputsApart();
  const [stdout, stderr] = [collect(), collect()];
  const code = await outputs.run({ stdout: stdout.stream, stderr: stderr.stream }, () => runCommand(args));
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

let areApart = false;

/** From now on the process's output is, for whatever a command does, the command's own. */
function keepOutputsApart(): void {
  if (areApart) return;
  areApart = true;
  for (const name of ['stdout', 'stderr'] as const) {
    const own = process[name];
    Object.defineProperty(process, name, { configurable: true, get: () => outputs.getStore()?.[name] ?? own });
  }
}

function collect(): { stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
