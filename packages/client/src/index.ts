// Typed clients of the four contracts, for dashboards, labs, the console and the command.

export { type ConnectionOptions, type Contracts, connect, createClient, dataOf, type Service } from './client.ts';
export { type FieldProblem, ProblemError } from './problem-error.ts';
