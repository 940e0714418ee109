// Keys, statements and records of section 1 to 5 of docs/protocol.md.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign, verify } from 'node:crypto';

export type Jwk = { kty: 'OKP'; crv: 'Ed25519' | 'X25519'; x: string };
export type Key = { jwk: Jwk; kid: string; private: KeyObject };
export type Claims = Record<string, unknown>;

export const sha256 = (...parts: (string | Uint8Array)[]) =>
  parts.reduce<ReturnType<typeof createHash>>((hash, part) => hash.update(part), createHash('sha256')).digest();
export const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function thumbprint({ crv, kty, x }: Jwk): string {
  return sha256(JSON.stringify({ crv, kty, x })).toString('base64url');
}

export function makeKey(crv: Jwk['crv']): Key {
  const { publicKey, privateKey } = crv === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  const { x } = publicKey.export({ format: 'jwk' }) as Jwk;
  const jwk: Jwk = { kty: 'OKP', crv, x };
  return { jwk, kid: thumbprint(jwk), private: privateKey };
}

/** Section 1: of a record version or a statement, from its characters as received. */
export function digestOf(typ: string, token: string): string {
  const signed = token.split('.').slice(0, 2).join('.');
  return sha256(`detente/1\n${typ}\n${signed}`).toString('base64url');
}

export function signCompact(header: Claims, payload: Claims, key: Key): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key.private).toString('base64url')}`;
}

export function signStatement(typ: string, by: Key, claims: Claims): string {
  const jti = randomBytes(16).toString('base64url');
  const { iss, aud, seq, ...body } = claims;
  const parties = aud === undefined ? { iss, seq, jti } : { iss, aud, seq, jti };
  return signCompact({ alg: 'Ed25519', typ, kid: by.kid }, { ...parties, ...body }, by);
}

/** The claims of a compact JWS that this key signed.
 *  @throws Error otherwise */
export function verifyCompact(jws: string, typ: string, jwk: Jwk): Claims {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const said = JSON.parse(Buffer.from(header, 'base64url').toString());
  const wanted = { alg: 'Ed25519', typ, kid: thumbprint(jwk) };
  for (const [name, value] of Object.entries(wanted))
    if (said[name] !== value) throw new Error(`${name} is ${said[name]}`);
  const bytes = Buffer.from(`${header}.${payload}`);
  const key = { key: jwk, format: 'jwk' } as const;
  if (!verify(null, bytes, key, Buffer.from(signature, 'base64url'))) throw new Error('the signature fails');
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

/** Section 5: the fields of `incident/1` by tier, in order. */
const TIERS = [
  'kind title summary language severity hazard_domain occurred_month',
  'occurred detected ongoing lifecycle_stage sector deployment countries_affected harms mitigations',
  'techniques failure_pattern root_cause safeguards_bypassed detection component_tags',
  'narrative capability_level',
  'evidence',
].map((names) => names.split(' '));
const FIELDS = TIERS.flat();

export type ForeignRecord = { digest: string; at: (level: number) => string };

export function issueRecord(by: Key, part: { iss: string; tlp: string; tick: number }, fields: Claims): ForeignRecord {
  const disclosures = FIELDS.map((name) => encode([randomBytes(16).toString('base64url'), name, fields[name] ?? null]));
  const { iss, tlp, tick } = part;
  const payload = {
    ...{ iss, id: randomUUID(), type: 'incident/1', tlp, tick, exercise: false, retracted: false },
    _sd: disclosures.map((one) => sha256(one).toString('base64url')).sort(),
    _sd_alg: 'sha-256',
  };
  const jws = signCompact({ alg: 'Ed25519', typ: 'detente+sd-jwt', kid: by.kid }, payload, by);
  const at = (level: number) => {
    const shown = disclosures.slice(0, TIERS.slice(0, level).flat().length);
    return [jws, ...shown, ''].join('~');
  };
  return { digest: digestOf('detente+sd-jwt', jws), at };
}

/** What a presentation says.
 *  @throws Error when it is none of this issuer's */
export function verifyRecord(presentation: string, iss: string, jwk: Jwk): Claims {
  const [jws = '', ...rest] = presentation.split('~');
  if (rest.pop() !== '') throw new Error('something stands behind the last tilde');
  const { _sd, ...payload } = verifyCompact(jws, 'detente+sd-jwt', jwk) as Claims & { _sd: string[] };
  if (payload.iss !== iss || _sd.length !== FIELDS.length) throw new Error('it is no record of this node');
  const values = rest.map((one) => {
    if (!_sd.includes(sha256(one).toString('base64url'))) throw new Error('a disclosure is not signed');
    return JSON.parse(Buffer.from(one, 'base64url').toString()) as [string, string, unknown];
  });
  if (values.some(([, name], at) => name !== FIELDS[at])) throw new Error('the fields are out of order');
  return { ...payload, ...Object.fromEntries(values.map(([, name, value]) => [name, value])) };
}

/** Section 10. */
export function disclosedDigest(presentation: string): string {
  return sha256('detente/disclosed/1\n', presentation.slice(presentation.indexOf('~'))).toString('base64url');
}
