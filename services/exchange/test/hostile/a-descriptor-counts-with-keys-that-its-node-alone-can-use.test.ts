import { generateKeyPairSync } from 'node:crypto';
import { type Descriptor, type PublicJwk, thumbprint } from '@detente/keys';
import { type HostileNode, startHostileNode } from '@detente/testkit';
import { type Test, test } from 'tap';
import { type Node, startNode } from '../exchange-node.ts';
import { changesNothing, evidence } from './victim.ts';

/** The y of the points of order 1, 2, 4 and 8, in hexadecimal, and of their other sign: the eight that RFC 8032 §5.1.3
 *  decodes. */
const smallOrder = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
];
/** The same points and one good y, written with p added, or with the sign of a zero. */
const notCanonical = [
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
];
const weakX25519 = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0900000000000000000000000000000000000000000000000000000000000080',
];

const jwkOf = (crv: 'Ed25519' | 'X25519', hex: string): PublicJwk => {
  const x = Buffer.from(hex, 'hex').toString('base64url');
  return { kty: 'OKP', crv, x };
};

/** A descriptor that is shown, and refused: nothing lands, and the officer sees why, with the bytes for good. */
async function refused(t: Test, us: Node, mallory: HostileNode, shown: string, code: string): Promise<void> {
  mallory.shown = shown;
  await changesNothing(t, us, () => us.pull(mallory, { refresh: true }), ['cursors', ...evidence]);
  t.equal(await us.fault(mallory), `the descriptor was refused: ${code}`);
  const kept = await us.rows('SELECT peer, kind, code, body FROM quarantine WHERE body = $1', [shown]);
  t.same(kept, [{ peer: mallory.origin, kind: 'descriptor', code, body: shown }]);
}

test('a descriptor is taken from the node that it describes, with keys that only that node can use', async (t) => {
  const [us, mallory] = await Promise.all([startNode(t), startHostileNode(t)]);
  await us.worker.addPeer(mallory);
  const { descriptor } = mallory;
  const swap = (purpose: 'record' | 'mailbox' | 'transport', jwk: unknown) =>
    descriptor(({ keys }) => Object.assign(keys[purpose], { jwk }));

  for (const [at, hex] of smallOrder.entries())
    await t.test(`small-order point ${at + 1} of 8 as a record key`, (t) =>
      refused(t, us, mallory, swap('record', jwkOf('Ed25519', hex)), 'key_weak'),
    );
  for (const [at, hex] of notCanonical.entries())
    await t.test(`an encoding that is not canonical, ${at + 1} of ${notCanonical.length}`, (t) =>
      refused(t, us, mallory, swap('transport', jwkOf('Ed25519', hex)), 'key_weak'),
    );
  for (const [at, hex] of weakX25519.entries())
    await t.test(`an X25519 key whose shared secret is no secret, ${at + 1} of ${weakX25519.length}`, (t) =>
      refused(t, us, mallory, swap('mailbox', jwkOf('X25519', hex)), 'key_weak'),
    );

  await t.test('a weak identity key under its own fingerprint', async (t) => {
    const weak = jwkOf('Ed25519', smallOrder[2]!);
    const pretender = await startHostileNode(t);
    await us.worker.addPeer({ origin: pretender.origin, fingerprint: thumbprint(weak) });
    const by = { ...pretender.signer('identity'), kid: thumbprint(weak) };
    const shown = pretender.descriptor(({ keys }) => Object.assign(keys.identity, { jwk: weak }), { by });
    await refused(t, us, pretender, shown, 'key_weak');
  });

  const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const elsewhere = 'https://us.example';
  const changed: [string, (body: Descriptor) => unknown, string][] = [
    [
      'one key for two purposes',
      ({ keys }) => Object.assign(keys.record, { jwk: keys.agency.jwk }),
      'keys_not_distinct',
    ],
    [
      'one successor for two purposes',
      ({ keys }) => Object.assign(keys.log, { next: keys.record.next }),
      'keys_not_distinct',
    ],
    [
      'a key that is its own successor',
      ({ keys }) => Object.assign(keys.log, { next: thumbprint(keys.log.jwk) }),
      'keys_not_distinct',
    ],
    ['a private key', ({ keys }) => Object.assign(keys.record.jwk, { d: 'A'.repeat(43) }), 'key_malformed'],
    ['a key of another curve', ({ keys }) => Object.assign(keys.record, { jwk: keys.mailbox.jwk }), 'key_malformed'],
    ['another identity key', ({ keys }) => Object.assign(keys.identity, { jwk: other }), 'fingerprint_mismatch'],
    ['a key missing', ({ keys }) => Reflect.deleteProperty(keys, 'receipt'), 'body_malformed'],
    [
      'an endpoint of another node',
      ({ endpoints }) => Object.assign(endpoints, { exchange: `${elsewhere}/exchange/v1` }),
      'body_malformed',
    ],
    [
      'an endpoint with a user in it',
      ({ endpoints }) => Object.assign(endpoints, { log: mallory.origin.replace('//', '//us.example@') }),
      'body_malformed',
    ],
    ['the log of another node', (body) => Object.assign(body, { log: 'us.example/log/v1' }), 'body_malformed'],
    ['a member that nobody knows', (body) => Object.assign(body, { more: 1 }), 'body_malformed'],
    ['an audience', (body) => Object.assign(body, { aud: us.origin }), 'audience_unexpected'],
  ];
  for (const [what, change, code] of changed)
    await t.test(what, (t) => refused(t, us, mallory, descriptor(change), code));

  await t.test('another node’s URL', (t) =>
    refused(t, us, mallory, descriptor(undefined, { iss: elsewhere }), 'issuer_unexpected'),
  );
  await t.test('another node’s own descriptor', async (t) => {
    const { jws } = (await us.rows<{ jws: string }>('SELECT jws FROM descriptor'))[0]!;
    await refused(t, us, mallory, jws, 'fingerprint_mismatch');
  });
  await t.test('a signature by another of its keys', (t) => {
    const by = { ...mallory.signer('agency'), kid: mallory.fingerprint };
    return refused(t, us, mallory, descriptor(undefined, { by }), 'signature_invalid');
  });

  await t.test('and the right one enrols it', async (t) => {
    mallory.shown = descriptor();
    await us.pull(mallory);
    await us.worker.enrol(mallory.origin);
    t.match(await us.rows('SELECT status FROM peers WHERE origin = $1', [mallory.origin]), [{ status: 'active' }]);
  });
});
