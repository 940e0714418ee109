// A node that shows its peers different logs, or one peer two of them: found, proven, and known to both.

import { hash } from 'node:crypto';
import { parseRequestSignature, signResponse } from '@detente/http-signature';
import { followDescriptor, logKeysOf, logNameOf } from '@detente/keys';
import { type Fork, formatAddCheckpoint, verifyFork } from '@detente/tlog';
import { type Test, test } from 'tap';
import { type Answer, callAs, introduce, type Node, type Passed, startNode } from './exchange-node.ts';

/** cn is the node whose log is talked about; us and sg know it and each other. */
async function startThree(t: Test) {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);
  await introduce(cn, us);
  await introduce(cn, sg);
  await introduce(us, sg);
  await grow(cn, 2);
  await follow(us, cn);
  await follow(sg, cn);
  return { cn, us, sg };
}

async function grow(node: Node, batches: number, size = 16): Promise<void> {
  for (let batch = 0; batch < batches; batch++) await node.worker.sequence(size);
}

async function follow(node: Node, peer: Node): Promise<void> {
  await node.pull(peer);
  await node.mirror(peer);
  await node.watch(peer);
}

/** Shows `one` a log, and `other` another that parts from it at 32 leaves. */
async function showTwo(cn: Node, [one, batches]: [Node, number], [other, otherBatches]: [Node, number]): Promise<void> {
  const back = await cn.worker.remember();
  await grow(cn, batches);
  await follow(one, cn);
  await back();
  await grow(cn, otherBatches);
  await follow(other, cn);
}

const forksOf = (node: Node) =>
  node.rows<{ log: string; smaller_size: string; larger_size: string; descriptors: string[] } & Fork>(
    `SELECT log, peer, smaller_size, larger_size, smaller, larger, root, proof, descriptors FROM forks ORDER BY 3, 4`,
  );

/** Both hold the same proof, and it is one for whoever knows nothing but the log's key. */
async function checkBoth(t: Test, cn: Node, nodes: Node[], sizes: [number, number]): Promise<string[]> {
  const [first, ...others] = await Promise.all(nodes.map(forksOf));
  t.equal(first!.length, 1, 'found');
  for (const rows of others) t.same(rows, first, 'and all have the same proof');
  const [fork] = first!;
  const identities = new Set([cn.fingerprint]);
  const shown = [];
  for (const jws of fork!.descriptors) shown.push((await followDescriptor(jws, cn.origin, identities)).body);
  const publicKey = [...logKeysOf(shown).values()];
  const { smaller, larger } = verifyFork(fork!, { name: fork!.log, publicKey });
  t.same([smaller.size, larger.size], sizes);
  return fork!.descriptors;
}

for (const [what, ofUs, ofSg] of [
  ['as many leaves', 3, 3],
  ['more than the one who asks', 2, 5],
  ['fewer than the one who asks', 5, 2],
  ['hundreds more', 1, 40],
  ['hundreds fewer', 50, 1],
] as const)
  test(`a log that shows another history to the one who is asked, of ${what}, is proven by one call`, async (t) => {
    const { cn, us, sg } = await startThree(t);
    await showTwo(cn, [us, ofUs], [sg, ofSg]);
    await us.gossip(sg);
    const sizes = [32 + 16 * ofUs, 32 + 16 * ofSg].sort((a, b) => a - b) as [number, number];
    await checkBoth(t, cn, [us, sg], sizes);
    await us.gossip(sg);
    await sg.gossip(us);
    await checkBoth(t, cn, [us, sg], sizes);
    t.equal(await us.count('peers', `origin = '${cn.origin}' AND status = 'active'`), 1, 'what to do is the officer’s');
  });

test('an honest log that one knows further than the other is no fork', async (t) => {
  const { cn, us, sg } = await startThree(t);
  for (const batches of [1, 20, 30]) {
    await grow(cn, batches);
    await follow(us, cn);
    await us.gossip(sg);
    await sg.gossip(us);
    if (batches === 20) await follow(sg, cn);
  }
  t.equal(await sg.count('gossiped'), 1, 'what lies beyond the mirror waits');
  await follow(sg, cn);
  t.equal(await sg.count('gossiped'), 0, 'until it is there');
  t.same([await forksOf(us), await forksOf(sg)], [[], []]);
});

