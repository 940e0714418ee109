// A lab's own receipts, and what their proofs are made from.

import type { Asker } from '../database.ts';

export type OwnReceipt = {
  receipt: unknown;
  /** Null until the day is closed and its root is proven to be in the log. */
  day: {
    root: string;
    size: number;
    place: number;
    /** The 256 leaves around the receipt's own, 32 bytes each. */
    leaves: Buffer;
    /** Roots of all subtrees of 256 leaves. */
    nodes: Buffer;
    log: unknown;
  } | null;
};

/** The receipt of a report (number 0) or an update of this lab's own. */
export async function findOwnReceipt(
  reader: Asker,
  own: { lab: string; id: string; number: number },
): Promise<OwnReceipt | undefined> {
  type Row = { receipt: unknown } & {
    [K in keyof NonNullable<OwnReceipt['day']>]: NonNullable<OwnReceipt['day']>[K] | null;
  };
  const [row] = await reader.query<Row>(
    `SELECT receipt, root, size, l.place, nodes, log_proof AS log,
       substring(leaves FROM (l.place / 256) * 8192 + 1 FOR 8192) AS leaves
     FROM cases JOIN receipts r ON r.case_id = id
       JOIN intake_leaves l ON l.case_id = id AND l.number = r.number
       LEFT JOIN intake_days d ON d.day = l.day AND log_proof IS NOT NULL
     WHERE id = $1 AND lab = $2 AND r.number = $3`,
    [own.id, own.lab, own.number],
  );
  if (!row) return undefined;
  const { receipt, ...day } = row;
  return { receipt, day: day.log === null ? null : (day as NonNullable<OwnReceipt['day']>) };
}
