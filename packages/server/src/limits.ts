// What one caller may cost: time, size, number. The values that no operator needs to change.

import helmet from '@fastify/helmet';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServiceSettings } from './config.ts';
import { problem } from './problem.ts';

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

/** Sheds load, bounds callers, sets the security headers. The rate is counted by address, before anybody is asked who
 *  he is; what is counted by caller belongs behind the authentication. */
export async function registerLimits(app: FastifyInstance, settings: Partial<ServiceSettings>): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    referrerPolicy: { policy: 'no-referrer' },
  });
  const perMinute = settings.DETENTE_RATE_LIMIT_PER_MINUTE ?? 0;
  if (perMinute > 0) {
    const { default: rateLimit } = await import('@fastify/rate-limit');
    await app.register(rateLimit, {
      global: false,
      max: perMinute,
      timeWindow: 60_000,
      allowList: (request: FastifyRequest) => isReserved(request),
      errorResponseBuilder: () => problem('rate_limited'),
    });
    app.addHook('onRequest', app.rateLimit());
  }
  await app.register(underPressure, {
    maxEventLoopDelay: settings.DETENTE_PRESSURE_DELAY_MS ?? 0,
    sampleInterval: 500,
    pressureHandler: async (request) => {
      if (!isReserved(request)) throw problem('overloaded');
    },
  });
}

function isReserved(request: FastifyRequest): boolean {
  const { config } = request.routeOptions;
  return config?.endpoint?.lane === 'reserved' || config?.health === true;
}
