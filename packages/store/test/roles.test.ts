import type { Client } from 'pg';
import { type Test, test } from 'tap';
import { createTestDatabases, type TestDatabase } from '../src/embedded/index.ts';
import { type DatabaseKind, ROLES, type Role } from '../src/migrate/index.ts';
import { loggedIn, privilegesIn, tablesOf } from './privileges.ts';
import { linesOf, matrix, onQueue, queues } from './role-matrix.ts';

const kinds = ['home', 'border'] as const;
const everyRole = [...new Set<Role>([...ROLES.home, ...ROLES.border])];

test('roles', async (t) => {
  const databases = await createTestDatabases(t);

  await t.test('are in the matrix, all of them and no others', async (t) => {
    for (const kind of kinds) t.same(Object.keys(matrix[kind]).sort(), [...ROLES[kind]].sort());
    const { rows } = await loggedIn(databases.home.superuserUrl, (admin) =>
      admin.query(`SELECT rolname AS role FROM pg_roles WHERE rolname LIKE 'detente%' ORDER BY 1`),
    );
    t.same(rows.map(({ role }) => role).sort(), ['detente_owner', ...everyRole].sort());
  });

  for (const kind of kinds) {
    for (const role of everyRole) {
      const expected = (matrix[kind] as Partial<Record<Role, string>>)[role];
      if (expected === undefined)
        await t.test(`${role} has no way into ${kind}`, (t) => staysOut(t, databases[kind], role));
      else
        await t.test(`${role} may do in ${kind} what the matrix says, and nothing more`, (t) =>
          loggedIn(databases[kind].url(role), async (client) => {
            t.same(await privilegesIn(client, 'public'), linesOf(expected));
            await actsAccordingly(t, client, linesOf(expected));
            await holdsNoQueueButItsOwn(t, client, kind, role);
            await isNobodyElse(t, client);
            await hasNoMoreOfTheCatalogue(t, client);
          }),
        );
    }
  }

  await t.test('share nothing by being anybody', async (t) => {
    for (const kind of kinds) {
      const { rows } = await loggedIn(databases[kind].ownerUrl, (owner) =>
        owner.query<{ what: string }>(
          `SELECT 'schema ' || nspname AS what FROM pg_namespace
           WHERE nspname !~ '^pg_|^information_schema$' AND nspname <> 'public' AND has_schema_privilege('public', oid, 'USAGE')
           UNION ALL SELECT 'database ' || p FROM unnest(ARRAY['CREATE', 'TEMP', 'CONNECT']) AS p
             WHERE has_database_privilege('public', current_database(), p)
           UNION ALL SELECT 'function ' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
             WHERE n.nspname !~ '^pg_|^information_schema$' AND has_function_privilege('public', p.oid, 'EXECUTE')
             AND prorettype <> 'trigger'::regtype
           UNION ALL SELECT 'table ' || relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
             WHERE n.nspname !~ '^pg_|^information_schema$' AND relkind IN ('r', 'v') AND
               has_any_column_privilege('public', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
           UNION ALL SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'`,
        ),
      );
      t.same(rows, [], kind);
    }
  });
});

async function staysOut(t: Test, database: TestDatabase, role: Role): Promise<void> {
  const attempt = loggedIn(database.url(role), (client) => client.query('SELECT 1'));
  await t.rejects(attempt, { code: '42501', message: /permission denied for database/ });
}

/** Tries the four verbs on every table: what PostgreSQL lets through is what it has told. */
async function actsAccordingly(t: Test, client: Client, held: readonly string[]): Promise<void> {
  const wrong: string[] = [];
  for (const table of await tablesOf(client)) {
    const [, rights = ''] = held.find((line) => line.startsWith(`${table}: `))?.split(': ') ?? [];
    const whole = rights.replace(/ \([^)]*\)/g, '*').split(', ');
    for (const [verb, statement] of [
      ['select', `SELECT * FROM public.${table} LIMIT 0`],
      ['delete', `DELETE FROM public.${table} WHERE false`],
      ['truncate', `TRUNCATE public.${table} CASCADE`],
      ['lock', `LOCK public.${table} IN ACCESS EXCLUSIVE MODE`],
    ] as const) {
      const may = await isLet(client, statement);
      const should =
        verb === 'lock' ? whole.some((one) => ['update', 'delete', 'truncate'].includes(one)) : whole.includes(verb);
      if (may !== should) wrong.push(`${table}: ${verb} ${may ? 'works' : 'is refused'}`);
    }
    if (await isLet(client, `ALTER TABLE public.${table} ADD COLUMN mine text`)) wrong.push(`${table}: alter works`);
  }
  t.same(wrong, []);
}

