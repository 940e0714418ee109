// What a role may do in a database, as PostgreSQL itself tells whoever is logged in.

import pg, { type Client } from 'pg';

const TABLE = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'];
const COLUMN = new Set(['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']);
const SEQUENCE = ['USAGE', 'SELECT', 'UPDATE'];

/** Runs with a connection of its own. */
export async function loggedIn<T>(url: string, ask: (client: Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  client.on('error', () => undefined); // the query that waits reports it
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}

/** One line for each thing in a schema on which the role has any right: `table: insert, select (id, lab)`,
 *  `sequence name: usage`, `name(types): execute`. Sorted. */
export async function privilegesIn(client: Client, schema: string): Promise<string[]> {
  const lines = [...(await onTables(client, schema)), ...(await onSequences(client, schema))];
  return [...lines, ...(await onFunctions(client, schema))].sort();
}

/** Names of the tables in `public`. */
export async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

async function onTables(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; privilege: string; whole: boolean; columns: string[] | null }>(
    `SELECT c.relname AS name, privilege, has_table_privilege(c.oid, privilege) AS whole,
       (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND privilege = ANY ($3)
          AND has_column_privilege(c.oid, attnum, CASE WHEN privilege = ANY ($3) THEN privilege ELSE 'SELECT' END)) AS columns
     FROM pg_class c, unnest($2::text[]) AS privilege
     WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    [schema, TABLE, [...COLUMN]],
  );
  const byTable = Map.groupBy(rows, ({ name }) => name);
  return [...byTable].flatMap(([name, rights]) => {
    const held = rights.flatMap(({ privilege, whole, columns }) => {
      if (whole) return privilege.toLowerCase();
      return columns === null ? [] : `${privilege.toLowerCase()} (${columns.join(', ')})`;
    });
    return held.length === 0 ? [] : `${name}: ${held.join(', ')}`;
  });
}

async function onSequences(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT 'sequence ' || c.relname || ': ' || string_agg(lower(privilege), ', ') AS line
     FROM pg_class c, unnest($2::text[]) AS privilege
     WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'S' AND has_sequence_privilege(c.oid, privilege)
     GROUP BY c.relname`,
    [schema, SEQUENCE],
  );
  return rows.map(({ line }) => line);
}

async function onFunctions(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT p.proname || '(' || pg_get_function_identity_arguments(p.oid) || '): execute' AS line FROM pg_proc p
     WHERE p.pronamespace = $1::regnamespace AND has_function_privilege(p.oid, 'EXECUTE')`,
    [schema],
  );
  return rows.map(({ line }) => line);
}
