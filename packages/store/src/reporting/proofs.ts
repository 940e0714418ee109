// A lab's own receipts, and what their proofs are made from.

import type { Asker } from '../database.ts';

export type OwnReceipt = {
  receipt: unknown;
  /** Null until the day is closed and its root is proven to be in the log. */
  day: {
    root: string;
    size: number;
    place: number;
    /** The 256 leaves around the receipt's own, 32 bytes each: as they were kept, or what they are made again from. */
    around: Buffer | { seed: Buffer; own: { place: number; leaf: Buffer }[] };
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
  const [row] = await reader.query<Row>(
    `SELECT receipt, root, size, l.place, nodes, log_proof AS log, seed,
       substring(d.leaves FROM (l.place / 256) * 8192 + 1 FOR 8192) AS kept, near.places, near.leaves
     FROM cases JOIN receipts r ON r.case_id = id
       JOIN intake_leaves l ON l.case_id = id AND l.number = r.number
       LEFT JOIN intake_days d ON d.day = l.day AND log_proof IS NOT NULL
       LEFT JOIN LATERAL (
         SELECT array_agg(n.place ORDER BY n.place) AS places, string_agg(n.leaf, '' ORDER BY n.place) AS leaves
         FROM intake_leaves n
         WHERE n.day = d.day AND d.seed IS NOT NULL AND n.place / 256 = l.place / 256
           AND n.place BETWEEN l.place - 255 AND l.place + 255
       ) near ON true
     WHERE id = $1 AND lab = $2 AND r.number = $3`,
    [own.id, own.lab, own.number],
  );
  if (!row) return undefined;
  return { receipt: row.receipt, day: row.log === null ? null : dayOf(row as Row & ProvenRow) };
}

type ProvenRow = {
  root: string;
  size: number;
  place: number;
  nodes: Buffer;
  log: unknown;
} & ({ kept: Buffer; seed: null } | { kept: null; seed: Buffer; places: number[]; leaves: Buffer });
type Row = { receipt: unknown; log: unknown };

function dayOf(row: ProvenRow): NonNullable<OwnReceipt['day']> {
  const { root, size, place, nodes, log } = row;
  if (row.seed === null) return { root, size, place, nodes, log, around: row.kept };
  const { seed, places, leaves } = row;
  const own = places.map((at, i) => ({ place: at, leaf: leaves.subarray(32 * i, 32 * (i + 1)) }));
  return { root, size, place, nodes, log, around: { seed, own } };
}
