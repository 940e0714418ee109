// The numbered way from home to border (design section 3): rows written with a home transaction, carried in order, once.

import type { GrantRow, InputDigests } from '@detente/reciprocity';
import type { Cell, Level } from '@detente/record';
import type { Asker, Transaction } from '../database.ts';

/** A row of grants to one peer; its number is that of the outgoing row. */
export type GrantLine = Omit<GrantRow, 'number' | 'line'> & { peer: string };

/** As much of a record as a peer is passed on, null for nothing any more; `followed`: it has an earlier version. */
export type RelayLine = { peer: string; level: Level | null; followed: boolean };

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
    sandbox: boolean;
    /** Absent in rows from before there was a choice. */
    listed?: boolean;
    /** Absent in rows from before they were kept. */
    earlier?: string[];
  };
  conformance: { peer: string };
  statement: { peer: string; typ: string; seq: number; digest: string; jws: string; tick: number | null };
  descriptor: { seq: number; jws: string; digest: string; tick: number };
  terms: {
    peer: string;
    day: string;
    digest: string;
    lines: GrantLine[];
    /** Origins whose records we take from the peer. Absent in rows from before there were relays. */
    relays?: readonly string[];
    /** Of the statements that they follow from. Absent in rows from before they were kept. */
    inputs?: InputDigests;
  };
  /** A peer's record for others, cut to as much of it as any of them may have. */
  relay: {
    digest: string;
    origin: string;
    record_id: string;
    cell: Cell;
    least: Level;
    body: string;
    lengths: number[];
    /** Index in its origin's log. */
    place: number;
    lines: RelayLine[];
  };
  /** Records that nobody new is given. */
  withheld: { digests: string[] };
  notice: { peer: string; kind: 'warning' | 'recall' | 'answer' | 'canary' | 'approval'; digest: string; body: string };
};
export type OutgoingKind = keyof OutgoingBody;
export type OutgoingRow = { [K in OutgoingKind]: { number: number; kind: K; body: OutgoingBody[K] } }[OutgoingKind];

/** What goes to border, before it has a number. */
export type NewOutgoing = { [K in OutgoingKind]: { kind: K; body: OutgoingBody[K] } }[OutgoingKind];

/** Writes rows for border and returns their numbers, in order. Numbers are given in the order of commit. */
export async function writeOutgoings(tx: Transaction, rows: readonly NewOutgoing[]): Promise<number[]> {
  const written = await tx.query<{ number: number }>('SELECT write_outgoing($1) AS number', [JSON.stringify(rows)]);
  return written.map(({ number }) => number);
}

/** Writes one row and returns its number. */
export async function writeOutgoing<K extends OutgoingKind>(
  tx: Transaction,
  kind: K,
  body: OutgoingBody[K],
): Promise<number> {
  const [number] = await writeOutgoings(tx, [{ kind, body } as NewOutgoing]);
  return number!;
}

/** The oldest rows that home still has, in order. */
export async function readOutgoing(home: Asker, limit: number): Promise<OutgoingRow[]> {
  return home.query<OutgoingRow>('SELECT number, kind, body FROM outgoing ORDER BY number LIMIT $1', [limit]);
}

/** Forgets the rows that border has. */
export async function deleteOutgoing(tx: Transaction, upTo: number): Promise<void> {
  await tx.execute('DELETE FROM outgoing WHERE number <= $1', [upTo]);
  await tx.execute('UPDATE carried SET number = $1 WHERE number < $1', [upTo]);
}

/** What waits in border for the worker: rows that landed, places in the log for the way home, doubt whether the log is whole. */
export async function waitingInBorder(border: Asker): Promise<{ landed: boolean; placed: boolean; doubted: boolean }> {
  const [row] = await border.query<{ landed: boolean; placed: boolean; doubted: boolean }>(
    `SELECT EXISTS (SELECT FROM landing) AS landed, EXISTS (SELECT FROM sequenced) AS placed,
       EXISTS (SELECT FROM log_recovery) AS doubted`,
  );
  return row!;
}
