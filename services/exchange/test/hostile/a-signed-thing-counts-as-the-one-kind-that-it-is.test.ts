import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { decode, encode, type HostileNode, signByHand } from '@detente/testkit';
import { type Test, test } from 'tap';
import { offer, standing } from '../border-worker.ts';
import { changesNothing, evidence, startVictim, type Victim } from './victim.ts';

const OFFER = 'detente-offer+jwt';
const RECEIPT = 'detente-receipt+jwt';

/** Brings a signed thing to one of the two doors, as its own; the request around it is right. */
async function bring({ us, mallory }: Victim, door: 'statement' | 'receipt', thing: unknown): Promise<string> {
  const [method, path] = door === 'statement' ? ['PUT', '/exchange/v1/statements'] : ['POST', '/exchange/v1/receipts'];
  const call = { method: method!, path: path!, body: JSON.stringify({ [door]: thing }) };
  const { status, json } = await mallory.send(us.proxy.target, mallory.sign(us.origin, call));
  return json === undefined ? `${status}` : `${status} ${json.errors?.[0]?.code ?? json.code}`;
}

function receiptBody(aud: string) {
  const digest = 'A'.repeat(43);
  const records = [{ digest, level: 1, disclosed: digest }];
  return { log: `${new URL(aud).host}/log/v1`, page: { after: 0, next: 1 }, records };
}