test('what a peer told before we were there is looked at when we are', async (t) => {
  const { cn, us, sg } = await startThree(t);
  const back = await cn.worker.remember();
  await grow(cn, 4);
  await follow(us, cn);
  const [{ note }] = (await us.rows<{ note: string }>('SELECT note FROM mirrors')) as [{ note: string }];
  await back();
  await callAs(sg, us.keys.transport, { method: 'POST', path: '/exchange/v1/checkpoints', body: gossiped(cn, [note]) });
  t.equal(await sg.count('gossiped'), 1);
  await grow(cn, 5);
  await follow(sg, cn);
  await checkBoth(t, cn, [sg], [96, 112]);
});

test('a log that shows one peer two histories is proven by what it showed', async (t) => {
  const { cn, us } = await startThree(t);
  const back = await cn.worker.remember();
  await grow(cn, 1);
  await follow(us, cn);
  await back();
  await grow(cn, 3);
  await us.pull(cn);
  t.match(await us.fault(cn), /root_mismatch/);
  await checkBoth(t, cn, [us], [48, 80]);
  t.same(await us.cursor(cn), { after: 48, late: 0 }, 'and nothing of the second is taken in');
});

test('a checkpoint that is brought to be cosigned is held against the mirror', async (t) => {
  const { cn, us } = await startThree(t);
  const back = await cn.worker.remember();
  await grow(cn, 6);
  await follow(us, cn);
  await back();
  await grow(cn, 2);
  const [{ note }] = (await cn.rows<{ note: string }>('SELECT note FROM checkpoints WHERE size = 64')) as [
    { note: string },
  ];
  const ask = (oldSize: number, checkpoint: string) =>
    fetch(`${us.origin}/witness/v1/add-checkpoint`, {
      method: 'POST',
      body: formatAddCheckpoint({ oldSize, proof: oldSize === 0 ? [] : [Buffer.alloc(32)], checkpoint }),
    });
  const [first] = await cn.rows<{ note: string }>('SELECT note FROM checkpoints WHERE size = 32');
  t.equal((await ask(0, first!.note)).status, 200);
  t.equal((await ask(32, note)).status, 422);
  await checkBoth(t, cn, [us], [64, 128]);
});

test('a log that shows nobody its tiles is proven where both were shown as many leaves of it', async (t) => {
  const { cn, us, sg } = await startThree(t);
  cn.proxy.beside = async () => undefined;
  await showTwo(cn, [us, 3], [sg, 3]);
  t.equal(await us.count('mirrors', 'size > 32'), 0);
  await us.gossip(sg);
  await checkBoth(t, cn, [us, sg], [80, 80]);
});

test('and where one of them is shown as many later', async (t) => {
  const { cn, us, sg } = await startThree(t);
  cn.proxy.beside = async () => undefined;
  await showTwo(cn, [us, 3], [sg, 2]);
  await us.gossip(sg);
  t.same([await forksOf(us), await forksOf(sg)], [[], []]);
  t.equal(await sg.count('gossiped'), 1, 'what it cannot judge yet waits');
  await grow(cn, 1);
  await follow(sg, cn);
  await checkBoth(t, cn, [sg], [80, 80]);
});

test('two checkpoints of one size are held against each other, however each came', async (t) => {
  const { cn, us } = await startThree(t);
  cn.proxy.beside = async () => undefined;
  const back = await cn.worker.remember();
  await grow(cn, 2);
  const [{ note }] = (await cn.rows<{ note: string }>('SELECT note FROM checkpoints WHERE size = 64')) as [
    { note: string },
  ];
  await us.rows(
    `INSERT INTO witnessed (log, peer, size, root, note) SELECT log_name, origin, 64, '', $2 FROM peers WHERE origin = $1`,
    [cn.origin, note],
  );
  await back();
  await grow(cn, 2);
  await follow(us, cn);
  await checkBoth(t, cn, [us], [64, 64]);
});

test('a log that either of them does not list is not talked about', async (t) => {
  const { cn, us, sg } = await startThree(t);
  await showTwo(cn, [us, 3], [sg, 4]);
  await sg.rows('UPDATE peers SET listed = false WHERE origin = $1', [cn.origin]);
  await us.gossip(sg);
  await sg.gossip(us);
  const told = us.proxy.passed.filter(({ url }) => url === '/exchange/v1/checkpoints');
  t.same(told, [], 'who lists nothing that the other could know asks nothing');
  const answer = await callAs(us, sg.keys.transport, {
    method: 'POST',
    path: '/exchange/v1/checkpoints',
    body: { logs: [] },
  });
  t.same(JSON.parse(answer.text), { logs: [] }, 'and who names no log is told of none');
  t.same([await forksOf(us), await forksOf(sg)], [[], []]);
  for (const node of [us, sg]) t.equal(await node.count('gossiped'), 0);
  const monitor = await fetch(
    `${sg.origin}/witness/v1/${hash('sha256', cn.origin.replace('http://', '').concat('/log/v1'))}/checkpoint`,
  );
  t.equal(monitor.status, 404);
});

