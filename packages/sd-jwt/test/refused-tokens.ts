// Tokens that are good but for one thing, with the code of their refusal: what RFC 9901 §7.1 requires, and more.
import { createHmac, createSecretKey, generateKeyPairSync, sign } from 'node:crypto';
import { issueSdJwt, type VerifyOptions } from '../src/index.ts';
import { digestOf, disclosing, encode, goodHeader, handMade, issuer, signWith } from './hand-made.ts';

export type Row = [sentence: string, token: () => string, code: string, change?: Partial<VerifyOptions>];

export const good = issueSdJwt({
  header: goodHeader,
  claims: { iss: 'https://node.example', id: 'x' },
  fields: [
    ['title', 'Möbius 漢字'],
    ['summary', { a: [1, 2] }],
  ],
  sign: signWith(issuer.privateKey),
}).token;
export const [jwt, first, second] = good.split('~') as [string, string, string];
export const [header, payload, signature] = jwt.split('.') as [string, string, string];
export const one = encode(['salt', 'a', 1]);
export const element = encode(['salt', 'x']);

/** The next character: of the last one of a part, it changes bits that no byte uses. */
function respelled(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return part.slice(0, -1) + alphabet[alphabet.indexOf(part.at(-1)!) + 1];
}

/** A disclosure and a payload that have unused bits at their end. */
const slackDisclosure = encode('["salt","ab",12]');
const slackPayload = encode('{"a":1}');

function signed(...parts: [string, string]): string {
  const input = parts.join('.');
  return `${input}.${encode(signWith(issuer.privateKey)(input))}`;
}

export const form: Row[] = [
  ['an empty string', () => '', 'token_malformed'],
  ['a tilde alone', () => '~', 'token_malformed'],
  ['no tilde at all', () => jwt, 'token_malformed'],
  ['no final tilde', () => good.slice(0, -1), 'token_malformed'],
  ['an extra tilde at the end', () => `${good}~`, 'token_malformed'],
  ['an extra tilde at the start', () => `~${good}`, 'token_malformed'],
  ['an extra tilde between disclosures', () => `${jwt}~${first}~~${second}~`, 'token_malformed'],
  ['a newline at the end', () => `${good}\n`, 'token_malformed'],
  ['a newline before the final tilde', () => `${good.slice(0, -1)}\n~`, 'base64url_not_canonical'],
  ['a space at the start', () => ` ${good}`, 'base64url_not_canonical'],
  ['two parts in the JWT', () => `${header}.${payload}~${first}~`, 'token_malformed'],
  ['four parts in the JWT', () => `${jwt}.x~${first}~`, 'token_malformed'],
  ['an empty header', () => `.${payload}.${signature}~`, 'token_malformed'],
  ['an empty payload', () => `${header}..${signature}~`, 'token_malformed'],
  ['an empty signature', () => `${header}.${payload}.~`, 'token_malformed'],
  ['a key binding JWT', () => `${good}${jwt}`, 'key_binding_present'],
  ['a key binding JWT without disclosures', () => `${jwt}~${jwt}`, 'key_binding_present'],
  ['padding behind the header', () => `${signed(`${header}=`, payload)}~`, 'base64url_not_canonical'],
  ['padding behind the signature', () => good.replace(signature, `${signature}==`), 'base64url_not_canonical'],
  ['padding behind a disclosure', () => good.replace(first, `${first}=`), 'base64url_not_canonical'],
  ['the other alphabet', () => `${jwt}~${encode('["s","a","????"]').replace('_', '/')}~`, 'base64url_not_canonical'],
  ['a letter beyond ASCII', () => good.replace(first, `${first}\u0141`), 'base64url_not_canonical'],
  ['a character too many', () => good.replace(first, `${encode('["salt","abcd",1]x')}A`), 'base64url_not_canonical'],
  [
    'a respelled header',
    () => `${signed(respelled(encode('{"alg":"Ed25519"}')), payload)}~`,
    'base64url_not_canonical',
  ],
  ['a respelled payload', () => `${signed(header, respelled(slackPayload))}~`, 'base64url_not_canonical'],
  ['a respelled signature', () => good.replace(signature, respelled(signature)), 'base64url_not_canonical'],
  [
    'a respelled disclosure, though its digest is signed',
    () => handMade({ _sd: [digestOf(respelled(slackDisclosure))] }, [respelled(slackDisclosure)]),
    'base64url_not_canonical',
  ],
];

