// A peer's log mirrored: what is kept leads to a checkpoint that the peer has signed, and the peer alone is given it back.

import { hash } from 'node:crypto';
import { parseCheckpoint, parseNote, tilePath, tileWidth } from '@detente/tlog';
import { type Test, test } from 'tap';
import { BUNDLES } from '../src/jobs/mirror.ts';
import { type Answer, callAs, introduce, type Node, startNode } from './exchange-node.ts';

const MIRROR = '/exchange/v1/mirror/';
const sha256 = (bytes: Buffer) => hash('sha256', bytes);

async function startTwo(t: Test) {
  const [cn, us] = await Promise.all([startNode(t), startNode(t)]);
  await introduce(cn, us);
  return { cn, us };
}

async function grow(node: Node, batches: number, batchSize = 16): Promise<void> {
  for (let batch = 0; batch < batches; batch++) await node.worker.sequence(batchSize);
}

async function held(node: Node, peer: Node) {
  const [row] = await node.rows<{ size: string; note: string | null; fault: string | null }>(
    'SELECT size, note, fault FROM mirrors WHERE peer = $1',
    [peer.origin],
  );
  const noted = row?.note == null ? 0 : parseCheckpoint(parseNote(row.note).text).size;
  return { size: Number(row?.size ?? 0), noted, fault: row?.fault ?? null };
}

/** The mirror's bytes are the log's, as far as it reaches. */
async function checkMirror(t: Test, node: Node, peer: Node): Promise<void> {
  const { size } = await held(node, peer);
  const theirs = await peer.rows<{ index: string; leaves: Buffer }>('SELECT index, leaves FROM entries ORDER BY index');
  const ours = await node.rows<{ index: string; leaves: Buffer }>(
    'SELECT index, leaves FROM mirror_entries ORDER BY index',
  );
  const reached = theirs.flatMap(({ index, leaves }) => {
    const width = tileWidth({ level: 0, index: Number(index) }, size);
    return width === 0 ? [] : [{ index, leaves: leaves.subarray(0, width * 34) }];
  });
  // Digests, since the difference of two long logs is nothing to read.
  const digests = (rows: typeof ours) => rows.map(({ index, leaves }) => `${index} ${sha256(leaves)}`);
  t.same(digests(ours), digests(reached), `the mirror of ${size} leaves is the log`);
}

const mirrored = (node: Node, caller: Node, path: string) =>
  callAs(node, caller.keys.transport, { method: 'GET', path: `${MIRROR}${path}` }).then(
    ({ status, text }) => ({ status, text }),
    // What the caller cannot read as JSON it has read all the same.
    () => ({ status: 200, text: 'bytes' }),
  );

