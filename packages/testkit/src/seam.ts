// Seams: named places in a process's work at which PostgreSQL makes it wait. The lock is the test's, the code is as it ships.

import type pg from 'pg';
import { until } from './federation.ts';
import type { ProcessName, TestNode } from './node.ts';

export type Seam = {
  node: TestNode;
  database: 'home' | 'border';
  /** Takes the lock that stands in the way, such as `LOCK TABLE receipts IN SHARE MODE`. */
  hold: string;
  /** Start of the application_name of the sessions that shall wait, such as `detente reporting`. */
  session: string;
  /** Start of the statement that shall wait, as POSIX expression. */
  statement: string;
};

export type Stop = {
  /** Waits until the process waits here, and returns the number of its session. `session` asks for this very one. */
  reached(session?: number): Promise<number>;
  /** Lets everybody go on; may be repeated. */
  release(): Promise<void>;
};

/** Takes a seam's lock. */
export async function stopAt({ node, database, hold, session, statement }: Seam): Promise<Stop> {
  const holder = await node.connect(database);
  await holder.query('BEGIN');
  await holder.query(hold);
  const [{ pid }] = (await holder.query('SELECT pg_backend_pid() AS pid')).rows;
  // Who waits for a row waits in a queue, so for the lock of another who waits for ours.
  const waiting = `WITH RECURSIVE blocked (pid) AS (SELECT $3::integer
      UNION SELECT a.pid FROM pg_stat_activity a JOIN blocked b ON b.pid = ANY (pg_blocking_pids(a.pid)))
    SELECT pid FROM pg_stat_activity JOIN blocked USING (pid)
    WHERE application_name LIKE $1 || '%' AND query ~ ('^\\s*' || $2)`;
  return {
    reached: () => firstPid(node, `${session} waits at ${statement}`, waiting, [session, statement, pid]),
    release: ending(holder),
  };
}

/** Lets no transaction of the node's server come back from its COMMIT, although it is on the disk: the server waits for a
 *  standby that there is not. Whoever is killed then has committed and does not know. */
export async function stopAtCommit(node: TestNode): Promise<Stop> {
  const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND pid = coalesce($1, pid)`;
  const reached = (session?: number) => firstPid(node, 'a commit waits', waiting, [session ?? null]);
  await awaitStandby(node, 'nobody');
  // The setting is there once a commit waits for it.
  const probe = await node.connect('home');
  const [{ pid }] = (await probe.query('SELECT pg_backend_pid() AS pid')).rows;
  const probed = probe.query(`SELECT pg_logical_emit_message(true, 'seam', '')`).catch(() => undefined);
  await reached(pid);
  const end = ending(probe);
  return {
    reached,
    async release() {
      await awaitStandby(node, '').catch(() => undefined);
      await probed;
      await end();
    },
  };
}

/** Brings a process to the last of the seams, each reached from the one before, kills it there as a power cut would, and lets
 *  everybody else go on.
 *  @param at.commit goes on from the last seam into the COMMIT of its transaction, which succeeds without the process knowing
 *  @param at.provoke makes work that leads there; it may fail only where its caller repeats it */
export async function killAt(
  process: { node: TestNode; name: ProcessName },
  at: { seams: readonly [Seam, ...Seam[]]; commit?: boolean; provoke?: () => Promise<unknown> },
): Promise<void> {
  const [first, ...rest] = at.seams;
  let stop = await stopAt(first);
  let provoked: Promise<unknown> | undefined;
  try {
    provoked = at.provoke?.();
    provoked?.catch(() => undefined); // awaited below
    let session = await stop.reached();
    for (const seam of rest) {
      stop = await goOn(stop, await stopAt(seam));
      session = await stop.reached();
    }
    if (at.commit) {
      stop = await goOn(stop, await stopAtCommit(rest.at(-1)?.node ?? first.node));
      await stop.reached(session);
    }
    await process.node.kill(process.name);
  } finally {
    await stop.release();
  }
  await provoked;
}

async function goOn(from: Stop, to: Stop): Promise<Stop> {
  await from.release();
  return to;
}

async function firstPid(node: TestNode, what: string, text: string, values: readonly unknown[]): Promise<number> {
  let pid: unknown;
  await until(`${what} at ${node.name}`, async () => {
    [{ pid } = { pid: undefined }] = await node.sql('home', text, values);
    return pid !== undefined;
  });
  return pid as number;
}

async function awaitStandby(node: TestNode, name: string): Promise<void> {
  const client = await node.connect('home');
  try {
    await client.query(`ALTER SYSTEM SET synchronous_standby_names = '${name}'`);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}

/** Ends a session, and its transaction with it; one whose server was killed has ended already. */
function ending(client: pg.Client): () => Promise<void> {
  let ended: Promise<void> | undefined;
  return () => {
    ended ??= client.end().catch(() => undefined);
    return ended;
  };
}
