// A day with as many reports as its intake tree is full with: what its close costs the worker, the labs and the log, and what its
// proofs cost the next day.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { intakeDaySize } from '@detente/keys';
import { addLab, startNode, type TestNode, until } from '@detente/testkit';
import { hashLeaf, verifyInclusion } from '@detente/tlog';
import type { Bench, Row } from './row.ts';

const TICK_MS = 1_000;
/** The worker looks once a minute whether the day is full. */
const PATIENCE_MS = 300_000;

type Lab = ReturnType<TestNode['reporting']>;

export const intake: Bench = async (args, say) => {
  const { reports, samples } = readOptions(args);
  const ends: (() => unknown)[] = [];
  const rows: Row[] = [];
  const row = (name: string, unit: string, ours: number, how: object) => {
    rows.push({ name, unit, ours: Number(ours.toPrecision(3)), reports, ...how });
    say(JSON.stringify(rows.at(-1)));
  };
  try {
    const t = { teardown: (end: () => unknown) => ends.push(end) };
    const node = await startNode(t, { name: 'bench', tickMs: TICK_MS, witnessesRequired: 0 });
    const lab = node.reporting(await addLab(node, 'Northlight Laboratory'));
    const before = await watch(node, lab, async () => (await reported(node)) >= samples);
    await fill(node, reports - (await reported(node)));
    const during = await watch(node, lab, async () => (await closed(node))?.root != null);
    row('intake-close', 'seconds', (await closed(node))!.seconds, { longest_statement_ms: during.statement });
    row('intake-memory', 'MB', during.memory, { before: before.memory });
    row('intake-report', 'ms, slowest', during.report, { before: before.report });
    row('intake-checkpoint', 'ms behind its tick, latest', during.checkpoint, { before: before.checkpoint });
    row('intake-proof', 'ms', await proofTime(node, lab, samples), { samples });
    return rows;
  } finally {
    for (const end of ends.reverse()) await end();
  }
};

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      reports: { type: 'string', default: String(intakeDaySize / 2) },
      samples: { type: 'string', default: '200' },
    },
  });
  return { reports: Number(values.reports), samples: Number(values.samples) };
}

/** Reports one after the other, as a lab does, until it is so.
 *  @returns megabytes that the worker has had at most; the slowest of the reports; how long after its tick a checkpoint was
 *    kept, the latest of all; and how long a statement of the worker's had run, of those that were seen: in milliseconds */
async function watch(node: TestNode, lab: Lab, isOver: () => Promise<boolean>) {
  const [start] = await node.sql('border', 'SELECT now() AS now');
  let [report, statement, over] = [0, 0, false];
  const look = async () => {
    while (!over) statement = Math.max(statement, await longestStatement(node));
  };
  const looking = look();
  await until(
    'it is over',
    async () => {
      const begun = performance.now();
      await reportOne(lab);
      report = Math.max(report, performance.now() - begun);
      over = await isOver();
      return over;
    },
    PATIENCE_MS,
  );
  await looking;
  const [late] = await node.sql(
    'border',
    `SELECT max((extract(epoch FROM made_at) * 1000)::bigint % $2)::int AS ms FROM checkpoints WHERE made_at > $1`,
    [start!.now, TICK_MS],
  );
  return { memory: memoryOfWorker(node), report, statement, checkpoint: late!.ms as number };
}

async function longestStatement(node: TestNode): Promise<number> {
  const [row] = await node.sql(
    'home',
    `SELECT coalesce(max(extract(epoch FROM clock_timestamp() - query_start) * 1000), 0)::int AS ms FROM pg_stat_activity
     WHERE application_name = 'detente worker home' AND state = 'active'`,
  );
  return row!.ms as number;
}

async function reportOne(lab: Lab): Promise<void> {
  const fields = { kind: 'incident', title: 'Wrong doses', summary: 'Ten times too high.', language: 'en' } as const;
  const headers = { 'idempotency-key': randomUUID() };
  const { error } = await lab.POST('/reporting/v1/cases', { body: { fields } as never, headers });
  if (error) throw new Error(error.detail ?? error.title);
}

async function reported(node: TestNode): Promise<number> {
  const [row] = await node.sql('home', 'SELECT count(*)::int AS count FROM receipts');
  return row!.count as number;
}

/** The leaves that so many other reports of the day would have. */
async function fill(node: TestNode, count: number): Promise<void> {
  await node.sql(
    'home',
    `INSERT INTO intake_leaves (day, leaf, case_id)
     SELECT day, sha256(gen_random_uuid()::text::bytea), gen_random_uuid()
     FROM intake_days, generate_series(1, $1) WHERE closed_at IS NULL`,
    [count],
  );
}

/** The day that was closed, if it was; the time of the row with its root on the way to the log tells how long it took. */
async function closed(node: TestNode): Promise<{ root: string | null; seconds: number } | undefined> {
  const [row] = await node.sql(
    'home',
    `SELECT root, extract(epoch FROM clock_timestamp() - closed_at)::float8 AS seconds
     FROM intake_days WHERE closed_at IS NOT NULL`,
  );
  return row as { root: string | null; seconds: number } | undefined;
}

/** Megabytes that the worker has had in memory at most. */
function memoryOfWorker(node: TestNode): number {
  const pid = readdirSync('/proc').find((one) => /^\d+$/.test(one) && isWorkerOf(node, one));
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return Math.round(Number(kilobytes) / 1024);
}

/** By its command line, and that of the process that started it. */
function isWorkerOf({ data }: TestNode, pid: string): boolean {
  try {
    if (!commandLine(pid).includes('casework/src/worker.ts')) return false;
    const [, parent] = /PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
    return commandLine(parent!).includes(data);
  } catch {
    return false;
  }
}

function commandLine(pid: string): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}

/** Asks, as a lab does, for the proofs of reports of its own, and checks each.
 *  @returns milliseconds of an answer, the median */
async function proofTime(node: TestNode, lab: Lab, samples: number): Promise<number> {
  const cases = await node.sql(
    'home',
    `SELECT case_id AS id FROM receipts JOIN intake_leaves USING (case_id, number)
     JOIN intake_days USING (day) WHERE closed_at IS NOT NULL LIMIT $1`,
    [samples],
  );
  await until(
    'the root is in the log',
    async () => (await proofOf(lab, cases[0]!.id as string)).day !== null,
    PATIENCE_MS,
  );
  const times: number[] = [];
  for (const { id } of cases) {
    const begun = performance.now();
    const { receipt, day } = await proofOf(lab, id as string);
    times.push(performance.now() - begun);
    const { place: index, size, root, path } = day!;
    const proof = path.map((step) => Buffer.from(step, 'base64url'));
    const leafHash = hashLeaf(Buffer.from(receipt.leaf, 'base64url'));
    verifyInclusion({ index, size, leafHash, root: Buffer.from(root, 'base64url'), proof });
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

async function proofOf(lab: Lab, id: string) {
  const params = { path: { id, number: 0 } };
  const { data, error } = await lab.GET('/reporting/v1/cases/{id}/receipts/{number}', { params });
  if (error) throw new Error(error.detail ?? error.title);
  return data;
}
