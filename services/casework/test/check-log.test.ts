// One flipped byte anywhere in what the log is made of is found, named by its first leaf, and stops signing until it is mended.

import { type Test, test } from 'tap';
import { carryOut, carryPlaces } from '../src/jobs/carry.ts';
import { checkAgain, checkTail, startPasses } from '../src/jobs/check-log.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { prepareLog, sequence } from '../src/jobs/sequence.ts';
import { damageAtTail } from '../src/log-damage.ts';
import { ownKeys } from '../src/own-keys.ts';
import type { WorkerNode } from './worker-node.ts';
import { fields, log, offer, pair, releaseCase, US } from './worker-pair.ts';

/** Just over one full tile of the second level: 260 tiles of leaves. */
const SIZE = 260 * 256;

/** A log with a record and a public edition deep inside, and others at its edge. */
async function largeLog(t: Test): Promise<WorkerNode> {
  const { cn } = await pair(t);
  const settings = { ...cn.worker.settings, DETENTE_TICK_MS: 0 };
  const node = { ...cn, worker: { ...cn.worker, settings } };
  await handlePeerRequest(node.worker, { op: 'offer', peer: US, offer: offer('green') });
  await releaseCase(node, await node.report({ fields }), true);
  await log(node);
  await node.border.query('UPDATE tree SET batch_size = 256 - size % 256');
  await sequence(node.worker);
  await node.border.query('UPDATE tree SET batch_size = 256');
  await releaseCase(node, await node.report({ fields }), true);
  await node.border.query('UPDATE pending_leaves SET tick = 1000000');
  for (let size = 0; size < SIZE - 256; size = await sizeOf(node)) await sequence(node.worker);
  await node.border.query('UPDATE pending_leaves SET tick = 0');
  await sequence(node.worker);
  await carryPlaces(node.worker);
  return node;
}

async function sizeOf({ border }: WorkerNode): Promise<number> {
  return (await border.query('SELECT size::int FROM tree')).rows[0].size;
}

async function stopOf({ border }: WorkerNode) {
  const { rows } = await border.query('SELECT kind, reason, place::int FROM signing_stops');
  return rows[0] as { kind: string; reason: string; place: number } | undefined;
}

type Flip = {
  database?: 'home';
  name: string;
  table: string;
  column: string;
  where: string;
  at: number;
  place: number;
};

/** Flips one bit of a byte, or changes one letter.
 *  @returns puts it back */
async function flip(
  node: WorkerNode,
  { database = 'border' as never, table, column, where, at }: Flip,
): Promise<() => Promise<void>> {
  const client = node[database as 'home' | 'border'];
  const { rows } = await client.query(`SELECT ${column} AS value FROM ${table} WHERE ${where}`);
  const { value } = rows[0] as { value: Buffer | string | number | number[] };
  const write = async (changed: typeof value) => {
    await client.query(`UPDATE ${table} SET ${column} = $1 WHERE ${where}`, [changed]);
  };
  if (typeof value === 'number') await write(value + at);
  else if (typeof value === 'string' && /^\d+$/.test(value)) await write(String(Number(value) + at));
  else if (Array.isArray(value)) await write(value.with(at, value[at]! + 1));
  else if (typeof value === 'string') {
    const i = at < 0 ? value.length + at : at;
    await write(`${value.slice(0, i)}${value[i] === 'A' ? 'B' : 'A'}${value.slice(i + 1)}`);
  } else {
    const changed = Buffer.from(value);
    changed[at]! ^= 0x10;
    await write(changed);
  }
  return () => write(value);
}

const entry = (place: number, byte = 2) => ({
  ...{ name: `entry ${place}, byte ${byte}`, table: 'entries', column: 'leaves', place },
  ...{ where: `index = ${Math.floor(place / 256)}`, at: (place % 256) * 34 + byte },
});
const hash = (level: number, index: number, at: number, place: number) => ({
  ...{ name: `hash ${at} of tile ${level}/${index}`, table: 'tiles', column: 'hashes', place },
  ...{ where: `level = ${level} AND index = ${index}`, at: at * 32 + 31 },
});
const record = (table: string, column: string, place: number, at: number) => ({
  ...{ name: `${table}.${column} at ${place}, letter ${at}`, table, column, place, at, where: `place = ${place}` },
});

/** Of the record of `record`, as it is kept at home. */
const kept = (column: string, place: number, at: number) => ({
  ...record('records', column, place, at),
  database: 'home' as const,
});