async function isLet(client: Client, statement: string): Promise<boolean> {
  await client.query('BEGIN');
  try {
    await client.query(statement);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    return false;
  } finally {
    await client.query('ROLLBACK');
  }
}

async function holdsNoQueueButItsOwn(t: Test, client: Client, kind: DatabaseKind, role: Role): Promise<void> {
  const { schema, role: worker } = queues[kind];
  const usable = await client.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE has_schema_privilege(oid, 'USAGE') ORDER BY 1`,
  );
  const names = ['information_schema', 'pg_catalog', 'public'];
  t.same(
    usable.rows.map(({ name }) => name),
    role === worker ? [...names, schema].sort() : names,
  );
  const { rows } = await client.query(`SELECT nspname FROM pg_namespace WHERE has_schema_privilege(oid, 'CREATE')`);
  t.same(rows, [], 'nothing may be made anywhere');
  const jobs = await privilegesIn(client, schema);
  const tables = jobs.filter((line) => !line.endsWith(': execute'));
  t.same(tables, role === worker ? onQueue : []);
  t.equal(jobs.length > tables.length, role === worker, 'functions of the queue');
}

/** No attribute, no membership, nothing owned, no way to become another. */
async function isNobodyElse(t: Test, client: Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls OR rolinherit AS special,
       (SELECT count(*)::int FROM pg_auth_members WHERE member = r.oid) AS memberships,
       (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) + (SELECT count(*)::int FROM pg_proc WHERE proowner = r.oid)
         + (SELECT count(*)::int FROM pg_namespace WHERE nspowner = r.oid) AS owned,
       has_database_privilege(current_database(), 'CREATE') OR has_database_privilege(current_database(), 'TEMP') AS makes
     FROM pg_roles r WHERE rolname = current_user`,
  );
  t.same(rows, [{ special: false, memberships: 0, owned: 0, makes: false }]);
  for (const statement of [
    'SET ROLE detente_owner',
    'SET SESSION AUTHORIZATION postgres',
    'CREATE TABLE public.mine ()',
    'CREATE TEMP TABLE mine ()',
    'CREATE SCHEMA mine',
    'CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    `COPY (SELECT 1) TO PROGRAM 'true'`,
    `SELECT pg_read_file('PG_VERSION')`,
    `SELECT lo_import('/etc/hostname')`,
  ])
    t.notOk(await isLet(client, statement), statement);
}

/** Of PostgreSQL's own tables and functions a role has what everybody has: names, but neither passwords nor files. */
async function hasNoMoreOfTheCatalogue(t: Test, client: Client): Promise<void> {
  const { rows: more } = await client.query(
    `SELECT c.oid::regclass::text AS what, privilege
     FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace,
       unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
     WHERE n.nspname IN ('pg_catalog', 'information_schema', 'pg_toast') AND relkind IN ('r', 'v', 't')
       AND has_table_privilege(c.oid, privilege) AND (NOT has_table_privilege('public', c.oid, privilege)
         OR privilege <> 'SELECT' AND c.relname <> 'pg_settings')
     UNION ALL SELECT p.oid::regprocedure::text, 'EXECUTE' FROM pg_proc p
     WHERE pronamespace = 'pg_catalog'::regnamespace AND has_function_privilege(p.oid, 'EXECUTE')
       AND NOT has_function_privilege('public', p.oid, 'EXECUTE')`,
  );
  t.same(more, []);
  for (const secret of ['pg_authid', 'pg_shadow', 'pg_hba_file_rules', 'pg_statistic', 'pg_user_mapping'])
    t.notOk(await isLet(client, `SELECT FROM pg_catalog.${secret} LIMIT 1`), secret);
}
