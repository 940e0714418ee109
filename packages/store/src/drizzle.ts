// drizzle, and its queries over a reader or a transaction. Only casework's lists, whose filters come and go, are written with it.
//
// It is taken as CommonJS: of its ES modules Node parses the package's 180 kB of package.json once for each of a hundred files,
// which is a second of CPU at every start.

import { createRequire } from 'node:module';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Reader, Transaction } from './database.ts';

const require = createRequire(import.meta.url);
const { drizzle } = require('drizzle-orm/node-postgres') as typeof import('drizzle-orm/node-postgres');

export type { SQL } from 'drizzle-orm';
export const { and, desc, eq, lt, notInArray, sql } = require('drizzle-orm') as typeof import('drizzle-orm');
export const {
  bigint,
  boolean,
  customType,
  date,
  getTableConfig,
  integer,
  jsonb,
  PgTable,
  pgTable,
  smallint,
  text,
  timestamp,
  uuid,
} = require('drizzle-orm/pg-core') as typeof import('drizzle-orm/pg-core');

type Questions = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'selectDistinctOn' | '$with' | 'with' | '$count'>;

/** The queries that a snapshot allows; in a transaction, those that write too. */
export function drizzleOf(transaction: Transaction): NodePgDatabase;
export function drizzleOf(reader: Reader): Questions;
export function drizzleOf({ client }: Reader): NodePgDatabase {
  return drizzle(client);
}
