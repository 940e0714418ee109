// Answers on a socket itself, for what never becomes a request.

import type { Socket } from 'node:net';
import { type ProblemCode, problems } from '@detente/contract/problems';
import type { ConnectionError } from 'fastify';
import { formatProblem, problem } from './problem.ts';

/** Fastify's `clientErrorHandler`: what is not HTTP, too large, or not in time. */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const timedOut = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  endWithProblem(socket, timedOut ? 'request_timeout' : tooLarge ? 'headers_too_large' : 'malformed_request');
}

/** Ms for an answer to be read. A close over what the client still sends would take it back; who does not close himself keeps
 *  his place no longer. */
const LINGER = 2_000;

/** A whole answer (RFC 9457), and the end of the connection. @param headers are not checked here */
export function endWithProblem(socket: Socket, code: ProblemCode, headers: Record<string, string> = {}): void {
  const { status } = problems[code];
  const body = JSON.stringify(formatProblem(problem(code)));
  const head = [
    // Without a reason phrase the space stays (RFC 9112, section 4).
    `HTTP/1.1 ${status} `,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), LINGER).unref();
}
