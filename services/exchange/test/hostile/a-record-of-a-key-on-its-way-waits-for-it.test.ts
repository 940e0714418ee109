import { randomBytes } from 'node:crypto';
import type { Descriptor } from '@detente/keys';
import { test } from 'tap';
import { quarantined, startVictim } from './victim.ts';

test('a record of a key that is on its way waits for it, and one of a key that nobody announces does not', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const next = mallory.successor('record');
  const rotated = ({ keys }: Descriptor) => {
    keys.record = { jwk: next.publicJwk, next: randomBytes(32).toString('base64url') };
  };

  const stray = mallory.record({}, {}, mallory.successor('log'));
  mallory.log.add(stray.token);
  await us.pull(mallory);
  t.match(await quarantined(victim), [{ code: 'key_unknown', digest: stray.digest }]);
  t.same(await us.cursor(mallory), { after: 1, late: 0 }, 'the page goes on');

  mallory.shown = mallory.descriptor(rotated, { seq: 2 });
  const young = mallory.record({}, {}, next);
  mallory.log.add(young.token);
  await us.pull(mallory);
  t.match(await us.fault(mallory), 'new keys');
  t.same(await us.cursor(mallory), { after: 1, late: 0 }, 'the page is asked for again');
  t.equal((await quarantined(victim)).length, 1);
  await us.worker.enrol(mallory.origin);
  await us.pull(mallory);
  t.equal(await us.fault(mallory), null);
  t.match(await us.landed(mallory), [{ digest: young.digest }]);
});
