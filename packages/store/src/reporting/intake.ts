// What is kept of a report beside its case: sealed bytes, its leaf in the day's intake tree, its receipt.

import type { Transaction } from '../database.ts';

/** The open intake day, a UTC day; its close waits until this transaction has ended. */
export async function openIntakeDay(tx: Transaction): Promise<string> {
  const rows = await tx.query<{ day: string }>('SELECT open_intake_day() AS day');
  return rows[0]!.day;
}

export type Intake = {
  case: string;
  /** 0 is the report, 1 and on its updates. */
  number: number;
  partiesSealed: Uint8Array;
  bodySealed: Uint8Array;
  mediaType: string;
  /** As handed to the lab; `leaf` in base64url. */
  receipt: { leaf: string };
};

/** Keeps them all, in three statements. */
export async function insertIntake(tx: Transaction, day: string, intake: readonly Intake[]): Promise<void> {
  if (intake.length === 0) return;
  const ids = intake.map((one) => one.case);
  const numbers = intake.map(({ number }) => number);
  await insertVault(tx, intake, ids, numbers);
  await tx.execute(
    `INSERT INTO intake_leaves (day, leaf, case_id, number)
     SELECT $1, substring($2::bytea FROM (32 * (at - 1) + 1)::integer FOR 32), id, number
     FROM unnest($3::uuid[], $4::integer[]) WITH ORDINALITY AS r (id, number, at)`,
    [day, Buffer.concat(intake.map(({ receipt }) => Buffer.from(receipt.leaf, 'base64url'))), ids, numbers],
  );
  await tx.execute(
    `INSERT INTO receipts (case_id, number, receipt)
     SELECT id, number, receipt FROM unnest($1::uuid[], $2::integer[], $3::jsonb[]) AS r (id, number, receipt)`,
    [ids, numbers, intake.map(({ receipt }) => JSON.stringify(receipt))],
  );
}

/** All bytes go in one value with their lengths beside it: an array of bytea is sent as text, twice as long. */
async function insertVault(
  tx: Transaction,
  intake: readonly Intake[],
  ids: readonly string[],
  numbers: readonly number[],
): Promise<void> {
  const parties = intake.map(({ partiesSealed }) => partiesSealed);
  const bodies = intake.map(({ bodySealed }) => bodySealed);
  await tx.execute(
    `INSERT INTO vault (case_id, number, parties_sealed, body_sealed, media_type)
     SELECT id, number, substring($3::bytea FROM p FOR pl), substring($4::bytea FROM b FOR bl), media_type
     FROM unnest($1::uuid[], $2::integer[], $5::integer[], $6::integer[], $7::integer[], $8::integer[], $9::text[])
       AS r (id, number, p, pl, b, bl, media_type)`,
    [
      ids,
      numbers,
      Buffer.concat(parties),
      Buffer.concat(bodies),
      starts(parties),
      parties.map(({ length }) => length),
      starts(bodies),
      bodies.map(({ length }) => length),
      intake.map(({ mediaType }) => mediaType),
    ],
  );
}

/** Where each part starts in the whole, counted from 1. */
function starts(parts: readonly Uint8Array[]): number[] {
  let at = 1;
  return parts.map(({ length }) => {
    const start = at;
    at += length;
    return start;
  });
}
