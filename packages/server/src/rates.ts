// How often somebody may ask: strangers by their address, callers who were let in by who they are. Neither uses up the
// other's room.

import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { credentialOf, isReserved } from './lane.ts';
import { problem } from './problem.ts';

export type Rates = {
  /** Requests a minute from one address (IPv6: one /64) of nobody who is known; 0 is no limit. */
  strangers: number;
  /** Requests a minute of one caller, beside the reserved lane; 0 is no limit. */
  callers: number;
  /** Who was let in, once he was; undefined for a stranger. */
  callerOf: (request: FastifyRequest) => string | undefined;
};

/** A caller is known where his credential has been good lately. It is asked for again all the same: this only says in whose
 *  room a request is counted before anything is done for it. */
const knownFor = 600_000;
const maxKnown = 10_000;

export async function registerRates(app: FastifyInstance, { strangers, callers, callerOf }: Rates): Promise<void> {
  const known = new Map<string, number>();
  await app.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    errorResponseBuilder: () => problem('rate_limited'),
  });
  const countStranger = app.rateLimit({ max: strangers });
  // Of its own, so that a flood of everything else leaves room for whoever brings a warning for the first time.
  const countInLane = app.rateLimit({ max: strangers });
  const countCaller = app.rateLimit({ max: callers, keyGenerator: (request) => callerOf(request)! });

  // Before anybody is asked who he is, so that neither a database nor a key is at the disposal of a flood.
  app.addHook('onRequest', async function (request, reply) {
    if (strangers === 0 || request.routeOptions.config?.health === true) return;
    const name = credentialOf(request);
    const until = name === undefined ? undefined : known.get(name);
    if (until !== undefined && until > Date.now()) return;
    await (isReserved(request) ? countInLane : countStranger).call(this, request, reply);
  });

  app.addHook('preValidation', async function (request, reply) {
    const caller = callerOf(request);
    if (caller === undefined) return;
    const name = credentialOf(request);
    if (name !== undefined) {
      if (known.size >= maxKnown) known.clear();
      known.set(name, Date.now() + knownFor);
    }
    if (callers > 0 && !isReserved(request)) await countCaller.call(this, request, reply);
  });
}
