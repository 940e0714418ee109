// A folder that the clusters of nodes are copied from, which is quicker than to make each anew.

import { migrate } from '../migrate/migrate.ts';
import { startPostgres } from './postgres.ts';

/** Makes it: both databases as this version has them, roles without passwords, nothing running.
 *  @throws StoreError */
export async function makeTemplate(path: string): Promise<void> {
  const server = await startPostgres({ dataDir: path, durable: false });
  try {
    const url = server.superuserUrl('postgres');
    for (const database of ['home', 'border'] as const) await migrate({ url, database });
  } finally {
    await server.stop();
  }
}
