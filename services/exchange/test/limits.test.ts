// What a node signs at its largest is taken at a peer's door.

import { generateKeyPairSync } from 'node:crypto';
import { postNotice, postReceipt } from '@detente/contract/exchange';
import { maxReceiptRecords, signReceipt, signStatement } from '@detente/keys';
import { parseRecall, RECALLED_AT_ONCE } from '@detente/reciprocity';
import { compile } from '@detente/schema';
import { test } from 'tap';

const { privateKey } = generateKeyPairSync('ed25519');
const kid = Buffer.alloc(32, 255).toString('base64url');
const publicJwk = { kty: 'OKP', crv: 'Ed25519', x: kid } as const;
const hash = (at: number) =>
  Buffer.alloc(32, at)
    .fill(at >> 8, 1, 2)
    .toString('base64url');
/** The longest name that DNS allows. */
const origin = (letter: string) => `https://${[63, 63, 63, 61].map((length) => letter.repeat(length)).join('.')}:65535`;
const parties = { iss: origin('a'), aud: origin('b'), seq: Number.MAX_SAFE_INTEGER };

function fits(endpoint: typeof postNotice | typeof postReceipt, body: object): boolean {
  return compile(endpoint.body.schema).check(body) && JSON.stringify(body).length <= endpoint.body.maxBytes;
}

test('the largest recall fits into a notice', async (t) => {
  const records = Array.from({ length: RECALLED_AT_ONCE }, (_, at) => {
    return { id: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', digest: hash(at) };
  });
  const body = parseRecall({ cause: 'retracted', level: 0, records });
  const { jws } = await signStatement({ typ: 'detente-recall+jwt', ...parties, body }, { kid, privateKey });
  t.ok(fits(postNotice, { recall: jws }), `${jws.length} characters`);
});

test('the largest receipt fits into its call', async (t) => {
  const late = Number.MAX_SAFE_INTEGER;
  const records = Array.from({ length: maxReceiptRecords }, (_, at) => {
    return { digest: hash(at), level: 5, disclosed: hash(at), late };
  });
  const log = `${parties.aud.slice('https://'.length)}/log/v1`;
  const body = { log, page: { after: 0, next: late }, records };
  const { jws } = await signReceipt({ ...parties, body }, { kid, privateKey, publicJwk });
  t.ok(fits(postReceipt, { receipt: jws }), `${jws.length} characters`);
});
