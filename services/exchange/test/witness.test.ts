// C2SP tlog-witness: every status that the text names, over HTTP and a real database.

import { createHash, generateKeyPairSync } from 'node:crypto';
import { publicKeyOf, witnessNameOf } from '@detente/keys';
import {
  addSignatures,
  emptyRoot,
  formatAddCheckpoint,
  formatNote,
  parseNote,
  parseSignatureLine,
  signCheckpoint,
  signNote,
  verifyCheckpoint,
  verifyCosignature,
} from '@detente/tlog';
import { type Test, test } from 'tap';
import { callAs, introduce, type Node, startNode } from './exchange-node.ts';
import { ADD_CHECKPOINT, ownLog } from './own-log.ts';

type Answered = { status: number; type: string | null; text: string };

async function post({ proxy }: Node, text: string | Uint8Array, type?: string): Promise<Answered> {
  const fields = type === undefined ? {} : { 'content-type': type };
  const asked = { method: 'POST', url: ADD_CHECKPOINT, headers: fields, body: Buffer.from(text as Uint8Array) };
  const { status, headers, body } = await proxy.send(asked);
  return { status, type: headers['content-type'] ?? null, text: body.toString() };
}

const monitor = (node: Node, log: string) =>
  fetch(`${node.origin}/witness/v1/${createHash('sha256').update(log).digest('hex')}/checkpoint`);

/** What names an answer, and counts those that its caller had. */
const OF_EACH = new Set(['date', 'x-request-id', 'x-ratelimit-remaining', 'x-ratelimit-reset']);

/** Where the witness stands in a log. */
async function held(node: Node, log: string): Promise<number | undefined> {
  const [row] = await node.rows<{ size: string }>('SELECT size FROM witnessed WHERE log = $1', [log]);
  return row && Number(row.size);
}

/** Unlimited, for what no stranger sends in a minute. */
const patient = { DETENTE_RATE_LIMIT_PER_MINUTE: '0' };

/** A witness, and a peer whose log has leaves. */
async function startWitness(t: Test, leaves = 64) {
  const [us, cn] = await Promise.all([startNode(t, patient), startNode(t)]);
  await introduce(us, cn);
  const log = ownLog(cn);
  await log.grow(leaves);
  const name = witnessNameOf(us.origin);
  const publicKey = publicKeyOf(us.keys.witness.publicJwk);
  const signedBy = (note: string, line: string) =>
    verifyCosignature(addSignatures(note, [parseSignatureLine(line.slice(0, -1))]), { name, publicKey });
  return { us, cn, log, signedBy };
}

test('a witness cosigns what continues, keeps it, and shows it to anybody', async (t) => {
  const { us, cn, log, signedBy } = await startWitness(t);
  t.equal((await monitor(us, log.name)).status, 404, 'nothing is cosigned yet');

  const first = await post(us, await log.request(0, 16));
  t.match(first, { status: 200, text: /^— \S+\/witness\/v1 [A-Za-z0-9+/]+=*\n$/ }, 'without any content type');
  const { timestamp } = signedBy(await log.note(16), first.text);
  t.ok(timestamp > 0 && Math.abs(timestamp - Date.now() / 1000) < 60, 'it says when');
  t.equal((await post(us, await log.request(16, 48), 'text/plain; charset=utf-8')).status, 200);
  const again = await post(us, await log.request(48, 48), 'application/octet-stream');
  t.equal(again.status, 200, 'the same again is cosigned again');

  const shown = await monitor(us, log.name);
  t.match(shown.headers.get('content-type'), 'text/plain; charset=utf-8');
  const note = await shown.text();
  t.equal(note, `${await log.note(48)}${again.text}`, 'log’s signature and the cosignature that was returned');
  const publicKey = publicKeyOf(cn.worker.keys.signer('log').publicJwk);
  t.equal(verifyCheckpoint(note, { name: log.name, publicKey }).size, 48);
  const days = await us.rows('SELECT log, peer, note FROM witnessed_days WHERE log <> $1', ['']);
  t.same(days, [{ log: log.name, peer: cn.origin, note }], 'of a day the last one is kept for the ledger');

  const extra = addSignatures(await log.note(64), [{ name: 'x.example/y', keyId: 9, signature: Buffer.alloc(64, 1) }]);
  const body = formatAddCheckpoint({ oldSize: 48, proof: await log.proof(48, 64), checkpoint: extra });
  t.equal((await post(us, body)).status, 200, 'lines of unknown keys are ignored');
  t.notMatch(await (await monitor(us, log.name)).text(), 'x.example', 'and not kept');
});

