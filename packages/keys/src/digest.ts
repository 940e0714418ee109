// Names of signed things by SHA-256.
import { hash } from 'node:crypto';

/** Digest of a record version or a statement: SHA-256 over `detente/1`, LF, the header's `typ`, LF, and the exact characters
 *  `header.payload`. Not over the signature, which its signer can write in another way.
 *  @returns 43 characters, base64url. */
export function digest(typ: string, signed: string): string {
  return hash('sha256', `detente/1\n${typ}\n${signed}`, 'base64url');
}

/** Digest of what a presentation discloses: SHA-256 over `detente/disclosed/1`, LF, and its characters from the first `~` on.
 *  Presentations of one record are prefixes of the same bytes and every disclosure carries a fresh 128-bit salt, so this one
 *  value names exactly which disclosures were there, and nobody can guess it for a tier that they do not hold.
 *  @returns 43 characters, base64url. */
export function disclosedDigest(presentation: string): string {
  const start = presentation.indexOf('~');
  return hash('sha256', `detente/disclosed/1\n${start < 0 ? '' : presentation.slice(start)}`, 'base64url');
}
