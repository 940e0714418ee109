// The last check of a presentation (RFC 9901): what is made by machine says nothing, and a text in its place does.
import { test } from 'tap';
import { type Leak, leakCheckBytes, protectedTerms } from '../src/index.ts';

const index = protectedTerms([{ developer: ['Brixholm'], deployer: ['Northwind Logistics'] }]);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const DIGEST = 'x3Jr0Bq5P1m9kD2c7Vt8wYh4Ls6Zf0Ga-_QeRuTiOpA';
const UUID = '0190b5c2-1111-4222-8333-44445555aaaa';
const HEADER = { typ: 'detente-record+sd-jwt', alg: 'Ed25519', kid: DIGEST };
const PAYLOAD = { iss: 'https://cn.example', id: UUID, _sd: [DIGEST], _sd_alg: 'sha-256' };

function leaksOf({ header = HEADER, payload = PAYLOAD, disclosures = [] as unknown[] }): Pick<Leak, 'at' | 'kind'>[] {
  const token = [`${part(header)}.${part(payload)}.c2ln`, ...disclosures.map(part), ''].join('~');
  return leakCheckBytes(token, index).map(({ at, kind }) => ({ at, kind }));
}

test('digests, thumbprints and ids say nothing', (t) => {
  t.equal(DIGEST.length, 43);
  t.strictSame(leaksOf({}), []);
  // By chance the letters of a name stand in a digest.
  const named = `${DIGEST.slice(0, 30)}Brixholm${DIGEST.slice(38)}`;
  t.strictSame(leaksOf({ header: { ...HEADER, kid: named }, payload: { ...PAYLOAD, _sd: [named] } }), []);
  t.end();
});

test('a text in the place of one does', (t) => {
  const developer = (at: string) => [{ at, kind: 'developer' }];
  const sd = (...values: unknown[]) => leaksOf({ payload: { ...PAYLOAD, _sd: values as string[] } });
  t.strictSame(sd('Brixholm'), developer('/payload/opaque/0'));
  t.strictSame(sd(DIGEST, `Brixholm ${DIGEST}`), developer('/payload/opaque/0'), 'before a digest');
  t.strictSame(sd(`${DIGEST} Brixholm`), developer('/payload/opaque/0'), 'behind one');
  t.strictSame(leaksOf({ payload: { ...PAYLOAD, _sd: 'Brixholm' as never } }), developer('/payload/opaque/0'));
  t.strictSame(leaksOf({ header: { ...HEADER, kid: 'Brixholm' } }), developer('/header/opaque/1'));
  const id = (value: string) => leaksOf({ payload: { ...PAYLOAD, id: value } });
  t.strictSame(id('Brixholm'), developer('/payload/id'));
  t.strictSame(id(`Brixholm ${UUID}`), developer('/payload/id'), 'before a UUID');
  t.strictSame(id(`${UUID} Brixholm`), developer('/payload/id'), 'behind one');
  const alg = leaksOf({ payload: { ...PAYLOAD, _sd_alg: 'Brixholm' } });
  t.strictSame(alg, developer('/payload/_sd_alg'));
  t.end();
});

test('disclosures of members and of items of a list are read, salts are not', (t) => {
  t.strictSame(leaksOf({ disclosures: [['Brixholm', 'title', 'a chat assistant']] }), []);
  t.strictSame(leaksOf({ disclosures: [['salt', 'title', 'by Brixholm']] }), [
    { at: '/disclosures/0/1', kind: 'developer' },
  ]);
  t.strictSame(leaksOf({ disclosures: [['salt', 'Brixholm', 'a chat assistant']] }), [
    { at: '/disclosures/0/0', kind: 'developer' },
  ]);
  t.strictSame(leaksOf({ disclosures: [['Brixholm', 'an item']] }), []);
  t.strictSame(leaksOf({ disclosures: [['salt', 'an item of Brixholm']] }), [
    { at: '/disclosures/0/0', kind: 'developer' },
  ]);
  t.end();
});

test('what cannot be read is a leak, at its place', (t) => {
  const unreadable = (token: string | Uint8Array) => leakCheckBytes(token, index).map(({ at, kind }) => ({ at, kind }));
  const good = `${part(HEADER)}.${part(PAYLOAD)}.c2ln`;
  const at = (place: string) => [{ at: place, kind: 'unreadable' }];
  t.strictSame(unreadable(`${part(HEADER)}.${part('a string')}.c2ln~`), at('/payload'));
  t.strictSame(unreadable(`bm8ganNvbg.${part(PAYLOAD)}.c2ln~`), at('/header'));
  t.strictSame(unreadable(`${good}~${part('a string')}~`), at('/disclosures/0'));
  t.strictSame(unreadable(`${good}~${part(['salt'])}~`), at('/disclosures/0'));
  t.strictSame(unreadable(`${good}~gICA~`), at('/disclosures/0'), 'no UTF-8');
  t.strictSame(unreadable(Buffer.from([0x61, 0xff])), at(''));
  t.end();
});

test('a text that only has a presentation in it is read as a text', (t) => {
  const text = `by Brixholm: ${part(HEADER)}.${part(PAYLOAD)}.c2ln~`;
  t.strictSame(leakCheckBytes(text, index), [{ at: '', start: 3, end: 11, kind: 'developer' }]);
  t.end();
});

test('a fingerprint says nothing by chance, and what somebody wrote in its place does', (t) => {
  const tags = (...values: string[]) =>
    leaksOf({ disclosures: [['salt', 'component_tags', values.map((tag) => ({ function: 'oprf-2026', tag }))]] });
  const place = (nth: number) => ({ at: `/disclosures/0/1/${nth}/tag`, kind: 'developer' as const });
  // Three letters of a name are there by chance.
  t.strictSame(tags(DIGEST, `${DIGEST.slice(0, 30)}-Brix-${DIGEST.slice(36)}`), []);
  t.strictSame(tags(`${DIGEST.slice(0, 30)}Br1xh0lm${DIGEST.slice(38)}`), [], 'nor do letters that are digits tell');
  const written = ['Brixholm_reported_this_incident_on_Monday_A', 'xxBrixholmxx'.padEnd(43, 'A')];
  const encoded = Buffer.from('by Brixholm, on Monday the third').toString('base64url');
  t.strictSame(tags(DIGEST, ...written, encoded), [place(1), place(2), place(3)]);
  t.strictSame(tags('Brixholm'), [place(0)], 'and of any other length it is a text');
  t.end();
});
