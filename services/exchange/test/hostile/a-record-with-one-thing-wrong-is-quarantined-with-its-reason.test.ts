import { digestOf, disclosing, encode, putTogether, type TokenParts, takeApart } from '@detente/testkit';
import { test } from 'tap';
import { quarantined, startVictim } from './victim.ts';

/** One thing that is wrong with a record: in its parts, before they are signed; or in the finished token. */
type Fault = { parts?: (parts: TokenParts) => TokenParts | undefined; token?: (token: string) => string };
type Row = [sentence: string, fault: Fault, code: string, sdJwt?: string];

const TOKEN = 'token_invalid';
const inner = encode(['salt', 'b', 1]);

/** The first disclosure replaced, and named by the signed digests. */
function first(content: unknown): Fault {
  return { parts: (parts) => disclosing(parts, [encode(content), ...parts.disclosures.slice(1)]) };
}

function disclosures(change: (all: string[]) => string[]): Fault {
  return { parts: (parts) => ({ ...parts, disclosures: change(parts.disclosures) }) };
}

function header(more: Record<string, unknown>): Fault {
  return { parts: (parts) => ({ ...parts, header: { ...parts.header, ...more } }) };
}

function payload(more: Record<string, unknown>): Fault {
  return { parts: (parts) => ({ ...parts, payload: { ...parts.payload, ...more } }) };
}

function digests(change: (all: string[]) => unknown): Fault {
  return {
    parts: (parts) => ({ ...parts, payload: { ...parts.payload, _sd: change(parts.payload._sd as string[]) } }),
  };
}

/** A member written twice, where no object can hold it. */
function written(part: 'header' | 'payload', change: (text: string) => string): Fault {
  return { parts: (parts) => ({ ...parts, [part]: change(JSON.stringify(parts[part])) as never }) };
}

