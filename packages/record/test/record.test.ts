import fc from 'fast-check';
import { type Test, test } from 'tap';
import {
  compareVersions,
  issueRecord,
  LEVELS,
  leastLevel,
  levelFor,
  RecordError,
  recordType,
  type SignedPart,
  stricterTlp,
  TLP,
  verifyRecord,
} from '../src/index.ts';
import { expectation, forge, fullFields, input, iss, minimalFields, signer } from './sample.ts';

const type = recordType('incident/1');
const ordered = type.fields.map(({ name }) => [name, fullFields[name as keyof typeof fullFields]] as const);
const withField = (name: string, value: unknown) => ordered.map((field) => (field[0] === name ? [name, value] : field));
const blank = ordered.map(([name]) => [name, null] as const);
const refuses = (t: Test, token: string, code: string, params?: object) =>
  t.throws(() => verifyRecord(token, expectation), params ? { code, params } : { code }, code);

test('each level is a prefix of the same bytes and verifies to exactly its fields', async (t) => {
  const { token, digest, lengths } = issueRecord(input(), signer);
  t.equal(lengths.length, 6);
  t.equal(lengths[0], token.indexOf('~') + 1);
  t.equal(lengths[5], token.length);
  for (const level of LEVELS) {
    const { fields, ...rest } = verifyRecord(token.slice(0, lengths[level]), expectation);
    t.same(rest, {
      ...withoutFields(input()),
      level,
      digest,
      cell: level === 0 ? 'incident/other/unrated' : 'incident/cyber/4',
      kid: signer.kid,
    });
    t.same(Object.entries(fields), ordered.slice(0, type.counts[level]));
  }
});

test('an absent field is disclosed as null, and all records have the same number of digests', async (t) => {
  const { token } = issueRecord(input({ fields: minimalFields, exercise: true }), signer);
  const verified = verifyRecord(token, expectation);
  t.equal(Object.keys(verified.fields).length, type.fields.length);
  t.equal(verified.fields.narrative, null);
  t.equal(verified.cell, 'incident/other/unrated');
  t.ok(verified.exercise);
  t.equal(digestsOf(token).length, digestsOf(issueRecord(input(), signer).token).length);
});

test('issuing the same twice shares no digest', async (t) => {
  const [a, b] = [issueRecord(input(), signer), issueRecord(input(), signer)];
  t.not(a.digest, b.digest);
  t.equal(new Set([...digestsOf(a.token), ...digestsOf(b.token)]).size, 2 * type.fields.length);
});

test('a retraction has no content at all', async (t) => {
  const { token, lengths } = issueRecord(input({ retracted: true, fields: {} }), signer);
  for (const level of LEVELS) {
    const { fields, retracted } = verifyRecord(token.slice(0, lengths[level]), expectation);
    t.ok(retracted);
    t.ok(Object.values(fields).every((value) => value === null));
  }
  t.throws(() => issueRecord(input({ retracted: true }), signer), { code: 'retracted_with_content' });
  refuses(t, forge({ claims: { retracted: true }, fields: ordered }), 'retracted_with_content');
  t.equal(verifyRecord(forge({ claims: { retracted: true }, fields: blank }), expectation).retracted, true);
});

test('nothing wrong is issued', async (t) => {
  const cases: [Parameters<typeof input>[0], string][] = [
    [{ iss: 'https://node.example/' }, 'issuer_malformed'],
    [{ iss: 'node.example' }, 'issuer_malformed'],
    [{ id: '1B4E28BA-2FA1-4D3B-A3F5-EF19B5A7633B' }, 'id_malformed'],
    [{ id: '1b4e28ba-2fa1-11d2-a3f5-ef19b5a7633b' }, 'id_malformed'],
    [{ type: 'incident/2' }, 'type_unknown'],
    [{ tlp: 'white' as 'clear' }, 'tlp_unknown'],
    [{ tick: -1 }, 'tick_malformed'],
    [{ tick: 2 ** 53 }, 'tick_malformed'],
    [{ fields: { ...fullFields, model: 'X' } }, 'field_unknown'],
    [{ fields: { ...fullFields, title: null } }, 'field_missing'],
    [{ fields: { ...fullFields, kind: 'other' } }, 'field_invalid'],
    [{ fields: { ...fullFields, title: '\udc00' } }, 'field_invalid'],
  ];
  for (const [change, code] of cases)
    t.throws(() => issueRecord(input(change), signer), { code }, JSON.stringify(change));
});

