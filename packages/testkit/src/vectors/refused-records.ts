// Records that must be refused, each for one reason, all but the first few validly signed.

import { digestOf, encode, putTogether, signByHand, type TokenParts, takeApart } from '../hostile/by-hand.ts';
import { respelled } from './names.ts';
import { full, fullFields, madeRecord, part, recordHeader, signer } from './records.ts';
import { addOrder } from './statements.ts';
import { cn, fixedText, testKey } from './test-keys.ts';
import type { VectorFile } from './vector.ts';

/** `fault` is more exact, where the refusal is that of an SD-JWT as such. */
type Row = [name: string, presentation: string, refused: string, fault?: string];

const clear = full.token.slice(0, full.lengths[1]);
const [jwt, ...shown] = clear.split('~').slice(0, -1) as [string, ...string[]];
const [head, body, signature] = jwt.split('.') as [string, string, string];
const parts = takeApart(clear);
const signed = (text: string) => `${text}~`;
const remade = (change: Partial<TokenParts>) => putTogether({ ...parts, ...change }, signer.privateKey);

export function refusedRecords(): VectorFile {
  const rows = [...forms(), ...json(), ...headers(), ...payloads(), ...digests(), ...disclosures(), ...values()];
  return {
    description:
      'Presentations that a receiver refuses, one fault each. `fault` says more exactly what an SD-JWT was refused for. Whoever ' +
      'checks in another order may name another fault; that it refuses is what counts.',
    section: '5',
    given: { iss: cn, keys: [signer.publicJwk] },
    cases: rows.map(([name, presentation, refused, fault]) => {
      return { name, presentation, expected: fault === undefined ? { refused } : { refused, fault } };
    }),
  };
}

const sd = (name: string, presentation: string, fault: string): Row => [name, presentation, 'token_invalid', fault];

function forms(): Row[] {
  const turned = Buffer.from(signature, 'base64url');
  turned[0] = turned[0]! ^ 1;
  return [
    sd('nothing', '', 'token_malformed'),
    sd('no tilde at the end', clear.slice(0, -1), 'token_malformed'),
    sd('a tilde too many', `${clear}~`, 'token_malformed'),
    sd('two parts', `${head}.${body}~`, 'token_malformed'),
    sd('four parts', `${jwt}.x~`, 'token_malformed'),
    sd('a key binding JWT', `${clear}${jwt}`, 'key_binding_present'),
    sd('padding', `${head}.${body}.${signature}==~`, 'base64url_not_canonical'),
    sd('a respelled signature', `${head}.${body}.${respelled(signature)}~`, 'base64url_not_canonical'),
    sd('white space', `${head}.${body}.${signature} ~`, 'base64url_not_canonical'),
    [
      'a bit of the signature turned',
      signed(`${head}.${body}.${encode(turned)}`),
      'signature_invalid',
      'signature_invalid',
    ],
    [
      'an S to which the order was added',
      signed(`${head}.${body}.${addOrder(signature)}`),
      'signature_invalid',
      'signature_invalid',
    ],
    [
      'a signature over another payload',
      signed(`${head}.${encode({ ...parts.payload, tick: 13 })}.${signature}`),
      'signature_invalid',
      'signature_invalid',
    ],
  ];
}

function json(): Row[] {
  const text = JSON.stringify(parts.payload);
  const byText = (payload: string) => signed(signByHand(recordHeader, payload, signer.privateKey));
  return [
    sd('a payload that is no JSON', byText(text.slice(1)), 'payload_malformed'),
    sd('a payload that is a list', byText('[]'), 'payload_malformed'),
    sd('a payload with a byte order mark', byText(`\ufeff${text}`), 'payload_malformed'),
    sd('a member twice in the payload', byText(`{"tick":1,${text.slice(1)}`), 'json_duplicate_member'),
    sd('a member called __proto__', byText(`{"__proto__":1,${text.slice(1)}`), 'json_member_refused'),
    sd('half a surrogate pair', byText(text.replace('incident/1', '\\ud800')), 'json_string_ill_formed'),
    sd('a number without end', byText(text.replace('"tick":12', '"tick":1e999')), 'json_number_out_of_range'),
    sd(
      'a member twice in the header',
      signed(signByHand(`{"alg":"none",${JSON.stringify(recordHeader).slice(1)}`, text, signer.privateKey)),
      'json_duplicate_member',
    ),
  ];
}

