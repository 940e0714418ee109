import fc from 'fast-check';
import { test } from 'tap';
import { issueSdJwt, presentFields, verifySdJwt } from '../src/index.ts';
import { digestOf, encode, goodHeader, issuer, options, refusal, signWith } from './hand-made.ts';

const sign = signWith(issuer.privateKey);
const input = {
  header: goodHeader,
  claims: { iss: 'https://node.example', tick: 7 },
  fields: [
    ['title', 'one'],
    ['summary', 'two'],
    ['evidence', null],
  ],
  sign,
} as const;

/** JSON as it comes back: no -0, no prototype tricks, no lone surrogates, none of the names kept for digests. */
const jsonValue = fc
  .jsonValue({ maxDepth: 4, stringUnit: 'binary' })
  .filter((value) => !/"(_sd|_sd_alg|\.\.\.|__proto__)":/.test(JSON.stringify(value)))
  .map((value) => JSON.parse(JSON.stringify(value)));
const kept = ['_sd', '_sd_alg', '...', '__proto__', 'iss', 'aud', 'exp', 'nbf', 'cnf'];
const name = fc
  .oneof(fc.string({ unit: 'binary' }), fc.constantFrom('constructor', 'toString', 'hasOwnProperty', '0', '', 'then'))
  .filter((text) => !kept.includes(text));

test('every prefix of what was issued verifies to the claims and exactly its fields', async () => {
  const entries = fc.uniqueArray(fc.tuple(name, jsonValue), { selector: ([key]) => key, maxLength: 8 });
  fc.assert(
    fc.property(entries, fc.nat(8), (all, cut) => {
      const claims = Object.fromEntries(all.slice(0, cut));
      const fields = all.slice(cut);
      const issued = issueSdJwt({ header: goodHeader, claims, fields, sign });
      if (issued.lengths.length !== fields.length + 1) throw new Error('there is not one length per number of fields');
      for (let k = 0; k <= fields.length; k++) {
        const verified = verifySdJwt(issued.token.slice(0, issued.lengths[k]), options);
        const expected = Object.fromEntries(all.slice(0, Math.min(cut, all.length) + k));
        if (!sameJson(verified.claims, expected)) throw new Error('other claims came out');
        if (verified.disclosures.length !== k) throw new Error('another number of disclosures came out');
      }
    }),
    { numRuns: 150 },
  );
});

function sameJson(a: unknown, b: unknown): boolean {
  const sorted = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1))
      : value;
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

test('a presentation is a prefix of the token and ends with a tilde', async (t) => {
  const issued = issueSdJwt(input);
  for (let k = 0; k <= 3; k++) {
    const presentation = presentFields(issued, k);
    t.ok(issued.token.startsWith(presentation));
    t.equal(presentation.length, issued.lengths[k]);
    t.equal(presentation.split('~').length, k + 2);
    t.ok(presentation.endsWith('~'));
  }
  t.match(issued.token, /^[\x21-\x7e]+$/);
  for (const k of [-1, 4, 0.5]) t.throws(() => presentFields(issued, k), RangeError);
});

test('the payload holds the claims, the sorted digests and their algorithm, and nothing else', async (t) => {
  const { payload, disclosures, header } = verifySdJwt(issueSdJwt(input).token, options);
  t.strictSame(header, goodHeader);
  t.strictSame(Object.keys(payload), ['iss', 'tick', '_sd', '_sd_alg']);
  t.strictSame(payload._sd, disclosures.map(({ encoded }) => digestOf(encoded)).sort());
  t.equal(payload._sd_alg, 'sha-256');
});

test('salts are 128 bits of base64url, and fresh each time', async (t) => {
  const salts = new Set<string>();
  for (let run = 0; run < 50; run++) {
    for (const { encoded } of verifySdJwt(issueSdJwt(input).token, options).disclosures) {
      const [salt] = JSON.parse(Buffer.from(encoded, 'base64url').toString());
      t.match(salt, /^[\w-]{21}[AQgw]$/);
      salts.add(salt);
    }
  }
  t.equal(salts.size, 150);
});

