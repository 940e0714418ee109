// Stable names in place of real ones: the same name always gets the same pseudonym, and nobody without the key can test a guess.
import { createHmac, type KeyObject } from 'node:crypto';
import { KeysError } from './errors.ts';

/** HMAC-SHA-256 over `detente/pseudonym/1`, LF, kind, LF, and the name (NFKC, lower case, white space as single blanks).
 *  @param secret 32 bytes, as a key object: to make one takes longer than the MAC.
 *  @param kind what is named, such as `lab` or `model`: lower case letters and hyphens.
 *  @param digits 4 to 6; a caller who finds two names with the same four takes more of each.
 *  @returns upper-case hexadecimal, such as `A7F3`. */
export function pseudonym(secret: KeyObject, kind: string, name: string, digits = 4): string {
  if (!/^[a-z-]+$/.test(kind)) throw new KeysError('body_malformed', 'a kind is lower case letters and hyphens');
  if (digits < 4 || digits > 6) throw new KeysError('body_malformed', 'a pseudonym has 4 to 6 digits');
  const same = name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  const mac = createHmac('sha256', secret).update(`detente/pseudonym/1\n${kind}\n${same}`).digest('hex');
  return mac.slice(0, digits).toUpperCase();
}