export const limits: Row[] = [
  ['more characters than allowed', () => good, 'token_too_long', { limits: { maxLength: good.length - 1 } }],
  ['more characters than the default allows', () => `${good}${'A'.repeat(262_144)}~`, 'token_too_long'],
  ['more disclosures than allowed', () => good, 'disclosures_too_many', { limits: { maxDisclosures: 1 } }],
  ['more disclosures than the default allows', () => `${jwt}~${`${one}~`.repeat(257)}`, 'disclosures_too_many'],
  ['a payload nested too deeply', () => handMade({ a: [[1]] }), 'json_too_deep', { limits: { maxDepth: 2 } }],
  [
    'a disclosure nested too deeply',
    () => disclosing([['s', 'a', [[]]]]),
    'json_too_deep',
    { limits: { maxDepth: 2 } },
  ],
  [
    'a header nested too deeply',
    () => handMade({}, [], { ...goodHeader, a: [[]] }),
    'json_too_deep',
    { limits: { maxDepth: 2 } },
  ],
];

/** Disclosures inside one another, each no deeper than two levels, or three: by the members of objects, within a member, by the
 *  elements of arrays, or within an element. Only together are they deep. */
export function chain(links: number, within = (digests: object): unknown => digests): string {
  const disclosures = [one];
  for (let i = 1; i < links; i++)
    disclosures.push(encode(['s', 'a', within({ _sd: [digestOf(disclosures[i - 1]!)] })]));
  return handMade({ _sd: [digestOf(disclosures.at(-1)!)] }, disclosures);
}

export function chainOfElements(links: number): string {
  const disclosures = [element];
  for (let i = 1; i < links; i++) disclosures.push(encode(['s', [{ '...': digestOf(disclosures[i - 1]!) }]]));
  return handMade({ a: [{ '...': digestOf(disclosures.at(-1)!) }] }, disclosures);
}

export const deep: Row[] = [
  ['claims nested too deeply once disclosed', () => chain(40), 'json_too_deep'],
  ['claims nested too deeply within members', () => chain(40, (a) => ({ a })), 'json_too_deep'],
  ['claims nested too deeply within elements', () => chain(40, (a) => [a]), 'json_too_deep'],
  ['claims nested too deeply by elements', () => chainOfElements(40), 'json_too_deep'],
];

export const json: Row[] = [
  ['a header that is no JSON', () => handMade({}, [], '{'), 'header_malformed'],
  ['a header that is no object', () => handMade({}, [], '["alg"]'), 'header_malformed'],
  ['a header that is null', () => handMade({}, [], 'null'), 'header_malformed'],
  ['a payload that is no JSON', () => handMade('{"a":1,}'), 'payload_malformed'],
  ['a payload that is an array', () => handMade([]), 'payload_malformed'],
  ['a payload that is no UTF-8', () => handMade(Buffer.from([0x22, 0xff, 0x22])), 'payload_malformed'],
  ['a payload with a byte order mark', () => handMade('\ufeff{}'), 'payload_malformed'],
  ['a member twice in the header', () => handMade({}, [], '{"alg":"none","alg":"Ed25519"}'), 'json_duplicate_member'],
  ['a member twice in the payload', () => handMade('{"iss":"a","iss":"b"}'), 'json_duplicate_member'],
  ['a member twice deep in the payload', () => handMade('{"x":[{"y":{"a":1,"\\u0061":2}}]}'), 'json_duplicate_member'],
  ['two _sd', () => handMade('{"_sd":[],"_sd":["x"]}'), 'json_duplicate_member'],
  ['a member twice in a disclosure', () => disclosing(['["s","a",{"b":1,"b":1}]']), 'json_duplicate_member'],
  ['__proto__ in the payload', () => handMade('{"__proto__":{"admin":true}}'), 'json_member_refused'],
  ['__proto__ in a disclosed value', () => disclosing(['["s","a",{"__proto__":{}}]']), 'json_member_refused'],
  ['__proto__ in the header', () => handMade({}, [], '{"alg":"Ed25519","__proto__":{}}'), 'json_member_refused'],
  ['a lone surrogate in the payload', () => handMade('{"a":"\\ud800"}'), 'json_string_ill_formed'],
  ['a lone surrogate in a disclosed name', () => disclosing(['["s","\\udfff",1]']), 'json_string_ill_formed'],
  ['a number that is not finite', () => handMade('{"a":1e999}'), 'json_number_out_of_range'],
];

