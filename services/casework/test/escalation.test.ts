import { test } from 'tap';
import { daysSince, escalationOf, oldestCanary, silentPeers } from '../src/escalation.ts';

const MINUTE = 60_000;
const now = Date.parse('2026-11-26T12:00:00Z');

test('a notice that waits calls louder at 2 minutes, 15 and an hour', (t) => {
  const steps = [0, 2 * MINUTE - 1, 2 * MINUTE, 15 * MINUTE - 1, 15 * MINUTE, 60 * MINUTE - 1, 60 * MINUTE, 1e12];
  t.same(steps.map(escalationOf), [0, 0, 1, 1, 2, 2, 3, 3]);
  t.equal(escalationOf(undefined), 0, 'what is delivered calls nobody');
  t.end();
});

test('a peer is silent when its canary or ours is two days old', (t) => {
  const origin = 'https://us.example';
  const isSilent = (canary: string | undefined, taken: string | null, status = 'active') => {
    const peer = { origin, status, canary_taken: taken === null ? null : new Date(taken) };
    return silentPeers([peer], new Map(canary === undefined ? [] : [[origin, canary]]), now).length === 1;
  };
  const today = '2026-11-26T00:01:00Z';
  t.notOk(isSilent('2026-11-26', today));
  t.notOk(isSilent('2026-11-25', '2026-11-24T12:00:00Z'));
  t.ok(isSilent('2026-11-24', today));
  t.ok(isSilent(undefined, today));
  t.ok(isSilent('2026-11-26', null));
  t.ok(isSilent('2026-11-26', '2026-11-24T11:59:59Z'));
  t.notOk(isSilent(undefined, null, 'suspended'), 'only of active ones anything is expected');
  t.end();
});

test('the age of a canary is counted in days, and the oldest is that of the active peer heard longest ago', (t) => {
  t.same(
    ['2026-11-26', '2026-11-25', '2026-10-26'].map((day) => daysSince(day, now)),
    [0, 1, 31],
  );
  const peers = ['a', 'b', 'c', 'd'].map((origin) => ({ origin, status: origin === 'c' ? 'suspended' : 'active' }));
  const heard = new Map([
    ['a', '2026-11-25'],
    ['b', '2026-11-20'],
    ['c', '2026-01-01'],
  ]);
  t.equal(oldestCanary(peers, heard, now), 6);
  t.equal(oldestCanary(peers, new Map(), now), undefined, 'of nobody heard there is no age');
  t.end();
});
