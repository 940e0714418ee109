import { generateKeyPairSync } from 'node:crypto';
import { test } from 'tap';
import {
  type Descriptor,
  descriptorKeys,
  initKeys,
  type PublicJwk,
  parseDescriptor,
  publishedPurposes,
  signDescriptor,
  signStatement,
  thumbprint,
  verifyDescriptor,
  verifySuccession,
} from '../src/index.ts';
import { codeOf } from './code-of.ts';
import { newNode } from './key-folder.ts';

const iss = 'https://sg.example:8443';

function describe(root: string): Descriptor {
  return {
    keys: descriptorKeys(initKeys(root).publicKeys),
    endpoints: { exchange: `${iss}/exchange/v1`, log: `${iss}/log/v1`, publication: `${iss}/publication/v1` },
    types: { incident: [1] },
    contract: 'A'.repeat(43),
    log: 'sg.example:8443/log/v1',
    witness: 'sg.example:8443/witness/v1',
    contact: { name: 'Duty officer, 新加坡', email: 'duty@sg.example' },
    day: '2026-11-24',
  };
}

function newKey(): PublicJwk {
  return generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as PublicJwk;
}

test('a descriptor is verified with the fingerprint alone', async (t) => {
  const { root, worker } = newNode(t);
  const body = describe(root);
  t.same(Object.keys(body.keys), publishedPurposes);
  t.notOk('vault' in body.keys, 'the vault’s key is nobody else’s affair');
  const identity = worker.signer('identity');
  const { jws, digest } = await signDescriptor({ iss, seq: 1, body }, identity);
  const verified = await verifyDescriptor(jws, { origin: iss, fingerprint: identity.kid });
  t.same(verified.body, body);
  t.match(verified, { iss, aud: undefined, seq: 1, digest, kid: identity.kid });
});

test('every change of one byte of a descriptor is refused', async (t) => {
  const { root, worker } = newNode(t);
  const identity = worker.signer('identity');
  const { jws } = await signDescriptor({ iss, seq: 1, body: describe(root) }, identity);
  const pinned = { origin: iss, fingerprint: identity.kid };
  for (let i = 0; i < jws.length; i++) {
    const bytes = Buffer.from(jws, 'latin1');
    bytes[i]! ^= 1 + (i % 127);
    const code = await codeOf(verifyDescriptor(bytes.toString('latin1'), pinned));
    if (code === 'accepted' || !/^[a-z0-9_]+$/.test(code)) t.fail(`byte ${i}: ${code}`);
  }
});

test('another node’s descriptor, or another key, is refused', async (t) => {
  const { root, worker } = newNode(t);
  const stranger = newNode(t);
  const identity = worker.signer('identity');
  const body = describe(root);
  const { jws } = await signDescriptor({ iss, seq: 1, body }, identity);
  const pin = (change: object) => ({ origin: iss, fingerprint: identity.kid, ...change });
  t.equal(await codeOf(verifyDescriptor(jws, pin({ origin: 'https://cn.example' }))), 'issuer_unexpected');
  t.equal(
    await codeOf(verifyDescriptor(jws, pin({ fingerprint: worker.signer('agency').kid }))),
    'fingerprint_mismatch',
  );
  const theirs = stranger.worker.signer('identity');
  t.equal(await codeOf(signDescriptor({ iss, seq: 1, body }, theirs)), 'fingerprint_mismatch');
  const input = { typ: 'detente-descriptor+jwt', iss, seq: 1, body } as const;
  t.equal(await codeOf(verifyDescriptor((await signStatement(input, theirs)).jws, pin({}))), 'key_unknown');
  const posing = { ...theirs, kid: identity.kid };
  t.equal(await codeOf(verifyDescriptor((await signStatement(input, posing)).jws, pin({}))), 'signature_invalid');
  const addressed = await signStatement({ ...input, aud: 'https://us.example' }, identity);
  t.equal(await codeOf(verifyDescriptor(addressed.jws, pin({}))), 'audience_unexpected');
});

