import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'tap';
import {
  digest,
  disclosedDigest,
  loadKeys,
  type Signer,
  type StatementTyp,
  signStatement,
  statementPurpose,
  statementTyp,
  verifyStatement,
} from '../src/index.ts';
import { codeOf } from './code-of.ts';
import { keyForOnly, newNode } from './key-folder.ts';

const iss = 'https://cn.example';
const aud = 'https://us.example:8443';
const typ = 'detente-offer+jwt';
const typs = Object.keys(statementPurpose) as StatementTyp[];

function b64(text: string | Uint8Array): string {
  return Buffer.from(text as string).toString('base64url');
}

/** Signs whatever it is given: what a hostile node would send. */
function forge(signer: Signer, header: object | string, payload: object | string): string {
  const text = (part: object | string) => b64(typeof part === 'string' ? part : JSON.stringify(part));
  const signed = `${text(header)}.${text(payload)}`;
  return `${signed}.${b64(sign(null, Buffer.from(signed), signer.privateKey))}`;
}

test('a statement is verified as it was signed, and named by its digest', async (t) => {
  const signer = newNode(t).worker.signer('agency');
  const keyFor = keyForOnly(signer);
  const { jws, digest: name } = await signStatement({ typ, iss, aud, seq: 3, body: { gives: [], 名: 'ü' } }, signer);
  const [header, payload] = jws.split('.');
  t.same(JSON.parse(Buffer.from(header!, 'base64url').toString()), { alg: 'Ed25519', typ, kid: signer.kid });
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as Record<string, unknown>;
  t.same(Object.keys(claims), ['iss', 'aud', 'seq', 'jti', 'gives', '名']);
  t.match(claims.jti, /^[\w-]{22}$/);
  const verified = await verifyStatement(jws, { typ, iss, aud, keyFor });
  const expected = { iss, aud, seq: 3, jti: claims.jti, body: { gives: [], 名: 'ü' }, kid: signer.kid, digest: name };
  t.same(verified, expected);
  const bytes = `detente/1\n${typ}\n${header}.${payload}`;
  t.equal(name, createHash('sha256').update(bytes).digest('base64url'));
  t.equal(name, digest(typ, `${header}.${payload}`));
});

test('any body of JSON survives, whatever it says', async (t) => {
  const signer = newNode(t).worker.signer('agency');
  const keyFor = keyForOnly(signer);
  const name = fc.string({ unit: 'binary' }).filter((text) => !['iss', 'aud', 'seq', 'jti'].includes(text));
  const body = fc.dictionary(name, fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }), { noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(body, fc.integer({ min: 1 }), fc.boolean(), async (value, seq, open) => {
      const to = open ? {} : { aud };
      fc.pre(!/\\u0000/.test(JSON.stringify(value)));
      const { jws } = await signStatement({ typ, iss, ...to, seq, body: value }, signer);
      const verified = await verifyStatement(jws, { typ, iss, ...to, keyFor });
      t.equal(JSON.stringify(verified.body), JSON.stringify(JSON.parse(JSON.stringify(value))));
    }),
    { numRuns: 200 },
  );
});

