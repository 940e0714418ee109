// The command, run as a user runs it: a process of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../services/detente/src/main.ts', import.meta.url));

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

/** Runs `detente …` to its end. */
export function runDetente(args: readonly string[]): Promise<Ran> {
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
