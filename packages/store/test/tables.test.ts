import pg from 'pg';
import { test } from 'tap';
import { getTableConfig, PgTable } from '../src/drizzle.ts';
import { createTestDatabases } from '../src/embedded/index.ts';
import * as border from '../src/tables/border.ts';
import * as home from '../src/tables/home.ts';

/** node-pg-migrate's own. */
const own = new Set(['migrations']);

test('the drizzle tables are the migrated tables: every column, its type, and whether it may be null', async (t) => {
  const databases = await createTestDatabases(t);
  for (const [kind, module] of Object.entries({ home, border })) {
    const migrated = await migratedColumns(databases[kind as 'home' | 'border'].ownerUrl);
    const declared = declaredColumns(module);
    t.ok(migrated.length > 100, `${kind} has tables`);
    t.same(
      declared.filter((line) => !migrated.includes(line)),
      [],
      `${kind} has every column that drizzle knows`,
    );
    t.same(
      migrated.filter((line) => !declared.includes(line)),
      [],
      `drizzle knows every column of ${kind}`,
    );
  }
});

test('what is signed is stored without trying to compress it, which nothing signed can be', async (t) => {
  const databases = await createTestDatabases(t);
  t.same(await uncompressedColumns(databases.home.ownerUrl), [
    'outgoing.body',
    'received.presentation',
    'records.token',
  ]);
  t.same(await uncompressedColumns(databases.border.ownerUrl), [
    'editions.token',
    'landing.body',
    'presentations.body',
    'relayed.body',
  ]);
});

async function uncompressedColumns(url: string): Promise<string[]> {
  const rows = await ask<{ column: string }>(
    url,
    `SELECT c.relname || '.' || a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND a.attstorage = 'e'
     ORDER BY c.relname, a.attname`,
  );
  return rows.map(({ column }) => column);
}

/** `table.column type`, with ` null` where it may be null. */
function declaredColumns(module: Record<string, unknown>): string[] {
  const tables = Object.values(module).filter((value) => value instanceof PgTable);
  return tables.flatMap((table) => {
    const { name, columns } = getTableConfig(table);
    return columns.map(
      (column) => `${name}.${column.name} ${column.getSQLType()}${column.notNull || column.primary ? '' : ' null'}`,
    );
  });
}

async function migratedColumns(url: string): Promise<string[]> {
  const rows = await ask<{ table: string; line: string }>(
    url,
    `SELECT c.relname AS table, c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ||
       CASE WHEN a.attnotnull THEN '' ELSE ' null' END AS line
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY c.relname, a.attnum`,
  );
  return rows.filter(({ table }) => !own.has(table)).map(({ line }) => line);
}

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<Row>(text);
  await client.end();
  return rows;
}
