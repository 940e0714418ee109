// A folder that the clusters of nodes are copied from, which is quicker than to make each anew.

import pg from 'pg';
import { migrate } from '../migrate/migrate.ts';
import { startPostgres } from './postgres.ts';

/** Makes it: both databases as this version has them, roles without passwords, nothing running.
 *  @throws StoreError */
export async function makeTemplate(path: string): Promise<void> {
  const server = await startPostgres({ dataDir: path, durable: false });
  try {
    const url = server.superuserUrl('postgres');
    for (const database of ['home', 'border'] as const) await migrate({ url, database });
    await dropTemplates(url);
  } finally {
    await server.stop();
  }
}

/** A third of the files are those of the databases that new ones are made from, and none is made in a copy. */
async function dropTemplates(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'detente template' });
  client.on('error', () => undefined); // the query that waits reports it
  await client.connect();
  try {
    await client.query('UPDATE pg_database SET datistemplate = false');
    for (const name of ['template0', 'template1']) await client.query(`DROP DATABASE ${name}`);
  } finally {
    await client.end();
  }
}
