// A change of terms is written by cell: no record is touched, however many there are.

import { cellsOfType } from '@detente/record';
import { test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import type { WorkerNode } from './worker-node.ts';
import { fields, log, offer, pair, releaseCase, US } from './worker-pair.ts';

const RECORDS = 500;
const CELLS = cellsOfType('incident').length;

/** Copies the one released record, with the presentation that border has of it. */
async function multiply({ home, border }: WorkerNode): Promise<void> {
  const copied = (table: string) => `SELECT t.*, n FROM ${table} t CROSS JOIN generate_series(2, ${RECORDS}) n`;
  for (const [database, table, id] of [
    [home, 'records', 'id'],
    [border, 'presentations', 'record_id'],
  ] as const) {
    const { rows } = await database.query(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER'`,
      [table],
    );
    const anew: Record<string, string> = {
      digest: `'copy ' || n`,
      [id]: 'gen_random_uuid()',
      place: 'place + n * 100',
    };
    const names = rows.map(({ name }) => name as string);
    await database.query(
      `INSERT INTO ${table} (${names}) SELECT ${names.map((name) => anew[name] ?? name)} FROM (${copied(table)}) all_copies`,
    );
  }
}

/** Which version of each row is there: it changes with every update. */
const rowsOf = async (database: WorkerNode['home'], table: string) =>
  (await database.query(`SELECT digest, xmin::text, ctid::text FROM ${table} ORDER BY digest`)).rows;
const countOf = async (database: WorkerNode['home'], table: string) =>
  Number((await database.query(`SELECT count(*) FROM ${table}`)).rows[0].count);

test('a change of terms writes rows per cell and none per record', async (t) => {
  const { cn } = await pair(t);
  const say = async (tier: Parameters<typeof offer>[0]) => {
    await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer(tier, false) });
    await carryOut(cn.worker);
  };
  await say('amber');
  await releaseCase(cn, await cn.report({ fields }));
  await log(cn);
  await multiply(cn);
  t.same([await countOf(cn.home, 'records'), await countOf(cn.border, 'presentations')], [RECORDS, RECORDS]);
  const before = [await rowsOf(cn.home, 'records'), await rowsOf(cn.border, 'presentations')];
  for (const tier of ['green', 'amber', 'clear'] as const) {
    const had = [await countOf(cn.home, 'grants'), await countOf(cn.border, 'grants')];
    await say(tier);
    const has = [await countOf(cn.home, 'grants'), await countOf(cn.border, 'grants')];
    t.same(
      has.map((count, at) => count - had[at]!),
      [CELLS, CELLS],
      `to ${tier}`,
    );
  }
  t.same([await rowsOf(cn.home, 'records'), await rowsOf(cn.border, 'presentations')], before);
  const asked = [await countOf(cn.border, 'late_items'), await countOf(cn.home, 'recalls')];
  t.same(asked, [0, 0], 'nobody was served anything, and nothing from before is given');
});
