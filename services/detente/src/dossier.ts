// A dossier, verified with nothing but the file: `detente verify`. Any change of it is refused, with its place.

import { hash } from 'node:crypto';
import type { Dossier } from '@detente/contract';
import { type Descriptor, KeysError, publicKeyOf, type Statement, thumbprint, verifyDescriptor } from '@detente/keys';
import { RecordError, recordType, tierOf, type VerifiedRecord, verifyRecord } from '@detente/record';
import { hashLeaf, parseNote, TlogError, verifyCheckpoint, verifyInclusion } from '@detente/tlog';

export type DossierErrorCode =
  | 'not_utf8'
  | 'json_malformed'
  | 'json_respelled'
  | 'members_unexpected'
  | 'member_malformed'
  | 'descriptor_refused'
  | 'fingerprint_unexpected'
  | 'record_refused'
  | 'key_revoked'
  | 'checkpoint_refused'
  | 'signature_unknown'
  | 'proof_refused';

/** A dossier that does not prove itself. `place` names where: `byte 17`, or a member and the part of it. */
export class DossierError extends Error {
  override readonly name = 'DossierError';
  readonly code: DossierErrorCode;
  readonly place: string;

  constructor(code: DossierErrorCode, place: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.place = place;
  }
}

export type VerifiedDossier = {
  descriptor: Statement<Descriptor>;
  /** Thumbprint of the identity key that the descriptor shows. */
  fingerprint: string;
  /** Whether that fingerprint was given beforehand. */
  pinned: boolean;
  record: VerifiedRecord;
  log: { name: string; index: number; size: number; root: string };
};

const MEMBERS = ['dossier', 'record', 'index', 'proof', 'checkpoint', 'descriptor'] as const;

/** The one spelling of a dossier: members in order, no white space. */
export function formatDossier(dossier: Dossier): string {
  return JSON.stringify(Object.fromEntries(MEMBERS.map((name) => [name, dossier[name]])));
}

/** Verifies a dossier offline. The keys come from its descriptor, so everything hangs on the fingerprint of the identity key.
 *  @param bytes the file as it is; one LF may stand at its end.
 *  @param pinned fingerprint that was compared out of band; without it any node could have made the dossier.
 *  @throws DossierError */
export async function verifyDossier(bytes: Uint8Array, pinned?: string): Promise<VerifiedDossier> {
  const dossier = parseDossier(bytes);
  const { descriptor, fingerprint } = await verifyKeys(dossier.descriptor, pinned);
  const record = verifyToken(dossier.record, descriptor);
  const checkpoint = verifyHead(dossier.checkpoint, descriptor.body);
  const proof = dossier.proof.map((hash, at) => readHash(hash, `/proof/${at}`));
  try {
    const leafHash = hashLeaf(Buffer.from(record.digest, 'base64url'));
    verifyInclusion({ index: dossier.index, size: checkpoint.size, leafHash, root: checkpoint.root, proof });
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    const message = 'the proof does not lead from the record to the checkpoint';
    throw new DossierError('proof_refused', '/index or /proof', `${message} (${cause.code})`, { cause });
  }
  const revoked = revocationOf(record, descriptor.body);
  if (revoked && dossier.index >= revoked.before) {
    const message = `its record key was revoked for all that the log does not show before entry ${revoked.before}`;
    throw new DossierError('key_revoked', '/index', message);
  }
  const { origin: name, size, root } = checkpoint;
  return {
    descriptor,
    fingerprint,
    pinned: pinned !== undefined,
    record,
    log: { name, index: dossier.index, size, root: root.toString('base64url') },
  };
}

