// A receipt for a report, verified with nothing but its file and the report: `detente verify FILE --report REPORT`.

import type { ReceiptProof } from '@detente/contract/reporting';
import { KeysError, publicKeyOf, thumbprint, verifyIntakeReceipt } from '@detente/keys';
import { hashLeaf, TlogError, verifyInclusion } from '@detente/tlog';
import {
  explainWitnesses,
  LOG_MEMBERS,
  type ProvenEntry,
  type VerifiedDescriptor,
  verifyEntry,
  verifyKeys,
} from './log-proof.ts';
import { type Members, ProofError, readCount, readHashes, readProofFile, refuseOtherMembers } from './proof-file.ts';

/** The file: what `GET /reporting/v1/cases/{id}/receipts/{number}` answers, with the descriptor that shows the receipt's key. */
export type ReceiptFile = { receipt_file: 'detente/receipt/1'; descriptor: string } & ReceiptProof;

export type VerifiedReceipt = VerifiedDescriptor & {
  pinned: boolean;
  /** UTC day of the promise. */
  day: string;
  /** Place and size in the day's tree, and where its root stands in the log; undefined: a promise without proof. */
  kept: { place: number; size: number; log: ProvenEntry } | undefined;
};

const MEMBERS = ['receipt_file', 'descriptor', 'receipt', 'day'] as const;
const RECEIPT_MEMBERS = ['jws', 'salt', 'leaf', 'index', 'path'] as const;
const DAY_MEMBERS = ['root', 'size', 'place', 'path', 'log'] as const;

/** The one spelling of the file: members in order, no white space. */
export function formatReceiptFile({ descriptor, receipt, day }: Omit<ReceiptFile, 'receipt_file'>): string {
  const inOrder = (value: object, members: readonly string[]) =>
    Object.fromEntries(members.map((name) => [name, (value as Members)[name]]));
  const kept = day && { ...inOrder(day, DAY_MEMBERS), log: inOrder(day.log, LOG_MEMBERS) };
  return JSON.stringify({
    receipt_file: 'detente/receipt/1',
    descriptor,
    receipt: inOrder(receipt, RECEIPT_MEMBERS),
    day: kept,
  });
}

/** Whether these bytes are meant as a receipt's file: it says so first. */
export function isReceiptFile(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 16)).toString('latin1') === '{"receipt_file":';
}

/** Verifies a receipt offline.
 *  @param bytes the file as it is
 *  @param report the exact bytes that were sent: without them nobody can tell whose report it is
 *  @param pinned fingerprint that was compared out of band
 *  @throws ProofError */
export async function verifyReceiptFile(
  bytes: Uint8Array,
  report: Uint8Array,
  pinned?: string,
): Promise<VerifiedReceipt> {
  const file = readProofFile(bytes);
  refuseOtherMembers(file, '', MEMBERS);
  if (file.receipt_file !== 'detente/receipt/1')
    throw new ProofError('member_malformed', '/receipt_file', 'this is no receipt of version 1');
  const { descriptor, fingerprint } = await verifyKeys(file.descriptor, '/descriptor', pinned);
  refuseOtherMembers(file.receipt, '/receipt', RECEIPT_MEMBERS);
  const promise = await verifyPromise(file.receipt, report, descriptor);
  const kept = file.day === null ? undefined : await verifyDay(file.day, promise.leaf, { descriptor, fingerprint });
  return { descriptor, fingerprint, pinned: pinned !== undefined, day: promise.day, kept };
}

async function verifyPromise(receipt: unknown, report: Uint8Array, { iss, body }: VerifiedDescriptor['descriptor']) {
  const { jwk } = body.keys['lab-receipt'];
  const keyFor = (kid: string) => (kid === thumbprint(jwk) ? publicKeyOf(jwk) : undefined);
  try {
    return await verifyIntakeReceipt({ receipt, body: report, iss, keyFor });
  } catch (cause) {
    if (!(cause instanceof KeysError)) throw cause;
    const what =
      cause.code === 'leaf_mismatch'
        ? 'the receipt is not for these bytes: name the report exactly as it was sent'
        : `the receipt does not verify (${cause.code})`;
    throw new ProofError('receipt_refused', '/receipt', what, { cause });
  }
}

