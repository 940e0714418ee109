// What the four contracts are made of. Each stands by itself, so that a process loads its own alone:
// `@detente/contract/reporting`, `/casework`, `/exchange` and `/publication`.

export {
  type BodyDefinition,
  ContractError,
  type ContractErrorCode,
  type EndpointDefinition,
  endpoint,
  generalProblems,
  isJson,
  type Method,
  pathParams,
  problemsOf,
  type RawBody,
  type ReplyOf,
  type RequestOf,
  type ResponseDefinition,
  type Security,
} from './endpoint.ts';
export {
  type Components,
  type Contract,
  type JsonSchema,
  parameterSchema,
  plainSchema,
  routePath,
  routeSchema,
  securitySchemes,
} from './openapi.ts';
export { FieldProblem, type Problem, type ProblemCode, ProblemDetails, problems } from './problems.ts';
