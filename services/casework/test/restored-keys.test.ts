// A restored worker and keys of its log that it has no more, or not yet again.

import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadKeys, logNameOf, parsePublicJwk, publicKeysBeside, rotateKeys, thumbprint } from '@detente/keys';
import { signCheckpoint } from '@detente/tlog';
import { test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { hearPeers, recover } from '../src/jobs/recovery.ts';
import { backUp, CN, copyOf, grow, restart, says, sizeOf, start, stops, US } from './restored-log.ts';

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
  t.same(await afterWord(320, [{ ...revocation, before: null }]), [], 'nor where nobody has named an index');
  await show(902, {
    keys,
    revoked: [revocation],
  });
  t.same(await afterWord(320), [], 'once it is revoked, it has signed no such size');
  t.match(await afterWord(160), [{ reason: /forked: us has a checkpoint of 160/ }], 'below, it has');
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
