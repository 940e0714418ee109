// Folding a page's items into the frontier: the page is its own proof.
import { appendLeaf, appendSubtree, cover, type Frontier } from '@detente/tlog';
import { FeedError } from './errors.ts';
import { leafOf, parseHash } from './leaf.ts';
import type { FeedPage } from './page.ts';

/** A record in a page: its index in the log, its digest, and the presentation as received. */
export interface PageItem {
  index: number;
  /** 43 characters, base64url. */
  digest: string;
  presentation: string;
}

/** The frontier at the page's end, and the page's records.
 *  @throws FeedError `gap_not_minimal`, `gap_empty`, `gap_hash_count`, `next_mismatch`, `page_malformed` */
export function foldItems(page: FeedPage, start: Frontier): { frontier: Frontier; items: PageItem[] } {
  let frontier = start;
  let afterGap = false;
  const items: PageItem[] = [];
  for (const [at, item] of page.items.entries()) {
    const place = { pointer: `/items/${at}` };
    if ('gap' in item) {
      // Two gaps side by side would be one with fewer hashes.
      if (afterGap) throw new FeedError('gap_not_minimal', place);
      if (item.gap.to > page.next) throw new FeedError('next_mismatch', place);
      frontier = foldGap(frontier, item.gap, place);
    } else {
      const { leafHash, ...read } = readRecord(item.record, frontier.size, place);
      frontier = appendLeaf(frontier, leafHash);
      items.push(read);
    }
    afterGap = 'gap' in item;
  }
  if (frontier.size !== page.next) throw new FeedError('next_mismatch', { pointer: '/next', reached: frontier.size });
  return { frontier, items };
}

/** @throws FeedError `page_malformed` when the text has no signed part, so no place in a log */
export function readRecord(
  presentation: string,
  index: number,
  place: { pointer: string },
): PageItem & { leafHash: Buffer } {
  const leaf = leafOf(presentation);
  if (leaf === undefined) throw new FeedError('page_malformed', { ...place, keyword: 'record' });
  return { index, ...leaf, presentation };
}

function foldGap(start: Frontier, gap: { to: number; hashes: string[] }, place: { pointer: string }): Frontier {
  if (gap.to <= start.size) throw new FeedError('gap_empty', place);
  const nodes = cover(start.size, gap.to);
  if (nodes.length !== gap.hashes.length) throw new FeedError('gap_hash_count', { ...place, expected: nodes.length });
  let frontier = start;
  for (const [i, node] of nodes.entries()) {
    frontier = appendSubtree(frontier, node.start, node.end, parseHash(gap.hashes[i]!));
  }
  return frontier;
}
