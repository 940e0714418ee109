// The part of a record that is always visible: header and signed claims, each member and nothing else.
import { RecordError } from './errors.ts';
import type { RecordType } from './record-type.ts';
import { recordType } from './registry.ts';
import { TLP, type Tlp } from './tlp.ts';

export const RECORD_TYP = 'detente+sd-jwt';
export const RECORD_ALGORITHM = 'Ed25519';

/** Pattern of a record's `id`: a UUID of version 4, lower case. */
export const RECORD_ID = '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';

/** Characters of a record with all its disclosures. */
export const MAX_RECORD_LENGTH = 262_144;

export type SignedPart = {
  /** Origin of the node that issued the record. */
  iss: string;
  /** UUID version 4, lower case; the same in all versions of a record. */
  id: string;
  /** `incident/1` */
  type: string;
  tlp: Tlp;
  /** The earliest log batch that the version may be in, counted from 0. */
  tick: number;
  /** A drill: never mixed with real records. */
  exercise: boolean;
  /** A withdrawal: all fields are null. */
  retracted: boolean;
};

const payloadMembers = ['_sd', '_sd_alg', 'exercise', 'id', 'iss', 'retracted', 'tick', 'tlp', 'type'].join();
const headerMembers = ['alg', 'kid', 'typ'].join();
const recordId = new RegExp(RECORD_ID);
const digest43 = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** @throws RecordError `header_members` unless the header is exactly `alg`, `typ`, `kid`, the first two as in every record. */
export function checkHeader(header: Readonly<Record<string, unknown>>): string {
  const { alg, typ, kid } = header;
  const exact = Object.keys(header).sort().join() === headerMembers;
  if (!exact || alg !== RECORD_ALGORITHM || typ !== RECORD_TYP || typeof kid !== 'string') {
    throw new RecordError('header_members');
  }
  return kid;
}

/** @throws RecordError one code for each member: `issuer_malformed`, `id_malformed`, `type_unknown`, `tlp_unknown`,
 *    `tick_malformed`, `flag_malformed` */
export function checkSignedPart(claims: Readonly<Record<string, unknown>>): { part: SignedPart; type: RecordType } {
  const { iss, id, type, tlp, tick, exercise, retracted } = claims;
  if (typeof iss !== 'string' || !isOrigin(iss)) throw new RecordError('issuer_malformed');
  if (typeof id !== 'string' || !recordId.test(id)) throw new RecordError('id_malformed');
  if (typeof type !== 'string') throw new RecordError('type_unknown');
  const label = TLP.find((name) => name === tlp);
  if (label === undefined) throw new RecordError('tlp_unknown');
  if (!Number.isSafeInteger(tick) || (tick as number) < 0 || Object.is(tick, -0))
    throw new RecordError('tick_malformed');
  if (typeof exercise !== 'boolean') throw new RecordError('flag_malformed', { flag: 'exercise' });
  if (typeof retracted !== 'boolean') throw new RecordError('flag_malformed', { flag: 'retracted' });
  const part = { iss, id, type, tlp: label, tick: tick as number, exercise, retracted };
  return { part, type: recordType(type) };
}

/** The payload as signed: exactly its members, one digest for each field of the type, sorted.
 *  @throws RecordError `payload_members`, `digest_count`, `digest_malformed`, `digests_unsorted` and those of `checkSignedPart` */
export function checkPayload(payload: Readonly<Record<string, unknown>>): { part: SignedPart; type: RecordType } {
  if (Object.keys(payload).sort().join() !== payloadMembers || payload._sd_alg !== 'sha-256') {
    throw new RecordError('payload_members');
  }
  const checked = checkSignedPart(payload);
  const digests: unknown = payload._sd;
  if (!Array.isArray(digests) || digests.length !== checked.type.fields.length) throw new RecordError('digest_count');
  let last = '';
  for (const digest of digests as unknown[]) {
    if (typeof digest !== 'string' || !digest43.test(digest)) throw new RecordError('digest_malformed');
    // Strictly rising: the place of a digest tells nothing about the field's.
    if (digest <= last) throw new RecordError('digests_unsorted');
    last = digest;
  }
  return checked;
}

function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === text;
}
