import { test } from 'tap';
import { createShares, type TakeShare } from '../src/shares.ts';

/** How many the client gets until it has its share. */
function takeAll(take: TakeShare, address: string): number {
  for (let count = 0; ; count++) if (take(address) === undefined) return count;
}

test('nobody has more than a quarter of what is left, so that twenty who take all they can leave some', (t) => {
  const take = createShares(1000);
  t.equal(takeAll(take, '192.0.2.1'), 200);
  t.equal(takeAll(take, '192.0.2.2'), 160, 'who comes later');
  for (let other = 3; other <= 20; other++) t.ok(takeAll(take, `192.0.2.${other}`) > 0);
  t.equal(takeAll(take, '192.0.2.21'), 2, 'and somebody else finds a place');
  t.end();
});

test('those who come at the same time get the same', (t) => {
  const take = createShares(1000);
  const counts = [0, 0];
  for (let turn = 0; turn < 2000; turn++) if (take(`192.0.2.${turn % 2}`)) counts[turn % 2]! += 1;
  t.same(counts, [167, 167]);
  t.end();
});

test('what is given back is there for the next', (t) => {
  const take = createShares(2);
  for (let round = 0; round < 5; round++) {
    const giveBack = take('192.0.2.1');
    t.ok(giveBack);
    t.equal(take('192.0.2.1'), undefined);
    giveBack!();
  }
  t.ok(createShares(1)('192.0.2.1'), 'one place is for whoever comes first');
  t.end();
});

test('an IPv6 /64 is one client, and an IPv4 address is one however it is spelled', (t) => {
  for (const [one, other, isSame] of [
    ['2001:db8::1', '2001:db8:0:0:ffff::2', true],
    ['2001:db8::1', '2001:db8:0:1::1', false],
    ['fe80::1', 'fe80::2%eth0', true],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
    ['unknown', 'unknown', true],
  ] as const) {
    const take = createShares(2);
    t.ok(take(one));
    t.equal(take(other) === undefined, isSame, `${one} and ${other}`);
  }
  t.end();
});
