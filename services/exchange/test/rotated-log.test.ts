// A node that rotates its keys between two histories of its log: what it signed with the former one is held against the other.

import { type Descriptor, followDescriptor, logKeysOf, logNameOf, signDescriptor, thumbprint } from '@detente/keys';
import { type Fork, signCheckpoint, verifyFork } from '@detente/tlog';
import { type Test, test } from 'tap';
import { callAs, introduce, type Node, startNode } from './exchange-node.ts';

async function grow(node: Node, batches: number): Promise<void> {
  for (let batch = 0; batch < batches; batch++) await node.worker.sequence(16);
}

async function follow(node: Node, peer: Node): Promise<void> {
  await node.pull(peer);
  await node.mirror(peer);
  await node.watch(peer);
}

/** us is shown a log, and sg another one, signed with keys that were rotated in between and that us is not shown.
 *  @param late sg enrols cn only then
 *  @param first batches that us is shown beyond the 32 leaves that both histories have; sg is shown 4 */
async function showTwo(
  t: Test,
  purposes: Parameters<Node['worker']['rotate']>[0],
  { late = false, revoke = false, times = 1, first = 3 } = {},
) {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);
  await introduce(us, sg);
  await introduce(cn, us);
  if (!late) await introduce(cn, sg);
  await grow(cn, 2);
  const back = await cn.worker.remember();
  await grow(cn, first);
  await follow(us, cn);
  await back();
  for (let time = 0; time < times; time++) await cn.worker.rotate(purposes, { revoke });
  await grow(cn, 4);
  if (late) await introduce({ ...cn, fingerprint: cn.worker.fingerprint }, sg);
  else {
    await sg.pull(cn, { refresh: true });
    await sg.worker.enrol(cn.origin);
  }
  await follow(sg, cn);
  t.equal(await sg.fault(cn), null);
  return { cn, us, sg };
}

const forksOf = (node: Node) =>
  node.rows<Fork & { log: string; descriptors: string[] }>(
    'SELECT log, peer, smaller_size, larger_size, smaller, larger, root, proof, descriptors FROM forks',
  );

/** Whoever has only the fingerprint that us pinned can verify what us keeps. */
async function verifyKept(t: Test, node: Node, { origin, fingerprint }: Node): Promise<number[]> {
  const kept = await forksOf(node);
  t.equal(kept.length, 1, 'found');
  const [fork] = kept;
  const identities = new Set([fingerprint]);
  const shown: Descriptor[] = [];
  for (const jws of fork!.descriptors) shown.push((await followDescriptor(jws, origin, identities)).body);
  const { smaller, larger } = verifyFork(fork!, { name: fork!.log, publicKey: [...logKeysOf(shown).values()] });
  return [smaller.size, larger.size];
}

for (const [what, purposes, more] of [
  ['its log key', ['log'], {}],
  ['its log key, before the other was a peer', ['log'], { late: true }],
  ['its log key twice, before the other was a peer', ['log'], { late: true, times: 2 }],
  ['its identity and log key', ['identity', 'log'], {}],
] as const)
  test(`a node that rotates ${what} between two histories is proven by one call`, async (t) => {
    const { cn, us, sg } = await showTwo(t, purposes, more);
    await us.gossip(sg);
    t.same(await verifyKept(t, us, cn), [80, 96]);
    t.strictSame(await forksOf(sg), await forksOf(us), 'and both have the same proof');
    t.equal((await forksOf(us))[0]!.descriptors.length, 2);
    const landed = await us.count('landing', `kind = 'descriptor'`);
    t.equal(landed, 'times' in more ? 0 : 1, 'what cannot follow the one that is held is no evidence against its node');
  });

test('of a log with many keys no more is told than shows who signed what is told', async (t) => {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);
  await introduce(us, sg);
  await introduce(cn, us);
  for (let time = 0; time < 3; time++) {
    await cn.worker.rotate(['log']);
    await us.pull(cn, { refresh: true });
    await us.worker.enrol(cn.origin);
  }
  await grow(cn, 2);
  await follow(us, cn);
  await us.gossip(sg);
  const [newest] = await cn.rows<{ jws: string }>('SELECT jws FROM descriptor ORDER BY seq DESC LIMIT 1');
  t.same(toldTo(sg).descriptors, [newest!.jws]);
});

