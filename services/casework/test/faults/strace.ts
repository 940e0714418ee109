// strace on a process that runs already: what it writes, and what happens to it when it does.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Traced = {
  /** Lets go of the process, if there still is one.
   *  @returns a line for each call that was seen */
  end(): Promise<string[]>;
};

/** Attaches to the process's main thread and returns when it is held.
 *  @param calls of the system that are looked at
 *  @param fault as strace's `inject=` wants it behind the call's name, such as `signal=KILL:when=3` */
export async function strace(
  pid: number,
  calls: readonly string[],
  fault?: { call: string; what: string },
): Promise<Traced> {
  const folder = mkdtempSync(join(tmpdir(), 'detente-strace-'));
  const file = join(folder, 'calls');
  const inject = fault ? ['-e', `inject=${fault.call}:${fault.what}`] : [];
  const args = ['-p', String(pid), '-yy', '-s', '0', '-o', file, '-e', `trace=${calls.join(',')}`, ...inject];
  const child = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  let said = '';
  for await (const chunk of child.stderr.iterator({ destroyOnReturn: false })) {
    said += chunk;
    if (said.includes('attached')) break;
  }
  child.stderr.resume();
  if (!said.includes('attached')) throw new Error(`strace does not hold process ${pid}: ${said.trim()}`);
  return {
    async end() {
      child.kill('SIGINT');
      await ended;
      const lines = readFileSync(file, 'utf8').split('\n');
      rmSync(folder, { recursive: true });
      return lines.filter((line) => /^\w+\(/.test(line));
    },
  };
}

/** How often each call was seen, in the order of first sight. */
export function countCalls(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const call = line.slice(0, line.indexOf('('));
    counts.set(call, (counts.get(call) ?? 0) + 1);
  }
  return counts;
}
