// graphile-worker keeps row level security on its tables and expects to own them. Here the owner installs the schema at
// migration time, and the role that works on the queue gets exactly the reads and writes that graphile-worker does.

import { Logger, runMigrations } from 'graphile-worker';
import pg, { type ClientBase } from 'pg';
import { StoreError } from '../store-error.ts';

const { escapeIdentifier: id } = pg;

/** Installs or upgrades the queue's schema and lets one role work on it; running it again changes nothing.
 *  @param options.url connection string that acts as the owner of the database
 *  @param options.role the only role that may add, see and run jobs; others get a SECURITY DEFINER function per task
 *  @throws StoreError `queue_failed` */
export async function installQueue(options: { url: string; schema: string; role: string }): Promise<void> {
  const pool = new pg.Pool({ connectionString: options.url, max: 1, application_name: 'detente migrate' });
  pool.on('error', () => undefined); // the query that waits reports it
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await runMigrations({ pgPool: pool, schema: options.schema, logger: new Logger(() => () => undefined) });
    const owner = await pool.connect();
    try {
      await grantQueue(owner, options.schema, options.role);
    } finally {
      owner.release();
    }
  } catch (cause) {
    throw new StoreError('queue_failed', `The queue ${options.schema} could not be installed.`, { cause });
  } finally {
    await pool.end();
  }
}

async function grantQueue(owner: ClientBase, schema: string, role: string): Promise<void> {
  const { rows: tables } = await owner.query<{ name: string; open: boolean }>(
    `SELECT c.relname AS name, EXISTS (
       SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = $2) AS open
     FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r' AND c.relrowsecurity`,
    [id(schema), role],
  );
  const statements = [
    `REVOKE ALL ON SCHEMA ${id(schema)} FROM PUBLIC`,
    `GRANT USAGE ON SCHEMA ${id(schema)} TO ${id(role)}`,
    `GRANT SELECT ON ${id(schema)}.migrations, ${id(schema)}.jobs TO ${id(role)}`,
    `REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ${id(schema)} FROM PUBLIC`,
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${id(schema)} TO ${id(role)}`,
    ...tables.flatMap(({ name, open }) => {
      const table = `${id(schema)}.${id(name)}`;
      const grant = `GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${id(role)}`;
      return open
        ? [grant]
        : [grant, `CREATE POLICY ${id(role)} ON ${table} TO ${id(role)} USING (true) WITH CHECK (true)`];
    }),
  ];
  await owner.query(`BEGIN; ${statements.join('; ')}; COMMIT`);
}
