// Whether the process lives, and whether it should be sent requests.

import type { FastifyInstance } from 'fastify';
import { problem } from './problem.ts';

export type ReadyCheck = {
  /** Shown to whoever asks: `border database`. */
  name: string;
  /** Rejects when what it looks at cannot be used. */
  check: () => Promise<unknown>;
};

const checkTimeout = 2_000;

/** `/healthz`: the process answers. `/readyz`: every check passes within 2 s, else 503 that names those that do not. */
export function registerHealth(app: FastifyInstance, checks: readonly ReadyCheck[]): void {
  const options = { config: { health: true }, logLevel: 'silent' } as const;
  app.get('/healthz', options, async () => ({ status: 'alive' }));
  app.get('/readyz', options, async () => {
    const results = await Promise.all(checks.map((one) => passes(one)));
    const failed = checks.filter((_, index) => !results[index]).map((one) => one.name);
    if (failed.length > 0) throw problem('unavailable', { detail: `not ready: ${failed.join(', ')}` });
    return { status: 'ready', checks: checks.map((one) => one.name) };
  });
}

async function passes({ check }: ReadyCheck): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, checkTimeout, false);
  const passed = check().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([passed, late]);
  } finally {
    clearTimeout(timer);
  }
}
