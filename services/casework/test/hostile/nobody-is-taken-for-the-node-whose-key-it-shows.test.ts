import { startHostileNode } from '@detente/testkit';
import { test } from 'tap';
import { carryOut } from '../../src/jobs/carry.ts';
import { handlePeerRequest } from '../../src/jobs/peers.ts';
import { acquaint, addPeer, befriend, fresh, land, peerRow, quarantined, rotating } from './acquaintance.ts';

test('whoever shows another node’s key, or announces the one that it shows, is not taken for it', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const mimic = await startHostileNode(t);
  await addPeer(us, mimic, 'mimic');
  const theirs = { jwk: mallory.signer('transport').publicJwk, next: fresh() };
  const ours = { jwk: us.worker.publicKeys.transport.jwk, next: fresh() };
  const shown = [
    mimic.descriptor(({ keys }) => Object.assign(keys, { transport: theirs })),
    mimic.descriptor(({ keys }) => Object.assign(keys, { receipt: theirs })),
    mimic.descriptor(({ keys }) => Object.assign(keys.transport, { next: mallory.signer('transport').kid })),
    mimic.descriptor(({ keys }) => Object.assign(keys.transport, { next: us.worker.publicKeys.transport.next })),
    mimic.descriptor(({ keys }) => Object.assign(keys, { transport: ours })),
  ];
  for (const jws of shown) await land(us, mimic, 'descriptor', jws);
  t.match(
    await quarantined(us),
    shown.map((body) => ({ code: 'keys_not_distinct', body, peer: mimic.origin })),
  );
  t.match((await us.border.query('SELECT status, keys FROM peers WHERE name = $1', ['mimic'])).rows, [
    { status: 'pending', keys: {} },
  ]);
  await land(us, mimic, 'descriptor', mimic.descriptor());
  t.match((await us.border.query('SELECT status FROM peers WHERE name = $1', ['mimic'])).rows, [{ status: 'active' }]);
});

test('whoever copies what another node announces keeps it from no rotation', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const copier = await startHostileNode(t);
  await befriend(us, copier, 'copier');
  const kids = async () =>
    (await us.border.query(`SELECT name, keys #>> '{transport,kid}' AS kid FROM peers ORDER BY name`)).rows;
  const { next } = mallory.publicKeys.transport;
  const jwk = copier.successor('transport').publicJwk;
  await land(
    us,
    copier,
    'descriptor',
    copier.descriptor(({ keys }) => Object.assign(keys.transport, { jwk, next }), { seq: 2 }),
  );
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, 'transport'), { seq: 2 }));
  t.same(await quarantined(us), []);
  t.same(await kids(), [
    { name: 'copier', kid: copier.successor('transport').kid },
    { name: 'mallory', kid: mallory.successor('transport').kid },
  ]);

  const theirs = { jwk: mallory.successor('transport').publicJwk, next: fresh() };
  const mimicry = copier.descriptor(({ keys }) => Object.assign(keys, { transport: theirs }), { seq: 3 });
  await land(us, copier, 'descriptor', mimicry);
  t.match(await quarantined(us), [{ code: 'keys_not_distinct', body: mimicry }], 'what the other one shows is its own');
});

test('what an expelled node showed keeps nobody from showing it', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const thief = await startHostileNode(t);
  await addPeer(us, thief, 'thief');
  const theirs = { jwk: mallory.successor('transport').publicJwk, next: fresh() };
  await land(
    us,
    thief,
    'descriptor',
    thief.descriptor(({ keys }) => Object.assign(keys, { transport: theirs })),
  );
  const rotated = mallory.descriptor(rotating(both, 'transport'), { seq: 2 });
  await land(us, mallory, 'descriptor', rotated);
  t.match(await quarantined(us), [{ code: 'keys_not_distinct', body: rotated }]);
  await handlePeerRequest(us.worker, { op: 'standing', peer: thief.origin, standing: 'expelled' });
  await carryOut(us.worker);
  await land(us, mallory, 'descriptor', rotated);
  t.match(await peerRow(both), { descriptor: rotated });
});
