// A dossier, verified with nothing but the file: `detente verify`. Any change of it is refused, with its place.

import { hash } from 'node:crypto';
import type { Dossier } from '@detente/contract/casework';
import { type Descriptor, publicKeyOf, type Statement, thumbprint } from '@detente/keys';
import { RecordError, recordType, tierOf, type VerifiedRecord, verifyRecord } from '@detente/record';
import {
  explainWitnesses,
  LOG_MEMBERS,
  type ProvenEntry,
  type VerifiedDescriptor,
  verifyEntry,
  verifyKeys,
} from './log-proof.ts';
import { ProofError, readProofFile, readText, refuseOtherMembers } from './proof-file.ts';

export type VerifiedDossier = VerifiedDescriptor & {
  /** Whether the fingerprint was given beforehand. */
  pinned: boolean;
  record: VerifiedRecord;
  log: ProvenEntry;
};

const MEMBERS = ['dossier', 'record', ...LOG_MEMBERS] as const;

/** The one spelling of a dossier: members in order, no white space. */
export function formatDossier(dossier: Dossier): string {
  return JSON.stringify(Object.fromEntries(MEMBERS.map((name) => [name, dossier[name]])));
}

/** Verifies a dossier offline. The keys come from its descriptor, so everything hangs on the fingerprint of the identity key.
 *  @param bytes the file as it is; one LF may stand at its end.
 *  @param pinned fingerprint that was compared out of band; without it any node could have made the dossier.
 *  @throws ProofError */
export async function verifyDossier(bytes: Uint8Array, pinned?: string): Promise<VerifiedDossier> {
  const dossier = readProofFile(bytes);
  refuseOtherMembers(dossier, '', MEMBERS);
  if (dossier.dossier !== 'detente/dossier/1')
    throw new ProofError('member_malformed', '/dossier', 'this is no dossier of version 1');
  const token = readText(dossier.record, '/record');
  const { descriptor, fingerprint } = await verifyKeys(dossier.descriptor, '/descriptor', pinned);
  const record = verifyToken(token, descriptor);
  const log = await verifyEntry(dossier, Buffer.from(record.digest, 'base64url'), descriptor, '');
  const revoked = revocationOf(record, descriptor.body);
  if (revoked && log.index >= revoked.before) {
    const message = `its record key was revoked for all that the log does not show before entry ${revoked.before}`;
    throw new ProofError('key_revoked', '/index', message);
  }
  return { descriptor, fingerprint, pinned: pinned !== undefined, record, log };
}

function verifyToken(token: string, { iss, body }: Statement<Descriptor>): VerifiedRecord {
  const keys = new Map([body.keys.record.jwk, ...(body.former ?? [])].map((jwk) => [thumbprint(jwk), jwk]));
  const keyFor = (kid: string) => {
    const jwk = keys.get(kid);
    return jwk && publicKeyOf(jwk);
  };
  try {
    return verifyRecord(token, { iss, keyFor });
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause;
    const why = cause.code === 'token_invalid' ? `${cause.params.fault}` : cause.code;
    throw new ProofError('record_refused', placeInRecord(token), `the record does not verify (${why})`, { cause });
  }
}

/** The first disclosure whose digest was not signed, or the signed part. */
function placeInRecord(token: string): string {
  const [signed = '', ...disclosures] = token.split('~');
  let digests: readonly string[];
  try {
    digests = JSON.parse(Buffer.from(signed.split('.')[1] ?? '', 'base64url').toString('utf8'))._sd;
    const at = disclosures.slice(0, -1).findIndex((one) => !digests.includes(hash('sha256', one, 'base64url')));
    const name = recordType('incident/1')?.fields[at]?.name;
    if (at !== -1) return `/record, disclosure ${at + 1}${name ? ` (${name})` : ''}`;
  } catch {
    // Then it is the signed part that is damaged.
  }
  return '/record, signed part and signature';
}

function revocationOf({ kid }: VerifiedRecord, { revoked }: Descriptor) {
  return revoked?.find((one) => one.purpose === 'record' && one.kid === kid);
}

/** What a verified dossier proves and what it does not, in plain words. */
export function explainDossier({ descriptor, fingerprint, pinned, record, log }: VerifiedDossier): {
  proven: string[];
  notProven: string[];
} {
  const revoked = revocationOf(record, descriptor.body);
  const witnessed = explainWitnesses(log);
  const tier = tierOf(record.level);
  const shown = Object.keys(record.fields).length;
  const total = recordType(record.type)?.fields.length ?? shown;
  const key = pinned
    ? `The identity key ${fingerprint}, as you named it,`
    : `An identity key with the fingerprint ${fingerprint}`;
  return {
    proven: [
      `${key} speaks for ${descriptor.iss} and named its record key and its log key (descriptor ${descriptor.seq} of ${descriptor.body.day}).`,
      `The record key signed version ${record.digest} of record ${record.id}: ${record.retracted ? 'a withdrawal' : `${shown} of its ${total} fields stand here${tier ? `, up to tier ${tier}` : ''}, exactly as signed`}.`,
      `The version is entry ${log.index} of the log ${log.name}; the log key signed that log at ${log.size} entries, so it was there then and cannot be taken out.`,
      ...(revoked
        ? [
            `The record key was revoked later: what it signed counts where the log shows it before entry ${revoked.before}, and this version is such.`,
          ]
        : []),
      ...witnessed.proven,
    ],
    notProven: [
      ...(pinned
        ? []
        : [
            `Whose key it is: compare the fingerprint with ${descriptor.iss} out of band, then verify with --fingerprint.`,
          ]),
      'That the account is true: a signature says who says it.',
      ...witnessed.notProven,
      'That it is the last word: a later version or a withdrawal may exist.',
    ],
  };
}