async function placesOf({ border }: WorkerNode, table: string): Promise<[number, number]> {
  const { rows } = await border.query(`SELECT place::int FROM ${table} WHERE place IS NOT NULL ORDER BY place`);
  return [rows[0].place, rows.at(-1).place];
}

/** Found by `find`, stops signing and not reading; gone once it is mended. */
async function found(t: Test, node: WorkerNode, one: Flip, find: () => Promise<void>): Promise<void> {
  const mend = await flip(node, one);
  await find();
  const stop = await stopOf(node);
  t.match(stop, { kind: 'damaged', place: one.place }, one.name);
  const before = await node.border.query('SELECT size, (SELECT count(*) FROM checkpoints) AS signed FROM tree');
  await prepareLog(node.worker);
  await sequence(node.worker);
  await checkAgain(node.worker);
  const after = await node.border.query('SELECT size, (SELECT count(*) FROM checkpoints) AS signed FROM tree');
  t.same(after.rows, before.rows, 'nothing is appended or signed');
  t.same(await stopOf(node), stop, 'and it stays so');
  await mend();
  await checkAgain(node.worker);
  t.equal(await stopOf(node), undefined, 'until it is mended');
}

test('one flipped byte is found, named by its leaf, and stops signing until it is mended', async (t) => {
  const node = await largeLog(t);
  const whole = async () => {
    const slice = startPasses(node.worker);
    // A pass ends with a long pause; one that is stopped never does.
    for (let slices = 0; slices < 20; slices++) if ((await slice()) > 1_000 || (await stopOf(node))) return;
  };
  const tail = () => checkTail(node.worker);
  await whole();
  await tail();
  t.equal(await stopOf(node), undefined, 'the log as it is is whole');
  const [deep, late] = await placesOf(node, 'presentations');
  const [deepEdition, lateEdition] = await placesOf(node, 'editions');
  t.ok(deep < 300 && deepEdition < 300 && late >= SIZE - 256 && lateEdition >= SIZE - 256);

  await t.test('at its edge, before anything is signed', async (t) => {
    const flips: Flip[] = [
      ...[entry(SIZE - 1), entry(SIZE - 200, 33), entry(SIZE - 7, 0)],
      ...[hash(0, 259, 17, SIZE - 256 + 17), hash(1, 1, 2, 258 * 256), hash(2, 0, 0, 0)],
      { name: 'frontier', table: 'tree', column: 'frontier', where: 'true', at: 8 + 32, place: 65_536 },
      { name: 'size in the frontier', table: 'tree', column: 'frontier', where: 'true', at: 7, place: SIZE },
      ...[30, -5].map((at) => ({
        ...{ name: `letter ${at} of the checkpoint`, table: 'checkpoints', column: 'note', at },
        ...{ where: `size = ${SIZE}`, place: SIZE },
      })),
      ...[record('presentations', 'body', late, 300), record('presentations', 'body', late, -9)],
      ...[record('presentations', 'digest', late, 5), record('editions', 'token', lateEdition, 400)],
    ];
    for (const one of flips) await found(t, node, one, tail);
  });

  await t.test('deep inside, in the background', async (t) => {
    const flips: Flip[] = [
      ...[entry(0), entry(33_333, 20), hash(0, 3, 7, 3 * 256 + 7), hash(1, 0, 9, 9 * 256), hash(1, 0, 255, 255 * 256)],
      ...[record('presentations', 'body', deep, 40), record('presentations', 'body', deep, -20)],
      ...[record('editions', 'token', deepEdition, 500), record('editions', 'digest', deepEdition, 9)],
      ...[record('presentations', 'lengths', deep, 1), record('presentations', 'least', deep, 1)],
      ...[record('presentations', 'cell', deep, -1), record('presentations', 'tick', deep, 1)],
      ...[kept('token', deep, 40), kept('token', deep, -20), kept('token', late, 300), kept('token', deepEdition, -9)],
      ...[kept('lengths', deep, 4), kept('digest', deep, 3), kept('domain', deep, 0), kept('tick', deepEdition, 1)],
    ];
    for (const one of flips) await found(t, node, one, whole);
  });

  await t.test('rows that are gone', async (t) => {
    await node.border.query('CREATE TABLE gone AS SELECT * FROM entries WHERE index = 12');
    await node.border.query('DELETE FROM entries WHERE index = 12');
    await whole();
    t.match(await stopOf(node), { place: 12 * 256 });
    await node.border.query('INSERT INTO entries SELECT * FROM gone');
    await checkAgain(node.worker);
    await node.border.query(`UPDATE tree SET size = size - 256, tick = tick - 1`);
    await tail();
    t.match(await stopOf(node), { place: SIZE - 256, reason: /a larger one was signed/ });
    await node.border.query(`UPDATE tree SET size = size + 256, tick = tick + 1`);
    await checkAgain(node.worker);
  });

  await sequence(node.worker);
  t.equal(await sizeOf(node), SIZE + 256, 'and the log goes on');
});

