// Signed calls to a peer over an undici dispatcher: one request, one verified response, within a time and a size.
import type { KeyObject } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { SignatureError } from './errors.ts';
import { formatTargetUri, type HttpHeaders } from './message.ts';
import type { Signer } from './profile.ts';
import { type SignedRequest, signRequest } from './request.ts';
import { parseResponseSignature, verifyParsedResponse } from './response.ts';

export type WireErrorCode =
  | 'unreachable'
  | 'timeout'
  | 'aborted'
  | 'redirect_refused'
  | 'content_encoding_refused'
  | 'response_too_large'
  | 'response_cut_off'
  | 'response_unverified';

type WireErrorOptions = { status?: number; date?: number; cause?: unknown };

/** A call that brought no verified response. Nothing that an unverified peer said is in it but its status. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: WireErrorCode;
  /** Status line of the response, if one came; not verified. */
  readonly status: number | undefined;
  /** Its Date, milliseconds of the epoch, not verified either: good for nothing but the time of another attempt. */
  readonly date: number | undefined;

  constructor(code: WireErrorCode, message: string, options: WireErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.date = options.date;
  }
}

export type SignedCall = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The peer's pinned origin: `https://host[:port]`. */
  origin: string;
  /** Path and query, exactly as they shall be sent. */
  path: string;
  body?: Uint8Array | string;
  /** `application/json` when absent; sent with a body only. */
  contentType?: string;
  signer: Signer;
  /** The peer's key by thumbprint; undefined for any key that is not this peer's. */
  keyFor: (keyid: string) => KeyObject | undefined | Promise<KeyObject | undefined>;
  /** Milliseconds of the epoch; `Date.now` when absent. */
  clock?: () => number;
  /** Ends the call early, as when the process stops. */
  signal?: AbortSignal;
};

export type WireLimits = {
  /** Milliseconds from the first byte of connecting to the last of the response. */
  totalMs: number;
  /** Largest body of a response, in bytes. */
  maxBytes: number;
};

export type VerifiedResponse = {
  status: number;
  /** As received. Only `content-digest` is covered by the signature, so take no decision from another. */
  headers: HttpHeaders;
  body: Buffer;
  /** Thumbprint of the key that signed it. */
  keyid: string;
};

/** Sends a signed request and returns the response when the peer signed it for exactly this request, whatever its status
 *  but a redirect.
 *  @param dispatcher a Pool of the peer's origin, without redirect, decompress or retry interceptors: a retry would send a
 *    spent nonce.
 *  @throws WireError; SignatureError when the call itself cannot be signed */
export async function signedRequest(
  dispatcher: Dispatcher,
  call: SignedCall,
  limits: WireLimits,
): Promise<VerifiedResponse> {
  const clock = call.clock ?? Date.now;
  const outgoing = sign(call, clock());
  const ends: Ends = { total: AbortSignal.timeout(limits.totalMs), caller: call.signal };
  const response = await send(dispatcher, call, outgoing, ends);
  const { statusCode: status, headers } = response;
  checkHead(response, limits);
  const body = await readBody(response, limits, ends);
  try {
    const parsed = parseResponseSignature({ headers }, { request: outgoing, now: clock() });
    const key = await call.keyFor(parsed.keyid);
    const { keyid } = verifyParsedResponse(parsed, { status, headers, body }, outgoing, key);
    return { status, headers, body, keyid };
  } catch (cause) {
    if (!(cause instanceof SignatureError)) throw cause;
    const date = Date.parse(String(headers.date));
    const options = { status, cause, ...(Number.isFinite(date) && { date }) };
    throw new WireError('response_unverified', `the response is not verified: ${cause.message}`, options);
  }
}

type Outgoing = SignedRequest & { readonly body: Uint8Array | null };
type Ends = { total: AbortSignal; caller: AbortSignal | undefined };

function sign(call: SignedCall, now: number): Outgoing {
  const { method, origin, path, signer } = call;
  const body = typeof call.body === 'string' ? Buffer.from(call.body) : call.body;
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (body?.length) headers['content-type'] = call.contentType ?? 'application/json';
  const signed = signRequest({ method, targetUri: formatTargetUri(origin, path), headers, body }, signer, { now });
  return { ...signed, headers: { ...headers, ...signed.headers }, body: body?.length ? body : null };
}

/** `dispatcher.request` and not `undici.request`, which would send another spelling of the path than was signed. */
async function send(
  dispatcher: Dispatcher,
  { method, origin, path }: SignedCall,
  { headers, body }: Outgoing,
  ends: Ends,
): Promise<Dispatcher.ResponseData> {
  const signal = ends.caller ? AbortSignal.any([ends.total, ends.caller]) : ends.total;
  try {
    return await dispatcher.request({ method, origin, path, headers, body, signal });
  } catch (cause) {
    throw endedBy(ends, cause) ?? new WireError('unreachable', 'the peer did not answer', { cause });
  }
}

/** What can be refused before the body is read. */
function checkHead(response: Dispatcher.ResponseData, limits: WireLimits): void {
  const { statusCode: status, headers } = response;
  const refuse = (code: WireErrorCode, message: string) => {
    // Closes the connection: what is still to come is not worth reading.
    response.body.on('error', () => {}).destroy();
    return new WireError(code, message, { status });
  };
  if (status >= 300 && status < 400) throw refuse('redirect_refused', 'the peer answered with a redirect');
  if (headers['content-encoding'] !== undefined) {
    throw refuse('content_encoding_refused', 'the response has a content-encoding');
  }
  if (Number(headers['content-length']) > limits.maxBytes) throw refuse('response_too_large', tooLong(limits));
}

async function readBody(response: Dispatcher.ResponseData, limits: WireLimits, ends: Ends): Promise<Buffer> {
  const status = response.statusCode;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body) {
      length += chunk.length;
      if (length > limits.maxBytes) throw new WireError('response_too_large', tooLong(limits), { status });
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof WireError) throw cause;
    throw (
      endedBy(ends, cause, status) ?? new WireError('response_cut_off', 'the response was cut off', { status, cause })
    );
  }
  return Buffer.concat(chunks, length);
}

function tooLong({ maxBytes }: WireLimits): string {
  return `the response is longer than ${maxBytes} bytes`;
}

function endedBy(ends: Ends, cause: unknown, status?: number): WireError | undefined {
  const options = { cause, ...(status !== undefined && { status }) };
  if (ends.caller?.aborted) return new WireError('aborted', 'the call was ended by its caller', options);
  return ends.total.aborted ? new WireError('timeout', 'the call took too long', options) : undefined;
}
