// How a body comes in: its type, encoding and size are settled before it is read, its JSON is parsed strictly.

import { type EndpointDefinition, isJson } from '@detente/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseJson } from './json.ts';
import { problem } from './problem.ts';
import { isCoded } from './transfer-coding.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The exact bytes of the body, once it has been read. */
    rawBody: Buffer | null;
  }
}

/** Replaces Fastify's parsers by one, and refuses what no endpoint takes: encoded bodies and requests without Host. */
export function registerBodies(app: FastifyInstance): void {
  app.decorateRequest('rawBody', null);
  app.addHook('onRequest', async (request) => {
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1')
      throw problem('malformed_request', { detail: 'no Host' });
    if (isCoded(request.raw))
      throw problem('unsupported_media_type', {
        detail: 'no transfer-coding but chunked is taken',
        headers: { connection: 'close' },
      });
    if (request.headers['content-encoding'] !== undefined)
      throw problem('unsupported_media_type', {
        detail: 'no content-encoding is taken',
        headers: { 'accept-encoding': 'identity' },
      });
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    request.rawBody = bytes;
    const body = request.routeOptions.config?.endpoint?.body;
    if (body === undefined) return done(null, undefined);
    if (!isJson(body)) return done(null, bytes);
    try {
      done(null, parseJson(bytes, body.maxValues === undefined ? {} : { maxValues: body.maxValues }));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** Refuses a request whose body is not of the endpoint's type, before the body is read.
 *  @throws ProblemError `unsupported_media_type` */
export function checkMediaType(endpoint: EndpointDefinition, request: FastifyRequest): void {
  const sent = hasBody(request);
  const type = request.headers['content-type'];
  if (endpoint.body === undefined) {
    if (sent) throw problem('unsupported_media_type', { detail: 'no body is taken here' });
    return;
  }
  // Left to the schema, which says that the body is missing.
  if (!sent && type === undefined && isJson(endpoint.body)) return;
  const wanted = endpoint.body.contentType ?? 'application/json';
  if (wanted === '*/*') return;
  if (type === undefined || mediaType(type) !== wanted)
    throw problem('unsupported_media_type', { detail: `the body must be ${wanted}`, headers: { accept: wanted } });
}

// One type, and nothing after it but the only charset there is. (Duplicate headers arrive joined by a comma.)
function mediaType(header: string): string {
  return header.toLowerCase().replace(/ ?; ?charset=("?)utf-8\1$/, '');
}

function hasBody(request: FastifyRequest): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}