test('a descriptor that says anything but what it must is refused at its place', async (t) => {
  const body = describe(newNode(t).root);
  const { identity, record, mailbox } = body.keys;
  const zero = { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) };
  const keys = (change: object) => ({ keys: { ...body.keys, ...change } });
  const endpoints = (change: object) => ({ endpoints: { ...body.endpoints, ...change } });
  const bad: [string, object, string, string?][] = [
    ['an unknown member', { note: 1 }, 'body_malformed', '/note'],
    ['a missing purpose', { keys: { identity } }, 'body_malformed', '/keys/record'],
    ['an unknown purpose', keys({ vault: record }), 'body_malformed', '/keys/vault'],
    ['a member beside a key', keys({ record: { ...record, old: 1 } }), 'body_malformed', '/keys/record/old'],
    ['a private key', keys({ record: { ...record, jwk: { ...record.jwk, d: 'A' } } }), 'key_malformed'],
    [
      'a next key instead of its hash',
      keys({ record: { ...record, next: record.jwk } }),
      'body_malformed',
      '/keys/record/next',
    ],
    [
      'one key for two purposes',
      keys({ record: { ...record, jwk: identity.jwk } }),
      'keys_not_distinct',
      '/keys/record',
    ],
    ['one successor for two purposes', keys({ record: { ...record, next: identity.next } }), 'keys_not_distinct'],
    ['a successor in use', keys({ record: { ...record, next: thumbprint(identity.jwk) } }), 'keys_not_distinct'],
    ['a key that succeeds itself', keys({ record: { ...record, next: thumbprint(record.jwk) } }), 'keys_not_distinct'],
    ['a signing key as mailbox', keys({ mailbox: { ...mailbox, jwk: newKey() } }), 'key_malformed'],
    ['a mailbox that all can open', keys({ mailbox: { ...mailbox, jwk: zero } }), 'key_weak'],
    ['a record key of small order', keys({ record: { ...record, jwk: { ...zero, crv: 'Ed25519' } } }), 'key_weak'],
    ['an endpoint elsewhere', endpoints({ log: 'https://evil.example/log/v1' }), 'body_malformed', '/endpoints/log'],
    [
      'an endpoint on another port',
      endpoints({ log: 'https://sg.example/log/v1' }),
      'body_malformed',
      '/endpoints/log',
    ],
    ['an endpoint in clear', endpoints({ log: 'http://sg.example:8443/log/v1' }), 'body_malformed', '/endpoints/log'],
    ['a user name', endpoints({ log: 'https://a@sg.example:8443/log/v1' }), 'body_malformed', '/endpoints/log'],
    ['a query', endpoints({ log: `${iss}/log/v1?x` }), 'body_malformed', '/endpoints/log'],
    ['an empty fragment', endpoints({ log: `${iss}/log/v1#` }), 'body_malformed', '/endpoints/log'],
    ['dots', endpoints({ log: `${iss}/x/../log/v1` }), 'body_malformed', '/endpoints/log'],
    ['a slash at the end', endpoints({ log: `${iss}/log/v1/` }), 'body_malformed', '/endpoints/log'],
    ['a relative endpoint', endpoints({ log: '/log/v1' }), 'body_malformed', '/endpoints/log'],
    ['an unknown endpoint', endpoints({ casework: `${iss}/casework/v1` }), 'body_malformed', '/endpoints/casework'],
    ['another log name', { log: 'sg.example/log/v1' }, 'body_malformed', '/log'],
    ['another witness name', { witness: 'sg.example:8443/log/v1' }, 'body_malformed', '/witness'],
    ['a type without versions', { types: { incident: [] } }, 'body_malformed', '/types/incident'],
    ['versions out of order', { types: { incident: [2, 1] } }, 'body_malformed', '/types/incident'],
    ['a version twice', { types: { incident: [1, 1] } }, 'body_malformed', '/types/incident'],
    ['a version in a type’s name', { types: { 'incident/1': [1] } }, 'body_malformed', '/types/incident/1'],
    ['a contract’s name', { contract: 'v1' }, 'body_malformed', '/contract'],
    ['a contact of two lines', { contact: { name: 'a\nb' } }, 'body_malformed', '/contact/name'],
    ['a contact without name', { contact: {} }, 'body_malformed', '/contact/name'],
    ['a contact whose name is empty', { contact: { name: '' } }, 'body_malformed', '/contact/name'],
    ['a contact whose name is a number', { contact: { name: 7 } }, 'body_malformed', '/contact/name'],
    ['a contact whose name never ends', { contact: { name: 'a'.repeat(1001) } }, 'body_malformed', '/contact/name'],
    ['no address', { contact: { name: 'a', email: 'duty' } }, 'body_malformed', '/contact/email'],
    ['a day that is none', { day: '2026-02-30' }, 'body_malformed', '/day'],
    ['a day that is a number', { day: 20_261_124 }, 'body_malformed', '/day'],
    ['a time', { day: '2026-11-24T00:00:00Z' }, 'body_malformed', '/day'],
  ];
  for (const [name, change, code, at] of bad) {
    t.throws(() => parseDescriptor({ ...body, ...change }, iss), at ? { code, at } : { code }, name);
  }
  for (const value of [null, [], 'x', 7]) t.throws(() => parseDescriptor(value, iss), { code: 'body_malformed' });
  t.same(parseDescriptor({ ...body, contact: { name: 'a' } }, iss).contact, { name: 'a' });
  t.same(parseDescriptor({ ...body, types: { incident: [1, 2] } }, iss).types, { incident: [1, 2] });
});

