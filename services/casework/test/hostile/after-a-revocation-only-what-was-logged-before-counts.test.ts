import type { Descriptor } from '@detente/keys';
import { startHostileNode } from '@detente/testkit';
import { test } from 'tap';
import {
  acquaint,
  cut,
  green,
  land,
  landRecords,
  landWarning,
  quarantined,
  received,
  revoking,
} from './acquaintance.ts';

test('after a revocation of the record key only what was logged before it counts', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const warn = { ...green, severity: { level: 5, axes: { people: 5, safeguards: null, reach: null } } };
  const [old, after, late, beyond] = Array.from({ length: 4 }, () => mallory.record(green));
  const young = mallory.record(green, {}, mallory.successor('record'));
  const [alarm, stolen] = [mallory.record(warn), mallory.record(warn)];
  await landRecords(us, mallory, [cut(old!, 9), cut(after!, 10)]);
  const alarmed = cut(alarm, 0);
  await landWarning(both, alarmed);
  t.same(
    (await received(both)).map(({ revoked }) => revoked),
    [false, false, false],
  );

  await land(us, mallory, 'descriptor', mallory.descriptor(revoking(both, 'record', 10), { seq: 2 }));
  t.same(await quarantined(us), []);
  t.same(await received(both), [
    { digest: old!.digest, place: 9, revoked: false },
    { digest: after!.digest, place: 10, revoked: true },
    { digest: alarm.digest, place: null, revoked: true },
  ]);

  // The page goes on, the thief's records lie in quarantine, and what was logged before is taken as ever.
  await landRecords(us, mallory, [cut(late!, 3), cut(beyond!, 11), cut(young, 12)]);
  await landWarning(both, cut(stolen, 0));
  const [first, second] = await quarantined(us);
  t.match(first, { kind: 'record', code: 'key_revoked', body: cut(beyond!, 11).token });
  t.match(second, { kind: 'warning', code: 'key_revoked' });
  t.match(
    (await received(both)).map(({ place, revoked }) => [place, revoked]),
    [
      [3, false],
      [9, false],
      [10, true],
      [12, false],
      [null, true],
    ],
  );

  await t.test('a warning whose record the log shows before the revocation counts again', async (t) => {
    await landRecords(us, mallory, [{ ...alarmed, place: 8 }]);
    t.match(
      (await received(both)).find(({ digest }) => digest === alarm.digest),
      { place: 8, revoked: false },
    );
  });

  await t.test('what was revoked stays so: not dropped, not moved, not put back', async (t) => {
    const { rows: before } = await us.border.query('SELECT keys FROM peers');
    const again = (change: (body: Descriptor) => void) =>
      mallory.descriptor(
        (body) => {
          revoking(both, 'record', 10)(body);
          body.keys.record.next = announced;
          change(body);
        },
        { seq: 3 },
      );
    const announced = (before[0].keys.record as { next: string }).next;
    const thief = mallory.signer('record');
    const faults: [string, (body: Descriptor) => void, string][] = [
      ['dropped', (body) => delete body.revoked, 'revocation_withdrawn'],
      ['moved', (body) => Object.assign(body.revoked![0]!, { before: 99 }), 'revocation_withdrawn'],
      ['put back', (body) => Object.assign(body.keys.record, { jwk: thief.publicJwk }), 'keys_not_distinct'],
      ['announced', (body) => Object.assign(body.keys.agency, { next: thief.kid }), 'keys_not_distinct'],
      [
        'another record key as if it were an old one',
        (body) => body.former!.push(mallory.signer('witness').publicJwk),
        'keys_not_distinct',
      ],
    ];
    for (const [what, change, code] of faults) {
      const jws = again(change);
      await land(us, mallory, 'descriptor', jws);
      t.match((await quarantined(us)).at(-1), { kind: 'descriptor', code, body: jws }, what);
    }
    await land(us, mallory, 'descriptor', mallory.descriptor());
    t.same((await us.border.query('SELECT keys FROM peers')).rows, before, 'nor by an old descriptor shown again');
  });
});

test('a forged version of a revoked key keeps no honest one out', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const claims = { id: '11111111-1111-4111-8111-111111111111', tick: 7 };
  const forged = mallory.record(green, claims);
  await landRecords(us, mallory, [cut(forged, 10)]);
  await land(us, mallory, 'descriptor', mallory.descriptor(revoking(both, 'record', 10), { seq: 2 }));
  const honest = mallory.record(green, claims, mallory.successor('record'));
  await landRecords(us, mallory, [cut(honest, 11)]);
  t.same(await quarantined(us), []);
  t.match(await received(both), [
    { digest: forged.digest, revoked: true },
    { digest: honest.digest, revoked: false },
  ]);
  await landRecords(us, mallory, [cut(forged, 9)]);
  t.match(await quarantined(us), [{ code: 'tick_conflict' }], 'and does not come back beside it');
});

test('a revocation is of one key of one purpose', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const wrong = (body: Descriptor) => {
    revoking(both, 'record', 0)(body);
    body.revoked![0]!.purpose = 'agency';
  };
  await land(us, mallory, 'descriptor', mallory.descriptor(wrong, { seq: 2 }));
  const old = mallory.record(green);
  await landRecords(us, mallory, [cut(old, 3)]);
  t.same(await quarantined(us), []);
  t.match(await received(both), [{ digest: old.digest, revoked: false }]);
});

test('a record key that was none cannot be made a former one', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const { publicJwk } = (await startHostileNode(t)).signer('record');
  const jws = mallory.descriptor((body) => Object.assign(body, { former: [publicJwk] }), { seq: 2 });
  await land(us, mallory, 'descriptor', jws);
  t.match(await quarantined(us), [{ kind: 'descriptor', code: 'key_unannounced', body: jws }]);
});
