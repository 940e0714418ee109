// Typed calls over openapi-fetch: paths, parameters and bodies are checked by the compiler against openapi/.

import createFetchClient, { type Client } from 'openapi-fetch';
import type { paths as Casework } from './generated/casework.ts';
import type { paths as Exchange } from './generated/exchange.ts';
import type { paths as Publication } from './generated/publication.ts';
import type { paths as Reporting } from './generated/reporting.ts';
import { ProblemError, problemOfReply } from './problem-error.ts';

/** The paths of each contract. */
export type Contracts = { reporting: Reporting; casework: Casework; exchange: Exchange; publication: Publication };
export type Service = keyof Contracts;

export type ConnectionOptions = {
  /** The node's origin: `https://node.example`, without a path. */
  baseUrl: string;
  /** A lab's API key or an officer's token. */
  token?: string;
  /** Most ms for a call, its answer's body included; 30 s when absent. */
  timeout?: number;
};

/** A client of one of the node's contracts. A call returns `{ data, response }` for a success, see `dataOf`.
 *  @throws ProblemError from a call that did not succeed */
export function createClient<S extends Service>(options: ConnectionOptions & { service: S }): Client<Contracts[S]> {
  return connect<Contracts[S]>(options);
}

/** A client of any OpenAPI document whose types were generated. */
export function connect<Paths extends {}>({ baseUrl, token, timeout = 30_000 }: ConnectionOptions): Client<Paths> {
  const client = createFetchClient<Paths>({
    baseUrl,
    // A token is for the node that was named, not for where it points to.
    redirect: 'error',
    headers: {
      accept: 'application/json, application/problem+json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    fetch: (request) => fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeout)]) }),
  });
  client.use({
    async onResponse({ response }) {
      if (!response.ok && response.status !== 304) throw await problemOfReply(response);
    },
    onError({ error }) {
      return new ProblemError(0, { code: 'unreachable', title: `no answer from ${baseUrl}` }, undefined, error);
    },
  });
  return client;
}

/** The body of a successful call: `dataOf(await client.GET('/reporting/v1/cases/{id}', …))`. */
export function dataOf<Result extends { data?: unknown }>(result: Result): Exclude<Result['data'], undefined> {
  return result.data as Exclude<Result['data'], undefined>;
}
