// What a database is, for whoever looks after it: can it be reached, and has it the schema of this version?

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { readStops, type SigningStop } from '../signing-stops.ts';
import type { DatabaseKind } from './roles.ts';

const FOLDER = fileURLToPath(new URL('../../../../migrations/', import.meta.url));
const FILE = /^(\d{4}_[a-z0-9_-]+)\.sql$/;

export type SchemaState = {
  /** `server_version` of PostgreSQL. */
  server: string;
  /** Ms by which the server's clock is ahead of this one's. */
  clockAhead: number;
  /** Migrations of this version that the database does not have. */
  missing: string[];
  /** Migrations of the database that this version does not know. */
  unknown: string[];
};

/** The size of the log's batches, and the one to come. */
export type BatchSizes = { batch_size: number; next_batch_size?: number; next_batch_day?: string };

/** The batches of border's log; undefined before the first start.
 *  @param url names border itself, whose schema is that of this version */
export async function inspectBatches(url: string): Promise<BatchSizes | undefined> {
  return looking(url, async (client) => {
    const { rows } = await client.query<{ sizes: BatchSizes }>(
      `SELECT json_strip_nulls(json_build_object('batch_size', batch_size, 'next_batch_size', next_batch_size,
         'next_batch_day', next_batch_day)) AS sizes FROM tree`,
    );
    return rows[0]?.sizes;
  });
}

/** Why the log of border stands still.
 *  @param url names border itself, whose schema is that of this version */
export async function inspectStops(url: string): Promise<SigningStop[]> {
  return looking(url, (client) => readStops({ query: async (text) => (await client.query(text)).rows }));
}

/** Looks at a database as somebody who may read everything in it.
 *  @param url names the database itself
 *  @throws what pg throws when it cannot be reached */
export async function inspectDatabase(url: string, kind: DatabaseKind): Promise<SchemaState> {
  return looking(url, async (client) => {
    const { rows } = await client.query<{ server: string; now: string; migrated: boolean }>(
      `SELECT current_setting('server_version') AS server, extract(epoch FROM clock_timestamp()) * 1000 AS now,
         to_regclass('public.migrations') IS NOT NULL AS migrated`,
    );
    const { server, now, migrated } = rows[0]!;
    const applied = migrated
      ? (await client.query<{ name: string }>('SELECT name FROM public.migrations ORDER BY id')).rows
      : [];
    const has = new Set(applied.map((row) => row.name));
    const files = (await readdir(join(FOLDER, kind))).flatMap((file) => FILE.exec(file)?.[1] ?? []).sort();
    return {
      server,
      clockAhead: Math.round(Number(now) - Date.now()),
      missing: files.filter((name) => !has.has(name)),
      unknown: [...has].filter((name) => !files.includes(name)),
    };
  });
}

async function looking<T>(url: string, look: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'detente doctor' });
  client.on('error', () => undefined); // the query that waits reports it
  await client.connect();
  try {
    return await look(client);
  } finally {
    await client.end();
  }
}
