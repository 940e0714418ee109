// Processes of nodes whose databases are still being made: they load what they are made of meanwhile, and wait for their settings.

import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { aheadPlan, type ProcessName } from './processes.ts';
import { launch } from './supervisor.ts';

/** The processes of one node. */
export type Ahead = {
  /** One that was launched: it is the caller's from now on. Undefined for one that was not, which is never launched here then. */
  take(name: ProcessName): ChildProcess | undefined;
  /** Launches no more, and ends those that nobody has taken. */
  end(): void;
};

/** The router first, which starts when all others have; then the longer it takes to load, the earlier. */
const ORDER: readonly ProcessName[] = ['router', 'worker', 'casework', 'exchange', 'reporting', 'publication'];

/** Launches one after the other, as many at once as there are processors.
 *  @param outputs file descriptors, one a node: where its processes say what they have to say */
export function launchAhead(outputs: readonly number[], atOnce = availableParallelism()): Ahead[] {
  const nodes = outputs.map((output) => ({
    output,
    waiting: new Set(ORDER),
    loading: new Map<string, ChildProcess>(),
  }));
  const line = ORDER.flatMap((name) => nodes.map((node) => ({ name, node })));
  const work = async () => {
    for (let next = line.shift(); next; next = line.shift()) {
      const { name, node } = next;
      if (!node.waiting.delete(name)) continue;
      const child = launch(aheadPlan(name), node.output);
      node.loading.set(name, child);
      await loadedOrEnded(child);
    }
  };
  for (let count = 0; count < atOnce; count++) void work();
  return nodes.map(({ waiting, loading }) => ({
    take(name) {
      waiting.delete(name);
      const child = loading.get(name);
      loading.delete(name);
      return child?.connected ? child : undefined;
    },
    end() {
      waiting.clear();
      for (const child of loading.values()) child.kill('SIGKILL');
      loading.clear();
    },
  }));
}

/** One that has ended, or could not be started at all, is for whoever starts it again to tell of. */
function loadedOrEnded(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['message', 'exit', 'error']) child.once(event, () => resolve());
  });
}
