// A Fastify scope in which every request is signed by a known peer and every answer to one is signed back.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';
import { errorCodes, type FastifyReply, type FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { SignatureError } from './errors.ts';
import { pickHeaders } from './message.ts';
import type { Signer } from './profile.ts';
import { nonceKeptUntil, parseRequestSignature, type RequestSignature, verifyParsedRequest } from './request.ts';
import { signResponse } from './response.ts';

/** Who signed a request. A service adds what it knows of its peers by declaration merging. */
export interface Peer {
  /** The peer's origin URL, which is its name. */
  readonly origin: string;
}

export type HttpSignatureOptions = {
  /** The peer's key by RFC 7638 thumbprint, among keys already enrolled. */
  keyFor: (keyid: string) => Promise<{ key: KeyObject; peer: Peer } | undefined>;
  /** Spends a nonce: false when it was spent before. Called after everything else is verified.
   *  @param until when it may be forgotten, because the request is refused as expired from then on. */
  useNonce: (keyid: string, nonce: string, until: Date) => Promise<boolean>;
  /** The absolute URI as this node is configured, of `request.originalUrl`: see `formatTargetUri`. */
  targetUri: (request: FastifyRequest) => string;
  /** Signs the responses. */
  signer: Signer;
  /** Milliseconds of the epoch; `Date.now` when absent. */
  clock?: () => number;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** The peer whose signature was verified; in a signed scope it throws while there is none. */
    readonly peer: Peer;
    /** The verified signature of this request, null before and without it. Set on a replay too, when `peer` is not. */
    requestSignature: RequestSignature | null;
  }
}

/** Signed with by nobody: what names a stranger's key is verified all the same, so that no answer tells whose keys are known. */
const NOBODY = generateKeyPairSync('ed25519').publicKey;
const signedHeaders = new Set(['signature-input', 'signature', 'content-type', 'content-digest']);
const peers = new WeakMap<FastifyRequest, Peer>();

/** Registers for the scope around it: verification before the body is parsed, `request.peer`, and signed responses. Faults are
 *  thrown as SignatureError with `statusCode` 401, a spent nonce 409. A response to a request that did not verify stays
 *  unsigned. Nothing registered after it may change a payload. */
export const httpSignature = fp<HttpSignatureOptions>(
  async (scope, options) => {
    const clock = options.clock ?? Date.now;
    scope.decorateRequest('requestSignature', null);
    scope.decorateRequest('peer', {
      getter() {
        const peer = peers.get(this);
        if (!peer) throw new Error('this request has no verified signature');
        return peer;
      },
    });
    scope.addHook('preParsing', async (request, reply, payload) => {
      try {
        return await verify(request, payload, options, clock);
      } catch (error) {
        // The rest of the body may still be coming, and nobody will read it.
        reply.header('connection', 'close');
        throw withStatus(error);
      }
    });
    scope.addHook('onSend', async (request, reply, payload) => {
      if (request.requestSignature) signReply(request, reply, payload, options.signer, clock());
      return payload;
    });
  },
  { name: 'detente-http-signature', fastify: '5.x' },
);

/** Bytes reach a content-type parser only when their digest is signed by a known peer. */
async function verify(
  request: FastifyRequest,
  payload: Readable,
  options: HttpSignatureOptions,
  clock: () => number,
): Promise<Readable> {
  const headers = pickHeaders(request.raw.rawHeaders, signedHeaders);
  const parsed = parseRequestSignature({ headers }, clock());
  const targetUri = options.targetUri(request);
  const limit = request.routeOptions.bodyLimit ?? request.server.initialConfig.bodyLimit ?? 1_048_576;
  // What announces too much is refused before anybody asks whose it is.
  if (Number(request.headers['content-length']) > limit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
  const known = await options.keyFor(parsed.keyid);
  const body = await readBody(payload, limit);
  const message = { method: request.method, targetUri, headers, body };
  const verified = verifyParsedRequest(parsed, message, known?.key ?? NOBODY);
  if (!known) throw new SignatureError('signature_invalid', 'the signature does not verify');
  // From here on the answer is signed, so that an honest sender can tell a replay or a failing database from a forged reply.
  request.requestSignature = verified;
  if (!(await options.useNonce(verified.keyid, verified.nonce, nonceKeptUntil(verified)))) {
    throw new SignatureError('nonce_replayed', 'this nonce was accepted before');
  }
  peers.set(request, known.peer);
  return Object.assign(Readable.from([body], { objectMode: false }), { receivedEncodedLength: body.length });
}

/** The raw bytes, up to a limit. The stream is left open when it is too long, so that the 413 gets out.
 *  @throws FastifyError `FST_ERR_CTP_BODY_TOO_LARGE`, `FST_ERR_CTP_INVALID_CONTENT_LENGTH` when the client breaks off */
function readBody(payload: Readable, limit: number): Promise<Buffer> {
  const tooLarge = new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
  const cutOff = new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    payload.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        payload.pause().removeAllListeners('data');
        reject(tooLarge);
      } else chunks.push(chunk);
    });
    payload.once('end', () => resolve(Buffer.concat(chunks, length)));
    payload.once('error', () => reject(cutOff));
    payload.once('close', () => reject(cutOff));
  });
}

function signReply(request: FastifyRequest, reply: FastifyReply, payload: unknown, signer: Signer, now: number): void {
  const status = reply.statusCode;
  // No content goes out with these, whatever the payload is (RFC 9110 §6.4.1).
  const empty = payload == null || request.method === 'HEAD' || status === 204 || status === 304;
  const body = empty ? Buffer.alloc(0) : wholeBytes(payload);
  reply.headers(signResponse({ status, body }, signer, { request: request.requestSignature!, now }));
}

function wholeBytes(payload: unknown): Uint8Array {
  if (typeof payload === 'string') return Buffer.from(payload);
  if (Buffer.isBuffer(payload)) return payload;
  throw withStatus(new SignatureError('response_stream', 'a signed response is a string or a Buffer, never a stream'));
}

function withStatus(error: unknown): unknown {
  if (!(error instanceof SignatureError)) return error;
  return Object.assign(error, { statusCode: statusOf(error) });
}

function statusOf({ code }: SignatureError): number {
  if (code === 'nonce_replayed') return 409;
  return code === 'response_stream' || code === 'key_unsuitable' ? 500 : 401;
}
