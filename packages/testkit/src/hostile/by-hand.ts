// Signed things made by hand: validly signed, whatever they say.

import { hash, type KeyObject, sign } from 'node:crypto';

/** A record's token in its parts: change one and put them together again. */
export type TokenParts = {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
  /** Encoded, in order. */
  disclosures: string[];
};

/** base64url of bytes, of a text as it is, or of a value's JSON. */
export function encode(content: unknown): string {
  if (Buffer.isBuffer(content)) return content.toString('base64url');
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url');
}

export function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

/** `header.payload.signature` by an Ed25519 key; header and payload are values, or texts that are taken as they are. */
export function signByHand(header: unknown, payload: unknown, key: KeyObject): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
}

export function takeApart(token: string): TokenParts {
  const [jwt = '', ...rest] = token.split('~');
  const [header = '', payload = ''] = jwt.split('.');
  return { header: decode(header), payload: decode(payload), disclosures: rest.slice(0, -1) } as TokenParts;
}

export function putTogether({ header, payload, disclosures }: TokenParts, key: KeyObject): string {
  return [signByHand(header, payload, key), ...disclosures, ''].join('~');
}

/** SHA-256 of a disclosure's characters, as `_sd` lists it. */
export function digestOf(disclosure: string): string {
  return hash('sha256', disclosure, 'base64url');
}

/** The parts with other disclosures, each of which the signed digests name. */
export function disclosing(parts: TokenParts, disclosures: string[]): TokenParts {
  const dropped = new Set(parts.disclosures.map(digestOf));
  const kept = (parts.payload._sd as string[]).filter((digest) => !dropped.has(digest));
  return { ...parts, payload: { ...parts.payload, _sd: [...kept, ...disclosures.map(digestOf)].sort() }, disclosures };
}
