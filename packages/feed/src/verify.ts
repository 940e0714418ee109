// Verifying a page: first as a whole, then record by record.
import { RecordError, type VerifiedRecord, verifyRecord } from '@detente/record';
import type { FaultDetail, ItemFault } from './errors.ts';
import type { PageItem } from './fold.ts';
import type { Held, Issuer } from './held.ts';
import type { LateItem } from './late.ts';
import { type PageReading, readPage } from './read.ts';

/** What one record is: verified, or why it goes to quarantine. */
export type Verdict = { ok: true; record: VerifiedRecord } | { ok: false; code: ItemFault; detail: FaultDetail };

export type VerifiedItem = PageItem & Verdict;
export type VerifiedLateItem = Omit<LateItem, 'issuer'> & Verdict;

/** A page all of whose items have a verdict. Bad ones never stop the others. */
export interface VerifiedPage extends Omit<PageReading, 'items' | 'late'> {
  items: VerifiedItem[];
  late: VerifiedLateItem[];
}

/** Verifies a page on the calling thread; `createVerifier` does the same on several.
 *  @throws FeedError with one code for each fault of the page; a record's fault is its item's `code` */
export function verifyPage(text: string, held: Held): VerifiedPage {
  const reading = readPage(text, held);
  return concludePage(
    reading,
    reading.items.map(({ presentation }) => verifyItem(presentation, held.peer)),
    reading.late.map(verifyLate),
  );
}

/** Signature, digests and schema of one record: what takes the time.
 *  @param issuer whose record it must be. */
export function verifyItem(presentation: string, issuer: Issuer): Verdict {
  try {
    const record = verifyRecord(presentation, { iss: issuer.iss, keyFor: (kid) => issuer.recordKeys.get(kid) });
    return { ok: true, record };
  } catch (cause) {
    if (cause instanceof RecordError) return { ok: false, code: cause.code, detail: cause.params };
    throw cause;
  }
}

/** A reading with a verdict for each item of both lists, in their order. */
export function concludePage(reading: PageReading, items: readonly Verdict[], late: readonly Verdict[]): VerifiedPage {
  return {
    ...reading,
    items: reading.items.map((item, i) => ({ ...item, ...items[i]! })),
    late: reading.late.map(({ issuer: _, ...item }, i) => ({ ...item, ...late[i]! })),
  };
}

function verifyLate({ presentation, issuer }: LateItem): Verdict {
  return 'code' in issuer ? { ok: false, ...issuer } : verifyItem(presentation, issuer);
}
