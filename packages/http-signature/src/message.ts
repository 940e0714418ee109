// Plain values for the two kinds of HTTP message, and the rules by which single field values enter a signature base.
import { SignatureError } from './errors.ts';

/** Fields by lower-case name. A field sent on several lines is an array, never a joined string. */
export type HttpHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export type HttpRequest = {
  readonly method: string;
  /** Absolute, in the exact spelling that was sent: origin and request target. */
  readonly targetUri: string;
  readonly headers: HttpHeaders;
  /** The content's raw bytes; absent and empty are the same. */
  readonly body?: Uint8Array | undefined;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body?: Uint8Array | undefined;
};

const visible = /^[\x21-\x7e]+$/;
const fieldValue = /^[\x21-\x7e](?:[\x20-\x7e]{0,510}[\x21-\x7e])?$/;
const upperCase = /^[A-Z]{1,20}$/;

/** The value of a field that may be sent once only.
 *  @throws SignatureError `header_duplicate` */
export function fieldOf(headers: HttpHeaders, name: string): string | undefined {
  const value = headers[name];
  if (value === undefined || typeof value === 'string') return value;
  if (value.length > 1) throw new SignatureError('header_duplicate', `${name} is sent ${value.length} times`);
  return value[0];
}

/** The named fields out of Node's `rawHeaders`, with every line kept. `IncomingMessage.headers` is no source for them: it
 *  drops a second Content-Type and joins two Signature lines into one. */
export function pickHeaders(rawHeaders: readonly string[], names: ReadonlySet<string>): HttpHeaders {
  const picked: Record<string, string[]> = {};
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    if (!names.has(name)) continue;
    picked[name] = [...(picked[name] ?? []), rawHeaders[i + 1]!];
  }
  return picked;
}

/** The `@target-uri` (RFC 9421 §2.2.2) of a request to this origin: nothing in it is taken from `Host`.
 *  @param origin as configured: `https://host[:port]`, no path.
 *  @param requestTarget the request line's target as received, in origin form (RFC 9112 §3.2.1).
 *  @throws SignatureError `target_mismatch` for the absolute, authority and asterisk forms and for a fragment */
export function formatTargetUri(origin: string, requestTarget: string): string {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    throw new SignatureError('target_mismatch', 'the configured origin is not in the form https://host[:port]');
  }
  if (!requestTarget.startsWith('/') || !visible.test(requestTarget) || requestTarget.includes('#')) {
    throw new SignatureError('target_mismatch', 'the request target is not a path on this origin');
  }
  return origin + requestTarget;
}

/** Refuses what could break out of its line in a signature base (RFC 9421 §2.5, §7.5.7).
 *  @throws SignatureError `component_malformed` */
export function checkTarget(method: string, targetUri: string): void {
  if (!upperCase.test(method)) throw new SignatureError('component_malformed', '@method is not upper-case letters');
  if (!visible.test(targetUri)) throw new SignatureError('component_malformed', '@target-uri is not visible ASCII');
}

/** @throws SignatureError `component_missing`, `component_malformed` */
export function checkContentType(value: string | undefined): string {
  if (value === undefined) throw new SignatureError('component_missing', 'a body needs a content-type');
  if (!fieldValue.test(value))
    throw new SignatureError('component_malformed', 'content-type is not one trimmed ASCII value');
  return value;
}
