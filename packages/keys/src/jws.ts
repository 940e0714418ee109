// Compact JWS (RFC 7515) in the one form that this protocol knows: Ed25519 (RFC 9864), header exactly alg, typ and kid.
import type { KeyObject } from 'node:crypto';
// Not jose as a whole, which is four times as many modules to load.
import { CompactSign } from 'jose/jws/compact/sign';
import { compactVerify } from 'jose/jws/compact/verify';
import { isBase64url, parseBase64url, parseCanonicalJson } from './canonical.ts';
import { digest } from './digest.ts';
import { KeysError } from './errors.ts';
import type { Signer } from './ring.ts';
import type { Members } from './shape.ts';

/** The enrolled key of this thumbprint, of the one issuer and the one purpose that the caller expects; undefined otherwise. */
export type KeyFor = (kid: string) => KeyObject | undefined;
export type ParsedJws = { kid: string; payload: Members; signed: string };

/** Far above a receipt of 1,000 records (about 220,000 characters). */
const maxCharacters = 1_000_000;

export async function signJws(
  typ: string,
  payload: Members,
  signer: Pick<Signer, 'kid' | 'privateKey'>,
): Promise<{ jws: string; digest: string }> {
  const bytes = Buffer.from(JSON.stringify(payload));
  parseCanonicalJson(bytes); // what nobody would accept is not signed
  const jws = await new CompactSign(bytes)
    .setProtectedHeader({ alg: 'Ed25519', typ, kid: signer.kid })
    .sign(signer.privateKey);
  return { jws, digest: digest(typ, jws.slice(0, jws.lastIndexOf('.'))) };
}

/** Checks form, size, depth and header before the signature.
 *  @throws KeysError those of `parseJws`, `key_unknown`, `signature_invalid` */
export async function verifyJws(jws: string, typ: string, keyFor: KeyFor): Promise<ParsedJws & { digest: string }> {
  const { kid, payload, signed } = parseJws(jws, typ);
  const key = keyFor(kid);
  if (!key) throw new KeysError('key_unknown', `no enrolled key ${kid}`);
  try {
    await compactVerify(jws, key, { algorithms: ['Ed25519'] });
  } catch (cause) {
    throw new KeysError('signature_invalid', `the signature is not by key ${kid}`, { cause });
  }
  return { kid, payload, signed, digest: digest(typ, signed) };
}

/** The parts of a JWS whose signature has NOT been checked: only for a message that names its key by a pinned thumbprint.
 *  @throws KeysError `jws_malformed`, `base64url_not_canonical`, `json_malformed`, `json_not_canonical`, `header_refused`,
 *  `algorithm_refused`, `typ_unexpected`, `claims_malformed` */
export function parseJws(jws: string, typ: string): ParsedJws {
  const { header, payload, signed } = split(jws);
  return { kid: parseHeader(header, typ), payload: parsePayload(payload), signed };
}

/** The thumbprint that the header of a JWS, or of an SD-JWT's first part, names: of something that was verified before. */
export function kidOf(token: string): string {
  return (JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString()) as { kid: string }).kid;
}

function split(jws: string): { header: Buffer; payload: Buffer; signed: string } {
  if (typeof jws !== 'string' || jws.length > maxCharacters) {
    throw new KeysError('jws_malformed', `a JWS must be text of at most ${maxCharacters} characters`);
  }
  const [header, payload, signature, more] = jws.split('.', 4);
  if (!header || !payload || !signature || more !== undefined) {
    throw new KeysError('jws_malformed', 'a JWS must be three parts with dots between, none of them empty');
  }
  parseBase64url(signature, 64);
  return {
    header: parseBase64url(header),
    payload: parseBase64url(payload),
    signed: jws.slice(0, header.length + 1 + payload.length),
  };
}

function parseHeader(bytes: Buffer, typ: string): string {
  const header = parseCanonicalJson(bytes) as Members | null;
  // Everything else is refused unread, above all what would bring a key or change the rules: jwk, jku, x5c, x5u, crit, b64.
  if (header === null || typeof header !== 'object' || Object.keys(header).sort().join() !== 'alg,kid,typ') {
    throw new KeysError('header_refused', 'the header must have exactly alg, typ and kid');
  }
  if (header.alg !== 'Ed25519') throw new KeysError('algorithm_refused', 'alg must be Ed25519');
  if (header.typ !== typ) throw new KeysError('typ_unexpected', `typ must be ${typ}`);
  if (!isBase64url(header.kid, 32)) throw new KeysError('header_refused', 'kid must be a thumbprint');
  return header.kid;
}

function parsePayload(bytes: Buffer): Members {
  const payload = parseCanonicalJson(bytes);
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    throw new KeysError('claims_malformed', 'the payload must be an object');
  }
  return payload as Members;
}
