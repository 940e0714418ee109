// Signed requests: the profile of RFC 9421 that all of `/exchange` speaks, in one spelling and one expression.
import { type KeyObject, randomBytes } from 'node:crypto';
import { contentDigest, verifyContentDigest } from './content-digest.ts';
import { type Coverage, faultOf } from './diagnose.ts';
import { SignatureError } from './errors.ts';
import { checkContentType, checkTarget, fieldOf, type HttpRequest } from './message.ts';
import {
  clockSkew,
  formatSignature,
  type KeyFor,
  label,
  longestLifetime,
  parseSignature,
  type Signer,
  signBase,
  tag,
  toSeconds,
  verifyBase,
} from './profile.ts';

/** The parameters of a request's signature; `created` and `expires` in seconds of the epoch. */
export type RequestParameters = {
  readonly keyid: string;
  /** 22 characters: base64url of 16 random bytes. */
  readonly nonce: string;
  readonly created: number;
  readonly expires: number;
};

/** What a response has to name: the request's signature in base64, and when it was made. */
export type RequestSignature = RequestParameters & { readonly signature: string };

/** Signature fields in the right form and within their time, not yet verified. */
export type ParsedRequestSignature = RequestSignature & { readonly coversBody: boolean; readonly parameters: string };

export type SignedRequest = RequestSignature & { readonly headers: Record<string, string> };

const bare = '("@method" "@target-uri")';
const withBody = '("@method" "@target-uri" "content-type" "content-digest")';
const inputForm =
  /^detente=(\("@method" "@target-uri"( "content-type" "content-digest")?\);created=([1-9]\d{0,11});expires=([1-9]\d{0,11});nonce="([A-Za-z0-9_-]{21}[AQgw])";keyid="([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])";tag="detente")$/;

const coverage: Coverage = {
  required: ['"@method"', '"@target-uri"'],
  optional: ['"content-type"', '"content-digest"'],
  parameters: {
    created: /^[1-9]\d{0,11}$/,
    expires: /^[1-9]\d{0,11}$/,
    nonce: /^"[A-Za-z0-9_-]{21}[AQgw]"$/,
    keyid: /^"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"$/,
    tag: /^"detente"$/,
  },
};

/** Signs a request (RFC 9421 §3.1) over `@method` and `@target-uri`, with a body over `content-type` and `content-digest` too.
 *  @param request a body needs `content-type` in its fields; an empty body counts as none.
 *  @param options now: milliseconds of the epoch; lifetime: seconds, 60 when absent, 300 at most; nonce: for tests.
 *  @returns the fields to add, and what `verifyResponse` needs to know of this request.
 *  @throws SignatureError `component_missing`, `component_malformed`, `lifetime_too_long`, `key_unsuitable` */
export function signRequest(
  request: HttpRequest,
  signer: Signer,
  options: { now: number; lifetime?: number; nonce?: string },
): SignedRequest {
  checkTarget(request.method, request.targetUri);
  const created = toSeconds(options.now);
  const expires = created + (options.lifetime ?? 60);
  checkLifetime(created, expires);
  const nonce = options.nonce ?? randomBytes(16).toString('base64url');
  const digest = request.body?.length ? contentDigest(request.body) : undefined;
  const times = `created=${created};expires=${expires};nonce="${nonce}";keyid="${signer.kid}";tag="${tag}"`;
  const parameters = `${digest ? withBody : bare};${times}`;
  if (!inputForm.test(`${label}=${parameters}`)) {
    throw new SignatureError('parameter_malformed', 'nonce, keyid or time is not in the form of the profile');
  }
  const signature = signBase(baseOf(request, digest, parameters), signer);
  return {
    headers: {
      ...(digest && { 'content-digest': digest }),
      'signature-input': `${label}=${parameters}`,
      signature: formatSignature(signature),
    },
    keyid: signer.kid,
    nonce,
    created,
    expires,
    signature,
  };
}

/** Verifies a request's form, time, key, body digest and signature. The nonce is the caller's to spend, once, and to remember
 *  until `nonceKeptUntil`.
 *  @param options keyFor: known keys by thumbprint; now: milliseconds of the epoch.
 *  @throws SignatureError every code but `nonce_replayed`, `target_mismatch` and those of responses */
export function verifyRequest(request: HttpRequest, options: { keyFor: KeyFor; now: number }): RequestSignature {
  const parsed = parseRequestSignature(request, options.now);
  return verifyParsedRequest(parsed, request, options.keyFor(parsed.keyid));
}

/** First half of `verifyRequest`, for a caller that reads keys or body later: form and time of the signature fields.
 *  @throws SignatureError */
export function parseRequestSignature(request: Pick<HttpRequest, 'headers'>, now: number): ParsedRequestSignature {
  const input = fieldOf(request.headers, 'signature-input');
  const field = fieldOf(request.headers, 'signature');
  const match = inputForm.exec(input ?? '');
  const signature = parseSignature(field ?? '');
  if (!match || !signature) throw faultOf(input, field, coverage);
  const created = Number(match[3]);
  const expires = Number(match[4]);
  checkTimes(created, expires, now);
  const coversBody = match[2] !== undefined;
  return { keyid: match[6]!, nonce: match[5]!, created, expires, signature, coversBody, parameters: match[1]! };
}

/** Second half of `verifyRequest`: digest over the raw body, then the signature.
 *  @throws SignatureError */
export function verifyParsedRequest(
  parsed: ParsedRequestSignature,
  request: HttpRequest,
  key: KeyObject | undefined,
): RequestSignature {
  if (key === undefined) throw new SignatureError('keyid_unknown', 'keyid names no known key');
  const body = request.body ?? new Uint8Array();
  if (body.length > 0 && !parsed.coversBody) {
    throw new SignatureError('component_missing', 'there is a body, and "content-digest" is not covered');
  }
  const digest = parsed.coversBody ? verifyContentDigest(fieldOf(request.headers, 'content-digest'), body) : undefined;
  checkTarget(request.method, request.targetUri);
  verifyBase(baseOf(request, digest, parsed.parameters), parsed.signature, key);
  const { keyid, nonce, created, expires, signature } = parsed;
  return { keyid, nonce, created, expires, signature };
}

/** From this time on the request is refused as expired, so its nonce may be forgotten. */
export function nonceKeptUntil(parameters: RequestParameters): Date {
  return new Date((parameters.expires + clockSkew + 1) * 1000);
}

/** RFC 9421 §2.5, for the two fixed lists of components. */
function baseOf(request: HttpRequest, digest: string | undefined, parameters: string): string {
  const target = `"@method": ${request.method}\n"@target-uri": ${request.targetUri}\n`;
  if (digest === undefined) return `${target}"@signature-params": ${parameters}`;
  const type = checkContentType(fieldOf(request.headers, 'content-type'));
  return `${target}"content-type": ${type}\n"content-digest": ${digest}\n"@signature-params": ${parameters}`;
}

function checkTimes(created: number, expires: number, now: number): void {
  const seconds = toSeconds(now);
  checkLifetime(created, expires);
  if (created > seconds + clockSkew) throw new SignatureError('created_in_future', 'created lies in the future');
  if (expires < seconds - clockSkew) throw new SignatureError('expired', 'the signature has expired');
}

function checkLifetime(created: number, expires: number): void {
  if (expires <= created) throw new SignatureError('parameter_malformed', 'expires is not after created');
  if (expires - created > longestLifetime) {
    throw new SignatureError('lifetime_too_long', `created and expires are more than ${longestLifetime} s apart`);
  }
}
