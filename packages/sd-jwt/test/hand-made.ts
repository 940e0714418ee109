// Tokens made by hand, validly signed whatever they say: what an issuer gone wrong, or another one, could send.
import { generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto';
import { SdJwtError, type SdJwtErrorCode, type VerifyOptions } from '../src/index.ts';

export const issuer = generateKeyPairSync('ed25519');

export const options: VerifyOptions = { algorithms: ['Ed25519'], key: issuer.publicKey };

export const goodHeader = { alg: 'Ed25519', typ: 'example+sd-jwt', kid: 'one' };

export function signWith(key: KeyObject) {
  return (signingInput: string) => sign(null, Buffer.from(signingInput), key);
}

/** base64url of bytes, of a text as it is, or of a value's JSON. */
export function encode(content: unknown): string {
  if (Buffer.isBuffer(content)) return content.toString('base64url');
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url');
}

export function digestOf(disclosure: string): string {
  return hash('sha256', disclosure, 'base64url');
}

/** Token of header and payload (values, or texts as they are) and encoded disclosures. */
export function handMade(payload: unknown, disclosures: string[] = [], header: unknown = goodHeader): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return [`${signed}.${encode(signWith(issuer.privateKey)(signed))}`, ...disclosures, ''].join('~');
}

/** Token whose `_sd` has the digests of all disclosures (values, or texts as they are). */
export function disclosing(contents: unknown[], claims: object = {}): string {
  const disclosures = contents.map(encode);
  return handMade({ ...claims, _sd: disclosures.map(digestOf), _sd_alg: 'sha-256' }, disclosures);
}

/** Code of the refusal; `accepted` where there is none. Any other error goes on. */
export function refusal(run: () => unknown): SdJwtErrorCode | 'accepted' {
  try {
    run();
  } catch (error) {
    if (error instanceof SdJwtError) return error.code;
    throw error;
  }
  return 'accepted';
}
