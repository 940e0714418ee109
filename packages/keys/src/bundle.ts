// Bundles: what one node carries to another as a file, signed as one by the key that signs its requests.
import { createHash } from 'node:crypto';
import { KeysError } from './errors.ts';
import { type KeyFor, parseJws } from './jws.ts';
import type { Signer } from './ring.ts';
import { readHash, readInteger, readMembers } from './shape.ts';
import { type SignedStatement, type Statement, signStatement, verifyStatement } from './statement.ts';

export type Bundle = {
  /** Seconds since 1970. */
  made: number;
  /** SHA-256 over `detente/bundle/1`, LF, and the content's bytes; 43 characters, base64url. */
  content: string;
};

const typ = 'detente-bundle+jwt';

/** @throws KeysError `body_malformed`, `claims_malformed`, `origin_malformed` */
export async function signBundle(
  input: { iss: string; aud: string; seq: number; jti?: string; made: number; content: Uint8Array },
  signer: Pick<Signer, 'kid' | 'privateKey'>,
): Promise<SignedStatement> {
  const { made, content, ...parties } = input;
  return signStatement({ ...parties, typ, body: parseBundle({ made, content: contentDigest(content) }) }, signer);
}

/** Verifies that a content is the one that `iss` has signed for this node, `aud`.
 *  @throws KeysError those of `verifyStatement`, `body_malformed`, `content_mismatch` */
export async function verifyBundle(
  jws: string,
  content: Uint8Array,
  expected: { iss: string; aud: string; keyFor: KeyFor },
): Promise<Statement<Bundle>> {
  const statement = await verifyStatement(jws, { typ, ...expected });
  const body = parseBundle(statement.body);
  if (body.content !== contentDigest(content))
    throw new KeysError('content_mismatch', 'the content is not the one that was signed');
  return { ...statement, body };
}

/** Whose a bundle claims to be, with nothing verified: only to choose under whose keys to look at it.
 *  @throws KeysError those of `parseJws`, `claims_malformed` */
export function bundleIssuer(jws: string): string {
  const { iss } = parseJws(jws, typ).payload;
  if (typeof iss !== 'string') throw new KeysError('claims_malformed', 'iss must be an origin');
  return iss;
}

function parseBundle(value: unknown): Bundle {
  const { made, content } = readMembers(value, '', ['made', 'content']);
  return { made: readInteger(made, '/made', 0), content: readHash(content, '/content') };
}

function contentDigest(content: Uint8Array): string {
  return createHash('sha256').update('detente/bundle/1\n').update(content).digest('base64url');
}
