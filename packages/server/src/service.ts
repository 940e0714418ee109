// A Detente service without its routes: builds the app and never listens.

import { randomUUID } from 'node:crypto';
import { type Contract, type EndpointDefinition, problems, problemsOf, routePath } from '@detente/contract';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify, LogController } from 'fastify';
import { registerBodies } from './body.ts';
import { answerClientError } from './client-error.ts';
import { compilersOfRoutes } from './compilers.ts';
import { registerDocs } from './docs.ts';
import { type ReadyCheck, registerHealth } from './health.ts';
import { defaultLimits, type LimitSettings, type Limits, registerLimits } from './limits.ts';
import type { Logger } from './log.ts';
import { formatProblem, type ProblemError, problem, toProblem } from './problem.ts';
import type { Rates } from './rates.ts';
import { ServerError } from './server-error.ts';
import { trustedProxies } from './trusted-proxies.ts';

export type ServiceOptions = Contract & {
  logger: Logger;
  /** Settings of the environment; what is left out is off or has Fastify's default. */
  settings?: LimitSettings;
  limits?: Partial<Limits>;
  /** Who was let in, so that his requests are counted as his; nobody when absent. */
  callerOf?: Rates['callerOf'];
  /** What `/readyz` asks. */
  ready?: readonly ReadyCheck[];
  /** Turns the errors of other packages into problems; `undefined` leaves the error as it is. */
  problemOf?: (error: unknown) => ProblemError | undefined;
  /** Where `docs` and `openapi.json` lie, so that services can share an origin: `''` when absent; `false` for none. */
  docs?: string | false;
  /** For tests: an answer or problem that the contract does not declare becomes a 500 with its reason in the log. */
  checkReplies?: boolean;
};

/** Builds the app of a service. Register routes with `route`, in plugins; every endpoint must be served.
 *  @throws ServerError `endpoint_unserved` from `ready()` when an endpoint has no route */
export async function createService(options: ServiceOptions): Promise<FastifyInstance> {
  const limits = { ...defaultLimits, ...options.limits };
  const settings = options.settings ?? {};
  const answer = answerWith(options);
  const app = fastify({
    ...connectionOptions(limits, settings),
    ...compilersOfRoutes,
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: () => randomUUID(),
    frameworkErrors: answer,
    clientErrorHandler: answerClientError,
  }) as unknown as FastifyInstance;
  if (settings.DETENTE_MAX_CONNECTIONS !== undefined) app.server.maxConnections = settings.DETENTE_MAX_CONNECTIONS;
  // Node drops headers beyond the count without a word; their bytes are limited anyway.
  app.server.maxHeadersCount = 0;
  // An expectation that nobody knows need not be met (RFC 9110 §10.1.1); Node would answer 417 without a body.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.setErrorHandler(answer);
  app.setNotFoundHandler(() => {
    throw problem('not_found');
  });
  registerBodies(app);
  await registerLimits(app, settings, options.callerOf);
  app.decorate('prepared', { endpoints: new Set(options.endpoints), checkReplies: options.checkReplies ?? false });
  logRequests(app);
  closeConnections(app, limits.closeTimeout);
  requireRoutes(app, options.endpoints);
  refuseOtherMethods(app, options.endpoints);
  registerHealth(app, options.ready ?? []);
  if (options.docs !== false) registerDocs(app, options, { prefix: options.docs ?? '', onError: answer });
  return app;
}

function connectionOptions(limits: Limits, settings: LimitSettings) {
  return {
    requestTimeout: limits.requestTimeout,
    handlerTimeout: limits.handlerTimeout,
    connectionTimeout: limits.connectionTimeout,
    bodyLimit: limits.bodyBytes,
    forceCloseConnections: 'idle',
    trustProxy: trustedProxies(settings.DETENTE_TRUSTED_PROXIES),
    routerOptions: { maxParamLength: limits.paramLength },
    http: {
      headersTimeout: limits.headersTimeout,
      connectionsCheckingInterval: limits.sweep,
      maxHeaderSize: limits.headerBytes,
      // So that a second content-type or authorization is seen, and refused, rather than dropped.
      joinDuplicateHeaders: true,
      // The app refuses a missing Host itself, with a body.
      requireHostHeader: false,
    },
  } as const;
}

type Answer = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

function answerWith({ problemOf, checkReplies }: ServiceOptions): Answer {
  return (error, request, reply) => {
    const endpoint = request.routeOptions?.config?.endpoint;
    let fault = problemOf?.(error) ?? toProblem(error);
    if (checkReplies && endpoint && !problemsOf(endpoint).includes(fault.code)) {
      const undeclared = new Error(`${endpoint.operationId} does not declare ${fault.code}`, { cause: error });
      fault = problem('internal', { cause: undeclared });
    }
    const instance = `urn:uuid:${request.id}`;
    if (fault.code === 'internal') request.log.error({ err: fault.cause ?? fault, instance }, 'request failed');
    const { status } = problems[fault.code];
    reply.code(status).headers(fault.headers).header('cache-control', 'no-store');
    if (status === 401)
      reply.header('www-authenticate', endpoint?.security === 'peer-signature' ? 'Signature' : 'Bearer');
    // The rest of the body is read and dropped, for at most the time that a request has: if the connection were closed on it,
    // the caller, or the router before it, would see a reset and not this answer.
    if (status === 413) reply.removeHeader('connection');
    if (status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', '5');
    reply.type('application/problem+json').send(JSON.stringify(formatProblem(fault, instance)));
  };
}

function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url } = request.routeOptions;
    const ms = Math.round(reply.elapsedTime);
    request.log.debug({ method: request.method, route: url, status: reply.statusCode, ms }, 'answered');
  });
}

// A closing server waits for its connections: those that fall idle are closed, the rest after a while.
function closeConnections(app: FastifyInstance, after: number): void {
  app.addHook('preClose', async () => {
    if (!app.server.listening) return;
    const sweep = setInterval(() => app.server.closeIdleConnections(), 50);
    const cut = setTimeout(() => app.server.closeAllConnections(), after);
    app.server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(cut);
    });
  });
}

function requireRoutes(app: FastifyInstance, endpoints: readonly EndpointDefinition[]): void {
  const served = new Set<EndpointDefinition>();
  app.addHook('onRoute', ({ config }) => {
    if (config?.endpoint) served.add(config.endpoint);
  });
  app.addHook('onReady', async () => {
    const missing = endpoints.filter((endpoint) => !served.has(endpoint)).map((endpoint) => endpoint.operationId);
    if (missing.length > 0) throw new ServerError('endpoint_unserved', `no route serves ${missing.join(', ')}`);
  });
}

function refuseOtherMethods(app: FastifyInstance, endpoints: readonly EndpointDefinition[]): void {
  for (const [path, group] of Map.groupBy(endpoints, (endpoint) => routePath(endpoint.path))) {
    const allowed = new Set<string>(group.map((endpoint) => endpoint.method));
    if (allowed.has('GET')) allowed.add('HEAD');
    const refuse = async () => {
      throw problem('method_not_allowed', { headers: { allow: [...allowed].join(', ') } });
    };
    app.route({
      method: app.supportedMethods.filter((method) => !allowed.has(method)),
      url: path,
      exposeHeadRoute: false,
      onRequest: refuse,
      handler: refuse,
    });
  }
}
