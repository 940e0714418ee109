// The numbered way from home to border (design section 3): rows written with a home transaction, carried in order, once.

import type { GrantRow } from '@detente/reciprocity';
import type { Cell, Level } from '@detente/record';
import type { Reader, Transaction } from '../database.ts';

/** A row of grants to one peer; its number is that of the outgoing row. */
export type GrantLine = Omit<GrantRow, 'number' | 'line'> & { peer: string };

export type OutgoingBody = {
  leaf: { leaf: string; tick: number; after: string | null };
  record: {
    digest: string;
    record_id: string;
    cell: Cell;
    least: Level;
    tick: number;
    after: string | null;
    body: string | null;
    lengths: number[] | null;
    place: number | null;
    lines: GrantLine[];
  };
  edition: {
    id: string;
    digest: string;
    tick: number;
    after: string | null;
    retracted: boolean;
    exercise: boolean;
    kind: string | null;
    domain: string;
    band: string;
    severity: number | null;
    month: string | null;
    fields: Record<string, unknown>;
    token: string;
  };
  peer: {
    origin: string;
    name: string;
    fingerprint: string;
    ca: string | null;
    status: string;
    keys: Record<string, unknown>;
    log_name: string | null;
    descriptor: string | null;
  };
  statement: { peer: string; typ: string; seq: number; digest: string; jws: string; tick: number | null };
  descriptor: { seq: number; jws: string; digest: string; tick: number };
  terms: { peer: string; day: string; digest: string; lines: GrantLine[] };
};
export type OutgoingKind = keyof OutgoingBody;
export type OutgoingRow = { [K in OutgoingKind]: { number: number; kind: K; body: OutgoingBody[K] } }[OutgoingKind];

/** Writes a row for border and returns its number. Numbers are given in the order of commit. */
export async function writeOutgoing<K extends OutgoingKind>(
  tx: Transaction,
  kind: K,
  body: OutgoingBody[K],
): Promise<number> {
  const [row] = await tx.query<{ number: number }>('SELECT write_outgoing($1, $2) AS number', [
    kind,
    JSON.stringify(body),
  ]);
  return row!.number;
}

/** The next rows behind a number, in order. */
export async function readOutgoing(reader: Reader, after: number, limit: number): Promise<OutgoingRow[]> {
  return reader.query<OutgoingRow>(
    'SELECT number, kind, body FROM outgoing WHERE number > $1 ORDER BY number LIMIT $2',
    [after, limit],
  );
}

/** Forgets the rows that border has. */
export async function deleteOutgoing(tx: Transaction, upTo: number): Promise<void> {
  await tx.execute('DELETE FROM outgoing WHERE number <= $1', [upTo]);
  await tx.execute('UPDATE carried SET number = $1 WHERE number < $1', [upTo]);
}

/** Number of the last row that border has applied. */
export async function readApplied(reader: Reader): Promise<number> {
  const [row] = await reader.query<{ number: number }>('SELECT number FROM applied');
  return row!.number;
}