test('each member of the signed part has one spelling, for who issues and for who verifies', async (t) => {
  const id = input().id;
  const cases: [change: Partial<SignedPart>, code?: string][] = [
    [{ iss: 'http://node.example:8080' }],
    ...['ftp://node.example', 'ws://node.example', 'xhttps://node.example', 'https://node.example?', 'null', ''].map(
      (iss): [Partial<SignedPart>, string] => [{ iss }, 'issuer_malformed'],
    ),
    ...[`${id}0`, `0${id}`, `${id}\n`, id.replaceAll('-', ''), id.replace('1b', '1g'), id.replace('2fa1', '2Fa1')].map(
      (id): [Partial<SignedPart>, string] => [{ id }, 'id_malformed'],
    ),
    [{ id: id.replace('a3f5', '73f5') }, 'id_malformed'],
    [{ id: id.replace('a3f5', 'b3f5') }],
    [{ type: 'incident' }, 'type_unknown'],
    [{ type: 1 as unknown as string }, 'type_unknown'],
    [{ tlp: 'Green' as 'green' }, 'tlp_unknown'],
    [{ tick: 0 }],
    [{ tick: Number.MAX_SAFE_INTEGER }],
    [{ tick: 0.5 }, 'tick_malformed'],
    [{ tick: '7' as unknown as number }, 'tick_malformed'],
    [{ exercise: 0 as unknown as boolean }, 'flag_malformed'],
    [{ retracted: 'no' as unknown as boolean }, 'flag_malformed'],
  ];
  const any = { keyFor: expectation.keyFor };
  for (const [change, code] of cases) {
    const issue = () => issueRecord(input(change), signer).token;
    const verify = () => verifyRecord(forge({ fields: ordered, claims: change }), { ...any, iss: change.iss ?? iss });
    if (code === undefined) t.equal(verifyRecord(issue(), { ...any, iss: change.iss ?? iss }).level, verify().level);
    else for (const act of [issue, verify]) t.throws(act, { code }, JSON.stringify(change));
  }
  t.throws(() => issueRecord(input({ tick: -0 }), signer), { code: 'tick_malformed' });
  for (const flag of ['exercise', 'retracted']) {
    refuses(t, forge({ fields: ordered, claims: { [flag]: 1 } }), 'flag_malformed', { flag });
  }
});

test('a presentation longer than any record is refused before it is read', async (t) => {
  refuses(t, 'x'.repeat(262_144), 'token_invalid', { fault: 'token_malformed' });
  refuses(t, 'x'.repeat(262_145), 'record_too_large', { length: 262_145 });
});

test('the header and the payload have exactly their members', async (t) => {
  t.ok(verifyRecord(forge({ fields: ordered }), expectation));
  refuses(t, forge({ fields: ordered, header: { cty: 'x' } }), 'header_members');
  refuses(t, forge({ fields: ordered, header: { kid: undefined } }), 'header_members');
  refuses(t, forge({ fields: ordered, header: { kid: 7 } }), 'header_members');
  refuses(t, forge({ fields: ordered, header: { kid: 'B'.repeat(43) } }), 'key_unknown');
  refuses(t, `${forge({ fields: ordered }).split('.', 2).join('.')}.${'A'.repeat(86)}~`, 'signature_invalid');
  refuses(t, forge({ fields: ordered, header: { alg: 'EdDSA' } }), 'token_invalid', { fault: 'algorithm_refused' });
  refuses(t, forge({ fields: ordered, header: { typ: 'dc+sd-jwt' } }), 'token_invalid', { fault: 'typ_unexpected' });
  refuses(t, forge({ fields: ordered, header: { jwk: {} } }), 'token_invalid', { fault: 'header_key_refused' });
  refuses(t, forge({ fields: ordered, claims: { iat: 1 } }), 'payload_members');
  refuses(t, forge({ fields: ordered, claims: { tlp: undefined } }), 'payload_members');
  refuses(t, forge({ fields: ordered, claims: { _sd_alg: undefined } }), 'payload_members');
  for (const name of ['iss', 'id', 'type', 'tlp', 'tick', 'exercise', 'retracted']) {
    for (const bad of [null, 'x', -1, 1.5, [], {}]) {
      t.throws(() => verifyRecord(forge({ fields: ordered, claims: { [name]: bad } }), expectation), RecordError);
    }
  }
  refuses(t, forge({ fields: ordered, claims: { iss: 'https://other.example' } }), 'issuer_unexpected');
});

test('digests are sorted, as many as the type has fields, and canonical', async (t) => {
  refuses(t, forge({ fields: ordered, digests: (all) => all.reverse() }), 'digests_unsorted');
  refuses(t, forge({ fields: ordered, digests: (all) => [...all, `${'z'.repeat(42)}w`] }), 'digest_count');
  refuses(t, forge({ fields: ordered.slice(0, 7) }), 'digest_count');
  refuses(t, forge({ fields: [], digests: () => ordered.map((_, at) => `A${at}`) }), 'digest_malformed');
  const loose = Array.from({ length: 25 }, (_, at) => `${String.fromCharCode(65 + at)}${'A'.repeat(41)}B`);
  refuses(t, forge({ fields: [], digests: () => loose }), 'digest_malformed');
  const sound = Array.from({ length: 24 }, (_, at) => `${String.fromCharCode(66 + at)}${'A'.repeat(42)}`);
  const level0 = (first: string) => forge({ fields: [], digests: () => [first, ...sound] });
  t.equal(verifyRecord(level0('A'.repeat(43)), expectation).level, 0);
  for (const bad of ['A'.repeat(44), `+${'A'.repeat(42)}`, `${'A'.repeat(42)}=`, `${'A'.repeat(43)}\n`]) {
    refuses(t, level0(bad), 'digest_malformed');
  }
});

