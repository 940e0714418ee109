// A role's connections. Reads take a Reader, writes a Transaction: a write outside a transaction does not compile.

import { setTimeout as sleep } from 'node:timers/promises';
import pg, { type ClientBase, type PoolClient, type QueryResultRow } from 'pg';
import { StoreError } from './store-error.ts';

const ATTEMPTS = 6;
/** Serialization failure and deadlock: the transaction changed nothing and may be run again (PostgreSQL 18 §13.5). */
const AGAIN = new Set(['40001', '40P01']);
const STATEMENT_TIMEOUT = 30_000;

/** Whoever may be asked something. */
export type Asker = {
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
};

/** One snapshot of the database. */
export type Reader = Asker & {
  /** The connection itself, for COPY and prepared statements. Not to be kept. */
  readonly client: PoolClient;
};

/** An open transaction that may write. */
export type Transaction = Reader & {
  /** Runs a statement and returns the number of rows that it touched. */
  execute(text: string, values?: readonly unknown[]): Promise<number>;
  readonly writable: true;
};

export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

export type Database = {
  /** Every question alone, on what is committed when it is asked: one way to the database and back. It cannot write. */
  readonly now: Asker;
  /** Runs the function on one read-only snapshot. */
  read<T>(ask: (reader: Reader) => Promise<T>): Promise<T>;
  /** Runs the function in a transaction and commits; rolls back when it throws. It runs again after a serialization
   *  failure or deadlock, so it must do nothing outside of the transaction. */
  write<T>(change: (tx: Transaction) => Promise<T>, options?: { isolation?: Isolation }): Promise<T>;
  /** Waits for what runs and ends the connections. */
  close(): Promise<void>;
};

export type DatabaseOptions = {
  url: string;
  /** Connections at most. */
  max: number;
  /** Shown by PostgreSQL as application_name. */
  name: string;
  /** Milliseconds after which PostgreSQL gives a statement up; 30 s when absent, 0 for never. */
  statementTimeout?: number;
  /** Told about connections that broke while idle. */
  log?: (message: string) => void;
};

/** Opens a pool; the first connection is made by the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    application_name: options.name,
    options: '-c default_transaction_read_only=on',
    statement_timeout: options.statementTimeout ?? STATEMENT_TIMEOUT,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser },
  });
  const report = (error: Error) => options.log?.(`${options.name}: ${error.message}`);
  pool.on('error', report);
  pool.on('connect', (client) => client.on('error', report));
  return {
    now: { query: async (text, values) => (await pool.query(statement(text, values))).rows },
    read: (ask) => within(pool, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', (client) => ask(readerOf(client))),
    write: (change, { isolation = 'read committed' } = {}) =>
      again(() =>
        within(pool, `BEGIN ISOLATION LEVEL ${isolation} READ WRITE`, (client) => change(transactionOf(client))),
      ),
    close: () => pool.end(),
  };
}

async function within<T>(pool: pg.Pool, begin: string, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(begin);
    const result = await use(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot roll back is not given to anybody else.
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (count === ATTEMPTS || !AGAIN.has(sqlState(error))) throw error;
      await sleep(Math.random() * 10 * 2 ** count);
    }
  }
}

/** drizzle wraps what PostgreSQL said. */
function sqlState(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : sqlState(error.cause);
}

function readerOf(client: PoolClient): Reader {
  return { client, query: (text, values) => rowsOf(client, text, values) };
}

function transactionOf(client: PoolClient): Transaction {
  return {
    ...readerOf(client),
    writable: true,
    execute: async (text, values) => (await client.query(statement(text, values))).rowCount ?? 0,
  };
}

async function rowsOf<Row extends QueryResultRow>(
  client: ClientBase,
  text: string,
  values?: readonly unknown[],
): Promise<Row[]> {
  return (await client.query<Row>(statement(text, values))).rows;
}

/** Names of the statements that a connection keeps prepared, by their text: PostgreSQL reads and plans what comes again once a connection.
 *  Texts are of the source, so they are few. */
const names = new Map<string, string>();
const MOST_NAMES = 1_000;

/** Without values it may be several statements, which cannot be prepared. */
function statement(text: string, values: readonly unknown[] | undefined): pg.QueryConfig {
  if (values === undefined) return { text };
  const name = names.get(text) ?? (names.size < MOST_NAMES ? `s${names.size}` : undefined);
  if (name !== undefined) names.set(text, name);
  return { ...(name !== undefined && { name }), text, values: [...values] };
}

const { builtins } = pg.types;
const INT8_ARRAY = 1016;
const DATE_ARRAY = 1182;
const TEXT_ARRAY = 1009;
const textArray = parserOf(TEXT_ARRAY) as (text: string) => (string | null)[];

/** int8 → number, refused beyond 2^53−1; date → 'YYYY-MM-DD' (pg would make it local midnight); numeric stays text; bytea
 *  → Buffer, in text mode (pg corrupts it in binary mode); timestamptz → Date; json parsed. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === builtins.INT8) return safeInteger;
  if (oid === builtins.DATE) return (text) => text;
  if (oid === INT8_ARRAY) return (text) => textArray(text).map((item) => (item === null ? null : safeInteger(item)));
  if (oid === DATE_ARRAY) return textArray;
  return parserOf(oid, format);
}

/** pg's own parser; its types know only the built-in types. */
function parserOf(oid: number, format: 'text' | 'binary' = 'text'): (value: string) => unknown {
  return pg.types.getTypeParser(oid as 25, format as 'text');
}

function safeInteger(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw new StoreError('number_out_of_range', `A number from the database is beyond 2^53: ${text}`);
}
