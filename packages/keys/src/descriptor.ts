// The descriptor: what a node says about itself, signed by its identity key, whose fingerprint a peer has pinned.
import { KeysError } from './errors.ts';
import { type PublicJwk, parsePublicJwk, publicKeyOf, thumbprint } from './jwk.ts';
import { parseJws } from './jws.ts';
import type { AnnouncedKey, PublicKeys } from './key-sets.ts';
import { logNameOf, parseOrigin, witnessNameOf } from './origin.ts';
import { kindOf, type PublishedPurpose, publishedPurposes } from './purposes.ts';
import type { Signer } from './ring.ts';
import { readDay, readHash, readInteger, readLine, readList, readMembers, readObject, refuse } from './shape.ts';
import { type SignedStatement, type Statement, signStatement, verifyStatement } from './statement.ts';

export type Endpoints = { exchange: string; log: string; reporting?: string; publication?: string };
export type Descriptor = {
  keys: Record<PublishedPurpose, AnnouncedKey>;
  /** Absolute URLs without query or fragment, all on the origin that is the node's name. */
  endpoints: Endpoints;
  /** Record types and the versions that the node reads, ascending: `{ incident: [1] }`. */
  types: Record<string, number[]>;
  /** SHA-256 of the exchange contract, 43 characters. */
  contract: string;
  log: string;
  witness: string;
  contact: { name: string; email?: string };
  /** UTC day on which it was written. */
  day: string;
  /** Record keys that were rotated away, oldest first, so that whoever comes later can verify old records; absent when there
   *  are none. */
  former?: PublicJwk[];
  /** Keys that it had and that were stolen, oldest first; absent when there are none. Never shorter in a later one. */
  revoked?: Revocation[];
};
/** What the key signed counts where it has a log index below `before`, and nowhere else. */
export type Revocation = { purpose: Exclude<PublishedPurpose, 'identity'>; kid: string; before: number };

/** Of each, so that a descriptor stays below its 65,536 bytes. */
export const maxFormer = 200;
const maxRevoked = 200;

const typ = 'detente-descriptor+jwt';

/** Signs a descriptor with the identity key that it shows.
 *  @throws KeysError `body_malformed`, `key_weak`, `keys_not_distinct`, `fingerprint_mismatch` */
export async function signDescriptor(
  input: { iss: string; seq: number; jti?: string; body: Descriptor },
  identity: Signer,
): Promise<SignedStatement> {
  const body = parseDescriptor(input.body, input.iss);
  if (thumbprint(body.keys.identity.jwk) !== identity.kid) {
    throw new KeysError('fingerprint_mismatch', 'the descriptor shows another identity key than the one that signs it');
  }
  return signStatement({ ...input, typ, body }, identity);
}

/** Verifies a descriptor against what is pinned. The identity key is read from the message, but only the one key that has the
 *  pinned thumbprint is ever used. Whether it may follow an earlier one is `verifySuccession`'s question.
 *  @param pinned.fingerprint thumbprint of the identity key, checked out of band.
 *  @param pinned.next thumbprint that the descriptor before announced for the identity key's successor, if there was one.
 *  @throws KeysError those of `verifyStatement`, `body_malformed`, `key_malformed`, `key_weak`, `keys_not_distinct`,
 *  `fingerprint_mismatch` */
export async function verifyDescriptor(
  jws: string,
  pinned: { origin: string; fingerprint: string; next?: string | undefined },
): Promise<Statement<Descriptor>> {
  const identity = identityIn(jws);
  const shown = thumbprint(identity);
  if (shown !== pinned.fingerprint && shown !== pinned.next) {
    throw new KeysError('fingerprint_mismatch', `the identity key is not ${pinned.fingerprint}`);
  }
  const key = publicKeyOf(identity);
  const keyFor = (kid: string) => (kid === shown ? key : undefined);
  const statement = await verifyStatement(jws, { typ, iss: pinned.origin, keyFor });
  return { ...statement, body: parseDescriptor(statement.body, pinned.origin) };
}

/** The keys that a descriptor shows, out of all the node's public halves. */
export function descriptorKeys(publicKeys: PublicKeys): Descriptor['keys'] {
  return Object.fromEntries(publishedPurposes.map((purpose) => [purpose, publicKeys[purpose]])) as Descriptor['keys'];
}

/** Reads a descriptor's body strictly.
 *  @throws KeysError `body_malformed` with a JSON pointer, `key_malformed`, `key_weak`, `keys_not_distinct`, `origin_malformed` */
export function parseDescriptor(value: unknown, origin: string): Descriptor {
  const members = ['keys', 'endpoints', 'types', 'contract', 'log', 'witness', 'contact', 'day'];
  const body = readMembers(value, '', members, ['former', 'revoked']);
  const keys = readKeys(body.keys);
  if (body.log !== logNameOf(origin)) refuse('/log', `must be ${logNameOf(origin)}`);
  if (body.witness !== witnessNameOf(origin)) refuse('/witness', `must be ${witnessNameOf(origin)}`);
  return {
    keys,
    endpoints: readEndpoints(body.endpoints, origin),
    types: readTypes(body.types),
    contract: readHash(body.contract, '/contract'),
    log: body.log,
    witness: body.witness,
    contact: readContact(body.contact),
    day: readDay(body.day, '/day'),
    ...(body.former !== undefined && { former: readFormer(body.former, keys) }),
    ...(body.revoked !== undefined && { revoked: readRevoked(body.revoked, keys) }),
  };
}