test('disclosures are the first fields of the type, in its order, up to one tier', async (t) => {
  const { token, lengths } = issueRecord(input(), signer);
  const [jwt, ...rest] = token.slice(0, -1).split('~');
  const present = (disclosures: (string | undefined)[]) => [jwt, ...disclosures, ''].join('~');
  t.equal(present(rest), token);
  refuses(t, present(rest.slice(0, 8)), 'disclosures_between_tiers');
  refuses(t, present(rest.slice(1, 8)), 'disclosure_order');
  refuses(t, present([rest[1], rest[0], ...rest.slice(2)]), 'disclosure_order');
  refuses(t, present([rest[24]]), 'disclosure_order');
  refuses(t, present([rest[0], rest[0]]), 'token_invalid', { fault: 'disclosure_duplicate' });
  refuses(t, token.slice(0, lengths[3]! - 1), 'token_invalid', { fault: 'token_malformed' });
  refuses(t, `${token}${jwt}`, 'token_invalid', { fault: 'key_binding_present' });
  refuses(t, forge({ fields: [...ordered.slice(1), ordered[0]!] }), 'disclosure_order');
  refuses(t, forge({ fields: [['note', 'x'], ...ordered.slice(1)] }), 'disclosure_order');
});

test('disclosed values are held against the type after disclosure', async (t) => {
  const severity = { level: 7, axes: { people: 2, safeguards: 2, reach: 2 } };
  refuses(t, forge({ fields: withField('title', null) as typeof ordered }), 'field_missing');
  refuses(t, forge({ fields: withField('title', 'x'.repeat(301)) as typeof ordered }), 'field_invalid');
  refuses(t, forge({ fields: withField('severity', severity) as typeof ordered }), 'field_inconsistent', {
    pointer: '/severity/level',
    problem: 'level_not_of_axes',
  });
  refuses(t, forge({ fields: withField('deployment', { _sd: [] }) as typeof ordered }), 'field_invalid');
});

test('no single changed character is accepted', async (t) => {
  const { token, lengths } = issueRecord(input(), signer);
  const presentation = token.slice(0, lengths[2]);
  for (let at = 0; at < presentation.length; at++) {
    const other = presentation[at] === 'A' ? 'B' : 'A';
    const changed = presentation.slice(0, at) + other + presentation.slice(at + 1);
    try {
      verifyRecord(changed, expectation);
      t.fail(`character ${at} was changed and nobody noticed`);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
    }
  }
});

test('what is no token at all is refused as a RecordError', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      try {
        verifyRecord(text, expectation);
        return false;
      } catch (error) {
        return error instanceof RecordError;
      }
    }),
  );
});

test('a label holds a record back from lower tiers, but never the floor', async (t) => {
  t.equal(levelFor({ granted: 2, tlp: 'amber', severity: 3 }), null);
  t.equal(levelFor({ granted: 3, tlp: 'amber', severity: 3 }), 3);
  t.equal(levelFor({ granted: 5, tlp: 'clear', severity: null }), 5);
  t.equal(levelFor({ granted: 4, tlp: 'red', severity: 5 }), 2);
  t.equal(levelFor({ granted: 1, tlp: 'red', severity: 7 }), 1);
  t.equal(levelFor({ granted: null, tlp: 'clear', severity: 7 }), null);
  t.equal(levelFor({ granted: 0, tlp: 'red', severity: null }), 0);
  for (const [at, tlp] of TLP.entries()) t.equal(leastLevel(tlp), at + 1);
  t.equal(stricterTlp('green', 'amber-strict'), 'amber-strict');
  t.equal(stricterTlp('red', 'clear'), 'red');
  fc.assert(
    fc.property(fc.constantFrom(...LEVELS), fc.constantFrom(...TLP), fc.option(fc.nat(7)), (granted, tlp, severity) => {
      return (levelFor({ granted, tlp, severity }) ?? 0) <= granted;
    }),
  );
});

test('ticks order versions, and a tick with two digests is a conflict', async (t) => {
  const version = (tick: number, digest: string, index?: number) => ({ tick, digest, index });
  t.equal(compareVersions(version(1, 'a'), version(2, 'b')), 'older');
  t.equal(compareVersions(version(2, 'b', 9), version(1, 'a', 3)), 'newer');
  t.equal(compareVersions(version(1, 'a', 5), version(1, 'a', 2)), 'same');
  t.equal(compareVersions(version(1, 'a'), version(1, 'b')), 'conflict');
  t.equal(compareVersions(version(1, 'a', 9), version(2, 'b', 3)), 'conflict');
  t.equal(compareVersions(version(2, 'a', 3), version(1, 'b', 9)), 'conflict');
});

test('the issuer is asked for by its origin alone', async (t) => {
  const { token } = issueRecord(input(), signer);
  t.throws(() => verifyRecord(token, { ...expectation, iss: `${iss}:8443` }), { code: 'issuer_unexpected' });
});

function digestsOf(token: string): string[] {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())._sd;
}

function withoutFields({ fields: _, ...rest }: ReturnType<typeof input>) {
  return rest;
}
