import type { Descriptor } from '@detente/keys';
import { startHostileNode } from '@detente/testkit';
import { test } from 'tap';
import { handlePeerRequest } from '../../src/jobs/peers.ts';
import { acquaint, cut, fresh, green, land, landRecords, quarantined, received, rotating } from './acquaintance.ts';

test('a peer whose identity was stolen is pinned anew, and its thief stays outside', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const old = cut(mallory.record(green), 1);
  await landRecords(us, mallory, [old]);
  // The thief has burnt every number.
  await land(us, mallory, 'descriptor', mallory.descriptor(undefined, { seq: Number.MAX_SAFE_INTEGER }));
  const anew = (await startHostileNode(t)).signer('identity');
  await handlePeerRequest(us.worker, { op: 'pin', peer: mallory.origin, fingerprint: anew.kid });
  const row = async () => (await us.border.query('SELECT fingerprint, status, keys FROM peers')).rows[0];
  t.match(await row(), { fingerprint: anew.kid, status: 'active', keys: { transport: undefined } });

  await land(us, mallory, 'descriptor', mallory.descriptor(undefined, { seq: 7 }));
  t.match(await quarantined(us), [{ kind: 'descriptor', code: 'fingerprint_mismatch' }]);
  const change = (body: Descriptor) => {
    body.keys.identity = { jwk: anew.publicJwk, next: fresh() };
    rotating(both, 'record')(body);
    // Of the log key, too, the thief may have made use.
    body.keys.log = { jwk: successor.publicJwk, next: fresh() };
    body.revoked = [{ purpose: 'log', kid: stolen.kid, before: 3 }];
  };
  const [stolen, successor] = [mallory.signer('log'), (await startHostileNode(t)).signer('log')];
  await land(us, mallory, 'descriptor', mallory.descriptor(change, { seq: 3, by: anew }));
  t.match(await row(), { fingerprint: anew.kid, keys: { transport: { kid: mallory.signer('transport').kid } } });
  t.match((await row()).keys.log, { kid: successor.kid, former: [{ kid: stolen.kid, before: 3 }] });
  const late = cut(mallory.record(green), 2);
  await landRecords(us, mallory, [late]);
  t.match(
    await received(both),
    [old, late].map(({ digest }) => ({ digest, revoked: false })),
    'what its record key had signed still counts, also what comes in now',
  );
});