test('a witness refuses as the specification says, and what it holds stays', async (t) => {
  const { us, cn, log } = await startWitness(t);
  await post(us, await log.request(0, 32));
  const key = cn.worker.keys.signer('log').privateKey;
  const hash = `${emptyRoot().toString('base64')}\n`;
  const [note, proof] = [await log.note(64), await log.proof(32, 64)];
  const ask = (change: { oldSize?: number; proof?: Buffer[]; checkpoint?: string }) =>
    formatAddCheckpoint({ oldSize: 32, proof, checkpoint: note, ...change });
  const stranger = { origin: 'stranger.example/log/v1', size: 4, root: emptyRoot() };
  const strange = signCheckpoint(stranger, generateKeyPairSync('ed25519').privateKey);
  const byAnother = signCheckpoint({ ...stranger, origin: log.name }, generateKeyPairSync('ed25519').privateKey);
  const { text, signatures } = parseNote(note);
  const signer = { name: log.name, privateKey: key };
  const forged = formatNote({
    text,
    signatures: signatures.map((one) => ({ ...one, signature: Buffer.alloc(64, 1) })),
  });
  const nothing = signCheckpoint({ origin: log.name, size: 0, root: Buffer.alloc(32) }, key);
  const refusals: [string, number, string | Uint8Array][] = [
    ['an empty body', 400, ''],
    ['no UTF-8', 400, Buffer.from([0x6f, 0x6c, 0x64, 0xff])],
    ['64 lines of proof', 400, `old 32\n${hash.repeat(64)}\n${note}`],
    ['a size with a zero before it', 400, ask({}).replace('old 32', 'old 032')],
    ['an old size above the checkpoint’s', 400, ask({ oldSize: 65 })],
    ['a checkpoint of 2,049 bytes', 400, ask({ checkpoint: signNote(`${text.padEnd(2048, 'x')}\n`, signer) })],
    ['another log', 404, ask({ checkpoint: strange })],
    ['no signature of the log', 403, ask({ checkpoint: byAnother })],
    ['a signature of the log that fails', 403, ask({ checkpoint: forged })],
    ['63 lines of proof that prove nothing', 422, ask({ proof: Array.from({ length: 63 }, () => emptyRoot()) })],
    ['no proof', 422, ask({ proof: [] })],
    ['a changed proof', 422, ask({ proof: [Buffer.alloc(32), ...proof.slice(1)] })],
    ['another root of the same size', 422, ask({ proof: [], checkpoint: log.lie(32) })],
  ];
  for (const [what, status, body] of refusals) {
    const answer = await post(us, body);
    t.equal(answer.status, status, what);
    t.match(answer.type, 'application/problem+json');
    t.equal(await held(us, log.name), 32, 'it stays');
  }
  for (const oldSize of [0, 16, 33]) {
    const stale = await post(us, ask({ oldSize, proof: [] }));
    t.same(stale, { status: 409, type: 'text/x.tlog.size', text: '32\n' }, `it holds 32, not ${oldSize}`);
  }
  t.equal((await post(us, formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: nothing }))).status, 409);
  t.equal((await post(us, ask({}))).status, 200, 'and it goes on from there');
});