/** Thumbprint of the identity key that a descriptor shows, which says nothing about whose it is.
 *  @throws KeysError those of `parseJws`, `body_malformed`, `key_malformed`, `key_weak` */
export function shownIdentity(jws: string): string {
  return thumbprint(identityIn(jws));
}

function identityIn(jws: string): PublicJwk {
  const keys = readObject(readObject(parseJws(jws, typ).payload, '').keys, '/keys');
  return parsePublicJwk(readObject(keys.identity, '/keys/identity').jwk, 'Ed25519');
}

function readKeys(value: unknown): Descriptor['keys'] {
  const members = readMembers(value, '/keys', publishedPurposes);
  const seen = new Set<string>();
  const entries = publishedPurposes.map((purpose) => {
    const at = `/keys/${purpose}`;
    const entry = readMembers(members[purpose], at, ['jwk', 'next']);
    const jwk = parsePublicJwk(entry.jwk, kindOf(purpose) === 'X25519' ? 'X25519' : 'Ed25519');
    const next = readHash(entry.next, `${at}/next`);
    // A key of two purposes would let a signature made for one be shown as the other's.
    for (const print of [thumbprint(jwk), next]) {
      if (seen.has(print))
        throw new KeysError('keys_not_distinct', `${at}: key ${print} serves another purpose`, { at });
      seen.add(print);
    }
    return [purpose, { jwk, next }];
  });
  return Object.fromEntries(entries) as Descriptor['keys'];
}

function readFormer(value: unknown, keys: Descriptor['keys']): PublicJwk[] {
  const list = readList(value, '/former', maxFormer);
  if (list.length === 0) refuse('/former', 'must be absent when it is empty');
  const seen = new Set(Object.values(keys).flatMap(({ jwk, next }) => [thumbprint(jwk), next]));
  return list.map((entry, i) => {
    const at = `/former/${i}`;
    const jwk = parsePublicJwk(entry, 'Ed25519');
    const kid = thumbprint(jwk);
    if (seen.has(kid))
      throw new KeysError('keys_not_distinct', `${at}: key ${kid} is in use, or is listed twice`, { at });
    seen.add(kid);
    return jwk;
  });
}

function readRevoked(value: unknown, keys: Descriptor['keys']): Revocation[] {
  const list = readList(value, '/revoked', maxRevoked);
  if (list.length === 0) refuse('/revoked', 'must be absent when it is empty');
  const seen = new Set(Object.values(keys).flatMap(({ jwk, next }) => [thumbprint(jwk), next]));
  return list.map((entry, i) => {
    const at = `/revoked/${i}`;
    const members = readMembers(entry, at, ['purpose', 'kid', 'before']);
    const purpose = publishedPurposes.find((known) => known === members.purpose);
    // Whoever has the identity key could revoke as well, so that says nothing: a stolen one is pinned anew by hand.
    if (purpose === undefined || purpose === 'identity') refuse(`${at}/purpose`, 'is no purpose whose key is revoked');
    const kid = readHash(members.kid, `${at}/kid`);
    if (seen.has(kid))
      throw new KeysError('keys_not_distinct', `${at}: key ${kid} is in use, or is revoked twice`, { at });
    seen.add(kid);
    return { purpose, kid, before: readInteger(members.before, `${at}/before`, 0) };
  });
}

function readEndpoints(value: unknown, origin: string): Endpoints {
  const members = readMembers(value, '/endpoints', ['exchange', 'log'], ['reporting', 'publication']);
  for (const [name, text] of Object.entries(members)) {
    const at = `/endpoints/${name}`;
    const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : refuse(at, 'must be a URL');
    // Compared as text, so that a user name, a query, a fragment, dots or upper case cannot hide in it.
    if (url.origin !== parseOrigin(origin).origin || text !== url.origin + url.pathname || text.endsWith('/')) {
      refuse(at, `must be a plain URL on ${origin}, without a slash at its end`);
    }
  }
  return members as Endpoints;
}

function readTypes(value: unknown): Record<string, number[]> {
  const types = readObject(value, '/types');
  for (const [name, versions] of Object.entries(types)) {
    const at = `/types/${name}`;
    if (!/^[a-z][a-z-]{0,39}$/.test(name)) refuse(at, 'is not the name of a record type');
    const list = readList(versions, at, 16).map((version, i) => readInteger(version, `${at}/${i}`, 1));
    if (list.length === 0 || list.some((version, i) => i > 0 && version <= list[i - 1]!)) {
      refuse(at, 'must list versions in ascending order');
    }
  }
  return types as Record<string, number[]>;
}

function readContact(value: unknown): Descriptor['contact'] {
  const members = readMembers(value, '/contact', ['name'], ['email']);
  const name = readLine(members.name, '/contact/name', 200);
  if (members.email === undefined) return { name };
  const email = readLine(members.email, '/contact/email', 254);
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(email)) refuse('/contact/email', 'must be an e-mail address');
  return { name, email };
}
