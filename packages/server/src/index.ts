// A Detente service without its routes: settings, log, limits, problems, documents, health, shutdown.

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
export { defaultLimits, type Limits } from './limits.ts';
export { checkedLookup, checkOrigin, type Reach, type Resolve, reachSettings } from './peer-address.ts';
export {
  callerSettings,
  cleanText,
  configTable,
  createLogger,
  formatProblem,
  type Listening,
  type Logger,
  type LogLevel,
  listen,
  onShutdown,
  ProblemError,
  type ProblemOptions,
  problem,
  readConfig,
  readReach,
  reportReady,
  runProcess,
  ServerError,
  type ServerErrorCode,
  type ServiceSettings,
  serviceSettings,
  witnessSettings,
} from './process.ts';
export { type Handler, route } from './route.ts';
export { createService, type ServiceOptions } from './service.ts';
export { type Check, compileCheck } from './validation.ts';
