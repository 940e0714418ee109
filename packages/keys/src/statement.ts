// Statements: everything signed that is not a record. Kept as the bytes received and named by their digest.
import { randomBytes } from 'node:crypto';
import { isBase64url } from './canonical.ts';
import { KeysError } from './errors.ts';
import { type KeyFor, signJws, verifyJws } from './jws.ts';
import { parseOrigin } from './origin.ts';
import type { SigningPurpose } from './purposes.ts';
import type { Signer } from './ring.ts';
import type { Members } from './shape.ts';

/** Which purpose's key signs which statement; a verifier looks for the key among those only. */
export const statementPurpose = {
  'detente-descriptor+jwt': 'identity',
  'detente-offer+jwt': 'agency',
  'detente-standing+jwt': 'agency',
  'detente-contest+jwt': 'agency',
  'detente-attestation+jwt': 'agency',
  'detente-recall+jwt': 'agency',
  'detente-recall-answer+jwt': 'agency',
  'detente-canary+jwt': 'agency',
  'detente-approval+jwt': 'agency',
  'detente-receipt+jwt': 'receipt',
  'detente-bundle+jwt': 'transport',
} as const satisfies Record<string, SigningPurpose>;
export type StatementTyp = keyof typeof statementPurpose;

export type SignedStatement = { jws: string; digest: string };
export type Statement<Body> = {
  iss: string;
  /** The one node it is for; undefined when public. */
  aud: string | undefined;
  /** Counts from 1 for each `iss`, `typ` and `aud`. */
  seq: number;
  jti: string;
  body: Body;
  kid: string;
  digest: string;
};

const claims = ['iss', 'aud', 'seq', 'jti'];

/** Signs a statement; the body's members stand beside `iss`, `aud`, `seq` and `jti`.
 *  @param input.jti 128 random bits in base64url, so that the statement's public leaf cannot be guessed; drawn when absent.
 *  @throws KeysError `origin_malformed`, `claims_malformed`, `json_malformed` */
export async function signStatement(
  input: { typ: StatementTyp; iss: string; aud?: string; seq: number; jti?: string; body: object },
  signer: Pick<Signer, 'kid' | 'privateKey'>,
): Promise<SignedStatement> {
  const { typ, iss, aud, seq, jti = randomBytes(16).toString('base64url'), body } = input;
  parseOrigin(iss);
  if (aud !== undefined) parseOrigin(aud);
  for (const name of claims) {
    if (Object.hasOwn(body, name)) throw new KeysError('claims_malformed', `a body must not have the member ${name}`);
  }
  const payload = { iss, ...(aud === undefined ? {} : { aud }), seq, jti, ...body };
  readClaims(payload);
  return signJws(typ, payload, signer);
}

/** Verifies a statement of one typ by one issuer to one audience. The body is as signed: its own parser comes next.
 *  @param expected.aud this node's origin; absent for a public statement, which then must not have one.
 *  @throws KeysError those of `parseJws`, `key_unknown`, `signature_invalid`, `issuer_unexpected`, `audience_unexpected` */
export async function verifyStatement(
  jws: string,
  expected: { typ: StatementTyp; iss: string; aud?: string; keyFor: KeyFor },
): Promise<Statement<Members>> {
  const { kid, payload, digest } = await verifyJws(jws, expected.typ, expected.keyFor);
  const { iss, aud, seq, jti, body } = readClaims(payload);
  if (iss !== expected.iss) throw new KeysError('issuer_unexpected', `iss must be ${expected.iss}`);
  if (aud !== expected.aud) {
    throw new KeysError('audience_unexpected', expected.aud ? `aud must be ${expected.aud}` : 'aud must be absent');
  }
  return { iss, aud, seq, jti, body, kid, digest };
}

function readClaims(payload: Members): {
  iss: string;
  aud: string | undefined;
  seq: number;
  jti: string;
  body: Members;
} {
  const { iss, aud, seq, jti, ...body } = payload;
  if (typeof iss !== 'string') throw new KeysError('claims_malformed', 'iss must be an origin');
  if (Object.hasOwn(payload, 'aud') && typeof aud !== 'string') {
    throw new KeysError('claims_malformed', 'aud must be an origin or absent');
  }
  if (!Number.isSafeInteger(seq) || (seq as number) < 1) {
    throw new KeysError('claims_malformed', 'seq must be an integer from 1');
  }
  if (!isBase64url(jti, 16)) throw new KeysError('claims_malformed', 'jti must be 16 bytes in canonical base64url');
  return { iss, aud: aud as string | undefined, seq: seq as number, jti, body };
}

/** The typ that a statement claims to have, read without checking anything else: only to choose what to check it as.
 *  @throws KeysError `jws_malformed`, `typ_unexpected` when it is no statement */
export function statementTyp(jws: string): StatementTyp {
  const header = parseHeaderText(jws);
  const typ = Object.keys(statementPurpose).find((known) => known === header);
  if (typ === undefined) throw new KeysError('typ_unexpected', 'this is no statement');
  return typ as StatementTyp;
}

function parseHeaderText(jws: string): unknown {
  try {
    const header: unknown = JSON.parse(Buffer.from(jws.slice(0, jws.indexOf('.')), 'base64url').toString());
    return (header as { typ?: unknown } | null)?.typ;
  } catch (cause) {
    throw new KeysError('jws_malformed', 'the header is no JSON object in base64url', { cause });
  }
}
