// Issuing a version of a record: signed once, with one disclosure for each field of its type.
import { type KeyObject, sign } from 'node:crypto';
import { digest } from '@detente/keys';
import { issueSdJwt } from '@detente/sd-jwt';
import { RecordError } from './errors.ts';
import { fieldProblems } from './fields.ts';
import { checkSignedPart, MAX_RECORD_LENGTH, RECORD_ALGORITHM, RECORD_TYP, type SignedPart } from './signed-part.ts';

export type RecordSigner = {
  /** RFC 7638 thumbprint of the public key. */
  kid: string;
  /** Ed25519 */
  privateKey: KeyObject;
};

export type RecordInput = SignedPart & {
  /** Values by name; absent ones are null. None in a retraction. */
  fields: Readonly<Record<string, unknown>>;
};

export type IssuedRecord = {
  /** The presentation with all disclosures, ASCII. */
  token: string;
  /** Name of the version in the log and in receipts, 43 characters of base64url. */
  digest: string;
  /** `lengths[level]` characters of the token are the presentation at that level, 0 to 5. */
  lengths: number[];
};

/** Signs a version. Salts are fresh, so issuing twice gives two versions that nobody can tell to be of the same content.
 *  @throws RecordError of the signed part's members, `field_unknown`, `field_missing`, `field_invalid`,
 *    `field_inconsistent`, `retracted_with_content`, `record_too_large` */
export function issueRecord(input: RecordInput, signer: RecordSigner): IssuedRecord {
  const { fields: values, ...claims } = input;
  const { part, type } = checkSignedPart(claims);
  checkContent(input.retracted, fieldProblems(type, values), values);
  const { token, lengths } = issueSdJwt({
    header: { alg: RECORD_ALGORITHM, typ: RECORD_TYP, kid: signer.kid },
    claims: part,
    fields: type.fields.map(({ name }) => [name, values[name] ?? null] as const),
    sign: (signingInput) => sign(null, Buffer.from(signingInput, 'latin1'), signer.privateKey),
  });
  if (token.length > MAX_RECORD_LENGTH) throw new RecordError('record_too_large', { length: token.length });
  return {
    token,
    digest: digest(RECORD_TYP, token.slice(0, token.indexOf('.', token.indexOf('.') + 1))),
    lengths: type.counts.map((count) => lengths[count]!),
  };
}

const codes: Readonly<Record<string, 'field_unknown' | 'field_missing'>> = {
  unknown_field: 'field_unknown',
  missing: 'field_missing',
};

function checkContent(
  retracted: boolean,
  problems: ReturnType<typeof fieldProblems>,
  values: Readonly<Record<string, unknown>>,
): void {
  if (retracted) {
    const present = Object.keys(values).find((name) => (values[name] ?? null) !== null);
    if (present !== undefined) throw new RecordError('retracted_with_content', { pointer: `/${present}` });
    return;
  }
  const problem = problems[0];
  if (!problem) return;
  const { pointer, code } = problem;
  throw new RecordError(codes[code] ?? 'field_invalid', { pointer, problem: code });
}
