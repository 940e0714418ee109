// Pages of lists that run from the newest to the oldest by a number.

import { compile, Type } from '@detente/schema';
import { formatCursor, parseCursor } from '@detente/server';

const position = compile(
  Type.Object(
    { before: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) },
    { additionalProperties: false },
  ),
);

/** Where the page starts, and one row more than it holds, so that its end is known.
 *  @throws ProblemError `validation_failed` at `/cursor` */
export function pageRange(query: { cursor?: string; limit: number }): { before?: number; limit: number } {
  const limit = query.limit + 1;
  return query.cursor === undefined ? { limit } : { limit, ...parseCursor(query.cursor, position) };
}

/** @param rows as found for the range of `pageRange(query)`
 *  @param numberOf what the list is ordered by */
export function formatPage<Row, Item>(
  rows: readonly Row[],
  query: { limit: number },
  numberOf: (row: Row) => number,
  toItem: (row: Row) => Item,
): { items: Item[]; next?: string } {
  const shown = rows.slice(0, query.limit);
  const items = shown.map((row) => toItem(row));
  if (rows.length <= query.limit) return { items };
  return { items, next: formatCursor({ before: numberOf(shown.at(-1)!) }) };
}
