import type { LookupAddress } from 'node:dns';
import { readFileSync } from 'node:fs';
import { parseOrigin } from '@detente/keys';
import { test } from 'tap';
import { checkedLookup, checkOrigin, type Reach, readReach } from '../src/index.ts';

type Case = { kind: string; expected: { refused: string } } & ({ origin: string } | { address: string });
const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../testkit/vectors/refused-origins.json', import.meta.url), 'utf8'),
);
const origins = cases.flatMap((one) => ('origin' in one ? one : []));
const addresses = cases.flatMap((one) => ('address' in one ? one : []));
const originsOf = (some: typeof origins) => some.map(({ origin }) => origin);
const nowhere: Reach = { loopback: false, networks: [] };
const here: Reach = { loopback: true, networks: [] };
const reachOf = (DETENTE_PEER_NETWORKS: string) => readReach({ DETENTE_LOOPBACK: false, DETENTE_PEER_NETWORKS });

/** What a socket would be given for a name that leads to these addresses. */
function lookedUp(
  addresses: string[],
  reach: Reach,
  options: { all?: boolean } = { all: true },
  origin = 'https://x.example',
) {
  const found = addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }));
  const lookup = checkedLookup(new URL(origin), reach, (_name, _options, done) => done(null, found));
  return new Promise<unknown>((resolve) => {
    lookup('x.example', options, (error, address) => resolve(error ? error.code : address));
  });
}

test('an origin that leads inside is refused, however it is spelled', (t) => {
  for (const { kind, origin, expected } of origins) {
    const reach = expected.refused === 'origin_malformed' ? here : nowhere;
    t.throws(() => checkOrigin(parseOrigin(origin), reach), { code: expected.refused }, `${kind}: ${origin}`);
  }
  for (const origin of [
    'https://peer.example',
    'https://peer.example:8443',
    'https://8.8.8.8',
    'https://[2606:4700::1]',
  ])
    t.doesNotThrow(() => checkOrigin(parseOrigin(origin), nowhere), origin);
  t.end();
});

test('for development loopback is let in, and nothing else that is not public', (t) => {
  const refused = origins.filter(({ expected }) => expected.refused === 'address_refused');
  const [inside, others] = [true, false].map((is) => refused.filter(({ kind }) => (kind === 'loopback') === is));
  for (const origin of ['http://127.0.0.1', 'http://localhost:8080', 'http://[::1]:8080'].concat(originsOf(inside!)))
    t.doesNotThrow(() => checkOrigin(parseOrigin(origin), here), origin);
  const elsewhere = others!.filter(({ kind }) => kind !== 'plain HTTP');
  for (const origin of ['http://peer.example', 'http://8.8.8.8'].concat(originsOf(elsewhere)))
    t.throws(() => checkOrigin(parseOrigin(origin), here), { code: 'address_refused' }, origin);
  t.end();
});

test('a name that leads to one address inside is refused as a whole', async (t) => {
  for (const { kind: why, address } of addresses) {
    t.equal(await lookedUp([address], nowhere), 'address_refused', `${why}: ${address}`);
    t.equal(await lookedUp(['8.8.8.8', address], nowhere), 'address_refused', `beside a public one: ${address}`);
    if (why !== 'loopback') t.equal(await lookedUp([address], here), 'address_refused', `with loopback: ${address}`);
  }
  t.same(await lookedUp(['8.8.8.8', '2606:4700::1'], nowhere), [
    { address: '8.8.8.8', family: 4 },
    { address: '2606:4700::1', family: 6 },
  ]);
  t.equal(await lookedUp(['8.8.8.8', '8.8.4.4'], nowhere, {}), '8.8.8.8', 'one, where one is asked for');
  t.same(await lookedUp(['127.0.0.1'], here), [{ address: '127.0.0.1', family: 4 }]);
  t.equal(await lookedUp(['8.8.8.8'], here, { all: true }, 'http://localhost'), 'address_refused', 'HTTP stays here');
});

test('a resolver’s own error is passed on', async (t) => {
  const error = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  const lookup = checkedLookup(new URL('https://x.example'), nowhere, (_name, _options, done) => done(error, []));
  const code = new Promise((resolve) => lookup('x.example', { all: true }, (fault) => resolve(fault?.code)));
  t.equal(await code, 'ENOTFOUND');
});

test('networks of one’s own are named, and let in no more than they say', async (t) => {
  const reach = reachOf('10.20.0.0/16, fd00:1::/32');
  for (const address of ['10.20.255.1', 'fd00:1::7']) t.type(await lookedUp([address], reach), Array, address);
  for (const address of ['10.21.0.1', 'fd00:2::7', '127.0.0.1', '169.254.169.254', '::ffff:10.20.0.1'])
    t.equal(await lookedUp([address], reach), 'address_refused', address);
  t.doesNotThrow(() => checkOrigin(new URL('https://10.20.0.1'), reach));
  t.throws(() => checkOrigin(new URL('http://10.20.0.1'), reach), { code: 'address_refused' }, 'never over plain HTTP');
  t.same(reachOf('').networks, []);
  for (const wrong of ['10.0.0.0', '10.0.0.0/33', 'our network', '::1/129', '10.0.0.0/8 fd00::/8'])
    t.throws(() => reachOf(wrong), { code: 'setting_invalid', message: /DETENTE_PEER_NETWORKS/ }, wrong);
});
