import { test } from 'tap';
import { offer } from '../worker-pair.ts';
import {
  acquaint,
  cut,
  green,
  land,
  landRecords,
  landWarning,
  offersOf,
  quarantined,
  received,
  rotating,
  US,
} from './acquaintance.ts';

test('a former record key does not warn', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const warn = { ...green, severity: { level: 5, axes: { people: 5, safeguards: null, reach: null } } };
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, 'record'), { seq: 2 }));
  const [old, young] = [mallory.record(warn), mallory.record(warn, {}, mallory.successor('record'))];
  for (const one of [old, young]) await landWarning(both, cut(one, 0));
  t.match(await quarantined(us), [{ kind: 'warning', code: 'key_former' }]);
  t.match(await received(both), [{ digest: young.digest }]);
  await landRecords(us, mallory, [cut(old, 4)]);
  t.match(await received(both), [{ digest: old.digest }, { digest: young.digest }], 'its record has an index');
});

test('a former agency key does not speak over the present one, whatever its number', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const say = (seq: number, by = mallory.signer('agency')) =>
    mallory.state('detente-offer+jwt', offer('green'), { aud: US, seq, by });
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, 'agency'), { seq: 2 }));
  await land(us, mallory, 'statement', await say(99));
  t.same(await offersOf(both), [1, 99], 'what was under way at the rotation still counts');
  await land(us, mallory, 'statement', await say(3, mallory.successor('agency')));
  t.same(await offersOf(both), [1, 3]);
  const later = await say(100);
  await land(us, mallory, 'statement', later, await say(2));
  t.match(await quarantined(us), [{ code: 'key_former', body: later }]);
  t.same(await offersOf(both), [1, 2, 3], 'what it said before is history');
});
