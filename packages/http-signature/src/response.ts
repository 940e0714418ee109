// Signed responses: each names the signature of the request that it answers (RFC 9421 §2.4), so that none can be swapped.
import type { KeyObject } from 'node:crypto';
import { contentDigest, verifyContentDigest } from './content-digest.ts';
import { type Coverage, faultOf } from './diagnose.ts';
import { SignatureError } from './errors.ts';
import { fieldOf, type HttpResponse } from './message.ts';
import {
  clockSkew,
  formatSignature,
  type KeyFor,
  label,
  parseSignature,
  type Signer,
  signBase,
  tag,
  toSeconds,
  verifyBase,
} from './profile.ts';
import type { RequestSignature } from './request.ts';

export type ResponseParameters = { readonly keyid: string /** Seconds of the epoch. */; readonly created: number };

/** Signature fields in the right form, not yet verified. */
export type ParsedResponseSignature = ResponseParameters & { readonly signature: string; readonly parameters: string };

const components = '("@status" "content-digest" "signature";req;key="detente")';
const inputForm =
  /^detente=(\("@status" "content-digest" "signature";req;key="detente"\);created=([1-9]\d{0,11});keyid="([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])";tag="detente")$/;

const coverage: Coverage = {
  required: ['"@status"', '"content-digest"', '"signature";req;key="detente"'],
  optional: [],
  parameters: {
    created: /^[1-9]\d{0,11}$/,
    keyid: /^"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"$/,
    tag: /^"detente"$/,
  },
};

/** Signs a response to a verified request over `@status`, `content-digest` (of the empty body too) and the request's signature.
 *  @param options request: as verified; now: milliseconds of the epoch.
 *  @returns the fields to add.
 *  @throws SignatureError `key_unsuitable`, `component_malformed` */
export function signResponse(
  response: Pick<HttpResponse, 'status' | 'body'>,
  signer: Signer,
  options: { request: Pick<RequestSignature, 'signature'>; now: number },
): Record<string, string> {
  const digest = contentDigest(response.body ?? '');
  const parameters = `${components};created=${toSeconds(options.now)};keyid="${signer.kid}";tag="${tag}"`;
  if (!inputForm.test(`${label}=${parameters}`))
    throw new SignatureError('parameter_malformed', 'keyid or time is malformed');
  const signature = signBase(baseOf(response.status, digest, options.request.signature, parameters), signer);
  return {
    'content-digest': digest,
    'signature-input': `${label}=${parameters}`,
    signature: formatSignature(signature),
  };
}

/** Verifies that a response answers exactly this request.
 *  @param options request: what `signRequest` returned; keyFor: known keys by thumbprint; now: milliseconds of the epoch.
 *  @throws SignatureError */
export function verifyResponse(
  response: HttpResponse,
  options: { request: Pick<RequestSignature, 'signature' | 'created'>; keyFor: KeyFor; now: number },
): ResponseParameters {
  const parsed = parseResponseSignature(response, options);
  return verifyParsedResponse(parsed, response, options.request, options.keyFor(parsed.keyid));
}

/** First half of `verifyResponse`, for a caller that looks the key up later.
 *  @throws SignatureError */
export function parseResponseSignature(
  response: Pick<HttpResponse, 'headers'>,
  options: { request: Pick<RequestSignature, 'created'>; now: number },
): ParsedResponseSignature {
  const input = fieldOf(response.headers, 'signature-input');
  const field = fieldOf(response.headers, 'signature');
  const match = inputForm.exec(input ?? '');
  const signature = parseSignature(field ?? '');
  if (!match || !signature) throw faultOf(input, field, coverage);
  const created = Number(match[2]);
  if (created > toSeconds(options.now) + clockSkew) {
    throw new SignatureError('created_in_future', 'created lies in the future');
  }
  if (created < options.request.created - clockSkew) {
    throw new SignatureError('created_before_request', 'the response is older than the request');
  }
  return { keyid: match[3]!, created, signature, parameters: match[1]! };
}

/** Second half of `verifyResponse`: digest over the raw body, then the signature.
 *  @throws SignatureError */
export function verifyParsedResponse(
  parsed: ParsedResponseSignature,
  response: HttpResponse,
  request: Pick<RequestSignature, 'signature'>,
  key: KeyObject | undefined,
): ResponseParameters {
  const digest = verifyContentDigest(fieldOf(response.headers, 'content-digest'), response.body ?? new Uint8Array());
  verifyBase(baseOf(response.status, digest, request.signature, parsed.parameters), parsed.signature, key);
  return { keyid: parsed.keyid, created: parsed.created };
}

/** RFC 9421 §2.5. The request's signature enters as the dictionary member in its structured form (§2.1.2, §2.4). */
function baseOf(status: number, digest: string, requestSignature: string, parameters: string): string {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new SignatureError('component_malformed', '@status is not a final status code');
  }
  return `"@status": ${status}\n"content-digest": ${digest}\n"signature";req;key="detente": :${requestSignature}:\n"@signature-params": ${parameters}`;
}
