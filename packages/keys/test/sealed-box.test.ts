import { createHmac, createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'tap';
import nacl from 'tweetnacl';
import { type BoxKey, createOpener, createSealer, pseudonym, thumbprint } from '../src/index.ts';
import { newNode } from './key-folder.ts';

test('what is sealed to the vault is opened by the vault alone', async (t) => {
  const { worker } = newNode(t);
  const vault = worker.boxKey('vault');
  const sealer = createSealer(vault.publicJwk);
  const opener = createOpener(vault);
  t.equal(sealer.kid, vault.kid);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) =>
      Buffer.from(bytes).equals(opener.open(sealer.seal(bytes))),
    ),
    { numRuns: 200 },
  );
  const sealed = sealer.seal(Buffer.from('a name'));
  t.equal(sealed.length, 1 + 32 + 24 + 16 + 6);
  t.throws(() => createOpener(worker.boxKey('mailbox')).open(sealed), { code: 'box_refused' });
});

test('a sealed box is version, ephemeral key, nonce and an ordinary NaCl box', async (t) => {
  const vault = newNode(t).worker.boxKey('vault');
  const sealed = createSealer(vault.publicJwk).seal(Buffer.from('a name'));
  t.equal(sealed[0], 1);
  const part = (from: number, to?: number) => new Uint8Array(sealed.subarray(from, to));
  const opened = nacl.box.open(part(57), part(33, 57), part(1, 33), new Uint8Array(vault.secretKey));
  t.equal(Buffer.from(opened!).toString(), 'a name');
  const theirs = nacl.box.keyPair();
  const nonce = nacl.randomBytes(24);
  const recipient = new Uint8Array(Buffer.from(vault.publicJwk.x, 'base64url'));
  const box = nacl.box(Buffer.from('hello'), nonce, recipient, theirs.secretKey);
  const made = Buffer.concat([Buffer.of(1), theirs.publicKey, nonce, box]);
  t.equal(createOpener(vault).open(made).toString(), 'hello');
});

test('an ephemeral key lives for its time and no longer, and no nonce comes twice', async (t) => {
  const vault = newNode(t).worker.boxKey('vault');
  let clock = 1000;
  const sealer = createSealer(vault.publicJwk, { lifetimeMs: 60_000, now: () => clock });
  const keyAt = (time: number) => {
    clock = time;
    return sealer.seal(Buffer.from('x')).subarray(1, 33).toString('hex');
  };
  const first = keyAt(1000);
  t.equal(keyAt(60_999), first);
  const second = keyAt(61_000);
  t.not(second, first);
  t.equal(keyAt(120_999), second);
  t.not(keyAt(5000), second, 'a clock that was set back does not prolong it');
  const nonces = Array.from({ length: 100 }, () => sealer.seal(Buffer.from('x')).subarray(33, 57).toString('hex'));
  t.equal(new Set(nonces).size, 100);
});

test('the opener keeps up with more ephemeral keys than it caches', async (t) => {
  const vault = newNode(t).worker.boxKey('vault');
  const opener = createOpener(vault);
  const boxes = Array.from({ length: 70 }, (_, i) => createSealer(vault.publicJwk).seal(Buffer.of(i)));
  for (const round of [1, 2]) for (const [i, box] of boxes.entries()) t.equal(opener.open(box)[0], i, `round ${round}`);
});

test('every change of one byte of a box is refused', async (t) => {
  const vault = newNode(t).worker.boxKey('vault');
  const opener = createOpener(vault);
  const sealed = createSealer(vault.publicJwk).seal(Buffer.from('a name'));
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i]! ^= 1 << (i % 7);
    t.throws(() => opener.open(changed), { code: i === 0 ? 'box_malformed' : 'box_refused' }, `byte ${i}`);
  }
  for (const length of [0, 1, 56, 72])
    t.throws(() => opener.open(sealed.subarray(0, length)), { code: 'box_malformed' });
  t.throws(() => opener.open(sealed.subarray(0, 75)), { code: 'box_refused' });
});

test('a shared secret of zero is refused on both sides', async (t) => {
  const vault = newNode(t).worker.boxKey('vault');
  const zero = { kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32).toString('base64url') } as const;
  t.throws(() => createSealer(zero), { code: 'key_weak' });
  const hostile = Buffer.concat([Buffer.of(1), Buffer.alloc(32), randomBytes(24), randomBytes(40)]);
  t.throws(() => createOpener(vault).open(hostile), { code: 'key_weak' });
  const signing = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as BoxKey['publicJwk'];
  t.throws(() => createSealer(signing), { code: 'key_malformed' });
  t.equal(createSealer(vault.publicJwk).kid, thumbprint(vault.publicJwk));
});

test('a pseudonym is stable for one name, whatever its spelling, and differs by kind and secret', async (t) => {
  const secret = newNode(t).worker.pseudonymSecret();
  const mac = createHmac('sha256', secret).update('detente/pseudonym/1\nlab\nacme labs').digest('hex').toUpperCase();
  t.equal(pseudonym(secret, 'lab', 'Acme Labs'), mac.slice(0, 4));
  t.equal(pseudonym(secret, 'lab', ' ＡＣＭＥ\u00a0 labs', 6), mac.slice(0, 6));
  t.not(pseudonym(secret, 'model', 'Acme Labs', 6), mac.slice(0, 6));
  t.not(pseudonym(createSecretKey(randomBytes(32)), 'lab', 'Acme Labs', 6), mac.slice(0, 6));
  t.throws(() => pseudonym(secret, 'lab\nx', 'a'), { code: 'body_malformed' });
  t.throws(() => pseudonym(secret, 'lab', 'a', 3), { code: 'body_malformed' });
});