test('a log that has taken its partial tiles away, since the full ones are there, is mirrored', async (t) => {
  const { cn, us } = await startTwo(t);
  await grow(cn, 3);
  await us.pull(cn);
  await grow(cn, 15);
  const { beside } = cn.proxy;
  const gone: string[] = [];
  cn.proxy.beside = async (passed) => {
    if (!/\/000\.p\//.test(passed.url)) return beside(passed);
    gone.push(passed.url);
    return { status: 404, headers: {}, body: Buffer.alloc(0) };
  };
  t.equal(await us.mirror(cn), false);
  t.same(await held(us, cn), { size: 48, noted: 48, fault: null });
  await checkMirror(t, us, cn);
  t.ok(gone.includes('/log/v1/tile/entries/000.p/48'), 'it was asked for first');
});

test('a mirror grows behind the checkpoints that were verified, and gives its owner alone what it has', async (t) => {
  const { cn, us } = await startTwo(t);
  await grow(cn, 3);
  t.equal(await us.mirror(cn), false, 'nothing is known to be signed yet');
  t.same(await held(us, cn), { size: 0, noted: 0, fault: null });
  t.match(await mirrored(us, cn, 'checkpoint'), { status: 204 });
  for (const batches of [0, 5, 1, 15, 20]) {
    await grow(cn, batches);
    await us.pull(cn);
    t.equal(await us.mirror(cn), false);
    t.same(await held(us, cn), { size: cn.worker.size, noted: cn.worker.size, fault: null });
    await checkMirror(t, us, cn);
  }
  const before = cn.proxy.passed.length;
  await us.mirror(cn);
  t.equal(cn.proxy.passed.length, before, 'what is mirrored is not asked for again');

  const size = cn.worker.size;
  const part = tilePath('entries', Math.floor(size / 256), size % 256);
  const spelled = 'tile/entries/0.p/16';
  for (const [path, status] of [
    ['checkpoint', 200],
    [part, 200],
    ['tile/entries/000', 200],
    ['tile/entries/000.p/7', 200],
    [tilePath('entries', Math.floor(size / 256), (size % 256) + 1), 404],
    ['tile/entries/009', 404],
    ['tile/0/000', 404],
    [spelled, 404],
  ] as const)
    t.equal((await mirrored(us, cn, path)).status, status, path);
});

test('another peer is told nothing of it', async (t) => {
  const { cn, us } = await startTwo(t);
  const sg = await startNode(t);
  await introduce(us, sg);
  await grow(cn, 2);
  await us.pull(cn);
  await us.mirror(cn);
  t.equal((await mirrored(us, cn, 'tile/entries/000.p/32')).status, 200);
  t.equal((await mirrored(us, sg, 'tile/entries/000.p/32')).status, 404);
  t.equal((await mirrored(us, sg, 'checkpoint')).status, 204);
});

test('a long log is mirrored in steps, each verified, and two at once do not add to one another', async (t) => {
  const { cn, us } = await startTwo(t);
  const batches = 2 * BUNDLES + 40;
  await grow(cn, 1, 100);
  await grow(cn, batches, 256);
  await us.pull(cn);
  t.equal(await us.mirror(cn), true);
  t.same(await held(us, cn), { size: BUNDLES * 256, noted: 0, fault: null }, 'one step');
  const both = await Promise.all([us.mirror(cn), us.mirror(cn)]);
  t.ok(both.includes(true));
  t.same(await held(us, cn), { size: 2 * BUNDLES * 256, noted: 0, fault: null }, 'of two one was kept');
  await checkMirror(t, us, cn);
  t.equal(await us.mirror(cn), false);
  t.same(await held(us, cn), { size: cn.worker.size, noted: cn.worker.size, fault: null });
  await checkMirror(t, us, cn);
});

/** The next answer for an address that matches is another. */
function tamper(peer: Node, path: RegExp, change: (answer: Answer) => Partial<Answer>) {
  peer.proxy.tamper = (answer, { url }) => {
    if (!path.test(url)) return answer;
    peer.proxy.tamper = (one) => one;
    return { ...answer, ...change(answer) };
  };
}

const flipped = ({ body }: Answer) => {
  const bytes = Buffer.from(body);
  bytes[bytes.length - 40]! ^= 1;
  return { body: bytes };
};

test('what does not lead to the checkpoint is not kept, and the next true answer is', async (t) => {
  const { cn, us } = await startTwo(t);
  await grow(cn, 20);
  await us.pull(cn);
  await us.mirror(cn);
  const before = await held(us, cn);
  await grow(cn, 20);
  await us.pull(cn);
  const lies: [string, RegExp, (answer: Answer) => Partial<Answer>, RegExp][] = [
    ['another leaf', /entries/, flipped, /does not lead to the checkpoint: (subtree|root)_mismatch/],
    ['fewer leaves', /entries/, ({ body }) => ({ body: body.subarray(34) }), /bundle_malformed/],
    ['leaves of other lengths', /entries/, ({ body }) => ({ body: Buffer.alloc(body.length) }), /bundle_malformed/],
    ['no tile', /entries/, () => ({ status: 404 }), /answers 404 to the question for tile\/entries\/001/],
    ['far too much', /entries/, () => ({ body: Buffer.alloc(70_000) }), /longer than 65536 bytes/],
  ];
  for (const [what, path, change, fault] of lies) {
    tamper(cn, path, change);
    await us.mirror(cn);
    const now = await held(us, cn);
    t.match(now.fault, fault, what);
    t.equal(now.size, before.size, 'nothing is kept');
    await checkMirror(t, us, cn);
  }
  await us.mirror(cn);
  t.same(await held(us, cn), { size: cn.worker.size, noted: cn.worker.size, fault: null });
  await checkMirror(t, us, cn);
});

test('a step below the checkpoint is kept only if it is proven to be the beginning of it', async (t) => {
  const { cn, us } = await startTwo(t);
  await grow(cn, BUNDLES + 3, 256);
  await us.pull(cn);
  for (const path of [/entries\/005$/, /tile\/1\/000/]) {
    tamper(cn, path, flipped);
    t.equal(await us.mirror(cn), false);
    t.match(await held(us, cn), { size: 0, fault: /does not lead to the checkpoint/ }, `${path}`);
  }
  t.equal(await us.mirror(cn), true);
  t.match(await held(us, cn), { size: BUNDLES * 256, fault: null });
});