test('a log begins at nothing, and no other empty tree is taken', async (t) => {
  const { us, cn, log } = await startWitness(t, 16);
  const key = cn.worker.keys.signer('log').privateKey;
  const empty = (root: Buffer) => signCheckpoint({ origin: log.name, size: 0, root }, key);
  const ask = (checkpoint: string, proof: Buffer[] = []) => formatAddCheckpoint({ oldSize: 0, proof, checkpoint });
  t.same(await post(us, await log.request(16, 16)), { status: 409, type: 'text/x.tlog.size', text: '0\n' });
  t.equal((await post(us, ask(empty(Buffer.alloc(32))))).status, 422, 'another root');
  t.equal((await post(us, ask(empty(emptyRoot()), [emptyRoot()]))).status, 422, 'a proof where none is due');
  t.equal((await post(us, ask(await log.note(16), [emptyRoot()]))).status, 422);
  t.equal(await held(us, log.name), undefined);
  t.equal((await post(us, ask(empty(emptyRoot())))).status, 200);
  t.equal((await post(us, ask(await log.note(16)))).status, 200, 'zero is what it held');
  await us.rows(`UPDATE peers SET status = 'expelled' WHERE origin = $1`, [cn.origin]);
  t.equal((await post(us, await log.request(16, 16))).status, 404, 'the log of an expelled peer is a stranger’s');
});

test('the log of an unlisted peer looks like one that is not there, and so does an expelled one’s to its witness', async (t) => {
  const { us, cn, log } = await startWitness(t);
  const strange = await ownLog(await startNode(t));
  const shown = async (name: string) => {
    const answer = await monitor(us, name);
    const { instance: _, ...problem } = (await answer.json()) as Record<string, unknown>;
    return [answer.status, [...answer.headers].filter(([field]) => !OF_EACH.has(field)), problem];
  };
  t.equal((await post(us, await log.request(0, 32))).status, 200);
  await us.rows('UPDATE peers SET listed = false WHERE origin = $1', [cn.origin]);
  t.same(await shown(log.name), await shown('nobody.example/log/v1'));
  await us.rows(`UPDATE peers SET listed = true, status = 'expelled' WHERE origin = $1`, [cn.origin]);
  await strange.grow(16);
  const refused = async (request: string) => {
    const { text, ...answer } = await post(us, request);
    const { instance: _, ...problem } = JSON.parse(text);
    return { ...answer, problem };
  };
  const [expelled, none] = [await refused(await log.request(32, 64)), await refused(await strange.request(0, 16))];
  t.equal(none.status, 404);
  t.same(expelled, none);
});

test('two signed checkpoints of one size with different roots are kept, and a bad proof is no fork', async (t) => {
  const { us, log } = await startWitness(t);
  await post(us, await log.request(0, 32));
  const heldNote = await (await monitor(us, log.name)).text();
  const ask = (checkpoint: string, oldSize = 32) => formatAddCheckpoint({ oldSize, proof: [], checkpoint });
  const refused = async () => us.count('witnessed', 'refused_at IS NOT NULL');
  await post(us, ask(await log.note(64)));
  t.same([await us.count('forks'), await refused()], [0, 1], 'anybody can bring a bad proof');
  await post(us, await log.request(32, 48));
  t.equal(await refused(), 0, 'what continues clears it');
  await post(us, ask(log.lie(48), 16));
  await post(us, ask(log.lie(48, 8), 48));
  const forks = await us.rows('SELECT smaller_size AS size, smaller, larger FROM forks');
  const now = await (await monitor(us, log.name)).text();
  const both = [await log.note(48), log.lie(48)];
  t.same(
    forks.map(({ size }) => size),
    ['48'],
  );
  t.same(
    new Set(forks.flatMap(({ smaller, larger }) => [smaller, larger])),
    new Set(both),
    'both whole, whatever old size came with it',
  );
  t.not(now, heldNote);
  t.equal(await refused(), 1);
});