test('keys change only to those that were announced', async (t) => {
  const { root } = newNode(t);
  const before = { seq: 4, body: describe(root) };
  const after = (change: Partial<Descriptor['keys']>, seq = 5) => ({
    seq,
    body: { ...before.body, keys: { ...before.body.keys, ...change } },
  });
  const announced = newKey();
  before.body.keys.record = { ...before.body.keys.record, next: thumbprint(announced) };
  const { record } = before.body.keys;

  t.same(verifySuccession(before, after({})), []);
  t.same(verifySuccession(before, after({ record: { jwk: announced, next: thumbprint(newKey()) } })), ['record']);
  const unannounced = { code: 'key_unannounced' };
  t.throws(() => verifySuccession(before, after({ record: { jwk: newKey(), next: record.next } })), unannounced);
  t.throws(
    () => verifySuccession(before, after({ record: { jwk: record.jwk, next: thumbprint(newKey()) } })),
    unannounced,
  );
  t.throws(() => verifySuccession(before, after({}, 4)), { code: 'sequence_not_higher' });
});

test('former record keys are those that were seen, and what was revoked stays so', async (t) => {
  const { root } = newNode(t);
  const [old, older, other] = [newKey(), newKey(), newKey()];
  const entry = { purpose: 'record', kid: thumbprint(older), before: 17 } as const;
  const body: Descriptor = { ...describe(root), former: [older], revoked: [entry] };
  t.same(parseDescriptor(body, iss), body);
  const before = { seq: 4, body: { ...body, keys: { ...body.keys, record: { ...body.keys.record, jwk: old } } } };
  const after = (change: Partial<Descriptor>) => ({ seq: 5, body: { ...before.body, ...change } });

  t.same(verifySuccession(before, after({ former: [older, old] })), []);
  t.throws(() => verifySuccession(before, after({ former: [older, other] })), { code: 'key_unannounced' });
  const more = { purpose: 'agency', kid: thumbprint(other), before: 20 } as const;
  t.same(verifySuccession(before, after({ revoked: [entry, more] })), []);
  for (const revoked of [
    undefined,
    [more],
    [{ ...entry, before: 18 }],
    [{ ...entry, purpose: 'log' as const }],
    [{ ...entry, kid: more.kid }],
  ])
    t.throws(() => verifySuccession(before, { seq: 5, body: { ...before.body, revoked } as Descriptor }), {
      code: 'revocation_withdrawn',
    });

  const refused: [string, object, string][] = [
    ['an empty list of former keys', { former: [] }, 'body_malformed'],
    ['a former key that is in use', { former: [body.keys.record.jwk] }, 'keys_not_distinct'],
    ['one that is listed twice', { former: [older, older] }, 'keys_not_distinct'],
    ['a weak one', { former: [{ ...older, x: Buffer.alloc(32).toString('base64url') }] }, 'key_weak'],
    ['an empty list of revocations', { revoked: [] }, 'body_malformed'],
    ['one without an index', { revoked: [{ ...entry, before: -1 }] }, 'body_malformed'],
    ['one of the identity key', { revoked: [{ ...entry, purpose: 'identity' }] }, 'body_malformed'],
    ['one of a key in use', { revoked: [{ ...entry, kid: thumbprint(body.keys.log.jwk) }] }, 'keys_not_distinct'],
    ['one of a key that is announced', { revoked: [{ ...entry, kid: body.keys.log.next }] }, 'keys_not_distinct'],
    ['two of one key', { revoked: [entry, { ...entry, before: 3 }] }, 'keys_not_distinct'],
    ['a member more', { revoked: [{ ...entry, day: '2026-11-26' }] }, 'body_malformed'],
  ];
  for (const [what, change, code] of refused)
    t.throws(() => parseDescriptor({ ...body, ...change }, iss), { code }, what);
});
