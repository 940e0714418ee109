// Receipts: a peer's signed word on what it stored, and how much of each record it was shown.
import type { KeyFor } from './jws.ts';
import { logNameOf } from './origin.ts';
import type { Signer } from './ring.ts';
import { readHash, readInteger, readList, readMembers, refuse } from './shape.ts';
import { type SignedStatement, type Statement, signStatement, verifyStatement } from './statement.ts';

export type ReceiptRecord = {
  /** The record version's digest. */
  digest: string;
  /** The tier reached: 0 the signed part alone, 1 clear to 5 red. It tells the origin which prefix to hash. */
  level: number;
  /** `disclosedDigest` of the presentation stored: the proof of `level`, in 43 characters instead of one per field. Both sides
   *  hold the bytes, so either can show a third party which fields were there; neither can claim fewer or more. */
  disclosed: string;
  /** The item's number when it came in the page's `late` list. */
  late?: number;
};
export type Receipt = {
  /** Name of the log of the node that gave the records, which is also the audience. */
  log: string;
  /** The range of the page; null when the records came as notices. */
  page: { after: number; next: number } | null;
  /** What was stored, each digest once; what was quarantined is not in it. */
  records: ReceiptRecord[];
};

export const maxReceiptRecords = 1000;
const typ = 'detente-receipt+jwt';

/** @throws KeysError `body_malformed`, `claims_malformed`, `origin_malformed` */
export async function signReceipt(
  input: { iss: string; aud: string; seq: number; jti?: string; body: Receipt },
  signer: Signer,
): Promise<SignedStatement> {
  return signStatement({ ...input, typ, body: parseReceipt(input.body, input.aud) }, signer);
}

/** Verifies a receipt by `iss` for this node, `aud`. That the digests and the disclosed parts are what was given is the
 *  ledger's check.
 *  @throws KeysError those of `verifyStatement`, `body_malformed` */
export async function verifyReceipt(
  jws: string,
  expected: { iss: string; aud: string; keyFor: KeyFor },
): Promise<Statement<Receipt>> {
  const statement = await verifyStatement(jws, { typ, ...expected });
  return { ...statement, body: parseReceipt(statement.body, expected.aud) };
}

/** Reads a receipt's body strictly.
 *  @throws KeysError `body_malformed` with a JSON pointer */
export function parseReceipt(value: unknown, aud: string): Receipt {
  const body = readMembers(value, '', ['log', 'page', 'records']);
  if (body.log !== logNameOf(aud)) refuse('/log', `must be ${logNameOf(aud)}`);
  const page = body.page === null ? null : readPage(body.page);
  const records = readList(body.records, '/records', maxReceiptRecords).map((item, i) =>
    readRecord(item, i, page !== null),
  );
  if (page === null && records.length === 0) refuse('/records', 'must not be empty without a page');
  const digests = new Set<string>();
  for (const [i, record] of records.entries()) {
    if (digests.has(record.digest)) refuse(`/records/${i}/digest`, 'is there twice');
    digests.add(record.digest);
  }
  return { log: body.log, page, records };
}

function readPage(value: unknown): { after: number; next: number } {
  const members = readMembers(value, '/page', ['after', 'next']);
  const after = readInteger(members.after, '/page/after', 0);
  return { after, next: readInteger(members.next, '/page/next', after) };
}

function readRecord(value: unknown, i: number, onPage: boolean): ReceiptRecord {
  const at = `/records/${i}`;
  const members = readMembers(value, at, ['digest', 'level', 'disclosed'], onPage ? ['late'] : []);
  const record = {
    digest: readHash(members.digest, `${at}/digest`),
    level: readInteger(members.level, `${at}/level`, 0, 5),
    disclosed: readHash(members.disclosed, `${at}/disclosed`),
  };
  return members.late === undefined ? record : { ...record, late: readInteger(members.late, `${at}/late`, 1) };
}
