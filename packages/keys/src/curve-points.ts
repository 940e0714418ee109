// Points that no honest key generator yields. Under a small-order Ed25519 key anybody can sign; with a small-order X25519 key
// the shared secret is known to all; an encoding that is not canonical gives one key two thumbprints.

const p = 2n ** 255n - 19n;
const top = 2n ** 255n;

// The y of the eight points of order 1, 2, 4 and 8; each but the first two stands for two points of either sign.
const smallOrderY = new Set([
  1n,
  p - 1n,
  0n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
]);

// The u of the points of order 1, 2, 4 and 8 on the curve and its twist.
const smallOrderU = new Set([
  0n,
  1n,
  p - 1n,
  0x00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0n,
  0x57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5fn,
]);

/** Why a 32-byte Ed25519 public key (RFC 8032 §5.1.2) must not be enrolled, or undefined when nothing speaks against it. */
export function faultOfEd25519(encoded: Uint8Array): string | undefined {
  const y = littleEndian(encoded) % top; // the highest bit is the sign of x
  if (y >= p) return 'y is not reduced';
  if (smallOrderY.has(y)) return 'the point has small order';
  return undefined;
}

/** Why a 32-byte X25519 public key (RFC 7748 §5) must not be enrolled, or undefined when nothing speaks against it. */
export function faultOfX25519(encoded: Uint8Array): string | undefined {
  const u = littleEndian(encoded);
  if (u >= p) return 'u is not reduced'; // the unused highest bit included
  if (smallOrderU.has(u)) return 'the point has small order';
  return undefined;
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}