function headers(): Row[] {
  const byHeader = (header: object) => signed(signByHand(header, parts.payload, signer.privateKey));
  const other = testKey(cn, 'agency');
  return [
    sd('alg none', byHeader({ ...recordHeader, alg: 'none' }), 'algorithm_refused'),
    sd('alg EdDSA', byHeader({ ...recordHeader, alg: 'EdDSA' }), 'algorithm_refused'),
    sd('alg HS256', byHeader({ ...recordHeader, alg: 'HS256' }), 'algorithm_refused'),
    sd('alg ES256', byHeader({ ...recordHeader, alg: 'ES256' }), 'algorithm_refused'),
    sd('a critical extension', byHeader({ ...recordHeader, crit: ['exp'] }), 'crit_present'),
    sd('a key in the header', byHeader({ ...recordHeader, jwk: signer.publicJwk }), 'header_key_refused'),
    sd('a place for keys in the header', byHeader({ ...recordHeader, jku: cn }), 'header_key_refused'),
    sd('a certificate in the header', byHeader({ ...recordHeader, x5c: [] }), 'header_key_refused'),
    sd('an unencoded payload', byHeader({ ...recordHeader, b64: false }), 'header_malformed'),
    sd('another typ', byHeader({ ...recordHeader, typ: 'dc+sd-jwt' }), 'typ_unexpected'),
    ['a member too many in the header', byHeader({ ...recordHeader, cty: 'json' }), 'header_members'],
    ['no kid', byHeader({ alg: 'Ed25519', typ: recordHeader.typ }), 'header_members'],
    [
      'a key of another purpose',
      signed(signByHand({ ...recordHeader, kid: other.kid }, parts.payload, other.privateKey)),
      'key_unknown',
      'key_unknown',
    ],
  ];
}

function payloads(): Row[] {
  const byPayload = (change: object) =>
    signed(signByHand(recordHeader, { ...parts.payload, ...change }, signer.privateKey));
  return [
    ['a member too many', byPayload({ note: '' }), 'payload_members'],
    ['no exercise', byPayload({ exercise: undefined }), 'payload_members'],
    ['no _sd_alg', byPayload({ _sd_alg: undefined }), 'payload_members'],
    sd('another hash', byPayload({ _sd_alg: 'sha-512' }), 'sd_alg_unknown'),
    sd('an end of validity', byPayload({ exp: 4_000_000_000 }), 'claim_unchecked'),
    sd('an audience', byPayload({ aud: cn }), 'claim_unchecked'),
    ['another issuer', byPayload({ iss: 'https://us.example' }), 'issuer_unexpected'],
    ['an issuer that is no origin', byPayload({ iss: 'cn.example' }), 'issuer_malformed'],
    ['an id in upper case', byPayload({ id: part.id.toUpperCase() }), 'id_malformed'],
    ['an id of version 1', byPayload({ id: '1b4e28ba-2fa1-11d2-a3f5-ef19b5a7633b' }), 'id_malformed'],
    ['a type that nobody knows', byPayload({ type: 'incident/9' }), 'type_unknown'],
    ['a label that is none', byPayload({ tlp: 'white' }), 'tlp_unknown'],
    ['a tick below 0', byPayload({ tick: -1 }), 'tick_malformed'],
    ['a tick of 2^53', byPayload({ tick: 2 ** 53 }), 'tick_malformed'],
    ['an exercise that is text', byPayload({ exercise: 'false' }), 'flag_malformed'],
    ['a retracted that is null', byPayload({ retracted: null }), 'flag_malformed'],
  ];
}

function digests(): Row[] {
  const all = parts.payload._sd as string[];
  const bySd = (_sd: unknown, disclosures: string[] = []) =>
    remade({ payload: { ...parts.payload, _sd }, disclosures });
  return [
    ['a digest too few', bySd(all.slice(1)), 'digest_count'],
    ['a digest too many', bySd([...all, '~'.repeat(43)]), 'digest_count'],
    ['digests out of order', bySd([...all.slice(1), all[0]]), 'digests_unsorted'],
    ['a digest in another spelling', bySd([...all.slice(0, -1), respelled(all.at(-1)!)]), 'digest_malformed'],
    sd('digests that are no list', bySd({}), 'digests_malformed'),
    sd('a digest that is a number', bySd([...all.slice(1), 7]), 'digests_malformed'),
    sd('a digest twice', bySd([all[0], ...all.slice(0, -1)]), 'digest_duplicate'),
  ];
}

