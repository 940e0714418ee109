import { randomBytes } from 'node:crypto';
import type { Descriptor } from '@detente/keys';
import { test } from 'tap';
import { quarantined, startVictim } from './victim.ts';

const fresh = () => randomBytes(32).toString('base64url');

test('a record of a key that is on its way waits for it, and one of a key that nobody announces does not', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const next = mallory.successor('record');
  const rotated = ({ keys }: Descriptor) => {
    keys.record = { jwk: next.publicJwk, next: fresh() };
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

test('descriptors that were missed are taken in order, and one that is missing keeps nothing back', async (t) => {
  const { us, mallory } = await startVictim(t);
  const all = [2, 3, 4].map((seq) => mallory.descriptor(undefined, { seq }));
  mallory.shown = all.at(-1)!;
  const missed = () => us.rows(`SELECT body FROM landing WHERE kind = 'descriptor' ORDER BY number`);
  mallory.answer = ({ url }, outgoing) => {
    const seq = new URL(url, mallory.origin).searchParams.get('seq');
    if (seq === null) return false;
    outgoing.writeHead(200, { 'content-type': 'application/jose' }).end(all[Number(seq) - 2]);
    return true;
  };
  await us.pull(mallory, { refresh: true });
  t.same(
    await missed(),
    all.map((body) => ({ body })),
  );

  await us.rows('DELETE FROM landing');
  mallory.answer = ({ url }, outgoing) => {
    if (!url.includes('seq=')) return false;
    outgoing.writeHead(404).end();
    return true;
  };
  await us.pull(mallory, { refresh: true });
  t.same(await missed(), [{ body: mallory.shown }]);
});

test('a page is taken without what a revoked key signed above the index', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const { kid, publicJwk } = mallory.signer('record');
  const next = mallory.successor('record');
  const key = { kid: next.kid, jwk: next.publicJwk, next: fresh(), former: [{ kid, jwk: publicJwk, before: 1 }] };
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
