// Content-Digest (RFC 9530 §2), SHA-256 alone.
import { hash } from 'node:crypto';
import { SignatureError } from './errors.ts';

const form = /^sha-256=:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=:$/;

/** The value of Content-Digest for a body: `sha-256=:` base64 of its raw bytes' SHA-256 `:` (RFC 9530 §2, §5). */
export function contentDigest(body: Uint8Array | string): string {
  return `sha-256=:${hash('sha256', body, 'base64')}:`;
}

/** Compares a received Content-Digest with the raw bytes of the body.
 *  @throws SignatureError `digest_missing`, `digest_malformed` (another algorithm, several, another spelling), `digest_mismatch` */
export function verifyContentDigest(value: string | undefined, body: Uint8Array): string {
  if (value === undefined) throw new SignatureError('digest_missing', 'content-digest is missing');
  if (!form.test(value)) throw new SignatureError('digest_malformed', 'content-digest is not one sha-256 digest');
  if (value !== contentDigest(body))
    throw new SignatureError('digest_mismatch', 'content-digest is not that of the body');
  return value;
}
