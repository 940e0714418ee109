// graphile-worker takes a killed process's jobs up again after four hours. Here each process holds an advisory lock in a
// session for as long as it lives; whoever can take another's lock knows that it is gone, and frees its jobs.

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const INTERVAL = 3_000;
/** A process writes its name on jobs a moment before its session holds the lock. */
const GRACE = '2 seconds';

export type Alive = { stop(): Promise<void> };

type Context = { url: string; schema: string; id: string; log: (level: string, message: string) => void };

/** Returns when the lock of `id` is held; from then on frees the jobs of the dead every few seconds. */
export async function keepAlive(context: Context): Promise<Alive> {
  const stopping = new AbortController();
  let client = await connect(context);
  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await freeAbandoned(client, context);
      } catch (error) {
        context.log('warning', `${context.schema}: ${error instanceof Error ? error.message : error}`);
        await client.end().catch(() => undefined);
        client = await connect(context).catch(() => client);
      }
      await sleep(INTERVAL, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await watching;
      await client.end().catch(() => undefined);
    },
  };
}

async function connect({ url, schema, id }: Context): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: `${schema} alive`, keepAlive: true });
  client.on('error', () => undefined); // the next query reports it
  await client.connect();
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`${schema}/${id}`]);
  return client;
}

async function freeAbandoned(client: pg.Client, { schema, id, log }: Context): Promise<void> {
  const jobs = `${pg.escapeIdentifier(schema)}._private_jobs`;
  const { rows } = await client.query<{ locked_by: string }>(
    `SELECT DISTINCT locked_by FROM ${jobs} WHERE locked_by <> $1 AND locked_at < now() - interval '${GRACE}'`,
    [id],
  );
  for (const { locked_by } of rows) {
    const lock = `${schema}/${locked_by}`;
    const { rows: taken } = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS dead', [lock]);
    if (!taken[0].dead) continue;
    await client.query(`SELECT FROM ${pg.escapeIdentifier(schema)}.force_unlock_workers(ARRAY[$1])`, [locked_by]);
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lock]);
    log('info', `${schema}: jobs of ${locked_by}, which is gone, are taken up again`);
  }
}
