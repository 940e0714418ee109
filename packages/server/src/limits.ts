// What one caller may cost: time, size, number. The values that no operator needs to change.

import helmet from '@fastify/helmet';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { CallerSettings, ServiceSettings } from './config.ts';
import { isReserved } from './lane.ts';
import { problem } from './problem.ts';
import type { Rates } from './rates.ts';

export type Limits = {
  /** Ms for a whole request to arrive. */
  requestTimeout: number;
  /** Ms for its header to arrive. */
  headersTimeout: number;
  /** Ms between two looks for connections that are over time. */
  sweep: number;
  /** Ms for a handler to answer. */
  handlerTimeout: number;
  /** Ms that a connection may be silent. */
  connectionTimeout: number;
  /** Ms that requests may still take once the service is closing; then their connections are cut. */
  closeTimeout: number;
  /** Bytes of request line and header. */
  headerBytes: number;
  /** Characters of one path parameter. */
  paramLength: number;
  /** Bytes of a body that no endpoint has asked for. */
  bodyBytes: number;
};

export const defaultLimits: Limits = {
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  sweep: 2_000,
  handlerTimeout: 60_000,
  connectionTimeout: 90_000,
  closeTimeout: 5_000,
  headerBytes: 16_384,
  paramLength: 256,
  bodyBytes: 16_384,
};

export type LimitSettings = Partial<ServiceSettings & CallerSettings>;

/** Sheds load, bounds callers, sets the security headers. */
export async function registerLimits(
  app: FastifyInstance,
  settings: LimitSettings,
  callerOf: Rates['callerOf'] = () => undefined,
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    referrerPolicy: { policy: 'no-referrer' },
  });
  const strangers = settings.DETENTE_RATE_LIMIT_PER_MINUTE ?? 0;
  const callers = settings.DETENTE_CALLER_LIMIT_PER_MINUTE ?? 0;
  if (strangers > 0 || callers > 0) {
    // Loaded where it is wanted: it takes long.
    const { registerRates } = await import('./rates.ts');
    await registerRates(app, { strangers, callers, callerOf });
  }
  const delay = settings.DETENTE_PRESSURE_DELAY_MS ?? 0;
  // It wakes the process a hundred times a second to measure.
  if (delay === 0) return;
  await app.register(underPressure, {
    maxEventLoopDelay: delay,
    sampleInterval: 500,
    pressureHandler: async (request) => {
      if (!isReserved(request) && request.routeOptions.config?.health !== true) throw problem('overloaded');
    },
  });
}
