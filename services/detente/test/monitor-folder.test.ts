// What the monitor keeps: whole enough to be served as the log, and never the log's fault where it is damaged.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDetente } from '@detente/testkit';
import {
  hashLeaf,
  inclusionProof,
  nodesForInclusion,
  parseBundle,
  parseCheckpoint,
  parseNote,
  tilePath,
  tileReader,
  tilesForNodes,
  verifyInclusion,
} from '@detente/tlog';
import { type Test, test } from 'tap';
import { folderFor, hostileLog, leaves } from './hostile-log.ts';

async function startMonitor(t: Test) {
  const log = await hostileLog(t);
  const folder = folderFor(t);
  const look = async () => {
    const { code, stdout } = await runDetente(['monitor', log.origin, folder, '--once', '--json']);
    const { alarm } = JSON.parse(stdout) as { alarm?: { code: string; message: string; evidence?: string } };
    return { code, alarm };
  };
  const flip = (name: string) => {
    const bytes = readFileSync(join(folder, name));
    bytes[5]! ^= 1;
    writeFileSync(join(folder, name), bytes);
  };
  return { log, folder, look, flip };
}

/** Proves an entry out of the folder's files, as their names say: the partial tile, or else the full one. */
function proveEntry(folder: string, checkpoint: string, index: number): void {
  const { size, root } = parseCheckpoint(parseNote(readFileSync(join(folder, checkpoint), 'utf8')).text);
  const read = (level: number | 'entries', at: number, width: number, each: number) => {
    const names = [tilePath(level, at, width), tilePath(level, at)].map((name) => join(folder, name));
    return readFileSync(names.find(existsSync) ?? names[0]!).subarray(0, width * each);
  };
  const tiles = tilesForNodes(nodesForInclusion(index, size), size).map((tile) => ({
    ...tile,
    bytes: read(tile.level, tile.index, tile.width, 32),
  }));
  const at = Math.floor(index / 256);
  const width = Math.min(256, size - at * 256);
  const entry = parseBundle(read('entries', at, width, 34), width)[index % 256]!;
  verifyInclusion({
    index,
    size,
    leafHash: hashLeaf(entry),
    root,
    proof: inclusionProof(index, size, tileReader(tiles)),
  });
}

test('the folder proves every entry to the newest checkpoint and to the one that witnesses have signed', async (t) => {
  const { log, folder, look } = await startMonitor(t);
  const entries = leaves(70_000);
  for (const [size, cosigned] of [
    [600, 530],
    [700, 600],
    [69_900, 69_890],
    [70_000, 69_890],
  ] as const) {
    log.show(entries.slice(0, size));
    log.shown.cosigned = log.sign(entries.slice(0, cosigned));
    t.match(await look(), { code: 0 });
    for (const [checkpoint, of] of [
      ['checkpoint', size],
      ['cosigned', cosigned],
    ] as const)
      for (const index of [0, 255, Math.floor(of / 2), of - 1])
        t.doesNotThrow(() => proveEntry(folder, checkpoint, index), `${index} of ${checkpoint} ${of}`);
  }
  const partial = readdirSync(join(folder, 'tile'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.p'),
  );
  t.same(
    partial.sort(),
    ['0/273.p', '1/001.p', '2/000.p', 'entries/273.p'],
    'partial tiles go when the full one is there',
  );
});

test('a folder that is damaged is an alarm about the folder, and none about the log', async (t) => {
  const { log, folder, look, flip } = await startMonitor(t);
  const entries = leaves(70_000);
  log.show(entries.slice(0, 66_100));
  log.shown.cosigned = log.sign(entries.slice(0, 66_000));
  t.match(await look(), { code: 0 });
  const isFolders = async (message: string) => {
    const { code, alarm } = await look();
    t.match([code, alarm?.code, alarm?.evidence], [3, 'folder_failed', undefined], message);
    t.match(alarm?.message, /the folder of the monitor/);
  };
  for (const size of [66_100, 66_050, 66_500]) {
    log.show(entries.slice(0, size));
    for (const name of ['tile/0/258.p/52', 'tile/1/001.p/2', 'tile/entries/258.p/52']) {
      flip(name);
      await isFolders(`${name}, while the log shows ${size}`);
      flip(name);
    }
  }
  log.show(entries.slice(0, 66_100));
  log.shown.cosigned = log.sign(entries.slice(0, 300));
  flip('tile/0/001');
  await isFolders('a tile far behind, which would look like a fork');
  rmSync(join(folder, 'tile/0/001'));
  await isFolders('one that is not there any more');
  log.shown.cosigned = '';
  const held = readFileSync(join(folder, 'checkpoint'));
  writeFileSync(join(folder, 'checkpoint'), held.subarray(0, 40));
  await isFolders('half a checkpoint');
  writeFileSync(join(folder, 'checkpoint'), log.sign(leaves(66_100)));
  await isFolders('a checkpoint of other tiles');
  writeFileSync(join(folder, 'checkpoint'), held);
  log.show(entries);
  mkdirSync(join(folder, 'tile/entries/259.new'));
  await isFolders('a file that cannot be written');
  rmSync(join(folder, 'tile/entries/259.new'), { recursive: true });
  t.match(await look(), { code: 0, alarm: undefined }, 'and where it is mended the monitor goes on');
});

test('a log that has the full tile alone, where its checkpoint ends within it, is followed', async (t) => {
  const { log, folder, look } = await startMonitor(t);
  const entries = leaves(600);
  log.show(entries);
  const { tiles } = log.shown;
  log.show(entries.slice(0, 300));
  // As a folder is that went on since the checkpoint was read.
  log.shown.tiles = tiles;
  for (const name of ['tile/0/001.p/44', 'tile/entries/001.p/44']) log.say.set(`/log/v1/${name}`, { status: 404 });
  t.match(await look(), { code: 0 });
  proveEntry(folder, 'checkpoint', 299);
});

test('a fork is an alarm also where its evidence cannot be kept', async (t) => {
  const { log, folder, look } = await startMonitor(t);
  const entries = leaves(20);
  log.show(entries);
  await look();
  mkdirSync(join(folder, 'fork-20-20.json.new'));
  log.show(leaves(20));
  t.match(await look(), { code: 1, alarm: { code: 'forked' } });
});