function parseDossier(bytes: Uint8Array): Dossier {
  const text = decode(bytes).replace(/\n$/, '');
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DossierError('members_unexpected', 'byte 0', 'this is no dossier');
  const names = Object.keys(value);
  const odd = MEMBERS.findIndex((name, at) => names[at] !== name);
  if (odd !== -1 || names.length !== MEMBERS.length) {
    const at = odd === -1 ? MEMBERS.length : odd;
    const message = `member ${at + 1} must be ${MEMBERS[at] ?? 'the last'}`;
    throw new DossierError('members_unexpected', `/${names[at] ?? MEMBERS[at]}`, message);
  }
  refuseRespelled(text, JSON.stringify(value));
  return readMembers(value as Record<(typeof MEMBERS)[number], unknown>);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const replaced = Buffer.from(Buffer.from(bytes).toString('utf8'));
    throw new DossierError('not_utf8', `byte ${firstDifference(bytes, replaced)}`, 'this is no UTF-8', { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const position = /at position (\d+)/.exec((cause as Error).message)?.[1];
    const place = position === undefined ? 'the end of the file' : byteAt(text, Number(position));
    throw new DossierError('json_malformed', place, 'this is no JSON', { cause });
  }
}

/** Spaces, escapes, a member twice, a number written otherwise: one dossier has one spelling. */
function refuseRespelled(text: string, again: string): void {
  if (text === again) return;
  const at = [...text].findIndex((_, place) => text[place] !== again[place]);
  throw new DossierError('json_respelled', byteAt(text, Math.max(0, at)), 'the JSON is not in its one spelling');
}

function readMembers(value: Record<(typeof MEMBERS)[number], unknown>): Dossier {
  const { dossier, record, index, proof, checkpoint, descriptor } = value;
  const wrong = (name: string, what: string) => new DossierError('member_malformed', `/${name}`, what);
  if (dossier !== 'detente/dossier/1') throw wrong('dossier', 'this is no dossier of version 1');
  if (typeof record !== 'string') throw wrong('record', 'the record must be a text');
  if (!Number.isSafeInteger(index) || (index as number) < 0) throw wrong('index', 'the index must be a whole number');
  if (!Array.isArray(proof) || proof.length > 64 || proof.some((hash) => typeof hash !== 'string'))
    throw wrong('proof', 'the proof must be a list of hashes');
  if (typeof checkpoint !== 'string') throw wrong('checkpoint', 'the checkpoint must be a text');
  if (typeof descriptor !== 'string') throw wrong('descriptor', 'the descriptor must be a text');
  return { dossier, record, index: index as number, proof, checkpoint, descriptor };
}

async function verifyKeys(
  jws: string,
  pinned: string | undefined,
): Promise<{ descriptor: Statement<Descriptor>; fingerprint: string }> {
  try {
    // What the descriptor says about itself is read only to ask whether it is so.
    const claims = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const shown = thumbprint(claims.keys.identity.jwk);
    if (pinned !== undefined && pinned !== shown)
      throw new DossierError('fingerprint_unexpected', '/descriptor', `its identity key is ${shown}, not ${pinned}`);
    const descriptor = await verifyDescriptor(jws, { origin: claims.iss, fingerprint: shown });
    return { descriptor, fingerprint: shown };
  } catch (cause) {
    if (cause instanceof DossierError) throw cause;
    const why = cause instanceof KeysError ? cause.code : 'jws_malformed';
    throw new DossierError('descriptor_refused', '/descriptor', `the descriptor does not verify (${why})`, { cause });
  }
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
    throw new DossierError('record_refused', placeInRecord(token), `the record does not verify (${why})`, { cause });
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

function verifyHead(note: string, { log, keys }: Descriptor) {
  try {
    const checkpoint = verifyCheckpoint(note, { name: log, publicKey: publicKeyOf(keys.log.jwk) });
    // A line that nobody here can check would be a place in the file that may be changed unseen.
    if (parseNote(note).signatures.length !== 1)
      throw new DossierError('signature_unknown', '/checkpoint', 'it carries a signature of an unknown key');
    return checkpoint;
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    const message = `the checkpoint is not signed by the log’s key (${cause.code})`;
    throw new DossierError('checkpoint_refused', '/checkpoint', message, { cause });
  }
}

function readHash(text: string, place: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length === 32 && bytes.toString('base64url') === text) return bytes;
  throw new DossierError('member_malformed', place, 'this is no hash in its one spelling');
}

function byteAt(text: string, position: number): string {
  return `byte ${Buffer.byteLength(text.slice(0, position))}`;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
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
  const tier = tierOf(record.level);
  const shown = Object.keys(record.fields).length;
  const total = recordType(record.type)?.fields.length ?? shown;
  const key = pinned
    ? `the identity key ${fingerprint}, as you named it`
    : `an identity key with the fingerprint ${fingerprint}`;
  return {
    proven: [
      `${key}, speaks for ${descriptor.iss} and named its record key and its log key (descriptor ${descriptor.seq} of ${descriptor.body.day}).`,
      `The record key signed version ${record.digest} of record ${record.id}: ${record.retracted ? 'a withdrawal' : `${shown} of its ${total} fields stand here${tier ? `, up to tier ${tier}` : ''}, exactly as signed`}.`,
      `The version is entry ${log.index} of the log ${log.name}; the log key signed that log at ${log.size} entries, so it was there then and cannot be taken out.`,
      ...(revoked
        ? [
            `The record key was revoked later: what it signed counts where the log shows it before entry ${revoked.before}, and this version is such.`,
          ]
        : []),
    ],
    notProven: [
      ...(pinned
        ? []
        : [
            `Whose key it is: compare the fingerprint with ${descriptor.iss} out of band, then verify with --fingerprint.`,
          ]),
      'That the account is true: a signature says who says it.',
      'The moment in time: no clock and no witness is in this file.',
      'That the log shows everybody the same: no witness has signed this checkpoint.',
      'That it is the last word: a later version or a withdrawal may exist.',
    ],
  };
}
