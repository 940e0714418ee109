// When the log ticks.
import fc from 'fast-check';
import { test } from 'tap';
import { isTickDue, isTickOver, untilTick } from '../src/index.ts';

const every = 1000;

test('a tick has one batch, in its first half', (t) => {
  t.ok(isTickDue({ last: 1_000, now: 2_000 }, every));
  t.ok(isTickDue({ last: 1_999, now: 2_499 }, every));
  t.notOk(isTickDue({ last: 2_000, now: 2_000 }, every), 'it has it');
  t.notOk(isTickDue({ last: 2_000, now: 2_400 }, every));
  t.notOk(isTickDue({ last: 1_000, now: 2_500 }, every), 'it is too late');
  t.notOk(isTickDue({ last: 1_000, now: 2_999 }, every), 'a waker that is early by a millisecond is too');
  t.ok(isTickDue({ last: undefined, now: 2_999 }, every), 'the first of all is not bound');
  t.end();
});

test('ticks that were missed are not made up for', (t) => {
  t.ok(isTickDue({ last: 1_000, now: 90_001 }, every));
  t.notOk(isTickDue({ last: 90_001, now: 90_002 }, every));
  t.equal(untilTick({ last: 90_001, now: 90_002 }, every), 998);
  t.end();
});

test('a clock that is set back takes none twice, and does not end the rhythm', (t) => {
  t.notOk(isTickDue({ last: 5_010, now: 4_100 }, every), 'by less than a tick: it is awaited');
  t.ok(isTickDue({ last: 3_600_000, now: 5_000 }, every), 'by an hour: on by the clock as it is');
  t.notOk(isTickDue({ last: 5_000, now: 5_001 }, every));
  t.end();
});

test('what another worker has just appended is not left over', (t) => {
  t.notOk(isTickOver({ last: 2_010, now: 2_020 }, every));
  t.notOk(isTickOver({ last: 2_010, now: 1_990 }, every), 'nor what is of the tick behind');
  t.ok(isTickOver({ last: 2_010, now: 3_000 }, every));
  t.ok(isTickOver({ last: undefined, now: 3_000 }, every), 'nobody noted when');
  t.end();
});

test('whenever workers ask, no two batches are closer than half a tick', (t) => {
  const steps = fc.array(fc.integer({ min: 0, max: 1_500 }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), steps, (start, waits) => {
      let now = start;
      const taken: number[] = [0];
      for (const wait of waits) {
        now += wait;
        if (isTickDue({ last: taken.at(-1)!, now }, every)) taken.push(now);
      }
      return taken.slice(2).every((time, i) => time - taken[i + 1]! > every / 2);
    }),
  );
  const { last, now } = { last: 7, now: 1_234 };
  t.ok(isTickDue({ last, now: now + untilTick({ last, now }, every) }, every), 'who waits as long as told is in time');
  t.equal(untilTick({ last: undefined, now }, every), 100);
  t.end();
});
