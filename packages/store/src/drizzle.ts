// drizzle over a reader or a transaction. A module of its own: it takes a second of CPU to load, and only casework's lists, whose
// filters come and go, are written with it.

import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Reader, Transaction } from './database.ts';

type Questions = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'selectDistinctOn' | '$with' | 'with' | '$count'>;

/** The queries that a snapshot allows; in a transaction, those that write too. */
export function drizzleOf(transaction: Transaction): NodePgDatabase;
export function drizzleOf(reader: Reader): Questions;
export function drizzleOf({ client }: Reader): NodePgDatabase {
  return drizzle(client);
}
