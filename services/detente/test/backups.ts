// Backups of a running node's border, and what happens to a node whose border is an older one all of a sudden.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestNode, until } from '@detente/testkit';
import type pg from 'pg';

const BORDER = 'detente_border';

/** Nobody is in the database, and nobody comes in, while this is done. */
async function alone(admin: pg.Client, act: () => Promise<unknown>): Promise<void> {
  await admin.query(`ALTER DATABASE ${BORDER} ALLOW_CONNECTIONS false`);
  await admin.query(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${BORDER}'`);
  await act();
  await admin.query(`ALTER DATABASE ${BORDER} ALLOW_CONNECTIONS true`);
}

/** A copy, with who may enter it: PostgreSQL leaves that behind. */
async function copy(admin: pg.Client, from: string, to: string): Promise<void> {
  await admin.query(`CREATE DATABASE ${to} TEMPLATE ${from}`);
  await admin.query(
    `UPDATE pg_database SET datacl = one.datacl, datdba = one.datdba FROM pg_database one
     WHERE pg_database.datname = '${to}' AND one.datname = '${BORDER}'`,
  );
}

export async function backUp(node: TestNode, name: string): Promise<void> {
  const admin = await node.connect('home');
  await alone(admin, () => copy(admin, BORDER, name));
  await admin.end();
}

/** Puts a backup in the place of border, as it was, and starts the processes that write there. What was in its place is kept as
 *  `newest`. */
export async function restore(node: TestNode, name: string): Promise<void> {
  const admin = await node.connect('home');
  await copy(admin, name, 'older');
  await admin.query('DROP DATABASE IF EXISTS newest');
  await alone(admin, async () => {
    await endWorker(node);
    await admin.query(`ALTER DATABASE ${BORDER} RENAME TO newest`);
    await admin.query(`ALTER DATABASE older RENAME TO ${BORDER}`);
  });
  await admin.end();
}

/** The worker ends in order and begins anew; the old one is gone when this returns. */
async function endWorker(node: TestNode): Promise<void> {
  const { pid } = JSON.parse(readFileSync(join(node.data, 'state.json'), 'utf8')) as { pid: number };
  const worker = workerOf(pid);
  process.kill(pid, 'SIGUSR2');
  while (commandLine(worker).includes('worker.ts')) await sleep(1);
}

function workerOf(parent: number): string {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
  return children.find((one) => commandLine(one).includes('casework/src/worker.ts'))!;
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

export async function sizeOf(node: TestNode): Promise<number> {
  const [tree] = await node.sql('border', 'SELECT size::int FROM tree');
  return tree!.size as number;
}

export async function untilGrown(node: TestNode, beyond: number): Promise<void> {
  await until(`${node.name} has signed more than ${beyond} leaves`, async () => {
    const [signed] = await node.sql('border', 'SELECT max(size)::int AS size FROM checkpoints');
    return (signed!.size as number) > beyond;
  });
}
