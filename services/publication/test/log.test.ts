// C2SP tlog-tiles, as a client meets it.

import { fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  cosign,
  formatSignatureLine,
  hashLeaf,
  inclusionProof,
  nodesForInclusion,
  parseBundle,
  partialTiles,
  tilePath,
  tileReader,
  tilesForNodes,
  verifyCheckpoint,
  verifyCosignature,
  verifyInclusion,
} from '@detente/tlog';
import { test } from 'tap';
import { createNode, get, logName, type Node } from './public-node.ts';

const prefix = '/log/v1';

async function checkpointOf(node: Node) {
  const answer = await get(node, `${prefix}/checkpoint`);
  return verifyCheckpoint(answer.bytes.toString(), { name: logName, publicKey: node.log.publicKey });
}

/** Fetches what a proof needs and nothing else, and verifies that the entry is in the signed tree. */
async function proveEntry(node: Node, index: number): Promise<Buffer> {
  const { size, root } = await checkpointOf(node);
  const wanted = tilesForNodes(nodesForInclusion(index, size), size);
  const tiles = await Promise.all(
    wanted.map(async ({ level, index, width }) => {
      const { status, bytes } = await get(node, `${prefix}/${tilePath(level, index, width)}`);
      if (status !== 200 || bytes.length !== 32 * width)
        throw new Error(`tile ${level}/${index}.p/${width}: ${status}`);
      return { level, index, bytes };
    }),
  );
  const at = Math.floor(index / 256);
  const width = Math.min(256, size - at * 256);
  const bundle = await get(node, `${prefix}/${tilePath('entries', at, width)}`);
  const entry = parseBundle(bundle.bytes, width)[index % 256]!;
  const proof = inclusionProof(index, size, tileReader(tiles));
  verifyInclusion({ index, size, leafHash: hashLeaf(entry), root, proof });
  return entry;
}

