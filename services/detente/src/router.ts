// One public origin in front of a node's services. It holds the TLS key and no other, keeps nothing and passes bytes as they
// are: what is signed behind it verifies before it.

import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import {
  answerClientError,
  compilersOfRoutes,
  endWithProblem,
  formatProblem,
  isCoded,
  type Logger,
  type LogLevel,
  problem,
  readConfig,
  type ServiceSettings,
  serviceSettings,
  trustedProxies,
} from '@detente/server/process';
import httpProxy from '@fastify/http-proxy';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify, LogController } from 'fastify';
import { Agent } from 'undici';
import { MAX_UNDER_WAY, shareConnections, shareRequests } from './room.ts';

const internal = (service: string) => ({
  type: 'string',
  pattern: '^http://[^/?#]+$',
  description: `Internal base URL of ${service}`,
});

/** The router's settings, as JSON Schema. */
export const routerSettings = {
  type: 'object',
  properties: {
    DETENTE_REPORTING: internal('reporting'),
    DETENTE_EXCHANGE: internal('exchange'),
    DETENTE_PUBLICATION: internal('publication'),
    DETENTE_TLS_CERT: { type: 'string', default: '', description: 'File with the certificate chain, PEM; empty: HTTP' },
    DETENTE_TLS_KEY: { type: 'string', default: '', description: 'File with its key, PEM' },
    DETENTE_HOST: serviceSettings.DETENTE_HOST,
    DETENTE_PORT: serviceSettings.DETENTE_PORT,
    DETENTE_LOG_LEVEL: serviceSettings.DETENTE_LOG_LEVEL,
    DETENTE_TRUSTED_PROXIES: serviceSettings.DETENTE_TRUSTED_PROXIES,
    DETENTE_MAX_CONNECTIONS: serviceSettings.DETENTE_MAX_CONNECTIONS,
  },
  required: ['DETENTE_REPORTING', 'DETENTE_EXCHANGE', 'DETENTE_PUBLICATION'],
} as const;

export type RouterConfig = Record<'DETENTE_REPORTING' | 'DETENTE_EXCHANGE' | 'DETENTE_PUBLICATION', string> &
  Record<'DETENTE_TLS_CERT' | 'DETENTE_TLS_KEY', string> &
  Pick<ServiceSettings, 'DETENTE_HOST' | 'DETENTE_PORT' | 'DETENTE_TRUSTED_PROXIES' | 'DETENTE_MAX_CONNECTIONS'> & {
    DETENTE_LOG_LEVEL: LogLevel;
  };

/** @throws ServerError `setting_invalid` */
export function readRouterConfig(env: Record<string, string | undefined>): RouterConfig {
  const schema = routerSettings as unknown as Parameters<typeof readConfig>[0];
  return readConfig(schema, env) as RouterConfig;
}

/** The largest body that any contract takes (reporting's batch), in bytes. The services behind have limits of their own. */
const MAX_BODY = 16_777_216;

/** Which service answers below which part of the address; the rest is publication's. */
const ROUTES = [
  ['/reporting', 'DETENTE_REPORTING'],
  ['/exchange', 'DETENTE_EXCHANGE'],
  ['/witness', 'DETENTE_EXCHANGE'],
  ['/.well-known/detente', 'DETENTE_EXCHANGE'],
  ['/log', 'DETENTE_PUBLICATION'],
  ['/publication', 'DETENTE_PUBLICATION'],
  ['', 'DETENTE_PUBLICATION'],
] as const satisfies readonly (readonly [string, keyof RouterConfig])[];

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Ms that a connection may take, as the services behind have them. */
const LIMITS = {
  /** To agree on its keys. */
  handshake: 10_000,
  /** For its header to arrive. */
  header: 10_000,
  /** For a whole request to arrive; the largest is 16 MB. */
  request: 60_000,
  /** To be silent. */
  silence: 90_000,
  /** Between two looks for those that are over time. */
  sweep: 2_000,
};

/** @throws ServerError `setting_invalid` */
export async function buildRouter({
  config,
  logger,
  limits = LIMITS,
}: {
  config: RouterConfig;
  logger: Logger;
  limits?: typeof LIMITS;
}): Promise<FastifyInstance> {
  const isProxy = trustedProxies(config.DETENTE_TRUSTED_PROXIES);
  const app = fastify({
    ...connections(config, limits),
    ...compilersOfRoutes,
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: isProxy,
    requestTimeout: limits.request,
    connectionTimeout: limits.silence,
    forceCloseConnections: 'idle',
    bodyLimit: MAX_BODY,
    frameworkErrors: (_error, _request, reply) => refuse(reply, 'malformed_request'),
    clientErrorHandler: answerClientError,
  }) as unknown as FastifyInstance;
  app.server.maxConnections = config.DETENTE_MAX_CONNECTIONS;
  // Node drops headers beyond the count without a word; their bytes are limited anyway.
  app.server.maxHeadersCount = 0;
  shareConnections(app, isProxy);
  takeEverything(app);
  app.addHook('onRequest', refuseBodies);
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const callersFault = error.statusCode !== undefined && error.statusCode < 500;
    return refuse(reply, callersFault ? 'malformed_request' : 'unavailable');
  });
  await passOn(app, config);
  return app;
}