test('of a record that is damaged at home no more is given, until it is mended', async (t) => {
  const { cn } = await pair(t);
  const cut = async () =>
    (await cn.border.query('SELECT place::int, cardinality(lengths) - 1 AS level FROM presentations ORDER BY place'))
      .rows;
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('clear') });
  for (const _ of [1, 2]) await releaseCase(cn, await cn.report({ fields }));
  await log(cn);
  const [first, second] = (await cut()).map(({ place }) => place);
  t.match(await cut(), [{ level: 1 }, { level: 1 }]);
  // In a field that the peer has not been given yet.
  const mend = await flip(cn, kept('token', first, -20));
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await carryOut(cn.worker);
  t.same(await cut(), [
    { place: first, level: 1 },
    { place: second, level: 3 },
  ]);
  t.match(await stopOf(cn), { kind: 'damaged', place: first, reason: `record at leaf ${first} of the log` });
  await checkAgain(cn.worker);
  t.match(await stopOf(cn), { place: first });
  await mend();
  await checkAgain(cn.worker);
  await carryOut(cn.worker);
  t.equal(await stopOf(cn), undefined);
  t.match(await cut(), [{ level: 3 }, { level: 3 }], 'what was held back is given');
});

/** A record and its public edition at the edge of a log, and what looks at it with the rows that are known to be as signed. */
async function edge(t: Test) {
  const { cn } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('clear') });
  await releaseCase(cn, await cn.report({ fields }), true);
  await log(cn);
  await carryPlaces(cn.worker);
  let asked = 0;
  const look = (verified: Set<string>) =>
    cn.worker.border.read(async (reader) => {
      const keys = await ownKeys(cn.worker, reader);
      const recordKey: typeof keys.recordKey = (kid) => {
        asked++;
        return keys.recordKey(kid);
      };
      const { origin, logName } = cn.worker;
      return damageAtTail(reader, { origin, logName, keys: { ...keys, recordKey } }, verified);
    });
  return { cn, look, asked: () => asked };
}

test('a record at the edge is verified once, and again when its row has changed', async (t) => {
  const { cn, look, asked } = await edge(t);
  const verified = new Set<string>();
  t.equal(await look(verified), undefined);
  t.equal(asked(), 2, 'the record and its public edition');
  t.equal(await look(verified), undefined);
  t.equal(asked(), 2);
  const [place] = await placesOf(cn, 'presentations');
  const mend = await flip(cn, record('presentations', 'body', place, -30));
  t.strictSame(await look(verified), { code: 'record', place });
  t.strictSame(await look(verified), { code: 'record', place }, 'what does not fit is not remembered');
  await mend();
  t.equal(await look(verified), undefined);
});

test('the process that has signed a record does not verify it at the edge, unless its row says anything else', async (t) => {
  const { cn, look, asked } = await edge(t);
  t.equal(await look(cn.worker.verified), undefined);
  t.equal(asked(), 0);
  const [place] = await placesOf(cn, 'presentations');
  const [edition] = await placesOf(cn, 'editions');
  const changes: [string, string, number][] = [
    ['presentations', 'lengths = lengths[:3] || 9 || lengths[5:]', place],
    ['presentations', 'tick = tick + 1', place],
    ['editions', 'exercise = NOT exercise', edition],
    ['editions', `fields = jsonb_set(fields, '{title}', '"Another"')`, edition],
  ];
  for (const [table, change, place] of changes) {
    const { rows } = await cn.border.query(`SELECT * FROM ${table} WHERE place = ${place}`);
    await cn.border.query(`UPDATE ${table} SET ${change} WHERE place = ${place}`);
    t.strictSame(await look(cn.worker.verified), { code: 'record', place }, change);
    const column = change.split(' ', 1)[0]!;
    const before = column === 'fields' ? JSON.stringify(rows[0].fields) : rows[0][column];
    await cn.border.query(`UPDATE ${table} SET ${column} = $1 WHERE place = ${place}`, [before]);
  }
  t.equal(await look(cn.worker.verified), undefined);
});