test('the log', async (t) => {
  const node = await createNode(t);
  const { log } = node;

  await t.test('is not there before its first checkpoint', async (t) => {
    t.equal((await get(node, `${prefix}/checkpoint`)).status, 404);
    await log.grow(16);
    t.equal((await get(node, `${prefix}/checkpoint`)).status, 404);
    for (const path of ['tile/0/000.p/16', 'tile/entries/000.p/16', 'tile/0/000.p/1'])
      t.equal((await get(node, `${prefix}/${path}`)).status, 404, path);
  });

  await t.test('proves every entry of the signed tree, whatever its size', async (t) => {
    await log.sign();
    for (const count of [0, 16, 224, 1, 255, 300, 70_000 - 812]) {
      if (count > 0) {
        await log.grow(count);
        await log.sign();
      }
      const { size } = await checkpointOf(node);
      t.equal(log.entries.length, size);
      for (const index of [0, size - 1, Math.floor(size / 2), Math.max(0, size - 257)])
        t.same(await proveEntry(node, index), log.entries[index], `${index} of ${size}`);
    }
    t.equal(log.entries.length, 70_000);
  });

  await t.test('is served in the tiles that the specification’s example names, and no further', async (t) => {
    const names = partialTiles(70_000).map(({ level, index, width }) => tilePath(level, index, width));
    t.same(names, ['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1']);
    for (const name of [...names, 'tile/0/272', 'tile/1/000', 'tile/entries/273.p/112', 'tile/entries/272'])
      t.equal((await get(node, `${prefix}/${name}`)).status, 200, name);
    for (const name of [
      'tile/0/273',
      'tile/0/273.p/113',
      'tile/0/274.p/1',
      'tile/1/001',
      'tile/1/001.p/18',
      'tile/2/000.p/2',
      'tile/3/000.p/1',
      'tile/63/000.p/1',
      'tile/0/x999/x999/x999/x999/x999/999',
      'tile/entries/273',
      'tile/entries/273.p/113',
    ])
      t.equal((await get(node, `${prefix}/${name}`)).status, 404, name);
  });

  await t.test('keeps the partial tiles of smaller trees: the start of the fuller one', async (t) => {
    const full = await get(node, `${prefix}/tile/0/000`);
    t.equal(full.bytes.length, 8192);
    for (const width of [1, 16, 255]) {
      const partial = await get(node, `${prefix}/tile/0/000.p/${width}`);
      t.same(partial.bytes, full.bytes.subarray(0, 32 * width));
      const entries = await get(node, `${prefix}/tile/entries/000.p/${width}`);
      t.same(parseBundle(entries.bytes, width), log.entries.slice(0, width));
    }
  });

  await t.test('shows nothing of a tree that is committed and not yet signed', async (t) => {
    const before = await checkpointOf(node);
    await log.grow(16);
    t.equal((await checkpointOf(node)).size, before.size);
    for (const name of ['tile/0/273.p/113', 'tile/0/273.p/128', 'tile/entries/273.p/128'])
      t.equal((await get(node, `${prefix}/${name}`)).status, 404, name);
    t.equal((await get(node, `${prefix}/tile/0/273.p/112`)).bytes.length, 112 * 32);
    await log.sign();
    t.equal((await get(node, `${prefix}/tile/0/273.p/128`)).status, 200);
  });

  await t.test('has one address a tile', async (t) => {
    for (const name of [
      '0/0',
      '0/0000',
      '0/x000/000',
      '0/000.p/0',
      '0/000.p/256',
      '0/000.p/01',
      '00/000',
      '64/000',
      '-1/000',
      'entries/000/',
      'entries//000',
      '0/000.p',
      '0/000.P/1',
      '0/%30%30%30.p/1x',
      '',
    ])
      t.equal((await get(node, `${prefix}/tile/${name}`)).status, 404, name);
    t.equal((await get(node, `${prefix}/tile/0/000?x=1`)).status, 200, 'no query is read');
  });

  await t.test('tells caches what may be kept', async (t) => {
    const tile = await get(node, `${prefix}/tile/0/000`);
    t.equal(tile.headers.get('content-type'), 'application/octet-stream');
    t.equal(tile.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    const entries = await get(node, `${prefix}/tile/entries/000`);
    t.equal(entries.headers.get('content-type'), 'application/octet-stream');
    t.equal(entries.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    const checkpoint = await get(node, `${prefix}/checkpoint`);
    t.equal(checkpoint.headers.get('content-type'), 'text/plain; charset=utf-8');
    t.equal(checkpoint.headers.get('cache-control'), 'no-cache');
    t.equal((await get(node, `${prefix}/tile/5/000`)).headers.get('cache-control'), 'no-store', 'a tile may yet come');
  });

  await t.test('is served by the process itself, until a signal ends it', async (t) => {
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const child = fork(main, { env: { ...process.env, ...node.env, DETENTE_LOG_LEVEL: 'warn' } });
    t.teardown(() => child.kill('SIGKILL'));
    const [{ port }] = await once(child, 'message');
    const response = await fetch(`http://127.0.0.1:${port}${prefix}/checkpoint`);
    t.equal(response.status, 200);
    await response.text();
    t.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
    child.kill('SIGTERM');
    t.equal((await once(child, 'exit'))[0], 0);
  });
});

test('where no witness is asked for, the newest checkpoint is given as cosigned', async (t) => {
  const node = await createNode(t, { DETENTE_WITNESSES_REQUIRED: '0' });
  await node.log.grow(16);
  await node.log.sign();
  const [newest, cosigned] = await Promise.all(
    ['checkpoint', 'cosigned'].map((path) => get(node, `${prefix}/${path}`)),
  );
  t.same(cosigned!.bytes, newest!.bytes);
});

test('a checkpoint carries the cosignatures that it has, and is given as cosigned when they are enough', async (t) => {
  const node = await createNode(t, { DETENTE_WITNESSES_REQUIRED: '2' });
  const { log, admin } = node;
  const names = ['sg', 'us'].map((name) => `https://${name}.example`);
  for (const origin of names)
    await admin.write((tx) =>
      tx.execute(`INSERT INTO peers (origin, name, fingerprint) VALUES ($1, $1, 'f')`, [origin]),
    );
  const witnesses = new Map(
    names.map((origin) => [origin, { name: `${new URL(origin).host}/witness/v1`, ...generateKeyPairSync('ed25519') }]),
  );
  const add = async (size: number, peer: string, note: string) => {
    const line = formatSignatureLine(cosign(note, { ...witnesses.get(peer)!, timestamp: 1_790_000_000 }));
    await admin.write((tx) =>
      tx.execute('INSERT INTO cosignatures (size, peer, line) VALUES ($1, $2, $3)', [size, peer, line]),
    );
  };
  const text = async (path: string) => (await get(node, `${prefix}/${path}`)).bytes.toString();
  const status = async (path: string) => (await get(node, `${prefix}/${path}`)).status;
  const grow = async () => {
    await log.grow(16);
    await log.sign();
    return text('checkpoint');
  };
  t.equal(await status('cosigned'), 404);
  const note = await grow();
  await add(16, names[1]!, note);
  t.match(await text('checkpoint'), /^— us\.example\/witness\/v1 /m, 'the newest, with one line');
  t.equal(await status('cosigned'), 404, 'one of two is not enough');
  await add(16, names[0]!, note);
  const both = await text('cosigned');
  t.equal(both, await text('checkpoint'));
  for (const witness of witnesses.values()) t.ok(verifyCosignature(both, witness));
  t.equal(verifyCheckpoint(both, { name: logName, publicKey: log.publicKey }).size, 16);

  const newer = await grow();
  t.notMatch(newer, '/witness/', 'the newest is shown also while nobody has signed it');
  await add(32, names[0]!, newer);
  t.equal(await text('cosigned'), both, 'the last that was enough');
  const { headers } = await get(node, `${prefix}/cosigned`);
  t.match(headers.get('content-type'), 'text/plain; charset=utf-8');
  t.equal(headers.get('cache-control'), 'no-cache');
});
