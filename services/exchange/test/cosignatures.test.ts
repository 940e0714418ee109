// Peers' witnesses asked to cosign our log: one checkpoint for all, and nothing kept that does not verify.

import { publicKeyOf, witnessNameOf } from '@detente/keys';
import {
  addSignatures,
  COSIGNATURE,
  cosign,
  formatSignatureLine,
  noteVerifier,
  parseSignatureLine,
  verifyCosignature,
} from '@detente/tlog';
import { type Test, test } from 'tap';
import { type Answer, introduce, type Node, startNode } from './exchange-node.ts';
import { ADD_CHECKPOINT, ownLog } from './own-log.ts';

const cosigned = (node: Node) =>
  node.rows<{ size: string; peer: string; line: string }>(
    'SELECT size, peer, line FROM cosignatures ORDER BY size, peer',
  );

const fault = async (node: Node, peer: Node) =>
  (
    await node.rows<{ witness_fault: string | null }>('SELECT witness_fault FROM cursors WHERE peer = $1', [
      peer.origin,
    ])
  )[0]?.witness_fault ?? null;

const asked = (node: Node) => node.proxy.passed.filter(({ url }) => url === ADD_CHECKPOINT).length;

async function startThree(t: Test) {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);
  await introduce(cn, us);
  await introduce(cn, sg);
  const log = ownLog(cn);
  await log.grow(32);
  return { cn, us, sg, log };
}

test('two witnesses sign one checkpoint, each once, and go on from where they stand', async (t) => {
  const { cn, us, sg, log } = await startThree(t);
  await cn.ask(us);
  await cn.ask(us);
  t.equal(asked(us), 1, 'who has signed is not asked again');
  await cn.ask(sg);
  const lines = await cosigned(cn);
  t.same(
    lines.map(({ size, peer }) => [Number(size), peer]),
    [us, sg].map(({ origin }) => [32, origin]).sort(),
  );
  for (const witness of [us, sg]) {
    const line = lines.find(({ peer }) => peer === witness.origin)!.line.slice(0, -1);
    const publicKey = publicKeyOf(witness.keys.witness.publicJwk);
    const note = addSignatures(await log.note(32), [parseSignatureLine(line)]);
    t.ok(verifyCosignature(note, { name: witnessNameOf(witness.origin), publicKey }).timestamp > 0);
  }
  await log.grow(80);
  await cn.ask(us);
  t.equal(asked(us), 2, 'it was told at once where the witness stands');
  await cn.rows('DELETE FROM cosignatures');
  await cn.ask(us);
  t.equal(asked(us), 4, 'who has forgotten asks from the beginning, and is told');
  t.same(
    (await cosigned(cn)).map(({ size }) => size),
    ['80'],
  );
  t.equal(await fault(cn, us), null);
});

test('all are asked for the newest checkpoint from before the last multiple of the rhythm', async (t) => {
  const { cn, us, log } = await startThree(t);
  await log.grow(64);
  await cn.ask(us);
  // As if the log went on while the others were still asked: what is new is nobody's yet.
  await log.grow(128);
  const { checkpointToCosign } = await import('@detente/store/exchange');
  const hour = 3_600_000;
  await cn.rows(`UPDATE checkpoints SET made_at = date_trunc('hour', now()) + (size - 64.5) * interval '1 second'`);
  const next = (everyMs: number) =>
    cn.database.read((reader) => checkpointToCosign(reader, 'https://new.example', everyMs));
  t.match(await next(hour), { size: 64, held: 0, note: await log.note(64) });
  await cn.rows(`UPDATE checkpoints SET made_at = made_at - interval '1 hour'`);
  t.match(await next(hour), { size: 128 });
  await cn.rows(`UPDATE checkpoints SET made_at = now() + interval '1 hour'`);
  t.equal(await next(hour), undefined, 'none is from before');
});