// RFC 9901 §7.1, in the order of its steps.
const required: Row[] = [
  ['alg none', header({ alg: 'none' }), TOKEN, 'algorithm_refused'],
  ['alg HS256', header({ alg: 'HS256' }), TOKEN, 'algorithm_refused'],
  ['alg ES256', header({ alg: 'ES256' }), TOKEN, 'algorithm_refused'],
  ['alg EdDSA', header({ alg: 'EdDSA' }), TOKEN, 'algorithm_refused'],
  ['a typ of SD-JWTs in general', header({ typ: 'sd+jwt' }), TOKEN, 'typ_unexpected'],
  ['the typ of a receipt', header({ typ: 'detente-receipt+jwt' }), TOKEN, 'typ_unexpected'],
  ['a kid that nobody has', header({ kid: 'A'.repeat(43) }), 'key_unknown'],
  [
    'a signature that is none',
    { token: (token) => token.replace(/\.[^.~]+~/, `.${'A'.repeat(86)}~`) },
    'signature_invalid',
  ],
  ['an unknown digest algorithm', payload({ _sd_alg: 'sha-512' }), TOKEN, 'sd_alg_unknown'],
  ['an _sd that is no array', digests((all) => all[0]), TOKEN, 'digests_malformed'],
  ['an _sd with a number', digests((all) => [1, ...all.slice(1)]), TOKEN, 'digests_malformed'],
  ['a digest repeated', digests((all) => [all[0], ...all.slice(0, -1)]), TOKEN, 'digest_duplicate'],
  ['a digest repeated inside a disclosure', { parts: nestedTwice }, TOKEN, 'digest_duplicate'],
  [
    'a disclosure that no digest names',
    disclosures((all) => [inner, ...all.slice(1)]),
    TOKEN,
    'disclosure_unreferenced',
  ],
  ['a disclosure too many', disclosures((all) => [...all, inner]), TOKEN, 'disclosure_unreferenced'],
  ['a disclosure repeated', disclosures((all) => [all[0]!, ...all.slice(0, -1)]), TOKEN, 'disclosure_duplicate'],
  ['a disclosure of no element', first([]), TOKEN, 'disclosure_malformed'],
  ['a disclosure of two elements', first(['salt', 'kind']), TOKEN, 'disclosure_malformed'],
  ['a disclosure of four elements', first(['salt', 'kind', 'incident', 1]), TOKEN, 'disclosure_malformed'],
  ['a disclosure that is no array', first({ kind: 'incident' }), TOKEN, 'disclosure_malformed'],
  ['a disclosure that is no JSON', first('["salt","kind"'), TOKEN, 'disclosure_malformed'],
  ['a name that is a number', first(['salt', 1, 'incident']), TOKEN, 'disclosure_malformed'],
  ['a salt that is a number', first([1, 'kind', 'incident']), TOKEN, 'disclosure_malformed'],
  ['the name _sd', first(['salt', '_sd', []]), TOKEN, 'disclosure_name_reserved'],
  ['the name ...', first(['salt', '...', 'x']), TOKEN, 'disclosure_name_reserved'],
  ['the name _sd_alg', first(['salt', '_sd_alg', 'sha-256']), TOKEN, 'disclosure_name_reserved'],
  ['the name __proto__', first(['salt', '__proto__', {}]), TOKEN, 'disclosure_name_reserved'],
  ['the name of a signed claim', first(['salt', 'iss', 'https://us.example']), TOKEN, 'claim_name_clash'],
  ['two disclosures of one name', first(['salt', 'title', 'Another']), TOKEN, 'claim_name_clash'],
  ['an _sd below a disclosure, and what it names', { parts: nested }, 'disclosure_order'],
  ['an _sd below a disclosure', first(['salt', 'kind', { _sd: [digestOf(inner)] }]), 'field_invalid'],
  ['an _sd below a disclosure that is no array', first(['salt', 'kind', { _sd: 'x' }]), TOKEN, 'digests_malformed'],
  ['a ... outside an array', first(['salt', 'kind', { '...': digestOf(inner) }]), TOKEN, 'digests_malformed'],
  ['a ... with a member beside it', first(['salt', 'kind', [{ '...': 'x', b: 1 }]]), TOKEN, 'digests_malformed'],
  ['an _sd_alg below the top', first(['salt', 'kind', { _sd_alg: 'sha-256' }]), TOKEN, 'digests_malformed'],
  ['an expiry', payload({ exp: 4_000_000_000 }), TOKEN, 'claim_unchecked'],
  ['an audience', payload({ aud: 'https://us.example' }), TOKEN, 'claim_unchecked'],
  ['a key binding behind it', { token: (token) => token + token.split('~')[0] }, TOKEN, 'key_binding_present'],
  ['no tilde at its end', { token: (token) => token.slice(0, -1) }, TOKEN, 'token_malformed'],
];

// RFC 7515 and RFC 8725: no key from a message, no second reading.
const readings: Row[] = [
  ['a key in the header', header({ jwk: { kty: 'OKP' } }), TOKEN, 'header_key_refused'],
  ['a place for keys in the header', header({ jku: 'https://us.example' }), TOKEN, 'header_key_refused'],
  ['a certificate in the header', header({ x5c: ['AAAA'] }), TOKEN, 'header_key_refused'],
  ['a critical extension', header({ crit: ['exp'] }), TOKEN, 'crit_present'],
  ['an unencoded payload announced', header({ b64: false }), TOKEN, 'header_malformed'],
  ['a member too many in the header', header({ cty: 'json' }), 'header_members'],
  [
    'a member twice in the header',
    written('header', (text) => text.replace('{', '{"alg":"none",')),
    TOKEN,
    'json_duplicate_member',
  ],
  [
    'a member twice in the payload',
    written('payload', (text) => text.replace('{', '{"tick":7,')),
    TOKEN,
    'json_duplicate_member',
  ],
  ['a member twice in a disclosure', first('["salt","kind",{"a":1,"a":2}]'), TOKEN, 'json_duplicate_member'],
  [
    '__proto__ in the payload',
    written('payload', (text) => text.replace('{', '{"__proto__":{},')),
    TOKEN,
    'json_member_refused',
  ],
  ['half a surrogate pair', first('["salt","kind","\\ud800"]'), TOKEN, 'json_string_ill_formed'],
  ['a number beyond all', first('["salt","kind",1e999]'), TOKEN, 'json_number_out_of_range'],
  ['a value 40 deep', first(`["salt","kind",${'['.repeat(40)}${']'.repeat(40)}]`), TOKEN, 'json_too_deep'],
  [
    '300 disclosures',
    disclosures((all) => [...all, ...Array.from({ length: 300 }, (_, at) => encode(['s', `x${at}`, 1]))]),
    TOKEN,
    'disclosures_too_many',
  ],
];