const hmacKey = createSecretKey(Buffer.from(issuer.publicKey.export({ format: 'pem', type: 'spki' })));
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const es256 = { algorithms: ['ES256'], key: p256.publicKey } as const;
const otherHeader = (change: object) => handMade({}, [], { ...goodHeader, ...change });

// §7.1 step 2
export const signatures: Row[] = [
  ['the algorithm none', () => `${encode({ alg: 'none' })}.${payload}.${signature}~`, 'algorithm_refused'],
  ['no algorithm', () => handMade({}, [], { typ: 'x' }), 'algorithm_refused'],
  ['an algorithm in another case', () => otherHeader({ alg: 'ed25519' }), 'algorithm_refused'],
  ['the algorithm EdDSA', () => otherHeader({ alg: 'EdDSA' }), 'algorithm_refused'],
  ['an algorithm in an array', () => otherHeader({ alg: ['Ed25519'] }), 'algorithm_refused'],
  ['an algorithm that the caller did not allow', () => good, 'algorithm_refused', { algorithms: ['ES256'] }],
  ['any algorithm where none is allowed', () => good, 'algorithm_refused', { algorithms: [] }],
  ['a MAC made with the public key', macWithPublicKey, 'algorithm_refused'],
  ['a secret key', () => good, 'key_unsuitable', { key: hmacKey }],
  ['a key for another algorithm', () => good, 'key_unsuitable', { key: p256.publicKey }],
  ['an Ed25519 key for ES256', () => otherHeader({ alg: 'ES256' }), 'key_unsuitable', { algorithms: ['ES256'] }],
  ['an X25519 key', () => good, 'key_unsuitable', { key: generateKeyPairSync('x25519').publicKey }],
  ['an Ed448 key', () => good, 'key_unsuitable', { key: generateKeyPairSync('ed448').publicKey }],
  [
    'a key on another curve',
    () => otherHeader({ alg: 'ES256' }),
    'key_unsuitable',
    { algorithms: ['ES256'], key: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey },
  ],
  ['a key that nobody knows', () => good, 'key_unknown', { key: () => undefined }],
  ["somebody else's signature", () => good, 'signature_invalid', { key: generateKeyPairSync('ed25519').publicKey }],
  ['a signature over another payload', () => good.replace(payload, encode({ iss: 'y' })), 'signature_invalid'],
  ['a signature over another header', () => good.replace(header, encode({ alg: 'Ed25519' })), 'signature_invalid'],
  ['a signature that is too short', () => good.replace(signature, signature.slice(0, 84)), 'signature_invalid'],
  ['a signature that is too long', () => good.replace(signature, `${signature.slice(0, 84)}AAAA`), 'signature_invalid'],
  ['an Ed25519 signature with L added to S', () => good.replace(signature, addOrder(signature)), 'signature_invalid'],
  ['an ES256 signature in DER', () => es256Token('der'), 'signature_invalid', es256],
  ['a critical extension', () => otherHeader({ crit: ['exp'], exp: 1 }), 'crit_present'],
  ['an empty list of critical extensions', () => otherHeader({ crit: [] }), 'crit_present'],
  ['the member b64', () => otherHeader({ b64: true }), 'header_malformed'],
  ['a key in the header', () => otherHeader({ jwk: issuer.publicKey.export({ format: 'jwk' }) }), 'header_key_refused'],
  ['a place for keys in the header', () => otherHeader({ jku: 'https://node.example' }), 'header_key_refused'],
  ['a certificate in the header', () => otherHeader({ x5c: [] }), 'header_key_refused'],
  ['a place for certificates in the header', () => otherHeader({ x5u: '' }), 'header_key_refused'],
  ['another typ', () => good, 'typ_unexpected', { typ: 'example+jwt' }],
  ['no typ where one is expected', () => handMade({}, [], { alg: 'Ed25519' }), 'typ_unexpected', { typ: 'x' }],
];

function macWithPublicKey(): string {
  const input = `${encode({ ...goodHeader, alg: 'HS256' })}.${payload}`;
  return `${input}.${createHmac('sha256', hmacKey).update(input).digest('base64url')}~`;
}

export function es256Token(dsaEncoding: 'der' | 'ieee-p1363'): string {
  const input = `${encode({ alg: 'ES256' })}.${encode({ a: 1 })}`;
  return `${input}.${encode(sign('sha256', Buffer.from(input), { key: p256.privateKey, dsaEncoding }))}~`;
}

/** RFC 8032 §5.1.7 wants S below the group's order; S plus the order would verify too. */
function addOrder(text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
  Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().copy(bytes, 32);
  return encode(bytes);
}