test('what a thief of the log key had cosigned counts until that key is revoked', async (t) => {
  const { us, cn, log } = await startWitness(t, 16);
  const size = 2 ** 40;
  const request = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: log.lie(size) });
  const seen = () =>
    callAs(us, cn.keys.transport, { method: 'GET', path: '/exchange/v1/mirror/checkpoint', plain: true });
  t.equal((await post(us, request)).status, 200);
  t.match((await seen()).text, `\n${size}\n`);
  await cn.worker.rotate(['log'], { revoke: true });
  await log.grow(48);
  t.match(await post(us, await log.request(0, 32)), { status: 403 }, 'nobody has told the witness of the new key');
  await us.pull(cn, { refresh: true });
  await us.worker.enrol(cn.origin);
  t.match(await post(us, request), { status: 403 });
  t.match(await post(us, await log.request(16, 32)), { status: 409, text: '0\n' });
  // Who calls is known for two seconds as it was.
  while ((await seen()).text.includes(`\n${size}\n`));
  const from = await log.request(0, 32);
  const answers = await meetBeforeStoring(us, 2, () => Promise.all([post(us, from), post(us, from)]));
  t.same(answers.map(({ status }) => status).sort(), [200, 409], 'it is replaced once');
  t.equal(await held(us, log.name), 32);
  t.match((await seen()).text, '\n32\n');
  t.equal((await post(us, await log.request(32, 48))).status, 200);
});

test('what a thief had cosigned stands in nobody’s way when its node is pinned anew and revokes the log key', async (t) => {
  const { us, cn, log } = await startWitness(t, 16);
  const size = 2 ** 40;
  const lie = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: log.lie(size) });
  t.equal((await post(us, lie)).status, 200);
  const [shown] = await us.rows<{ keys: { log: { kid: string; jwk: object } } }>('SELECT keys FROM peers');
  await cn.worker.rotate(['identity', 'log']);
  // As the worker pins, and then takes what it finds.
  await us.rows(`UPDATE peers SET fingerprint = $1, keys = '{}', descriptor = NULL, earlier = '{}'`, [
    cn.worker.fingerprint,
  ]);
  await us.pull(cn, { refresh: true });
  await us.worker.enrol(cn.origin);
  const remember = (more: object) =>
    us.rows(`UPDATE peers SET keys = jsonb_set(keys, '{log,former}', $1)`, [
      JSON.stringify([{ ...shown!.keys.log, ...more }]),
    ]);
  await remember({});
  await log.grow(32);
  t.match(await post(us, await log.request(0, 32)), { status: 409, text: `${size}\n` }, 'until it is revoked');
  await remember({ before: 16, since: '2026-11-27' });
  t.match(await post(us, lie), { status: 403 }, 'a former key cannot go on');
  t.equal((await post(us, await log.request(0, 32))).status, 200);
});

test('a log does not start anew at a witness with a key that is forgotten or revoked', async (t) => {
  const { us, cn, log } = await startWitness(t, 16);
  const back = await cn.worker.remember();
  await log.grow(64);
  await us.pull(cn);
  await us.mirror(cn);
  t.equal((await post(us, await log.request(0, 64))).status, 200);
  const forth = await cn.worker.remember();
  await back();
  await cn.worker.rotate(['log']);
  await log.grow(48);
  await us.pull(cn, { refresh: true });
  await us.worker.enrol(cn.origin);
  const earlier = (await us.rows<{ earlier: string[] }>('SELECT earlier FROM peers'))[0]!.earlier;
  await us.rows(`UPDATE peers SET earlier = '{}'`);
  t.match(await post(us, await log.request(0, 48)), { status: 409, text: '64\n' }, 'a forgotten key has signed');
  await us.rows('UPDATE peers SET earlier = $1', [earlier]);
  await forth();
  await us.rows('UPDATE witnessed SET size = 1000, note = $1', [ownLog(cn).lie(1000)]);
  await cn.worker.rotate(['log'], { revoke: true });
  await log.grow(80);
  await us.pull(cn, { refresh: true });
  await us.worker.enrol(cn.origin);
  t.match(await post(us, await log.request(0, 80)), { status: 409, text: '64\n' }, 'what was mirrored stays');
  t.equal((await post(us, await log.request(64, 80))).status, 200);
  t.equal(await held(us, log.name), 80);
});

