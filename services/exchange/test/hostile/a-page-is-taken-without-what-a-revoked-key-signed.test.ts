import { randomBytes } from 'node:crypto';
import { test } from 'tap';
import { quarantined, startVictim } from './victim.ts';

test('a page is taken without what a revoked key signed above the index', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const { kid, publicJwk } = mallory.signer('record');
  const next = mallory.successor('record');
  const key = {
    kid: next.kid,
    jwk: next.publicJwk,
    next: randomBytes(32).toString('base64url'),
    former: [{ kid, jwk: publicJwk, before: 1 }],
  };
  await us.rows(`UPDATE peers SET keys = jsonb_set(keys, '{record}', $2) WHERE origin = $1`, [
    mallory.origin,
    JSON.stringify(key),
  ]);
  const [before, after] = [mallory.record(), mallory.record()];
  const young = mallory.record({}, {}, next);
  for (const { token } of [before, after, young]) mallory.log.add(token);
  await us.pull(mallory);
  t.equal(await us.fault(mallory), null);
  t.match(await us.landed(mallory), [{ digest: before.digest }, { digest: young.digest }]);
  t.match(await quarantined(victim), [{ code: 'key_revoked', place: 1, digest: after.digest }]);
  const [receipt] = await us.rows<{ jws: string }>('SELECT jws FROM receipts_out');
  const { records } = JSON.parse(Buffer.from(receipt!.jws.split('.')[1]!, 'base64url').toString());
  t.match(records, [{ digest: before.digest }, { digest: young.digest }], 'and signs for the others alone');
});
