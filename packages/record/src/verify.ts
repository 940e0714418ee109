// Verifying a presentation of a record: what it says is what its issuer signed, and nothing that is not a record passes.
import type { KeyObject } from 'node:crypto';
import { digest } from '@detente/keys';
import { SdJwtError, type VerifiedSdJwt, verifySdJwt } from '@detente/sd-jwt';
import { type Cell, cellOf } from './cells.ts';
import { RecordError } from './errors.ts';
import type { HazardDomain } from './field.ts';
import { checkFields } from './fields.ts';
import type { RecordType } from './record-type.ts';
import type { Severity } from './severity.ts';
import {
  checkHeader,
  checkPayload,
  MAX_RECORD_LENGTH,
  RECORD_ALGORITHM,
  RECORD_TYP,
  type SignedPart,
} from './signed-part.ts';
import { isLevel, type Level } from './tiers.ts';

export type RecordExpectation = {
  /** Origin that must have issued the record. */
  iss: string;
  /** The issuer's record key with this thumbprint, if it ever had one. */
  keyFor: (kid: string) => KeyObject | undefined;
};

export type VerifiedRecord = SignedPart & {
  /** The disclosed fields in the type's order; null where withheld from everybody. */
  fields: Record<string, unknown>;
  /** How much is disclosed, 0 to 5. */
  level: Level;
  /** 43 characters, base64url. */
  digest: string;
  /** Domain `other` and band `unrated` while neither is disclosed. */
  cell: Cell;
  kid: string;
};

/** Verifies a presentation: canonical form, signature, digests (RFC 9901 §7.1), then everything that makes it a record.
 *  @param presentation `header.payload.signature~disclosure~…~`, the disclosures up to one tier.
 *  @throws RecordError `token_invalid` (with the SD-JWT's own code as `fault`, and as cause), `signature_invalid`,
 *    `key_unknown`, `record_too_large`, and one code for each rule of a record that it breaks */
export function verifyRecord(presentation: string, { iss, keyFor }: RecordExpectation): VerifiedRecord {
  if (presentation.length > MAX_RECORD_LENGTH)
    throw new RecordError('record_too_large', { length: presentation.length });
  const token = verifyToken(presentation, keyFor);
  const { part, type } = checkPayload(token.payload);
  if (part.iss !== iss) throw new RecordError('issuer_unexpected');
  const fields = readFields(token.disclosures, type);
  const level = disclosedLevel(type, token.disclosures.length);
  if (part.retracted) checkRetracted(fields);
  else checkFields(type, fields, token.disclosures.length);
  return {
    ...part,
    fields,
    level,
    digest: digest(RECORD_TYP, token.signed),
    cell: cellOf({
      type: part.type,
      hazard_domain: fields.hazard_domain as HazardDomain | null | undefined,
      severity: fields.severity as Severity | null | undefined,
    }),
    kid: token.header.kid as string,
  };
}

function verifyToken(presentation: string, keyFor: RecordExpectation['keyFor']): VerifiedSdJwt {
  try {
    return verifySdJwt(presentation, {
      algorithms: [RECORD_ALGORITHM],
      typ: RECORD_TYP,
      key: (header) => keyFor(checkHeader(header)),
      limits: { maxLength: MAX_RECORD_LENGTH },
    });
  } catch (cause) {
    if (!(cause instanceof SdJwtError)) throw cause;
    const known = cause.code === 'signature_invalid' || cause.code === 'key_unknown';
    throw new RecordError(known ? cause.code : 'token_invalid', { fault: cause.code }, { cause });
  }
}

/** Disclosures must be the type's first fields, each in its place: a presentation is a prefix, and has one spelling. */
function readFields(disclosures: VerifiedSdJwt['disclosures'], type: RecordType): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [at, { name, value }] of disclosures.entries()) {
    const expected = type.fields[at]?.name;
    if (name === undefined || name !== expected) throw new RecordError('disclosure_order', { place: at });
    fields[name] = value;
  }
  return fields;
}

function disclosedLevel(type: RecordType, count: number): Level {
  const level = type.counts.indexOf(count);
  if (!isLevel(level)) throw new RecordError('disclosures_between_tiers', { count });
  return level;
}

function checkRetracted(fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null) throw new RecordError('retracted_with_content', { pointer: `/${name}` });
  }
}
