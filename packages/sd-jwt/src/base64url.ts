// Base64url without padding (RFC 7515 §2), in its one canonical spelling.
import { SdJwtError } from './errors.ts';

/** UTF-8 text as base64url without padding. */
export function encodeText(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

/** Bytes of a base64url part. Padding, whitespace, foreign characters and unused bits that are not zero are refused,
 *  so that no part can be spelled in two ways.
 *  @throws SdJwtError `base64url_not_canonical` */
export function decodePart(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) {
    throw new SdJwtError('base64url_not_canonical', 'a part is not canonical base64url');
  }
  return bytes;
}
