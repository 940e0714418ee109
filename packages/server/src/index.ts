// A Detente service without its routes: settings, log, limits, problems, documents, health, shutdown.

export { configTable, readConfig, type ServiceSettings, serviceSettings } from './config.ts';
export { formatCursor, parseCursor } from './cursor.ts';
export { contractDocument } from './docs.ts';
export { etagOf, isUnchanged, requireMatch } from './etag.ts';
export type { ReadyCheck } from './health.ts';
export {
  decideIdempotency,
  type IdempotencyDecision,
  parseIdempotencyKey,
  requestDigest,
  type StoredRequest,
} from './idempotency.ts';
export { type JsonLimits, parseJson } from './json.ts';
export { type Listening, listen, onShutdown, reportReady } from './lifecycle.ts';
export { defaultLimits, type Limits } from './limits.ts';
export { cleanText, createLogger, type Logger, type LogLevel } from './log.ts';
export { formatProblem, ProblemError, type ProblemOptions, problem } from './problem.ts';
export { type Handler, route } from './route.ts';
export { ServerError, type ServerErrorCode } from './server-error.ts';
export { createService, type ServiceOptions } from './service.ts';
export { type Check, compileCheck } from './validation.ts';