export const inner = encode(['s2', 'b', { _sd: [digestOf(one)] }]);
export const sd = (...disclosures: string[]) => ({ _sd: disclosures.map(digestOf) });

// §7.1 steps 2.4 to 5
export const disclosed: Row[] = [
  ['a digest algorithm that nobody knows', () => handMade({ _sd_alg: 'sha-1' }), 'sd_alg_unknown'],
  ['a digest algorithm in another case', () => handMade({ _sd_alg: 'SHA-256' }), 'sd_alg_unknown'],
  ['a digest algorithm that is null', () => handMade({ _sd_alg: null }), 'sd_alg_unknown'],
  ['a digest algorithm below the top', () => handMade({ a: { _sd_alg: 'sha-256' } }), 'digests_malformed'],
  [
    'a digest algorithm in a disclosed value',
    () => disclosing([['s', 'a', { _sd_alg: 'sha-256' }]]),
    'digests_malformed',
  ],
  ['an _sd that is a string', () => handMade({ _sd: digestOf(one) }, [one]), 'digests_malformed'],
  ['an _sd that is an object', () => handMade({ _sd: { 0: digestOf(one) } }, [one]), 'digests_malformed'],
  ['an _sd that is null', () => handMade({ _sd: null }), 'digests_malformed'],
  ['an _sd with a number', () => handMade({ _sd: [digestOf(one), 1] }, [one]), 'digests_malformed'],
  ['an _sd with an array', () => handMade({ _sd: [[digestOf(one)]] }, [one]), 'digests_malformed'],
  ['an _sd below the top that is no array', () => handMade({ a: [{ _sd: 'x' }] }), 'digests_malformed'],
  ['... outside an array', () => handMade({ '...': digestOf(element) }, [element]), 'digests_malformed'],
  ['... in an object in an object', () => handMade({ a: { '...': 'x' } }), 'digests_malformed'],
  [
    '... with a member beside it',
    () => handMade({ a: [{ '...': digestOf(element), b: 1 }] }, [element]),
    'digests_malformed',
  ],
  ['... with a number', () => handMade({ a: [{ '...': 1 }] }), 'digests_malformed'],
  [
    '... with an array of digests',
    () => handMade({ a: [{ '...': [digestOf(element)] }] }, [element]),
    'digests_malformed',
  ],
  ['a disclosure that is no JSON', () => disclosing(['["s","a",1']), 'disclosure_malformed'],
  ['a disclosure that is no array', () => disclosing([{ 0: 's', 1: 'a', 2: 1, length: 3 }]), 'disclosure_malformed'],
  ['a disclosure that is a string', () => disclosing(['"abc"']), 'disclosure_malformed'],
  ['an empty array as disclosure', () => disclosing([[]]), 'disclosure_malformed'],
  ['one element for a disclosure', () => disclosing([['s']]), 'disclosure_malformed'],
  ['two elements for an object property', () => disclosing([['s', 'a']]), 'disclosure_malformed'],
  ['four elements for an object property', () => disclosing([['s', 'a', 1, 2]]), 'disclosure_malformed'],
  [
    'three elements for an array element',
    () => handMade({ a: [{ '...': digestOf(one) }] }, [one]),
    'disclosure_malformed',
  ],
  ['a name that is a number', () => disclosing([['s', 1, 1]]), 'disclosure_malformed'],
  ['a name that is an array', () => disclosing([['s', ['a'], 1]]), 'disclosure_malformed'],
  ['a salt that is a number', () => disclosing([[1, 'a', 1]]), 'disclosure_malformed'],
  ['a salt that is null', () => disclosing([[null, 'a', 1]]), 'disclosure_malformed'],
  ['the name _sd', () => disclosing([['s', '_sd', []]]), 'disclosure_name_reserved'],
  ['the name ...', () => disclosing([['s', '...', 'x']]), 'disclosure_name_reserved'],
  ['the name _sd_alg', () => disclosing([['s', '_sd_alg', 'sha-256']]), 'disclosure_name_reserved'],
  ['the name __proto__', () => disclosing([['s', '__proto__', { admin: true }]]), 'disclosure_name_reserved'],
  [
    'the name _sd below the top',
    () => handMade({ a: sd(encode(['s', '_sd', 1])) }, [encode(['s', '_sd', 1])]),
    'disclosure_name_reserved',
  ],
  [
    'a disclosure that names a signed claim',
    () => disclosing([['s', 'iss', 'other']], { iss: 'x' }),
    'claim_name_clash',
  ],
  [
    'a disclosure that names a signed claim of the same value',
    () => disclosing([['s', 'a', 1]], { a: 1 }),
    'claim_name_clash',
  ],
  [
    'a disclosure that names a signed claim below the top',
    () => handMade({ x: { a: 0, ...sd(one) } }, [one]),
    'claim_name_clash',
  ],
  [
    'a disclosure that names a signed claim called constructor',
    () => disclosing([['s', 'constructor', 1]], { constructor: 0 }),
    'claim_name_clash',
  ],
  [
    'two disclosures for one name',
    () =>
      disclosing([
        ['s', 'a', 1],
        ['t', 'a', 2],
      ]),
    'claim_name_clash',
  ],
  [
    'a clash inside a disclosed value',
    () => handMade(sd(encode(['s', 'v', { a: 0, ...sd(one) }])), [one, encode(['s', 'v', { a: 0, ...sd(one) }])]),
    'claim_name_clash',
  ],
  ['one digest twice in an array', () => handMade(sd(one, one), [one]), 'digest_duplicate'],
  ['one digest twice though nothing is disclosed', () => handMade(sd(one, one)), 'digest_duplicate'],
  ['one digest in two objects', () => handMade({ ...sd(one), x: sd(one) }, [one]), 'digest_duplicate'],
  ['one digest in two array elements', () => handMade({ x: [{ '...': 'd' }, { '...': 'd' }] }), 'digest_duplicate'],
  [
    'one digest in an object and in an array',
    () => handMade({ ...sd(one), x: [{ '...': digestOf(one) }] }),
    'digest_duplicate',
  ],
  ['one digest in the payload and in a disclosure', () => handMade(sd(one, inner), [one, inner]), 'digest_duplicate'],
  ['one disclosure twice', () => `${jwt}~${first}~${first}~`, 'disclosure_duplicate'],
  ['a disclosure without a digest', () => `${good}${one}~`, 'disclosure_unreferenced'],
  ["a disclosure of another token's", () => handMade({}, [first]), 'disclosure_unreferenced'],
  [
    'a digest over the JSON instead of the disclosure',
    () => handMade({ _sd: [digestOf('["salt","a",1]')] }, [one]),
    'disclosure_unreferenced',
  ],
  ['a digest with padding', () => handMade({ _sd: [`${digestOf(one)}=`] }, [one]), 'disclosure_unreferenced'],
  ['a disclosure without the one that refers to it', () => handMade(sd(inner), [one]), 'disclosure_unreferenced'],
  ['a digest outside _sd', () => handMade({ sd: [digestOf(one)] }, [one]), 'disclosure_unreferenced'],
  [
    'a digest in an escaped text',
    () => handMade({ a: `{"_sd":["${digestOf(one)}"]}` }, [one]),
    'disclosure_unreferenced',
  ],
];

