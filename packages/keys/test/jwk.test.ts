import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { calculateJwkThumbprint } from 'jose';
import { test } from 'tap';
import nacl from 'tweetnacl';
import { type PublicJwk, parsePublicJwk, publicKeyOf, thumbprint } from '../src/index.ts';

const p = 2n ** 255n - 19n;

function encode(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
}

function jwkOf(crv: 'Ed25519' | 'X25519', point: Uint8Array): PublicJwk {
  return { kty: 'OKP', crv, x: Buffer.from(point).toString('base64url') };
}

// y of the points of order 8, from their equation: 2·(x,y) has y = 0, so d·y⁴ + 2·y² − 1 = 0 and y² = (−1 ± √(1+d))/d.
function orderEight(): bigint[] {
  const d = (p - 121665n) * power(121666n, p - 2n);
  const root = squareRoot(1n + d)!;
  return [root, p - root].flatMap((r) => {
    const y = squareRoot((r - 1n) * power(d, p - 2n));
    return y === undefined ? [] : [y, p - y];
  });
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let b = ((base % p) + p) % p, e = exponent; e > 0n; b = (b * b) % p, e >>= 1n)
    if (e & 1n) result = (result * b) % p;
  return result;
}

function squareRoot(square: bigint): bigint | undefined {
  const wanted = ((square % p) + p) % p;
  const candidate = power(wanted, (p + 3n) / 8n);
  for (const root of [candidate, (candidate * power(2n, (p - 1n) / 4n)) % p])
    if ((root * root) % p === wanted) return root;
  return undefined;
}

test('thumbprints are those of RFC 8037 A.3 and of jose', async (t) => {
  const example: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
  t.equal(thumbprint(example), 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  const box = jwkOf('X25519', nacl.box.keyPair().publicKey);
  t.equal(thumbprint(box), await calculateJwkThumbprint(box));
  const secret = { kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T' } as const;
  t.equal(thumbprint(secret), await calculateJwkThumbprint(secret));
});

test('the eight small-order Ed25519 points are refused in every encoding, for anybody can sign under them', async (t) => {
  const eights = orderEight();
  t.equal(eights.length, 2);
  const ys = [0n, 1n, p - 1n, ...eights];
  const again = ys.filter((y) => y + p < 2n ** 255n).map((y) => y + p);
  t.same(again, [p, p + 1n], 'those that fit a second, unreduced encoding');
  const encodings = [...ys, ...again].flatMap((y) => [encode(y), encode(y | (1n << 255n))]);
  t.equal(encodings.length, 14);
  let forged = 0;
  for (const point of encodings) {
    const jwk = jwkOf('Ed25519', point);
    t.throws(() => publicKeyOf(jwk), { code: 'key_weak' }, point.toString('hex'));
    // R = the neutral point, S = 0: holds whenever the order of the key divides the hash of the message. OpenSSL 3.5 refuses
    // it by itself, older ones and tweetnacl do not.
    const signature = new Uint8Array(Buffer.concat([encode(1n), Buffer.alloc(32)]));
    const messages = Array.from({ length: 40 }, (_, i) => Uint8Array.of(i));
    if (messages.some((m) => nacl.sign.detached.verify(m, signature, new Uint8Array(point)))) forged++;
  }
  t.ok(forged >= 8, `tweetnacl accepts a forged signature under ${forged} of them`);
});

test('unreduced Ed25519 points are refused', async (t) => {
  for (let y = p; y < 2n ** 255n; y++) {
    t.throws(() => publicKeyOf(jwkOf('Ed25519', encode(y))), { code: 'key_weak' });
    t.throws(() => publicKeyOf(jwkOf('Ed25519', encode(y | (1n << 255n)))), { code: 'key_weak' });
  }
});

test('X25519 points with a known shared secret, and unreduced ones, are refused', async (t) => {
  // RFC 7748 §6.1 and Bernstein’s list: the u of small order on the curve and its twist.
  const eight1 = Buffer.from('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800', 'hex');
  const eight2 = Buffer.from('5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157', 'hex');
  const points = [0n, 1n, p - 1n, p, p + 1n].map(encode).concat(eight1, eight2);
  for (const point of points) {
    t.ok(
      nacl.scalarMult(nacl.randomBytes(32), point).every((byte) => byte === 0),
      'all zero whoever multiplies',
    );
    t.throws(() => publicKeyOf(jwkOf('X25519', point)), { code: 'key_weak' }, point.toString('hex'));
    point[31]! |= 0x80;
    t.throws(() => publicKeyOf(jwkOf('X25519', point)), { code: 'key_weak' }, 'with the unused bit');
  }
  const honest = Buffer.from(nacl.box.keyPair().publicKey);
  publicKeyOf(jwkOf('X25519', honest));
  honest[31]! |= 0x80;
  t.throws(() => publicKeyOf(jwkOf('X25519', honest)), { code: 'key_weak' });
});

test('every key that Node generates is accepted', async () => {
  fc.assert(
    fc.property(fc.constantFrom('Ed25519' as const, 'X25519' as const), (crv) => {
      const pair = crv === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
      const jwk = pair.publicKey.export({ format: 'jwk' }) as PublicJwk;
      return publicKeyOf(jwk).equals(pair.publicKey);
    }),
    { numRuns: 200 },
  );
});

test('a JWK that is not exactly a public key of the wanted curve is refused', async (t) => {
  const good = jwkOf('Ed25519', nacl.sign.keyPair().publicKey);
  t.same(parsePublicJwk(good), good);
  const last = good.x.slice(0, -1) + String.fromCharCode(good.x.charCodeAt(42) + 1);
  const bad: unknown[] = [
    null,
    [],
    'key',
    {},
    { ...good, d: good.x },
    { ...good, kid: thumbprint(good) },
    { ...good, kty: 'EC' },
    { ...good, crv: 'Ed448' },
    { ...good, x: `${good.x}=` },
    { ...good, x: good.x.slice(1) },
    { ...good, x: last },
    { ...good, x: 7 },
  ];
  for (const jwk of bad) t.throws(() => parsePublicJwk(jwk), { code: 'key_malformed' }, JSON.stringify(jwk));
  t.throws(() => parsePublicJwk(good, 'X25519'), { code: 'key_malformed' });
});