test('a peer that does not answer about the logs of others is at fault itself, and nothing else stops', async (t) => {
  const { us, sg } = await startThree(t);
  const spoil = (change: (answer: Answer) => Answer | undefined) => {
    sg.proxy.tamper = (answer, { url }) => (url === '/exchange/v1/checkpoints' ? change(answer) : answer);
  };
  spoil((answer) => ({ ...answer, status: 503, headers: {} }));
  await us.gossip(sg);
  t.match(await us.fault(sg), /status 503/);
  spoil((answer) => ({ ...answer, body: Buffer.from('{}') }));
  await us.gossip(sg);
  t.match(await us.fault(sg), /answer|signature|response/);
  for (const [what, text] of [
    ['more bytes than any has', `{"logs":[${'[],'.repeat(450_000)}[]]}`],
    ['more values than any has', `{"logs":[${'[],'.repeat(60_000)}[]]}`],
    ['40 deep', '['.repeat(40) + ']'.repeat(40)],
  ] as const) {
    sg.proxy.tamper = (answer, passed) =>
      passed.url === '/exchange/v1/checkpoints' ? signedAnew(sg, answer, passed, text) : answer;
    await us.gossip(sg);
    t.match(await us.fault(sg), /larger than any may be/, `${what}: nothing is made of it`);
  }
});

/** An answer whose body its node changed, and signed for the same question. */
function signedAnew(by: Node, answer: Answer, { headers }: Passed, text: string): Answer {
  const body = Buffer.from(text);
  const request = parseRequestSignature({ headers }, Date.now());
  const signed = signResponse({ status: 200, body }, by.keys.transport, { request, now: Date.now() });
  return { status: 200, headers: { ...answer.headers, ...signed, 'content-length': String(body.length) }, body };
}

test('what proves nothing is left out: strange logs, forged notes, proofs of no fork', async (t) => {
  const { cn, us, sg } = await startThree(t);
  await showTwo(cn, [us, 3], [sg, 4]);
  await us.gossip(sg);
  const [fork] = await forksOf(us);
  for (const node of [us, sg]) await node.rows('DELETE FROM forks');
  const [{ note }] = (await us.rows<{ note: string }>('SELECT note FROM mirrors')) as [{ note: string }];
  const inText = (hash: Buffer) => hash.toString('base64url');
  const { log, smaller, larger, descriptors } = fork!;
  const right = { smaller, larger, root: inText(fork!.root), proof: fork!.proof.map(inText) };
  const post = (...logs: object[]) =>
    callAs(sg, us.keys.transport, { method: 'POST', path: '/exchange/v1/checkpoints', body: { logs } });
  const item = { log, descriptors, checkpoints: [] };
  for (const wrong of [
    { ...item, fork: { ...right, root: 'A'.repeat(43) } },
    { ...item, fork: { ...right, proof: [] } },
    { ...item, fork: { ...right, larger: smaller } },
    { ...item, fork: right, log: 'us.example/log/v1' },
    { ...item, fork: { ...right, smaller: smaller.replace('\n80\n', '\n79\n') } },
    { ...item, checkpoints: [note.replace('\n80\n', '\n90\n')] },
    { ...item, checkpoints: ['nonsense', ''] },
    { ...item, checkpoints: [note.replaceAll('127.0.0.1', 'cn.example')] },
    { ...item, descriptors: ['nonsense', '', 'e30.e30.AAAA', ...descriptors] },
  ])
    t.equal((await post(wrong)).status, 200);
  t.same(await forksOf(sg), []);
  t.equal(await sg.count('gossiped'), 0);
  t.equal((await post({ ...item, checkpoints: [1] })).status, 422);
  t.equal((await post({ ...item, checkpoints: Array(5).fill('') })).status, 422);
  t.equal((await post(...Array(257).fill(item))).status, 422);
  await post({ ...item, fork: right });
  await checkBoth(t, cn, [sg], [80, 96]);
});

function gossiped({ worker }: Node, checkpoints: string[]) {
  return { logs: [{ log: logNameOf(worker.origin), descriptors: [], checkpoints }] };
}
