// What a process needs whether it is a service or not: settings, log, problems, life cycle. The whole package loads four times
// as much.

export { answerClientError, endWithProblem } from './client-error.ts';
export { compilersOfRoutes } from './compilers.ts';
export {
  callerSettings,
  configTable,
  readConfig,
  type ServiceSettings,
  serviceSettings,
  witnessSettings,
} from './config.ts';
export { type Listening, listen, onShutdown, reportReady, runProcess } from './lifecycle.ts';
export { cleanText, createLogger, type Logger, type LogLevel } from './log.ts';
export { readReach } from './peer-address.ts';
export { formatProblem, ProblemError, type ProblemOptions, problem } from './problem.ts';
export { ServerError, type ServerErrorCode } from './server-error.ts';
export { createShares, type TakeShare } from './shares.ts';
export { isCoded } from './transfer-coding.ts';
export { trustedProxies } from './trusted-proxies.ts';