// What makes it a record.
const ofRecords: Row[] = [
  ['a claim too many', payload({ sub: 'x' }), 'payload_members'],
  ['no _sd_alg', payload({ _sd_alg: undefined }), 'payload_members'],
  ['digests out of order', digests((all) => all.toReversed()), 'digests_unsorted'],
  [
    'a digest too few',
    digests((all) => all.filter((digest) => digest !== all.at(-1))),
    TOKEN,
    'disclosure_unreferenced',
  ],
  ['a digest too many', digests((all) => [...all, `${'_'.repeat(42)}8`]), 'digest_count'],
  ['disclosures out of order', disclosures(([a = '', b = '', ...rest]) => [b, a, ...rest]), 'disclosure_order'],
  ['disclosures up to no tier', disclosures((all) => all.slice(0, 5)), 'disclosures_between_tiers'],
  ['a field that is not what it must be', first(['salt', 'kind', 'rumour']), 'field_invalid'],
  ['a NUL in a field', { parts: withNul }, 'field_invalid'],
  ['a withdrawal with content', payload({ retracted: true }), 'retracted_with_content'],
  ['an id that is none', payload({ id: '1b4e28ba-2fa1-11d2-883f-0016d3cca427' }), 'id_malformed'],
  ['a tick below zero', payload({ tick: -1 }), 'tick_malformed'],
  ['a tick beyond 2^53', payload({ tick: 2 ** 53 }), 'tick_malformed'],
  ['a tlp that nobody knows', payload({ tlp: 'white' }), 'tlp_unknown'],
  ['a type that nobody knows', payload({ type: 'incident/9' }), 'type_unknown'],
];

function nested(parts: TokenParts): TokenParts {
  return disclosingAll(parts, encode(['salt', 'kind', { _sd: [digestOf(inner)] }]), [inner]);
}

function nestedTwice(parts: TokenParts): TokenParts {
  const [, second = ''] = parts.disclosures;
  return disclosingAll(parts, encode(['salt', 'kind', { _sd: [digestOf(second)] }]), []);
}

/** The first disclosure replaced and named; others put behind it that only it names. */
function disclosingAll(parts: TokenParts, start: string, behind: string[]): TokenParts {
  const { payload: named } = disclosing(parts, [start, ...parts.disclosures.slice(1)]);
  return { ...parts, payload: named, disclosures: [start, ...behind, ...parts.disclosures.slice(1)] };
}

function withNul(parts: TokenParts): TokenParts {
  const [kind = '', , ...rest] = parts.disclosures;
  return disclosing(parts, [kind, encode(['salt', 'title', 'a\u0000b']), ...rest]);
}

test('a record with one thing wrong is quarantined with bytes and reason, and the rest of its page lands', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const { privateKey } = mallory.signer('record');
  for (const [sentence, { parts, token }, code, fault] of [...required, ...readings, ...ofRecords])
    await t.test(sentence, async (t) => {
      const right = takeApart(mallory.record().token);
      const signed = putTogether(parts?.(right) ?? right, privateKey);
      const sent = token?.(signed) ?? signed;
      const good = mallory.record();
      const place = mallory.log.add(signed, sent);
      mallory.log.add(good.token);
      mallory.log.pad(1);
      await us.pull(mallory);
      t.equal(await us.fault(mallory), null);
      t.same(await us.cursor(mallory), { after: mallory.log.size, late: 0 });
      t.match(await us.landed(mallory), { length: place / 3 + 1, [place / 3]: { digest: good.digest } });
      const found = (await quarantined(victim)).at(-1)!;
      t.match(found, { code, place, body: sent, ...(fault !== undefined && { fault }) });
    });
  t.notOk(
    us.lines.some((line) => JSON.parse(line).level >= 50),
    'nothing failed inside',
  );
});