test('a signed thing counts as the one kind that it is, under the one header that there is', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const aud = us.origin;
  const good = await mallory.state(OFFER, offer(), { aud });
  const receipt = await mallory.state(RECEIPT, receiptBody(aud), { aud });
  const agency = mallory.signer('agency');
  const header = { alg: 'Ed25519', typ: OFFER, kid: agency.kid };
  const [head = '', payload = '', signature = ''] = good.split('.');
  const claims = decode(payload) as Record<string, unknown>;
  const refused = async (t: Test, door: 'statement' | 'receipt', thing: unknown, answer: string) => {
    // The request itself was good: its nonce is spent.
    t.equal(await changesNothing(t, us, () => bring(victim, door, thing), evidence), answer);
  };

  const kinds: [string, 'statement' | 'receipt', unknown, string][] = [
    ['a receipt put as a statement', 'statement', receipt, '422 typ_unexpected'],
    ['an offer sent as a receipt', 'receipt', good, '422 typ_unexpected'],
    [
      'a contest that shows nothing',
      'statement',
      await mallory.state('detente-contest+jwt', { about: 'A'.repeat(43), shows: [], told: null }, { aud }),
      '422 contest_malformed',
    ],
    [
      'an attestation of what is measured',
      'statement',
      await mallory.state('detente-attestation+jwt', { obligation: 'log_health', day: '2026-11-24' }, { aud }),
      '422 attestation_malformed',
    ],
    ['a descriptor put as a statement', 'statement', mallory.descriptor(), '422 typ_unexpected'],
    [
      'the signed part of a record put as a statement',
      'statement',
      mallory.record().token.split('~')[0],
      '422 typ_unexpected',
    ],
    ['a whole record put as a statement', 'statement', mallory.record().token, '422 pattern'],
    ['an offer under the typ of a receipt', 'receipt', relabelled(mallory, aud), '422 body_malformed'],
    [
      'a receipt’s body under the typ of an offer',
      'statement',
      signByHand(header, { ...envelope(claims), ...receiptBody(aud) }, agency.privateKey),
      '422 offer_malformed',
    ],
    [
      'an offer that the receipt key signed',
      'statement',
      signByHand({ ...header, kid: mallory.signer('receipt').kid }, claims, mallory.signer('receipt').privateKey),
      '422 key_unknown',
    ],
    [
      'an offer that the transport key signed in the agency key’s name',
      'statement',
      signByHand(header, claims, mallory.signer('transport').privateKey),
      '422 signature_invalid',
    ],
  ];
  for (const [what, door, thing, answer] of kinds) await t.test(what, (t) => refused(t, door, thing, answer));

  const { publicJwk: jwk } = agency;
  const headers: [string, unknown, string][] = [
    ['a key in the header', { ...header, jwk }, '422 header_refused'],
    ['a place for keys in the header', { ...header, jku: mallory.origin }, '422 header_refused'],
    ['a certificate in the header', { ...header, x5c: ['AAAA'] }, '422 header_refused'],
    ['a place for certificates in the header', { ...header, x5u: mallory.origin }, '422 header_refused'],
    ['a critical extension', { ...header, crit: ['exp'], exp: 1 }, '422 header_refused'],
    ['an unencoded payload announced', { ...header, b64: false, crit: ['b64'] }, '422 header_refused'],
    ['no kid', { alg: 'Ed25519', typ: OFFER }, '422 header_refused'],
    ['a kid of another key', { ...header, kid: us.keys.transport.kid }, '422 key_unknown'],
    ['alg none', { ...header, alg: 'none' }, '422 algorithm_refused'],
    ['alg HS256', { ...header, alg: 'HS256' }, '422 algorithm_refused'],
    ['alg ES256', { ...header, alg: 'ES256' }, '422 algorithm_refused'],
    ['alg EdDSA', { ...header, alg: 'EdDSA' }, '422 algorithm_refused'],
    ['alg twice', `{"alg":"none","alg":"Ed25519","typ":"${OFFER}","kid":"${agency.kid}"}`, '422 json_not_canonical'],
    ['a space in the header', JSON.stringify(header).replace(',', ', '), '422 json_not_canonical'],
  ];
  for (const [what, said, answer] of headers)
    await t.test(what, (t) => refused(t, 'statement', signByHand(said, claims, agency.privateKey), answer));

  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const unsigned = (alg: string) => `${encode({ ...header, alg })}.${payload}`;
  const mac = (text: string) => createHmac('sha256', Buffer.from(jwk.x, 'base64url')).update(text).digest('base64url');
  const ecdsa = (text: string) =>
    signBytes('sha256', Buffer.from(text), { key: p256, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const said = JSON.stringify(claims);
  const forms: [string, unknown, string][] = [
    ['a MAC made with the public key', `${unsigned('HS256')}.${mac(unsigned('HS256'))}`, '422 base64url_not_canonical'],
    ['a signature of another curve', `${unsigned('ES256')}.${ecdsa(unsigned('ES256'))}`, '422 algorithm_refused'],
    ['no signature', `${head}.${payload}.`, '422 pattern'],
    ['a detached payload', `${head}..${signature}`, '422 pattern'],
    ['a payload as it is', `${head}.${said}.${signature}`, '422 pattern'],
    ['a payload as an object', { protected: head, payload, signature }, '422 type'],
    ['a member twice', signByHand(header, said.replace('{', '{"seq":7,'), agency.privateKey), '422 json_not_canonical'],
    [
      'a member twice, deep inside',
      signByHand(header, said.replace('"tier":', '"tier":"red","tier":'), agency.privateKey),
      '422 json_not_canonical',
    ],
    [
      'a member named __proto__',
      signByHand(header, said.replace('{', '{"__proto__":{},'), agency.privateKey),
      '422 offer_malformed',
    ],
    [
      'a number in another spelling',
      signByHand(header, said.replace('"seq":1', '"seq":1.0'), agency.privateKey),
      '422 json_not_canonical',
    ],
    [
      'an unused bit in the signature',
      good.replace(/.$/, (end) => String.fromCharCode(end.charCodeAt(0) + 1)),
      '422 base64url_not_canonical',
    ],
    ['a signature of 63 bytes', `${head}.${payload}.${signature.slice(0, 84)}`, '422 base64url_not_canonical'],
    ['a fourth part', `${good}.${signature}`, '422 pattern'],
  ];
  for (const [what, thing, answer] of forms) await t.test(what, (t) => refused(t, 'statement', thing, answer));

  await t.test('and what is right is taken in', async (t) => {
    t.equal(await bring(victim, 'statement', good), '204');
    t.equal(await bring(victim, 'statement', await mallory.state('detente-standing+jwt', standing(), { aud })), '204');
    const contest = { about: 'A'.repeat(43), shows: ['B'.repeat(43)], told: null };
    t.equal(await bring(victim, 'statement', await mallory.state('detente-contest+jwt', contest, { aud })), '204');
    const attestation = { obligation: 'drill', day: '2026-11-24' };
    t.equal(
      await bring(victim, 'statement', await mallory.state('detente-attestation+jwt', attestation, { aud })),
      '204',
    );
    t.equal(await bring(victim, 'receipt', receipt), '204');
    t.same([await us.count('landing', `kind = 'statement'`), await us.count('receipts_in')], [4, 1]);
  });
});

/** An offer under the typ of a receipt, signed with the key of receipts. */
function relabelled(mallory: HostileNode, aud: string): string {
  const { kid, privateKey } = mallory.signer('receipt');
  const claims = { iss: mallory.origin, aud, seq: 1, jti: 'A'.repeat(22), ...offer() };
  return signByHand({ alg: 'Ed25519', typ: RECEIPT, kid }, claims, privateKey);
}

function envelope({ iss, aud, seq, jti }: Record<string, unknown>) {
  return { iss, aud, seq, jti };
}