async function verifyDay(day: unknown, leaf: Buffer, own: VerifiedDescriptor): Promise<VerifiedReceipt['kept']> {
  refuseOtherMembers(day, '/day', DAY_MEMBERS);
  refuseOtherMembers(day.log, '/day/log', LOG_MEMBERS);
  const [root] = readHashes([day.root], '/day/root');
  const [size, place] = [readCount(day.size, '/day/size'), readCount(day.place, '/day/place')];
  const proof = readHashes(day.path, '/day/path');
  try {
    verifyInclusion({ index: place, size, leafHash: hashLeaf(leaf), root: root!, proof });
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    const message = `the path does not lead from the receipt’s leaf to the day’s root (${cause.code})`;
    throw new ProofError('proof_refused', '/day', message, { cause });
  }
  const { descriptor } = await verifyKeys(day.log.descriptor, '/day/log/descriptor', own.fingerprint);
  if (descriptor.iss !== own.descriptor.iss)
    throw new ProofError('descriptor_refused', '/day/log/descriptor', `it is that of ${descriptor.iss}`);
  return { place, size, log: await verifyEntry(day.log, root!, descriptor, '/day/log') };
}

/** What a verified receipt proves and what it does not, in plain words.
 *  @param today the UTC day on which it is read */
export function explainReceipt(
  { descriptor, fingerprint, pinned, day, kept }: VerifiedReceipt,
  today: string,
): { proven: string[]; notProven: string[] } {
  const { iss } = descriptor;
  const witnessed = kept && explainWitnesses(kept.log);
  return {
    proven: [
      `An identity key with the fingerprint ${fingerprint}${pinned ? ', as you named it,' : ''} speaks for ${iss} and named the key that signs its receipts.`,
      `That key signed that exactly these bytes were received on ${day} (UTC), and promised that the log would show it.`,
      ...(kept
        ? [
            `The report is in the log: it is leaf ${kept.place} of a tree of ${kept.size}, whose root is entry ${kept.log.index} of the log ${kept.log.name}; the log key signed that log at ${kept.log.size} entries, so it cannot be taken out.`,
            ...(isInTime(day, kept.log)
              ? [`The promise was kept in time: a witness had seen that log before ${dayAfter(day, 2)} began.`]
              : []),
          ]
        : []),
      ...(witnessed?.proven ?? []),
    ],
    notProven: [
      ...(pinned ? [] : [`Whose key it is: compare the fingerprint with ${iss} out of band, then name --fingerprint.`]),
      ...(kept ? whyNotInTime(iss, day, kept.log) : [whyNotKept(iss, day, today)]),
      ...(witnessed?.notProven ?? []),
      'That anybody has read the report or acted on it.',
    ],
  };
}

/** The tree of a day is logged on the next. A node that had held a report back could put it into the tree of any later day. A witness
 *  that says to have seen it before its day had begun says nothing that can be so. */
function isInTime(day: string, { witnesses }: ProvenEntry): boolean {
  const [begin, end] = [day, dayAfter(day, 2)].map((one) => Date.parse(`${one}T00:00:00Z`) / 1000);
  return witnesses.some(({ at }) => at >= begin! && at < end!);
}

function whyNotInTime(iss: string, day: string, log: ProvenEntry): string[] {
  if (isInTime(day, log)) return [];
  const seen =
    log.witnesses.length === 0 ? 'no witness is in this file' : 'no witness in this file says to have signed between';
  return [
    `That the promise was kept in time: the report belonged into the log by the end of ${dayAfter(day)}, and ${seen}. ` +
      `A proof of ${iss} over an earlier checkpoint would show it; without one, the report may have been held back.`,
  ];
}

/** A receipt without proof is itself the evidence, once the proof is due. */
function whyNotKept(iss: string, day: string, today: string): string {
  if (today <= day)
    return `That the promise was kept: the day is not over. Ask for the proof from ${dayAfter(day)} on.`;
  return (
    `That the promise was kept: no proof is in this file, and one is due since ${dayAfter(day)}. ` +
    `Ask ${iss} for it; if it has none to give, this file is the evidence that it broke its word.`
  );
}

function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