test('given salts make the disclosure of section 4.2.1, but for its white space', async (t) => {
  const salt = '_26bc4LT-ac6q2KI6cBW5es';
  const issued = issueSdJwt({ ...input, fields: [['family_name', 'Möbius']], salt: () => salt });
  t.equal(issued.token.split('~')[1], encode([salt, 'family_name', 'Möbius']));
  t.equal(
    refusal(() => issueSdJwt({ ...input, salt: () => salt })),
    'salt_refused',
  );
});

const refusals: [sentence: string, change: object, code: string][] = [
  ['a claim named _sd', { claims: { _sd: [] } }, 'claim_name_reserved'],
  ['a claim named _sd_alg', { claims: { _sd_alg: 'sha-256' } }, 'claim_name_reserved'],
  ['a claim with ... inside', { claims: { list: [{ '...': 'x' }] } }, 'claim_name_reserved'],
  ['a claim with _sd deep inside', { claims: { a: [{ b: { _sd: [] } }] } }, 'claim_name_reserved'],
  ['a field with _sd inside', { fields: [['a', { _sd: [] }]] }, 'claim_name_reserved'],
  ['a field named _sd', { fields: [['_sd', 1]] }, 'disclosure_name_reserved'],
  ['a field named ...', { fields: [['...', 1]] }, 'disclosure_name_reserved'],
  ['a field named _sd_alg', { fields: [['_sd_alg', 1]] }, 'disclosure_name_reserved'],
  ['a field named __proto__', { fields: [['__proto__', 1]] }, 'disclosure_name_reserved'],
  ['a field that limits validity', { claims: {}, fields: [['exp', 1]] }, 'disclosure_name_reserved'],
  ['the issuer as a field', { claims: {}, fields: [['iss', 'x']] }, 'disclosure_name_reserved'],
  ['a field with the name of a claim', { fields: [['tick', 1]] }, 'claim_name_clash'],
  ['two fields of one name', { fields: [['a', 1], ['a', 2]] }, 'claim_name_clash'], // biome-ignore format: one a line
  ['a field without a value', { fields: [['a', undefined]] }, 'json_value_refused'],
  ['a value that JSON drops', { fields: [['a', { b: undefined }]] }, 'json_value_refused'],
  ['a date', { fields: [['a', new Date(0)]] }, 'json_value_refused'],
  ['a map', { claims: { a: new Map() } }, 'json_value_refused'],
  ['a big integer', { claims: { a: 1n } }, 'json_value_refused'],
  ['a hole in an array', { claims: { a: new Array(2) } }, 'json_value_refused'],
  ['NaN', { fields: [['a', Number.NaN]] }, 'json_number_out_of_range'],
  ['a lone surrogate in a value', { fields: [['a', '\ud800']] }, 'json_string_ill_formed'],
  ['a lone surrogate in a name', { fields: [['\udc00', 1]] }, 'json_string_ill_formed'],
  ['a member named __proto__', { fields: [['a', JSON.parse('{"__proto__":1}')]] }, 'json_member_refused'],
  ['a value nested too deeply', { fields: [['a', JSON.parse('['.repeat(32) + ']'.repeat(32))]] }, 'json_too_deep'],
  ['a header without algorithm', { header: { typ: 'x' } }, 'algorithm_refused'],
  ['the algorithm none', { header: { alg: 'none' } }, 'algorithm_refused'],
  ['a header with a key', { header: { ...goodHeader, jwk: {} } }, 'header_key_refused'],
  ['a date in the header', { header: { ...goodHeader, since: new Date(0) } }, 'json_value_refused'],
  ['a signature of another length', { sign: () => Buffer.alloc(63) }, 'signature_malformed'],
];
for (const [sentence, change, code] of refusals) {
  test(`issuing refuses ${sentence}`, async (t) => {
    t.equal(
      refusal(() => issueSdJwt({ ...input, ...change })),
      code,
    );
  });
}

test('a field nested as deeply as allowed verifies', async (t) => {
  const value = JSON.parse('['.repeat(31) + ']'.repeat(31));
  const { token } = issueSdJwt({ ...input, fields: [['a', value]] });
  t.strictSame(verifySdJwt(token, options).claims.a, value);
});