test('every change of one byte is refused', async (t) => {
  const signer = newNode(t).worker.signer('agency');
  const keyFor = keyForOnly(signer);
  const { jws } = await signStatement({ typ, iss, aud, seq: 1, body: { gives: [{ tier: 'green' }] } }, signer);
  const bytes = Buffer.from(jws, 'latin1');
  const codes = new Map<string, number>();
  for (let i = 0; i < bytes.length; i++) {
    for (let bit = 0; bit < 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1 << bit;
      const code = await codeOf(verifyStatement(changed.toString('latin1'), { typ, iss, aud, keyFor }));
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  t.notOk(codes.has('accepted'));
  t.ok(
    [...codes.keys()].every((code) => /^[a-z0-9_]+$/.test(code)),
    [...codes.keys()].join(),
  );
  for (let i = 0; i < jws.length; i++) {
    const cut = [jws.slice(0, i) + jws.slice(i + 1), jws.slice(0, i)];
    for (const text of cut) t.not(await codeOf(verifyStatement(text, { typ, iss, aud, keyFor })), 'accepted');
  }
});

test('a statement of one typ never verifies as another', async (t) => {
  const signer = newNode(t).worker.signer('agency');
  const keyFor = keyForOnly(signer);
  const digests = new Set<string>();
  for (const signed of typs) {
    const statement = await signStatement({ typ: signed, iss, seq: 1, jti: 'A'.repeat(22), body: {} }, signer);
    digests.add(statement.digest);
    for (const read of typs) {
      const code = await codeOf(verifyStatement(statement.jws, { typ: read, iss, keyFor }));
      t.equal(code, read === signed ? 'accepted' : 'typ_unexpected', `${signed} as ${read}`);
    }
  }
  t.equal(digests.size, typs.length);
});

test('the typ of a statement is read from its header alone, and is one that there is', (t) => {
  for (const known of typs) t.equal(statementTyp(`${b64(JSON.stringify({ typ: known }))}.x.y`), known);
  for (const header of ['{"typ":"detente+sd-jwt"}', '{"typ":7}', '{}', 'null', '[]', '7'])
    t.throws(() => statementTyp(`${b64(header)}.x.y`), { code: 'typ_unexpected' }, header);
  for (const jws of ['', '.x.y', 'x', `${b64('{')}.x.y`])
    t.throws(() => statementTyp(jws), { code: 'jws_malformed' }, jws);
  t.end();
});

test('a payload that is no object is refused though its signature holds', async (t) => {
  const signer = newNode(t).worker.signer('agency');
  for (const payload of ['null', '[]', '7', '"x"']) {
    const jws = forge(signer, { alg: 'Ed25519', typ, kid: signer.kid }, payload);
    t.equal(
      await codeOf(verifyStatement(jws, { typ, iss, aud, keyFor: keyForOnly(signer) })),
      'claims_malformed',
      payload,
    );
  }
});

test('another algorithm is refused before anything is computed', async (t) => {
  const signer = newNode(t).worker.signer('agency');
  const keyFor = keyForOnly(signer);
  const payload = { iss, seq: 1, jti: 'A'.repeat(22) };
  for (const alg of [
    'none',
    'None',
    'HS256',
    'ES256',
    'EdDSA',
    'ed25519',
    'Ed25519ph',
    'RS256',
    '',
    null,
    ['Ed25519'],
  ]) {
    const code = await codeOf(
      verifyStatement(forge(signer, { alg, typ, kid: signer.kid }, payload), { typ, iss, keyFor }),
    );
    t.equal(code, 'algorithm_refused', String(alg));
  }
  const [, body] = forge(signer, {}, payload).split('.');
  const none = `${b64(JSON.stringify({ alg: 'none', typ, kid: signer.kid }))}.${body}`;
  t.equal(await codeOf(verifyStatement(`${none}.`, { typ, iss, keyFor })), 'jws_malformed');

  // The public key as an HMAC secret, and a good ES256 signature.
  const hs = `${b64(JSON.stringify({ alg: 'HS256', typ, kid: signer.kid }))}.${body}`;
  const mac = createHmac('sha512', Buffer.from(signer.publicJwk.x, 'base64url')).update(hs).digest('base64url');
  t.equal(await codeOf(verifyStatement(`${hs}.${mac}`, { typ, iss, keyFor })), 'algorithm_refused');
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const es = `${b64(JSON.stringify({ alg: 'ES256', typ, kid: signer.kid }))}.${body}`;
  const signature = sign('sha256', Buffer.from(es), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });
  const keyForEc = () => ec.publicKey;
  t.equal(
    await codeOf(verifyStatement(`${es}.${b64(signature)}`, { typ, iss, keyFor: keyForEc })),
    'algorithm_refused',
  );
  const asEd = `${b64(JSON.stringify({ alg: 'Ed25519', typ, kid: signer.kid }))}.${body}.${b64(signature)}`;
  t.equal(await codeOf(verifyStatement(asEd, { typ, iss, keyFor: keyForEc })), 'signature_invalid');
});

test('a header that brings a key, an extension or anything else is refused though its signature holds', async (t) => {
  const { worker, exchange } = newNode(t);
  const signer = worker.signer('agency');
  const keyFor = keyForOnly(signer);
  const good = { alg: 'Ed25519', typ, kid: signer.kid };
  const payload = { iss, seq: 1, jti: 'A'.repeat(22) };
  t.equal(await codeOf(verifyStatement(forge(signer, good, payload), { typ, iss, keyFor })), 'accepted');
  const more = [
    { jwk: signer.publicJwk },
    { jku: 'https://cn.example/keys' },
    { x5c: ['MIIB'] },
    { x5u: 'https://cn.example/cert' },
    { crit: ['exp'], exp: 1 },
    { b64: false, crit: ['b64'] },
    { b64: true },
    { cty: 'json' },
    { zip: 'DEF' },
    { iss },
  ];
  for (const members of more) {
    const code = await codeOf(verifyStatement(forge(signer, { ...good, ...members }, payload), { typ, iss, keyFor }));
    t.equal(code, 'header_refused', JSON.stringify(members));
  }
  const odd: [object | string, string][] = [
    [{ alg: 'Ed25519', typ }, 'header_refused'],
    [{ alg: 'Ed25519', kid: signer.kid }, 'header_refused'],
    [{ ...good, kid: signer.kid.slice(1) }, 'header_refused'],
    [{ ...good, kid: 1 }, 'header_refused'],
    [{ ...good, typ: typ.toUpperCase() }, 'typ_unexpected'],
    [{ ...good, typ: 'application/detente-offer+jwt' }, 'typ_unexpected'],
    [[], 'header_refused'],
    ['null', 'header_refused'],
    ['"x"', 'header_refused'],
    ['{', 'json_malformed'],
    [`{"alg":"none","alg":"Ed25519","typ":"${typ}","kid":"${signer.kid}"}`, 'json_not_canonical'],
    [`{"alg":"Ed25519","typ":"${typ}","kid":"${signer.kid}", "kid":"${signer.kid}"}`, 'json_not_canonical'],
    [`{"\\u0061lg":"Ed25519","typ":"${typ}","kid":"${signer.kid}"}`, 'json_not_canonical'],
  ];
  for (const [header, expected] of odd) {
    const code = await codeOf(verifyStatement(forge(signer, header, payload), { typ, iss, keyFor }));
    t.equal(code, expected, JSON.stringify(header));
  }
  const foreign = exchange.signer('receipt');
  const unknown = forge(foreign, { ...good, kid: foreign.kid, jwk: foreign.publicJwk }, payload);
  t.equal(await codeOf(verifyStatement(unknown, { typ, iss, keyFor })), 'header_refused');
  t.equal(
    await codeOf(verifyStatement(forge(foreign, { ...good, kid: foreign.kid }, payload), { typ, iss, keyFor })),
    'key_unknown',
  );
  t.equal(await codeOf(verifyStatement(forge(foreign, good, payload), { typ, iss, keyFor })), 'signature_invalid');
});

test('a payload with a second reading is refused though its signature holds', async (t) => {
  const signer = newNode(t).worker.signer('agency');
  const keyFor = keyForOnly(signer);
  const header = { alg: 'Ed25519', typ, kid: signer.kid };
  const jti = 'A'.repeat(22);
  const bad: [string, string][] = [
    [`{"iss":"${iss}","seq":1,"jti":"${jti}","seq":2}`, 'json_not_canonical'],
    [`{"iss":"${iss}","seq":1,"jti":"${jti}","a":{"b":1,"b":1}}`, 'json_not_canonical'],
    [`{"iss":"${iss}","seq":1,"jti":"${jti}" }`, 'json_not_canonical'],
    [`{"iss":"${iss}","seq":1.0,"jti":"${jti}"}`, 'json_not_canonical'],
    [`{"iss":"${iss}","seq":1,"jti":"${jti}","n":9007199254740993}`, 'json_not_canonical'],
    [`{"iss":"${iss}","seq":1,"jti":"${jti}","n":-0}`, 'json_not_canonical'],
    [`{"iss":"${iss}","seq":1,"jti":"${jti}","a":"\\/"}`, 'json_not_canonical'],
    [`{"iss":"${iss}","seq":1,"jti":"${jti}","a":"\\ud800"}`, 'json_malformed'],
    [`{"iss":"${iss}","seq":1,"jti":"${jti}","a":"\\\\\\u0000"}`, 'json_malformed'],
    [`{"iss":"${iss}","seq":1,"jti":"${jti}","a":"\\\\ud800"}`, 'accepted'],
    [`\ufeff{"iss":"${iss}","seq":1,"jti":"${jti}"}`, 'json_malformed'],
    [`{"iss":"${iss}","seq":1,"jti":"${jti}"}{}`, 'json_malformed'],
    [`${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'json_malformed'],
    ['[]', 'claims_malformed'],
    ['"text"', 'claims_malformed'],
    [`{"seq":1,"jti":"${jti}"}`, 'claims_malformed'],
    [`{"iss":"${iss}","jti":"${jti}"}`, 'claims_malformed'],
    [`{"iss":"${iss}","seq":0,"jti":"${jti}"}`, 'claims_malformed'],
    [`{"iss":"${iss}","seq":1.5,"jti":"${jti}"}`, 'claims_malformed'],
    [`{"iss":"${iss}","seq":"1","jti":"${jti}"}`, 'claims_malformed'],
    [`{"iss":"${iss}","seq":1}`, 'claims_malformed'],
    [`{"iss":"${iss}","seq":1,"jti":"${jti}A"}`, 'claims_malformed'],
    [`{"iss":"${iss}","seq":1,"jti":"AAAAAAAAAAAAAAAAAAAAAB"}`, 'claims_malformed'],
    [`{"iss":"${iss}","aud":null,"seq":1,"jti":"${jti}"}`, 'claims_malformed'],
    [`{"iss":"${iss}","aud":["${aud}"],"seq":1,"jti":"${jti}"}`, 'claims_malformed'],
    [`{"iss":"${iss}/","seq":1,"jti":"${jti}"}`, 'issuer_unexpected'],
    [`{"iss":"${iss}","aud":"${aud}","seq":1,"jti":"${jti}"}`, 'audience_unexpected'],
  ];
  for (const [payload, expected] of bad) {
    const code = await codeOf(verifyStatement(forge(signer, header, payload), { typ, iss, keyFor }));
    t.equal(code, expected, payload.slice(0, 100));
  }
  const open = forge(signer, header, { iss, seq: 1, jti });
  t.equal(await codeOf(verifyStatement(open, { typ, iss, aud, keyFor })), 'audience_unexpected');
  const latin1 = `${b64(JSON.stringify(header))}.${b64(Buffer.from(`{"iss":"${iss}","a":"\xe9"}`, 'latin1'))}`;
  const signature = b64(sign(null, Buffer.from(latin1), signer.privateKey));
  t.equal(await codeOf(verifyStatement(`${latin1}.${signature}`, { typ, iss, keyFor })), 'json_malformed');
});

test('a serialization that is not compact, detached, unencoded or spelled otherwise is refused', async (t) => {
  const signer = newNode(t).worker.signer('agency');
  const keyFor = keyForOnly(signer);
  const { jws } = await signStatement({ typ, iss, seq: 1, jti: 'A'.repeat(22), body: { a: 1 } }, signer);
  const [header, payload, signature] = jws.split('.') as [string, string, string];
  const plain = Buffer.from(payload, 'base64url').toString();
  const unused = signature.slice(0, -1) + String.fromCharCode(signature.charCodeAt(85) + 1);
  const bad: [string, string][] = [
    [`${header}..${signature}`, 'jws_malformed'],
    [`${header}.${payload}`, 'jws_malformed'],
    [`${header}.${payload}.`, 'jws_malformed'],
    [`${jws}.`, 'jws_malformed'],
    [`${jws}.${signature}`, 'jws_malformed'],
    [`${jws}~`, 'base64url_not_canonical'],
    [`${header}.${plain}.${signature}`, 'jws_malformed'], // the dot of its issuer,
    [JSON.stringify({ protected: header, payload, signature }), 'jws_malformed'],
    [`${header}.{}.${signature}`, 'base64url_not_canonical'],
    [`${header}=.${payload}.${signature}`, 'base64url_not_canonical'],
    [`${header}.${payload}=.${signature}`, 'base64url_not_canonical'],
    [`${header}.${payload}.${signature}==`, 'base64url_not_canonical'],
    [` ${jws}`, 'base64url_not_canonical'],
    [`${jws}\n`, 'base64url_not_canonical'],
    [`${header}.${payload}.${unused}`, 'base64url_not_canonical'],
    [`${header}.${payload}.${signature.slice(0, 84)}`, 'base64url_not_canonical'],
    [`${header}.${payload}.${Buffer.alloc(64, 0xff).toString('base64')}`, 'base64url_not_canonical'],
    [`${header}.${'A'.repeat(1_000_000)}.${signature}`, 'jws_malformed'],
  ];
  for (const [text, expected] of bad) {
    t.equal(await codeOf(verifyStatement(text, { typ, iss, keyFor })), expected, text.slice(-100));
  }
  t.equal(await codeOf(verifyStatement(undefined as unknown as string, { typ, iss, keyFor })), 'jws_malformed');

  // RFC 8032 §5.1.7: S must be below the group order, else each signature has a second spelling.
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const bytes = Buffer.from(signature, 'base64url');
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
  const respelled = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
  const other = `${header}.${payload}.${b64(Buffer.concat([bytes.subarray(0, 32), respelled]))}`;
  t.equal(await codeOf(verifyStatement(other, { typ, iss, keyFor })), 'signature_invalid');
});

test('what nobody would accept is not signed', async (t) => {
  const signer = newNode(t).worker.signer('agency');
  const sign1 = (change: object) => codeOf(signStatement({ typ, iss, seq: 1, body: {}, ...change }, signer));
  t.equal(await sign1({}), 'accepted');
  t.equal(await sign1({ iss: 'https://cn.example/' }), 'origin_malformed');
  t.equal(await sign1({ iss: 'https://CN.example' }), 'origin_malformed');
  t.equal(await sign1({ iss: 'ftp://cn.example' }), 'origin_malformed');
  t.equal(await sign1({ aud: 'us.example' }), 'origin_malformed');
  t.equal(await sign1({ seq: 0 }), 'claims_malformed');
  t.equal(await sign1({ jti: 'short' }), 'claims_malformed');
  t.equal(await sign1({ body: { seq: 2 } }), 'claims_malformed');
  t.equal(await sign1({ body: { text: '\ud800' } }), 'json_malformed');
});

test('a key’s purpose decides which statement it can sign', async (t) => {
  const { root } = newNode(t);
  const worker = loadKeys(`${root}/worker`);
  const offer = await signStatement({ typ, iss, seq: 1, body: {} }, worker.signer(statementPurpose[typ]));
  const keyFor = keyForOnly(worker.signer('record'));
  t.equal(await codeOf(verifyStatement(offer.jws, { typ, iss, keyFor })), 'key_unknown');
});

test('the digest of what is disclosed differs for every prefix and ignores the signed part', async (t) => {
  const disclosures = ['WyJhIl0', 'WyJiIl0', 'WyJjIl0'];
  const prefixes = [0, 1, 2, 3].map(
    (n) =>
      `h.p.s~${disclosures
        .slice(0, n)
        .map((d) => `${d}~`)
        .join('')}`,
  );
  const digests = prefixes.map(disclosedDigest);
  t.equal(new Set(digests).size, 4);
  t.equal(disclosedDigest(prefixes[2]!.replace('s', 'respelled')), digests[2]);
  t.equal(digests[0], createHash('sha256').update('detente/disclosed/1\n~').digest('base64url'));
});
