// Release as a whole: from reports that wait to records on their way to a peer. Scrub, check, sign, queue, by a real node.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ImportedCase, importFiles } from '@detente/interop';
import { createSealer, readVaultKey } from '@detente/keys';
import { addLab, offer, releasing, startHostileNode, startNode, type TestNode, until } from '@detente/testkit';
import type { Bench, Row } from './row.ts';

/** Releases what is clean without an officer and makes no public edition, so that each case is one record. */
const POLICY = releasing({ sources: ['aiid'] });

/** Times that the first half is released before the second is measured. */
const WARMING = 4;

export const release: Bench = async (_, say) => {
  const ends: (() => unknown)[] = [];
  try {
    const node = await startGiver({ teardown: (end) => ends.push(end) });
    const cases = incidents();
    // What runs for the first time is slower: the first half comes several times, each time with other texts. Names are learnt in both.
    const half = Math.floor(cases.length / 2);
    for (let round = 0; round < WARMING; round++) await releaseAll(node, again(cases.slice(0, half), round));
    const { released, held, seconds, worker, database } = await releaseAll(node, cases.slice(half));
    const each = (all: number) => Math.round((100 * all) / released) / 100;
    const row: Row = {
      ...{ name: 'release', unit: 'records/s', ours: Math.round(released / seconds), bound: 500 },
      ...{ released, held, seconds: Math.round(seconds * 100) / 100, known_before: WARMING * half },
      ...{ worker_cpu_ms: each(worker), database_cpu_ms: each(database) },
    };
    say(JSON.stringify(row));
    return [row];
  } finally {
    for (const end of ends.reverse()) await end();
  }
};

/** A node that gives a peer everything up to amber-strict. */
async function startGiver(t: Parameters<typeof startNode>[0]): Promise<TestNode> {
  const node = await startNode(t, { name: 'bench', policy: POLICY, witnessesRequired: 0, batchSize: 256 });
  const { origin, fingerprint } = await startHostileNode(t);
  await node.casework.POST('/casework/v1/peers', { body: { name: 'peer', origin, fingerprint, reason: 'bench' } });
  await until('the peer is enrolled', async () => {
    const { data } = await node.casework.GET('/casework/v1/peers');
    return data?.items[0]?.status === 'active';
  });
  await offer(node, { name: 'peer' }, 'amber-strict');
  await addLab(node, 'Northlight Laboratory');
  return node;
}

function incidents(): ImportedCase[] {
  const folder = new URL('../packages/interop/data/aiid/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  return importFiles(names.map((name) => ({ name, contents: readFileSync(new URL(name, folder)) }))).cases;
}

/** The same cases once more: other events, by their source and evidence, in texts that were not read before. */
function again(cases: readonly ImportedCase[], round: number): ImportedCase[] {
  return cases.map(({ fields, source, ...rest }) => {
    const texts = Object.entries(fields).filter(([name]) => ['title', 'summary', 'narrative'].includes(name));
    const others = Object.fromEntries(texts.map(([name, text]) => [name, text && `${text} (${round})`]));
    const evidence = fields.evidence?.map((one) => ({ ...one, reference: `${one.reference}?${round}` }));
    const given = { ...fields, ...others, ...(evidence && { evidence }) };
    return { ...rest, fields: given, source: { ...source, id: `${source.id}-${round}` } };
  });
}

/** Leaves cases as the reporting process does, and waits until each is released or held. */
async function releaseAll(node: TestNode, cases: readonly ImportedCase[]) {
  const before = await tally(node);
  const sealer = createSealer(readVaultKey(join(node.data, 'keys', 'reporting')));
  const rows = cases.map(({ fields, parties, source, proposals }) => {
    const [id, sealed] = [randomUUID(), sealer.seal(Buffer.from(JSON.stringify(parties)))];
    return { id, fields, source, proposals, parties: sealed.toString('hex') };
  });
  await node.sql(
    'home',
    `WITH r AS MATERIALIZED (
       SELECT * FROM json_to_recordset($1) AS r (id uuid, fields jsonb, source jsonb, proposals jsonb, parties text)
     ), c AS (
       INSERT INTO cases (id, lab, source, fields, proposals) SELECT id, (SELECT id FROM labs), source, fields, proposals FROM r
     )
     INSERT INTO vault (case_id, parties_sealed, body_sealed, media_type)
     SELECT id, decode(parties, 'hex'), '', 'application/json' FROM r`,
    [JSON.stringify(rows)],
  );
  const began = spent(node);
  await node.sql('home', 'SELECT enqueue_drafts()');
  await until('all are released or held', () => isDone(node), 300_000);
  const ended = spent(node);
  const after = await tally(node);
  return {
    ...{ released: after.released - before.released, held: after.held - before.held },
    seconds: (ended.at - began.at) / 1000,
    worker: ended.worker - began.worker,
    database: ended.database - began.database,
  };
}

function spent(node: TestNode) {
  return { at: performance.now(), worker: cpuOf(node.pid('worker')), database: cpuOfDatabase(node) };
}

/** Milliseconds that a process has had of all cores, its threads included. */
function cpuOf(pid: number): number {
  const { utime, stime } = timesOf(pid);
  return utime + stime;
}

/** The same of PostgreSQL: of the server, of its processes, and of those that have ended. */
function cpuOfDatabase({ data }: TestNode): number {
  const server = Number(readFileSync(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const { utime, stime, cutime, cstime } = timesOf(server);
  const running = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').trim().split(' ').map(Number);
  return running.reduce((sum, pid) => sum + cpuOf(pid), utime + stime + cutime + cstime);
}

function timesOf(pid: number) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  // proc(5): in hundredths of a second.
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15).map((field) => 10 * Number(field));
  return { utime, stime, cutime, cstime };
}

/** Asked ten times a second: it reads two small indexes. */
async function isDone(node: TestNode): Promise<boolean> {
  const [row] = await node.sql(
    'home',
    `SELECT NOT EXISTS (SELECT FROM cases WHERE draft_due) AND NOT EXISTS (SELECT FROM decisions WHERE done_at IS NULL) AS done`,
  );
  return (row as { done: boolean }).done;
}

async function tally(node: TestNode): Promise<{ released: number; held: number }> {
  const [row] = await node.sql(
    'home',
    `SELECT count(*) FILTER (WHERE status = 'released')::int AS released, count(*) FILTER (WHERE status = 'held')::int AS held FROM cases`,
  );
  const { released, held } = row as { released: number; held: number };
  return { released, held };
}