export const now = 1_700_000_000;

// §7.1 step 3.6
export const validity: Row[] = [
  ['an expired token', () => handMade({ exp: now }), 'token_expired', { now }],
  ['an expiry that is disclosed and past', () => disclosing([['s', 'exp', now - 1]]), 'token_expired', { now }],
  ['an expiry that nobody can check', () => handMade({ exp: now + 1 }), 'claim_unchecked'],
  ['an expiry that is a string', () => handMade({ exp: '2100-01-01' }), 'claim_malformed', { now }],
  ['an expiry that is null', () => handMade({ exp: null }), 'claim_malformed', { now }],
  ['a token that is not valid yet', () => handMade({ nbf: now + 1 }), 'token_not_yet_valid', { now }],
  ['a start that nobody can check', () => handMade({ nbf: 0 }), 'claim_unchecked'],
  ['a token for somebody else', () => handMade({ aud: ['a', 'b'] }), 'audience_unexpected', { audience: 'c' }],
  ['a token for nobody', () => handMade({ aud: [] }), 'audience_unexpected', { audience: 'c' }],
  ['an audience that nobody can check', () => handMade({ aud: 'a' }), 'claim_unchecked'],
  ['an audience that is a number', () => handMade({ aud: [1] }), 'claim_malformed', { audience: 'c' }],
  ['a required claim that is missing', () => handMade({}), 'claim_missing', { required: ['exp'] }],
  ['a required claim that was withheld', () => handMade(sd(one)), 'claim_missing', { required: ['a'] }],
  ['a required claim that only every object has', () => handMade({}), 'claim_missing', { required: ['constructor'] }],
];
