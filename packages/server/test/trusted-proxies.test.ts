import { test } from 'tap';
import { trustedProxies } from '../src/process.ts';

test('an address is trusted that is named or lies in a network that is, however it is spelled', (t) => {
  const trusts = trustedProxies('192.0.2.1, 10.0.0.0/8,2001:db8::/32, fe80::/10') || t.fail;
  for (const address of ['192.0.2.1', '::ffff:192.0.2.1', '10.255.0.1', '2001:db8:1::1', 'fe80::1%eth0'])
    t.equal(trusts(address), true, address);
  for (const address of [
    '192.0.2.2',
    '::ffff:192.0.2.2',
    '11.0.0.1',
    '2001:db9::1',
    '::1',
    'unknown',
    '',
    '10.0.0.1:80',
  ])
    t.equal(trusts(address), false, address);
  t.end();
});

test('networks have names', (t) => {
  const named = {
    loopback: ['127.0.0.1', '127.9.9.9', '::1'],
    linklocal: ['169.254.0.1', 'fe80::1'],
    uniquelocal: ['10.0.0.1', '172.16.0.1', '192.168.0.1', 'fd00::1'],
  };
  for (const [name, addresses] of Object.entries(named)) {
    const trusts = trustedProxies(name) || t.fail;
    for (const address of addresses) t.equal(trusts(address), true, `${name}: ${address}`);
    for (const address of ['192.0.2.1', '172.32.0.1', '2001:db8::1']) t.equal(trusts(address), false, name);
  }
  t.end();
});

test('what is no address and no network is refused, and so is everybody', (t) => {
  t.equal(trustedProxies(''), false);
  t.equal(trustedProxies(undefined), false);
  for (const setting of ['proxy', '10.0.0.0/33', '::/129', '0.0.0.0/0', '10.0.0.0/', '10.0.0', ',', 'toString'])
    t.throws(() => trustedProxies(setting), { code: 'setting_invalid' }, setting);
  t.end();
});