test('what could not be stored is not signed', async (t) => {
  const { us, log } = await startWitness(t, 16);
  await us.rows('BEGIN');
  await us.rows('LOCK TABLE witnessed IN SHARE MODE');
  const answer = post(us, await log.request(0, 16));
  const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO witnessed%'`;
  while ((await us.rows(end)).length === 0) await us.rows('SELECT pg_stat_clear_snapshot()');
  t.equal((await answer).status, 503);
  await us.rows('COMMIT');
  t.equal(await held(us, log.name), undefined);
  t.equal((await post(us, await log.request(0, 16))).status, 200, 'and is the next time');
});

/** Writes down each move of what is held, as it is committed. */
async function recordMoves(node: Node): Promise<void> {
  await node.rows(`CREATE TABLE moves (before bigint, after bigint);
    CREATE FUNCTION record_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
      'BEGIN INSERT INTO moves VALUES (old.size, new.size); RETURN new; END';
    CREATE TRIGGER record_move AFTER UPDATE ON witnessed FOR EACH ROW EXECUTE FUNCTION record_move()`);
}

/** Lets calls come as far as storing what they found to continue the same size, and no further until so many wait there. */
async function meetBeforeStoring(node: Node, sessions: number, calls: () => Promise<Answered[]>): Promise<Answered[]> {
  await node.rows('BEGIN');
  await node.rows('LOCK TABLE witnessed IN SHARE MODE');
  const answers = calls();
  const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO witnessed%'`;
  for (let met = 0; met < sessions; met = (await node.rows(waiting)).length)
    await node.rows('SELECT pg_stat_clear_snapshot()');
  await node.rows('COMMIT');
  return answers;
}

test('200 calls at once with newer and older checkpoints never roll a witness back', async (t) => {
  const { us, log, signedBy } = await startWitness(t, 640);
  await post(us, await log.request(0, 320));
  await recordMoves(us);
  // Most from where it stands, to wherever; some from where it stood or will stand.
  const calls = Array.from({ length: 200 }, (_, i) => {
    const to = 320 + 16 * ((i * 7) % 21);
    return { from: i % 4 === 3 ? Math.min(to, 16 * ((i * 11) % 40)) : 320, to };
  });
  const bodies: string[] = [];
  for (const { from, to } of calls) bodies.push(await log.request(from, to));
  const answers = await meetBeforeStoring(us, 5, () => Promise.all(bodies.map((body) => post(us, body))));
  const signed = answers.flatMap(({ status, text }, i) => (status === 200 ? [{ ...calls[i]!, text }] : []));
  t.comment(`${signed.length} of 200 were cosigned`);
  t.same(
    [...new Set(answers.map(({ status }) => status))].sort(),
    [200, 409],
    'and the others are told where it stands',
  );
  for (const { to, text } of signed) t.ok(signedBy(await log.note(to), text), `${to} is what it signed`);
  t.equal(await held(us, log.name), Math.max(...signed.map(({ to }) => to)), 'it holds the largest that it signed');
  const moves = await us.rows<{ before: string; after: string }>('SELECT before, after FROM moves');
  t.same(
    moves.filter(({ before, after }) => Number(after) < Number(before)),
    [],
    'it never held less than before',
  );
  const from = signed.filter((one) => one.from < one.to).map((one) => one.from);
  t.equal(new Set(from).size, from.length, 'from no size did it go on twice');
  t.equal(
    (await post(us, await log.request((await held(us, log.name))!, 640))).status,
    200,
    'and it goes on to the end',
  );
});
