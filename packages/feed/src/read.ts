// Reading a page: its structure, its checkpoint, its root, its late proofs. What is left is each record by itself.
import { MAX_RECORD_LENGTH } from '@detente/record';
import { type Checkpoint, type Frontier, rootOf, TlogError, verifyCheckpoint } from '@detente/tlog';
import { FeedError, type FeedErrorCode } from './errors.ts';
import { foldItems, type PageItem } from './fold.ts';
import type { Held } from './held.ts';
import { type LateItem, readLate } from './late.ts';
import { type FeedPage, parsePage } from './page.ts';
import { verifyRoot } from './root.ts';

/** A page that fits the log. Its items are not yet verified. */
export interface PageReading {
  after: number;
  next: number;
  /** At `next`; goes to the database with the records. */
  frontier: Frontier;
  /** Verified; `note` as received. */
  checkpoint: Checkpoint & { note: string };
  day: string;
  terms: string;
  /** What the page shows the terms to follow from; null where it does not say. That they do is for the caller to check. */
  inputs: readonly (string | null)[] | null;
  items: PageItem[];
  late: LateItem[];
  lateNext: number;
}

/** Reads a page and holds it against what the receiver has: everything except the records themselves.
 *  @throws FeedError with one code for each fault; nothing of the page may then be applied */
export function readPage(text: string, held: Held): PageReading {
  if (text.length > maxPageLength(held.maxRecords)) throw new FeedError('limit_exceeded', { length: text.length });
  const page = parsePage(text);
  checkEnvelope(page, held);
  const checkpoint = readCheckpoint(page, held);
  const { frontier, items } = foldItems(page, held.frontier);
  verifyRoot(frontier, checkpoint, page.consistency);
  checkFork(frontier, held);
  return {
    after: page.after,
    next: page.next,
    frontier,
    checkpoint: { ...checkpoint, note: page.checkpoint },
    day: page.day,
    terms: page.terms,
    inputs: page.inputs ?? null,
    items,
    late: readLate(page, checkpoint, held),
    lateNext: page.late_next,
  };
}

/** Characters that a page of so many records may have: the records, the gap before each, and the envelope. */
export function maxPageLength(maxRecords: number): number {
  const gap = 106 * 46 + 64;
  return (maxRecords + 1) * (MAX_RECORD_LENGTH + gap) + (1 << 20);
}

function checkEnvelope(page: FeedPage, held: Held): void {
  if (page.log !== held.peer.log) throw new FeedError('log_unexpected', { log: page.log });
  if (page.after !== held.frontier.size) throw new FeedError('after_unexpected', { after: page.after });
  const records = page.items.filter((item) => 'record' in item).length + page.late.length;
  if (records > held.maxRecords) throw new FeedError('limit_exceeded', { records });
  if (held.termsOf === undefined) return;
  const expected = held.termsOf(page.day);
  if (expected === undefined) throw new FeedError('day_refused', { day: page.day });
  if (expected !== page.terms) throw new FeedError('terms_unexpected', { day: page.day });
}

function readCheckpoint(page: FeedPage, { peer, checkpoint: last }: Held): Checkpoint {
  let checkpoint: Checkpoint;
  try {
    checkpoint = verifyCheckpoint(page.checkpoint, { name: peer.log, publicKey: peer.logKeys });
  } catch (cause) {
    throw refusalOf(cause);
  }
  const { size, root } = checkpoint;
  if (page.next > size) throw new FeedError('next_beyond_checkpoint', { next: page.next, size });
  if (last === undefined) return checkpoint;
  if (size < last.size) throw new FeedError('checkpoint_shrunk', { size, held: last.size });
  if (size === last.size && !root.equals(last.root)) throw new FeedError('log_forked', { size });
  return checkpoint;
}

/** The page ends where an earlier checkpoint stood: both were signed, so they must be of one log. */
function checkFork(frontier: Frontier, { checkpoint: last }: Held): void {
  if (last !== undefined && frontier.size === last.size && !rootOf(frontier).equals(last.root)) {
    throw new FeedError('log_forked', { size: last.size });
  }
}

function refusalOf(cause: unknown): unknown {
  if (!(cause instanceof TlogError)) return cause;
  const malformed = ['checkpoint_malformed', 'checkpoint_too_long', 'note_malformed'].includes(cause.code);
  const code: FeedErrorCode = malformed ? 'checkpoint_malformed' : 'checkpoint_signature';
  return new FeedError(code, { fault: cause.code }, { cause });
}
