// A feed page of 1,000 records: what it costs the database to join them with the peer's grants.
import { parseArgs } from 'node:util';
import { foldGrants, grantedLevel, grantedSelection } from '@detente/reciprocity';
import { cellsOfType } from '@detente/record';
import { type Database, openDatabase, type Reader } from '@detente/store/database';
import { createTestDatabases } from '@detente/store/embedded';
import { lateBehind, presentationsBetween, readGrants } from '@detente/store/exchange';
import type { Bench, Row } from './row.ts';

const PEER = 'https://us.example';
const RECORDS = 1000;
/** Leaves of the log, and one in so many is a record. */
const LEAVES = 262_144;
const SHARE = 16;
/** Characters of a presentation up to amber. */
const LENGTH = 3_000;
/** Times that the terms have changed, and records that were granted by name or followed. */
const CHANGES = 10;
const SINGLES = 200;

export const page: Bench = async (args, say) => {
  const { values } = parseArgs({ args: [...args], options: { samples: { type: 'string', default: '100' } } });
  const samples = Number(values.samples);
  const ends: (() => unknown)[] = [];
  const { border: made } = await createTestDatabases({ teardown: (end) => ends.push(end) });
  // To fill it may take longer than a statement of the product's.
  const border = openDatabase({ url: made.superuserUrl, max: 1, name: 'detente bench border', statementTimeout: 0 });
  try {
    await fill(border);
    const times: { answered: number; executed: number }[] = [];
    for (let at = -5; at < samples; at++) {
      const after = Math.floor(LEAVES / 8 + (Math.random() * LEAVES) / 2);
      const time = { answered: await answered(border, after), executed: await executed(border, after) };
      if (at >= 0) times.push(time);
    }
    const row: Row = {
      ...{ name: 'feed-page-database', unit: 'ms', ours: median(times.map((time) => time.executed)), bound: 20 },
      least: Math.round(Math.min(...times.map((time) => time.executed)) * 10) / 10,
      answered: median(times.map((time) => time.answered)),
      ...{ records: RECORDS, leaves: LEAVES, grants: CHANGES * cellsOfType('incident').length + SINGLES, samples },
    };
    say(JSON.stringify(row));
    return [row];
  } finally {
    await border.close();
    for (const end of ends.reverse()) await end();
  }
};

/** A log of random places, a third of whose cells were never granted, and grants as they are after some changes of the terms. */
async function fill(border: Database): Promise<void> {
  const cells = cellsOfType('incident');
  await border.write(async (tx) => {
    await tx.execute(`INSERT INTO peers (origin, name, fingerprint, status) VALUES ($1, 'us', 'x', 'active')`, [PEER]);
    await tx.execute(
      `INSERT INTO presentations (digest, record_id, cell, least, tick, body, lengths, place)
       SELECT 'digest ' || n, gen_random_uuid(), ($1::text[])[1 + (n * 7919) % $2], 1, n,
         (SELECT string_agg(encode(sha256(convert_to(n || ' ' || part, 'UTF8')), 'base64'), '') FROM generate_series(1, $3) part), '{500,1000,1500,3000}',
         n * $4::bigint + n % $4
       FROM generate_series(0, $5 - 1) n`,
      [cells, cells.length, Math.ceil(LENGTH / 44), SHARE, LEAVES / SHARE],
    );
    const lines = cells.filter((_, at) => at % 3 < 2);
    for (let number = 1; number <= CHANGES; number++)
      await tx.execute(
        `INSERT INTO grants (number, line, peer, cell, from_index, level, rule, terms)
         SELECT $1, line, $2, cell, $3, $4, 'offer_unconditional', 'terms' FROM unnest($5::text[]) WITH ORDINALITY c (cell, line)`,
        [number, PEER, number * 1000, 1 + (number % 3), lines],
      );
    await tx.execute(
      `INSERT INTO grants (number, line, peer, record_id, from_index, level, rule)
       SELECT $1, row_number() OVER (), $2, record_id, 0, 3, 'override' FROM presentations ORDER BY digest LIMIT $3`,
      [CHANGES + 1, PEER, SINGLES],
    );
    await tx.execute(
      `INSERT INTO late_items (peer, number, digest, rule)
       SELECT $1, row_number() OVER (), digest, 'offer_unconditional' FROM presentations ORDER BY place LIMIT 1000`,
      [PEER],
    );
  });
  await border.now.query('VACUUM ANALYZE');
}

/** Milliseconds from the first question to the last answer: grants, records of their cells, late items. */
async function answered(border: Database, from: number): Promise<number> {
  return border.write(async (tx) => {
    const begun = performance.now();
    const grants = foldGrants(await readGrants(tx, PEER));
    const folded = performance.now();
    const selection = grantedSelection(grants);
    const asked = performance.now();
    const rows = await presentationsBetween(tx, { peer: PEER, from, to: LEAVES, limit: RECORDS + 1 }, selection);
    await lateBehind(tx, PEER, 1000, RECORDS);
    const ms = performance.now() - asked + (folded - begun);
    const given = rows.filter((row) => grantedLevel(grants, row) !== null).length;
    if (given < RECORDS) throw new Error(`a page of ${given} records is none of ${RECORDS}`);
    return ms;
  });
}

const EXPLAIN = 'EXPLAIN (ANALYZE, TIMING OFF, SERIALIZE TEXT, FORMAT JSON)';
type Explained = { 'Planning Time': number; 'Execution Time': number };

/** Milliseconds in which PostgreSQL plans and carries out the same questions and writes their rows, without their way to here. */
async function executed(border: Database, from: number): Promise<number> {
  return border.read(async (reader) => {
    const selection = grantedSelection(foldGrants(await readGrants(reader, PEER)));
    let ms = 0;
    const explaining: Reader = {
      ...reader,
      async query(text, values) {
        const [row] = await reader.query<{ 'QUERY PLAN': [Explained] }>(`${EXPLAIN} ${text}`, values);
        const [explained] = row!['QUERY PLAN'];
        ms += explained['Planning Time'] + explained['Execution Time'];
        return [];
      },
    };
    await readGrants(explaining, PEER);
    await presentationsBetween(explaining, { peer: PEER, from, to: LEAVES, limit: RECORDS + 1 }, selection);
    await lateBehind(explaining, PEER, 1000, RECORDS);
    return ms;
  });
}

function median(times: readonly number[]): number {
  return Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]! * 10) / 10;
}