test('forks under a key that was thrown away leave room for the next one', async (t) => {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);
  await introduce(us, sg);
  await introduce(cn, us);
  await introduce(cn, sg);
  const origin = logNameOf(cn.origin);
  const { privateKey } = cn.worker.keys.signer('log');
  const [first] = await cn.rows<{ jws: string }>('SELECT jws FROM descriptor');
  const roots = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  for (let size = 1; size <= 16; size++)
    await us.rows(
      `INSERT INTO forks (log, peer, smaller_size, larger_size, smaller, larger, root, proof, descriptors)
       VALUES ($1, $2, $3, $3, $4, $5, $6, '{}', $7)`,
      [
        ...[origin, cn.origin, size],
        ...[...roots.map((root) => signCheckpoint({ origin, size, root }, privateKey)), roots[1], [first!.jws]],
      ],
    );
  await cn.worker.rotate(['log'], { revoke: true });
  for (const node of [us, sg]) {
    await node.pull(cn, { refresh: true });
    await node.worker.enrol(cn.origin);
  }
  await grow(cn, 2);
  const back = await cn.worker.remember();
  await grow(cn, 1);
  await follow(us, cn);
  await back();
  await grow(cn, 1);
  await follow(sg, cn);
  await us.gossip(sg);
  t.equal(await us.count('forks'), 17);
  const [found] = await us.rows<Fork>('SELECT smaller, larger FROM forks WHERE smaller_size = 48');
  t.match(toldTo(sg).fork, found, 'and it is what is told');
});

const toldTo = (node: Node): { descriptors: string[]; fork?: Fork } =>
  JSON.parse(node.proxy.passed.findLast(({ url }) => url === '/exchange/v1/checkpoints')!.body.toString()).logs[0];

test('a proof that a third one finds brings the descriptors by which it is verified', async (t) => {
  const { cn, us, sg } = await showTwo(t, ['identity', 'log']);
  await us.gossip(sg);
  const jp = await startNode(t);
  await introduce(jp, us);
  await jp.worker.addPeer(cn);
  const [first] = await cn.rows<{ jws: string }>('SELECT jws FROM descriptor WHERE seq = 1');
  await jp.rows(`INSERT INTO landing (peer, kind, digest, body) VALUES ($1, 'descriptor', 'd', $2)`, [
    cn.origin,
    first!.jws,
  ]);
  await jp.worker.enrol(cn.origin);
  t.equal(await jp.count('mirrors'), 0, 'it was shown nothing of the log');
  await us.gossip(jp);
  t.same(await verifyKept(t, jp, cn), [80, 96]);
  t.strictSame(await forksOf(jp), await forksOf(us));
});

test('an identity key that was never pinned here proves nothing, and one that follows does', async (t) => {
  const { cn, us, sg } = await showTwo(t, ['identity', 'log'], { late: true, first: 6 });
  await us.gossip(sg);
  t.same(await verifyKept(t, us, cn), [96, 128]);
  t.same(await forksOf(sg), [], 'anybody can announce a key that is known to follow his own');
});

test('what a revoked log key signed proves nothing, and its revocation comes to whoever was not shown it', async (t) => {
  const { cn, us, sg } = await showTwo(t, ['log'], { revoke: true });
  await us.gossip(sg);
  t.same([await forksOf(us), await forksOf(sg)], [[], []]);
  await us.worker.enrol(cn.origin);
  const [row] = await us.rows<{ descriptor: string }>('SELECT descriptor FROM peers WHERE origin = $1', [cn.origin]);
  const [newest] = await cn.rows<{ jws: string }>('SELECT jws FROM descriptor ORDER BY seq DESC LIMIT 1');
  t.equal(row!.descriptor, newest!.jws);
});

test('a former identity key, which somebody may have found, accuses nobody', async (t) => {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);
  await introduce(us, sg);
  await introduce(cn, us);
  await introduce(cn, sg);
  const found = cn.worker.keys.signer('identity');
  const [first] = await cn.rows<{ jws: string }>('SELECT jws FROM descriptor');
  await cn.worker.rotate(['identity']);
  await grow(cn, 5);
  await sg.pull(cn, { refresh: true });
  await sg.worker.enrol(cn.origin);
  await follow(sg, cn);
  const { keys, ...body } = JSON.parse(Buffer.from(first!.jws.split('.')[1]!, 'base64url').toString());
  const signer = us.worker.keys.signer('log');
  const log = { jwk: us.worker.publicKeys.log.jwk, next: keys.log.next };
  const names = ['endpoints', 'types', 'contract', 'log', 'witness', 'contact', 'day'] as const;
  const said = { ...Object.fromEntries(names.map((name) => [name, body[name]])), keys: { ...keys, log } } as Descriptor;
  const { jws } = await signDescriptor({ iss: cn.origin, seq: 7, body: said }, found);
  t.equal(thumbprint(said.keys.log.jwk), signer.kid);
  const name = logNameOf(cn.origin);
  const note = signCheckpoint({ origin: name, size: 80, root: Buffer.alloc(32, 1) }, signer.privateKey);
  const item = { log: name, descriptors: [jws], checkpoints: [note] };
  const tell = () =>
    callAs(sg, us.keys.transport, { method: 'POST', path: '/exchange/v1/checkpoints', body: { logs: [item] } });
  t.equal((await tell()).status, 200);
  t.same([await forksOf(sg), await sg.count('gossiped'), await sg.count('landing')], [[], 0, 0]);
});
