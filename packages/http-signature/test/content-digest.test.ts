import { test } from 'tap';
import { contentDigest, verifyContentDigest } from '../src/index.ts';
import { refusalOf } from './support.ts';

const body = Buffer.from('{"hello": "world"}');
const digest = 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:';

test('the digests are those that RFC 9421 §1.4 and RFC 9530 Appendix B print', async (t) => {
  t.equal(contentDigest(body), digest);
  t.equal(contentDigest('{"hello": "world"}\n'), 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:');
  t.equal(contentDigest(''), 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:');
});

test('a digest is accepted in one spelling and for one body', async (t) => {
  t.equal(verifyContentDigest(digest, body), digest);
  const table: [value: string | undefined, code: string][] = [
    [undefined, 'digest_missing'],
    ['', 'digest_malformed'],
    [digest.replace('sha-256', 'SHA-256'), 'digest_malformed'],
    [digest.replace('sha-256', 'sha-512'), 'digest_malformed'],
    [`${digest}, ${digest}`, 'digest_malformed'],
    [`${digest};a=1`, 'digest_malformed'],
    [digest.slice(0, -2), 'digest_malformed'],
    [digest.replace('PE=', 'PF='), 'digest_malformed'],
    [digest.replace('X4', 'X5'), 'digest_mismatch'],
    [contentDigest(''), 'digest_mismatch'],
  ];
  for (const [value, code] of table)
    t.equal(
      refusalOf(() => verifyContentDigest(value, body)),
      code,
      String(value),
    );
});