function disclosures(): Row[] {
  const salted = (...rest: unknown[]) => encode([fixedText('odd'), ...rest]);
  /** The first disclosure is another one, whose digest is signed. */
  const first = (disclosure: string) => replaced(0, disclosure);
  return [
    sd('a disclosure twice', `${clear}${shown[0]}~`, 'disclosure_duplicate'),
    sd('a disclosure that was not signed', `${jwt}~${salted('kind', 'hazard')}~`, 'disclosure_unreferenced'),
    sd(
      'a respelled disclosure',
      `${jwt}~${respelled(shown.find((one) => one.length % 4 !== 0)!)}~`,
      'base64url_not_canonical',
    ),
    sd('a disclosure that is no JSON', first(encode('["x",')), 'disclosure_malformed'),
    sd('a disclosure of four', first(salted('kind', 'hazard', 1)), 'disclosure_malformed'),
    sd('a disclosure without a name', first(salted('hazard')), 'disclosure_malformed'),
    sd('a salt that is a number', first(encode([1, 'kind', 'hazard'])), 'disclosure_malformed'),
    sd(
      'a member twice in a value',
      first(encode(`["${fixedText('odd')}","kind",{"a":1,"a":1}]`)),
      'json_duplicate_member',
    ),
    sd('the name _sd', first(salted('_sd', [])), 'disclosure_name_reserved'),
    sd('the name ...', first(salted('...', '')), 'disclosure_name_reserved'),
    sd('the name of a signed claim', first(salted('tlp', 'clear')), 'claim_name_clash'),
    sd('one name twice', first(encode([fixedText('odd'), 'title', 'x'])), 'claim_name_clash'),
    ['a field that the type does not have', first(salted('model', 'X')), 'disclosure_order'],
    ['the fields in another order', `${jwt}~${[shown[1], shown[0], ...shown.slice(2)].join('~')}~`, 'disclosure_order'],
    ['a field left out', `${jwt}~${shown.slice(1).join('~')}~`, 'disclosure_order'],
    ['an end within a tier', `${jwt}~${shown.slice(0, 3).join('~')}~`, 'disclosures_between_tiers'],
  ];
}

/** The clear fields, one disclosure another one that the signed digests name. */
function replaced(at: number, disclosure: string): string {
  const _sd = (parts.payload._sd as string[]).filter((digest) => digest !== digestOf(shown[at]!));
  const payload = { ...parts.payload, _sd: [..._sd, digestOf(disclosure)].sort() };
  return remade({ payload, disclosures: shown.map((one, place) => (place === at ? disclosure : one)) });
}

function values(): Row[] {
  const by = (name: string, change: object, fields: object): string => {
    const made = madeRecord(name, change, fields);
    return made.token.slice(0, made.lengths[name.includes('green') ? 2 : 1]);
  };
  const { level: _, ...unlevelled } = fullFields.severity;
  return [
    ['no title', by('no title', {}, { ...fullFields, title: null }), 'field_missing'],
    ['a title of 301 characters', by('long title', {}, { ...fullFields, title: 'x'.repeat(301) }), 'field_invalid'],
    ['an empty title', by('empty title', {}, { ...fullFields, title: '' }), 'field_invalid'],
    ['NUL in the title', by('NUL', {}, { ...fullFields, title: 'a\0' }), 'field_invalid'],
    ['a kind that is none', by('kind', {}, { ...fullFields, kind: 'rumour' }), 'field_invalid'],
    ['a language in another case', by('language', {}, { ...fullFields, language: 'EN' }), 'field_invalid'],
    ['a severity without its level', by('severity', {}, { ...fullFields, severity: unlevelled }), 'field_invalid'],
    [
      'a level that does not follow from the axes',
      by('level', {}, { ...fullFields, severity: { ...fullFields.severity, level: 7 } }),
      'field_inconsistent',
    ],
    [
      'green: a month that is not the day’s',
      by('green month', {}, { ...fullFields, occurred: '2026-09-03' }),
      'field_inconsistent',
    ],
    [
      'green: a day that is not in the calendar',
      by('green day', {}, { ...fullFields, detected: '2026-02-30' }),
      'field_inconsistent',
    ],
    [
      'green: a country that is none',
      by('green country', {}, { ...fullFields, countries_affected: ['EU'] }),
      'field_inconsistent',
    ],
    ['green: an empty list', by('green list', {}, { ...fullFields, sector: [] }), 'field_invalid'],
    [
      'green: an item twice',
      by('green twice', {}, { ...fullFields, sector: ['education', 'education'] }),
      'field_invalid',
    ],
    [
      'a withdrawal that still says something',
      by('withdrawn', { retracted: true }, fullFields),
      'retracted_with_content',
    ],
  ];
}
