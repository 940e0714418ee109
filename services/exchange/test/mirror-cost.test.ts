// What it costs to hold a checkpoint against a mirrored log: tiles along two edges of it, however long it is.

import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { signCheckpoint } from '@detente/tlog';
import { test } from 'tap';
import { enrolledPeer } from '../src/enrolled.ts';
import { knownLog } from '../src/log-keys.ts';
import { judge } from '../src/sightings.ts';
import { introduce, type Node, startNode } from './exchange-node.ts';

/** The node's database, with the rows and bytes that come out of it counted. */
function countRows({ database }: Node) {
  const read = { rows: 0, bytes: 0 };
  const query = async <Row>(text: string, values?: unknown[]) => {
    const rows = await database.now.query<Row & object>(text, values as never);
    read.rows += rows.length;
    for (const row of rows)
      for (const value of Object.values(row)) read.bytes += Buffer.isBuffer(value) ? value.length : 0;
    return rows;
  };
  return { read, border: { ...database, now: { ...database.now, query } as typeof database.now } };
}

test('an old checkpoint is held against a long mirror by a few rows of it', async (t) => {
  const [cn, us] = await Promise.all([startNode(t), startNode(t)]);
  await introduce(cn, us);
  const { border, read } = countRows(us);
  const [peer] = await us.database.read((reader) =>
    reader.query<Parameters<typeof enrolledPeer>[0]>('SELECT * FROM peers WHERE origin = $1', [cn.origin]),
  );
  const log = knownLog(enrolledPeer(peer!)!);
  const noteOf = async (size: number) =>
    (await cn.rows<{ note: string }>('SELECT note FROM checkpoints WHERE size = $1', [size]))[0]!.note;
  const cost = [];
  for (const batches of [
    [16, 3000, 40],
    [65_536, 65_536, 65_536, 700],
  ]) {
    const before = cn.worker.size;
    for (const size of batches) await cn.worker.sequence(size);
    await us.pull(cn);
    while (await us.mirror(cn));
    t.equal(await us.count('mirrors', `size = ${cn.worker.size} AND fault IS NULL`), 1);
    Object.assign(read, { rows: 0, bytes: 0 });
    t.equal(await judge(border, log, await noteOf(before + batches[0]!)), 'fits');
    cost.push({ ...read });
  }
  t.comment(JSON.stringify(cost));
  const bundles = await us.count('mirror_entries');
  t.ok(bundles > 700, `${bundles} bundles`);
  for (const { rows, bytes } of cost) t.ok(rows <= 8 && bytes <= 50_000, `${rows} rows, ${bytes} bytes`);

  const other = { origin: log.name, size: 70_000, root: Buffer.alloc(32, 7) };
  const note = signCheckpoint(other, cn.worker.keys.signer('log').privateKey);
  t.equal(await judge(border, log, note), 'forked', 'and what does not fit is proven');
  t.equal(await us.count('forks'), 1);

  await t.test('a mirror of before has the same tiles from its migration', async (t) => {
    type Tile = { level: number; index: string; hashes: Buffer };
    const tiles = async () =>
      (await us.rows<Tile>('SELECT level, index, hashes FROM mirror_tiles ORDER BY level, index')).map(
        ({ level, index, hashes }) => `${level} ${index} ${hashes.length} ${hash('sha256', hashes)}`,
      );
    const made = await tiles();
    await us.rows('DROP TABLE mirror_tiles');
    await us.rows('ALTER TABLE mirror_entries ADD COLUMN root bytea');
    const file = readFileSync(new URL('../../../migrations/border/0013_lineage.sql', import.meta.url), 'utf8');
    await us.rows(file.slice(file.indexOf('alter table mirror_entries')));
    t.ok(
      made.some((tile) => tile.startsWith('2 ')),
      'of two levels',
    );
    t.same(await tiles(), made);
    t.equal(await us.count('mirror_entries'), bundles, 'and its bundles');
  });
});
