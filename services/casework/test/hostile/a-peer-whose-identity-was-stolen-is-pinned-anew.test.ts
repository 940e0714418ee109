import type { Descriptor } from '@detente/keys';
import { startHostileNode } from '@detente/testkit';
import { test } from 'tap';
import { handlePeerRequest } from '../../src/jobs/peers.ts';
import { acquaint, cut, fresh, green, land, landRecords, quarantined, received } from './acquaintance.ts';

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
  const change = ({ keys }: Descriptor) => {
    keys.identity = { jwk: anew.publicJwk, next: fresh() };
  };
  await land(us, mallory, 'descriptor', mallory.descriptor(change, { seq: 3, by: anew }));
  t.match(await row(), { fingerprint: anew.kid, keys: { transport: { kid: mallory.signer('transport').kid } } });
  t.match(await received(both), [{ digest: old.digest, revoked: false }], 'what it had given still counts');
});
