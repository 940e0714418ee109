// A restored worker and keys of its log that it has no more, or not yet again.

import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { logNameOf, parsePublicJwk, thumbprint } from '@detente/keys';
import { signCheckpoint } from '@detente/tlog';
import { test } from 'tap';
import { recover } from '../src/jobs/recovery.ts';
import { CN, grow, restart, says, start, stops, US } from './restored-log.ts';

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
