// A restored worker and keys of its log that it has no more, or not yet again.

import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Descriptor,
  keepRevocation,
  loadKeys,
  logNameOf,
  parsePublicJwk,
  publicKeysBeside,
  type Rotation,
  readRevocations,
  rotateKeys,
  thumbprint,
} from '@detente/keys';
import { createLogger } from '@detente/server';
import { signCheckpoint } from '@detente/tlog';
import { test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { keepDescriptor } from '../src/jobs/own-descriptor.ts';
import { hearPeers, recover } from '../src/jobs/recovery.ts';
import {
  backUp,
  CN,
  checkLog,
  copyOf,
  gives,
  grow,
  restart,
  SG,
  says,
  sizeOf,
  start,
  stops,
  US,
} from './restored-log.ts';

const jwkOf = (key: KeyObject) => parsePublicJwk(key.export({ format: 'jwk' }), 'Ed25519');

test('what a revoked log key has signed counts below its revocation alone', async (t) => {
  const node = await start(t, [US]);
  await grow(node, 10);
  const { publicKeys: keys } = node.worker;
  const stolen = generateKeyPairSync('ed25519');
  const jwk = jwkOf(stolen.publicKey);
  const show = async (seq: number, body: object) => {
    const payload = Buffer.from(JSON.stringify(body)).toString('base64url');
    await node.border.query(`INSERT INTO descriptor (seq, jws) VALUES ($1, $2)`, [seq, `x.${payload}.x`]);
  };
  await show(901, { keys: { ...keys, log: { jwk, next: 'x' } } });
  const signed = (size: number) =>
    signCheckpoint({ origin: logNameOf(CN), size, root: randomBytes(32) }, stolen.privateKey);
  const afterWord = async (size: number, revoked = node.worker.revoked) => {
    await restart(node);
    await says(node, US, signed(size));
    await recover({ ...node.worker, revoked });
    return stops(node);
  };
  t.match(await afterWord(320), [{ kind: 'behind', place: 320 }], 'a former key is the log’s key');
  const revocation = { purpose: 'log', kid: thumbprint(jwk), before: 160 } as const;
  t.same(await afterWord(320, [revocation]), [], 'a database from before the revocation changes nothing of it');
  const open = [{ ...revocation, before: null }];
  t.match(await afterWord(320, open), [{ reason: /us has seen 320 .* of which 160 are here.* --before INDEX/ }]);
  t.same(await afterWord(160, open), [], 'what is not beyond the tree says nothing of it');
  await show(902, {
    keys,
    revoked: [revocation],
  });
  t.same(await afterWord(320), [], 'once it is revoked, it has signed no such size');
  t.same(await afterWord(160), [], 'nor does its thief make the log look forked');
});

test('a log key is revoked without an index, and an older database comes back: an officer says how far it counts', async (t) => {
  const node = await start(t, [US]);
  const { settings } = node.worker;
  await carryOut(node.worker);
  await grow(node, 10);
  const restore = await backUp(node);
  await grow(node, 10);
  const copy = await copyOf(node);
  const [{ from: kid }] = rotateKeys(dirname(settings.DETENTE_KEYS), ['log'], { revoke: { before: null } }) as [
    Rotation,
  ];
  const said = async () => {
    const { rows } = await node.home.query(
      `SELECT body FROM statements WHERE typ = 'detente-descriptor+jwt' ORDER BY seq DESC LIMIT 1`,
    );
    return (rows[0].body as Descriptor).revoked;
  };
  // As the worker starts.
  const begin = async () => {
    const keys = loadKeys(settings.DETENTE_KEYS, 'worker');
    const publicKeys = publicKeysBeside(keys, settings.DETENTE_KEYS);
    const revoked = readRevocations(settings.DETENTE_KEYS);
    const begun = { ...node, worker: { ...node.worker, keys, publicKeys, revoked } };
    await restart(begun);
    await keepDescriptor(begun.worker);
    await carryOut(begun.worker);
    return begun;
  };
  await restore();
  const thoughtless = await begin();
  await says(node, US, copy.notes.get(320)!);
  await recover(thoughtless.worker);
  const command = new RegExp(`detente keys revoke log --kid ${kid} --before INDEX`);
  t.match(await stops(node), [{ kind: 'behind', reason: command, place: 320 }]);
  await grow(thoughtless, 1);
  t.equal(await sizeOf(node), 160);
  t.same(await said(), undefined, 'no index is signed meanwhile');

  keepRevocation(settings.DETENTE_KEYS, { purpose: 'log', kid, before: 320 });
  const node2 = await begin();
  t.match(await said(), [{ kid, before: 320 }]);
  await says(node, US, copy.notes.get(320)!);
  await recover(node2.worker);
  await gives(node, US, copy);
  await recover(node2.worker);
  await says(node, US, copy.notes.get(320)!);
  await recover(node2.worker);
  t.same(await stops(node), []);
  await grow(node2, 1);
  await checkLog(t, node2, copy);
});

test('what a revoked log key has signed is taken back if a peer has it, and passed over when none has', async (t) => {
  const node = await start(t, [US, SG]);
  const { settings, keys: old } = node.worker;
  await carryOut(node.worker);
  await grow(node, 10);
  const restore = await backUp(node);
  await grow(node, 10);
  const copy = await copyOf(node);
  const thief = old.signer('log').privateKey;
  const forged = (size: number) => signCheckpoint({ origin: logNameOf(CN), size, root: randomBytes(32) }, thief);
  rotateKeys(dirname(settings.DETENTE_KEYS), ['log'], { revoke: { before: 480 } });
  const keys = loadKeys(settings.DETENTE_KEYS, 'worker');
  const publicKeys = publicKeysBeside(keys, settings.DETENTE_KEYS);
  const revoked = readRevocations(settings.DETENTE_KEYS);
  const worker = { ...node.worker, keys, publicKeys, revoked };
  const begun = { ...node, worker };
  const lacks = (peer: string) =>
    node.border.query(`UPDATE own_log_seen SET tail_fault = 'its mirror does not reach so far' WHERE peer = $1`, [
      peer,
    ]);
  const behind = (size: number) => ({ kind: 'behind', reason: new RegExp(`seen ${size} leaves`), place: size });
  const looked = async (size: number, us: string, sg: string | null) => {
    t.match(await stops(node), [behind(size)], 'it is looked for');
    await says(node, US, us);
    await says(node, SG, sg);
    for (const peer of [US, SG]) await lacks(peer);
    await recover(worker);
    await recover(worker);
  };
  await restore();
  await restart(begun);
  const [made, honest] = [forged(400), copy.notes.get(320)!];
  await says(node, US, made);
  await says(node, SG, honest);
  await recover(worker);
  t.match(await stops(node), [behind(400)]);
  for (const peer of [US, SG]) await lacks(peer);
  await recover(worker);
  await says(node, US, made);
  await says(node, SG, null, 'it is out of reach');
  for (const peer of [US, SG]) await lacks(peer);
  await recover(worker);
  await recover(worker);
  t.match(await stops(node), [behind(400)], 'who is silent may have its leaves');
  await looked(400, made, honest);
  t.match(await stops(node), [behind(320)], 'who had none of the other tree is asked for this');
  await recover(worker);
  t.match(await stops(node), [{ ...behind(320), reason: /being fetched/ }]);
  await gives(node, SG, copy);
  await recover(worker);
  t.equal(await sizeOf(node), 320, 'what it had signed before the theft is taken back');
  await says(node, US, made);
  await says(node, SG, honest);
  await recover(worker);
  t.same(await stops(node), []);
  await carryOut(worker);

  const hear = hearPeers(worker);
  await hear();
  t.same(await stops(node), [], 'what was passed over is no news');
  for (const note of [forged(336), forged(352)]) {
    await says(node, US, note);
    await hear();
    await recover(worker);
    await looked(note.includes('\n336\n') ? 336 : 352, note, null);
    t.same(await stops(node), []);
  }
  await says(node, US, forged(368));
  await hear();
  t.same(await stops(node), [], 'nor does a peer that tells of ever more of them stop the log for ever');
  await says(node, SG, forged(160));
  await hear();
  t.same(await stops(node), [], 'nor is the log forked');
  await grow(begun, 1);
  await checkLog(t, begun, copy);
});

test('from which index on a log key is revoked is signed when the log is whole, and kept beside the keys', async (t) => {
  const node = await start(t, [US]);
  const { settings } = node.worker;
  await carryOut(node.worker);
  await grow(node, 10);
  const [{ from: kid }] = rotateKeys(dirname(settings.DETENTE_KEYS), ['log', 'record'], {
    revoke: { before: null },
  }) as [Rotation];
  const keys = loadKeys(settings.DETENTE_KEYS, 'worker');
  const publicKeys = publicKeysBeside(keys, settings.DETENTE_KEYS);
  const worker = { ...node.worker, keys, publicKeys, revoked: readRevocations(settings.DETENTE_KEYS) };
  await restart({ ...node, worker });
  await keepDescriptor(worker);
  const kept = () => readRevocations(settings.DETENTE_KEYS).map(({ purpose, before }) => [purpose, before]);
  t.same(
    kept().sort(),
    [
      ['log', null],
      ['record', 160],
    ],
    'of another key it is signed at once',
  );
  await says(node, US, null);
  await recover(worker);
  t.same(kept().sort(), [
    ['log', 160],
    ['record', 160],
  ]);
  const { rows } = await node.home.query(
    `SELECT body FROM statements WHERE typ = 'detente-descriptor+jwt' ORDER BY seq`,
  );
  t.match(
    rows.map(({ body }) => (body.revoked ?? []).map((one: { kid: string }) => one.kid === kid)),
    [[], [false], [false, true]],
  );
  t.same(await stops(node), []);
});

test('a node whose key files are older than its log stands still, until it has those that signed last', async (t) => {
  const node = await start(t, [US]);
  const { worker } = node;
  // The descriptor that shows the key.
  await carryOut(worker);
  await grow(node, 10);
  const restore = await backUp(node);
  const root = dirname(worker.settings.DETENTE_KEYS);
  const oldKeys = `${root}-old`;
  execFileSync('cp', ['-a', root, oldKeys]);
  t.teardown(() => rmSync(oldKeys, { recursive: true }));
  const withKeys = (folder: string) => {
    const keys = loadKeys(join(folder, 'worker'));
    return { ...node, worker: { ...worker, keys, publicKeys: publicKeysBeside(keys, join(folder, 'worker')) } };
  };
  rotateKeys(root, ['log']);
  const rotated = withKeys(root);
  await grow(rotated, 10);
  const { notes } = await copyOf(node);
  await restore();
  const restored = withKeys(oldKeys);
  await restart(restored);
  await says(node, US, notes.get(320)!);
  await recover(restored.worker);
  await grow(restored, 1);
  const older = { kind: 'behind', reason: /key files are older .* us has seen 320 leaves .* of the keys/, place: 320 };
  t.match(await stops(node), [older]);
  t.equal(await sizeOf(node), 160);
  for (const table of ['log_recovery', 'signing_stops']) await node.border.query(`DELETE FROM ${table}`);
  await hearPeers(restored.worker)();
  await recover(restored.worker);
  t.match(await stops(node), [older], 'nor when it is heard later');
  await recover(rotated.worker);
  t.match(await stops(node), [{ reason: /us has seen 320 leaves of this log, of which 160 are here/ }]);
});

test('where the folder of keys cannot be written, the log has the command that keeps the index of a revocation', async (t) => {
  const node = await start(t, [US]);
  const folder = node.worker.settings.DETENTE_KEYS;
  await carryOut(node.worker);
  await grow(node, 10);
  const [{ from: kid }] = rotateKeys(dirname(folder), ['record'], { revoke: { before: null } }) as [Rotation];
  const lines: string[] = [];
  const log = createLogger({ name: 'worker', level: 'warn' }, { write: (line) => void lines.push(line) });
  const keys = loadKeys(folder, 'worker');
  const revoked = readRevocations(folder);
  const begun = { ...node.worker, keys, publicKeys: publicKeysBeside(keys, folder), revoked, log };
  const open = [{ purpose: 'record', kid, before: null }];
  await withoutWriting(folder, () => keepDescriptor(begun));
  t.match(readRevocations(folder), open, 'the file is as it was');
  t.match(
    lines.map((line) => JSON.parse(line)),
    [{ level: 40, command: `detente keys revoke record --kid ${kid} --before 160`, err: { code: 'file_unwritable' } }],
  );
  await keepDescriptor(begun);
  t.match(readRevocations(folder), [{ kid, before: 160 }], 'and is written once it can be');
  t.equal(lines.length, 1);
});

/** Runs something while the folder may be read alone; root, who may write anywhere, becomes another user for that time. */
async function withoutWriting(folder: string, run: () => Promise<unknown>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) execFileSync('chown', ['-R', '65534', dirname(folder)]);
  chmodSync(folder, 0o500);
  if (isRoot) process.seteuid?.(65_534);
  try {
    await run();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o700);
    if (isRoot) execFileSync('chown', ['-R', '0', dirname(folder)]);
  }
}
