// A record's leaf in the log, and hashes as they are written in a page.
import { digest } from '@detente/keys';
import { RECORD_TYP } from '@detente/record';
import { hashLeaf } from '@detente/tlog';

/** The digest of a presentation and the hash of its leaf. The leaf is the digest's 32 bytes, so it is the same for all
 *  presentations of a version, whatever stands in place of the signature.
 *  @returns undefined when there is no `header.payload.` to take it of. */
export function leafOf(presentation: string): { digest: string; leafHash: Buffer } | undefined {
  const first = presentation.indexOf('.');
  const second = first < 0 ? -1 : presentation.indexOf('.', first + 1);
  if (second < 0) return undefined;
  const name = digest(RECORD_TYP, presentation.slice(0, second));
  return { digest: name, leafHash: hashLeaf(Buffer.from(name, 'base64url')) };
}

/** 32 bytes as 43 characters of base64url. */
export function formatHash(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('base64url');
}

export function parseHash(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}
