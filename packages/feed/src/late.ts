// The late list: what was granted below the served mark, each record with a proof of its own.
import { type Checkpoint, TlogError, verifyCheckpoint, verifyInclusion } from '@detente/tlog';
import { type FaultDetail, FeedError, type ItemFault } from './errors.ts';
import { type PageItem, readRecord } from './fold.ts';
import type { Held, Issuer, PeerLog } from './held.ts';
import { parseHash } from './leaf.ts';
import type { FeedPage } from './page.ts';

/** Inclusion proof, each hash base64url, and the signed note that it leads to. */
export type Evidence = { proof: string[]; checkpoint: string };

/** `number` and `rule`, why it comes late, are the sender's word; nothing but the transport vouches for them. */
export interface LateItem extends PageItem {
  number: number;
  log: string;
  rule: string;
  /** Of a relayed one: its proof and its origin's checkpoint, as they came. */
  evidence?: Evidence;
  /** Whose record it must be; or, of a relayed one, why its evidence does not stand. */
  issuer: Issuer | { code: ItemFault; detail: FaultDetail };
}

type Late = FeedPage['late'][number];

/** The late items in order. Those of the page's log are proven to its checkpoint; a relayed one to the checkpoint of its
 *  origin, which if it fails is a fault of that item alone.
 *  @throws FeedError `late_order`, `late_next_mismatch`, `late_proof_invalid`, `page_malformed` */
export function readLate(page: FeedPage, checkpoint: Checkpoint, held: Held): LateItem[] {
  let last = held.lateCursor;
  const items = page.late.map((late, at) => {
    const place = { pointer: `/late/${at}` };
    if (late.number <= last) throw new FeedError('late_order', { ...place, number: late.number });
    last = late.number;
    const { leafHash, ...item } = readRecord(late.record, late.index, place);
    const issuer =
      late.log === page.log
        ? proveOwn(late, leafHash, checkpoint, held.peer, place)
        : proveRelayed(late, leafHash, held, place);
    const { number, log, rule, proof, checkpoint: note } = late;
    return { ...item, number, log, rule, issuer, ...(note !== undefined && { evidence: { proof, checkpoint: note } }) };
  });
  if (page.late_next !== last) throw new FeedError('late_next_mismatch', { late_next: page.late_next });
  return items;
}

function proveOwn(late: Late, leafHash: Buffer, checkpoint: Checkpoint, peer: PeerLog, place: { pointer: string }) {
  if (late.checkpoint !== undefined) throw new FeedError('page_malformed', { ...place, keyword: 'checkpoint' });
  const fault = inclusionFault(late, leafHash, checkpoint);
  if (fault !== undefined) throw new FeedError('late_proof_invalid', { ...place, fault });
  return peer;
}

function proveRelayed(late: Late, leafHash: Buffer, held: Held, place: { pointer: string }): LateItem['issuer'] {
  if (late.checkpoint === undefined) throw new FeedError('page_malformed', { ...place, keyword: 'checkpoint' });
  const origin = held.relays?.get(late.log);
  if (origin === undefined) return { code: 'origin_unknown', detail: { log: late.log } };
  let checkpoint: Checkpoint;
  try {
    checkpoint = verifyCheckpoint(late.checkpoint, { name: origin.log, publicKey: origin.logKeys });
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    return { code: 'checkpoint_signature', detail: { fault: cause.code } };
  }
  const fault = inclusionFault(late, leafHash, checkpoint);
  return fault === undefined ? origin : { code: 'late_proof_invalid', detail: { fault } };
}

function inclusionFault(late: Late, leafHash: Buffer, { size, root }: Checkpoint): string | undefined {
  try {
    verifyInclusion({ index: late.index, size, leafHash, root, proof: late.proof.map(parseHash) });
    return undefined;
  } catch (cause) {
    if (cause instanceof TlogError) return cause.code;
    throw cause;
  }
}