async function passOn(app: FastifyInstance, config: RouterConfig): Promise<void> {
  const undici = new Agent(UPSTREAM);
  app.addHook('onClose', () => undici.destroy());
  const shares = new Map(ROUTES.map(([, service]) => [service, shareRequests((reply) => refuse(reply, 'overloaded'))]));
  for (const [prefix, service] of ROUTES) {
    const where = { prefix, rewritePrefix: prefix, upstream: config[service] };
    await app.register(httpProxy, { ...where, ...passing, undici, preHandler: shares.get(service)! });
  }
}

/** What Node is told of every connection, encrypted or not. */
function connections(config: RouterConfig, { handshake, header, sweep }: typeof LIMITS) {
  const http = {
    headersTimeout: header,
    connectionsCheckingInterval: sweep,
    maxHeaderSize: 16_384,
    requireHostHeader: false,
    // So that a header sent twice reaches the service as that.
    joinDuplicateHeaders: true,
  };
  if (config.DETENTE_TLS_CERT === '') return { http };
  const [cert, key] = [readFileSync(config.DETENTE_TLS_CERT), readFileSync(config.DETENTE_TLS_KEY)];
  return { https: { ...http, cert, key, handshakeTimeout: handshake } };
}

/** What Node would answer itself, without a body. */
function takeEverything(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => {
    reply.header('allow', METHODS.join(', '));
    return refuse(reply, 'method_not_allowed');
  });
  app.server.on('connect', (_request, socket: Socket) => {
    endWithProblem(socket, 'method_not_allowed', { allow: METHODS.join(', ') });
  });
  // Before both sides have keys nothing can be answered, and an end would wait for the other's.
  app.server.on('tlsClientError', (_error, socket: Socket) => socket.destroy());
  // An expectation that nobody knows need not be met (RFC 9110 §10.1.1).
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
}

/** As many connections as there can be requests: none waits for one that is held up. */
const UPSTREAM = {
  connections: MAX_UNDER_WAY,
  pipelining: 1,
  keepAliveTimeout: 30_000,
  bodyTimeout: 90_000,
  headersTimeout: 90_000,
};

const passing = {
  disableRequestLogging: true,
  httpMethods: METHODS,
  // An address that leads out of the node would have to come from the service itself, and is passed as it is.
  internalRewriteLocationHeader: false,
  // A signed request is good once: nothing is ever sent a second time.
  retryMethods: [],
  replyOptions: {
    rewriteRequestHeaders: withClientAddress,
    onError: (reply: unknown) => refuse(reply as FastifyReply, 'unavailable'),
  },
};

/** What is for this connection alone (RFC 9110 §7.6.1), and what a client says about itself. What it expects has been
 *  answered here. */
const NOT_PASSED = /^(expect|forwarded|keep-alive|proxy-connection|te|trailer|upgrade|x-forwarded-.*|x-real-ip)$/;

/** The one header that is added is the client's address, which a proxy in front may tell if it is trusted. */
function withClientAddress({ ip }: { ip: string }, headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const passed = Object.entries(headers).filter(([name]) => !NOT_PASSED.test(name));
  return { ...Object.fromEntries(passed), 'x-forwarded-for': ip };
}

async function refuseBodies({ headers, raw }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (isCoded(raw)) return refuse(reply, 'unsupported_media_type');
  if (Number(headers['content-length'] ?? 0) > MAX_BODY) return refuse(reply, 'payload_too_large');
}

function refuse(
  reply: FastifyReply,
  code:
    | 'unavailable'
    | 'overloaded'
    | 'payload_too_large'
    | 'unsupported_media_type'
    | 'malformed_request'
    | 'method_not_allowed',
): undefined {
  const body = formatProblem(problem(code));
  // The rest of a body that nobody reads would stand before the next request. One that is only too long Node reads and drops:
  // if the connection were closed on it, the client would see a reset and not this answer.
  if (code !== 'payload_too_large') reply.header('connection', 'close');
  reply.code(body.status).type('application/problem+json').header('cache-control', 'no-store');
  if (body.status === 503) reply.header('retry-after', '2');
  reply.send(JSON.stringify(body));
}