/** The next answer of a peer's witness is another. */
function tamperOnce(peer: Node, change: (answer: Answer) => Partial<Answer> | Promise<Partial<Answer>>) {
  peer.proxy.tamper = (answer, { url }) => {
    if (url !== ADD_CHECKPOINT) return answer;
    peer.proxy.tamper = (one) => one;
    const { 'content-length': _, ...headers } = answer.headers;
    return { ...answer, headers, ...change(answer) };
  };
}

test('a cosignature that does not verify is refused with its reason, and the next good one is taken', async (t) => {
  const { cn, us, sg, log } = await startThree(t);
  const note = await log.note(32);
  const name = witnessNameOf(us.origin);
  const seconds = Math.floor(Date.now() / 1000);
  const by = (node: Node, timestamp = seconds, text = note) =>
    Buffer.from(formatSignatureLine(cosign(text, { name, privateKey: node.keys.witness.privateKey, timestamp })));
  const { keyId } = noteVerifier(name, publicKeyOf(us.keys.witness.publicJwk), COSIGNATURE);
  const signature = parseSignatureLine(by(sg).toString().slice(0, -1)).signature;
  const forged = Buffer.from(formatSignatureLine({ name, keyId, signature }));
  const answers: [string, Partial<Answer>, RegExp][] = [
    ['a forged line', { body: forged }, /signature_invalid/],
    ['a good line behind a forged one', { body: Buffer.concat([forged, by(us)]) }, /signature_invalid/],
    ['a line of another key', { body: by(sg) }, /note_unsigned/],
    ['a cosignature of another checkpoint', { body: by(us, seconds, await log.note(16)) }, /signature_invalid/],
    ['one of the future', { body: by(us, seconds + 3600) }, /of the future/],
    ['no line', { body: Buffer.from('hello\n') }, /note_malformed/],
    ['another status', { status: 404 }, /answers 404/],
    ['a conflict without a size', { status: 409, body: Buffer.from('32') }, /409 without a size/],
    ['more than we have', { status: 409, body: Buffer.from('1000\n') }, /1000 leaves of our log, which are more/],
  ];
  for (const [what, answer, reason] of answers) {
    tamperOnce(us, () => ({ status: 200, ...answer }));
    await cn.ask(us);
    t.match(await fault(cn, us), reason, what);
    t.same(await cosigned(cn), [], 'nothing is kept');
  }
  await cn.ask(us);
  t.same(
    (await cosigned(cn)).map(({ peer }) => peer),
    [us.origin],
    'the next good one',
  );
  t.equal(await fault(cn, us), null, 'and nothing is wrong any more');
  t.equal(await us.count('witnessed'), 1, 'the witness stood where it was all the time');
});

test('a witness that holds more than we have is asked what it has seen', async (t) => {
  const { cn, us, log } = await startThree(t);
  await log.grow(64);
  await us.pull(cn);
  const seen = () => cn.rows('SELECT size, fault FROM own_log_seen');
  await cn.recover(us);
  t.same(await seen(), [{ size: '64', fault: null }]);
  await log.grow(96);
  await us.pull(cn);
  tamperOnce(us, () => ({ status: 409, body: Buffer.from('1000\n') }));
  await cn.ask(us);
  t.match(await seen(), [{ size: '64', fault: /1000 leaves of our log, which are more/ }]);
  await cn.recover(us);
  t.same(await seen(), [{ size: '96', fault: null }]);
});

test('a line that is not ours to judge is not kept beside the good one', async (t) => {
  const { cn, us } = await startThree(t);
  const strange = formatSignatureLine({ name: 'x.example/y', keyId: 5, signature: Buffer.alloc(72, 1) });
  tamperOnce(us, ({ body }) => ({ body: Buffer.concat([Buffer.from(strange), body]) }));
  await cn.ask(us);
  const [kept] = await cosigned(cn);
  t.match(kept!.line, witnessNameOf(us.origin));
  t.notMatch(kept!.line, 'x.example');
});
