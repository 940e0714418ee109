import { MAX_RECORD_LENGTH } from '@detente/record';
import { test } from 'tap';
import { quarantined, startVictim } from './victim.ts';

/** The token with a signature that is none. */
function spoilt(token: string): string {
  return token.replace(/\.[^.~]+~/, `.${'A'.repeat(86)}~`);
}

test('what is wrong with records harms those records alone, and no more of it is kept than proves it', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const said = async () => {
    const rows = await us.rows<{ jws: string }>('SELECT jws FROM receipts_out ORDER BY seq');
    return rows.flatMap(({ jws }) => JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString()).records);
  };

  await t.test('of one poison record in 1,000 the other 999 land, and are signed for', async (t) => {
    for (let at = 0; at < 1000; at++) {
      const { token } = mallory.record();
      mallory.log.add(token, at === 500 ? spoilt(token) : token);
    }
    await us.pull(mallory);
    t.equal(await us.fault(mallory), null);
    t.equal((await us.landed(mallory)).length, 999);
    t.equal((await said()).length, 999);
    t.match(await quarantined(victim), [
      { code: 'signature_invalid', place: 500, body: mallory.log.listed[500]!.presentation },
    ]);
    t.same(await us.cursor(mallory), { after: 1000, late: 0 });
  });

  await t.test('of a record that is longer than any, the beginning is kept', async (t) => {
    const { token } = mallory.record();
    const long = `${token}${'A'.repeat(400_000)}~`;
    mallory.log.add(token, long);
    await us.pull(mallory);
    const [kept] = (await quarantined(victim)).filter(({ code }) => code === 'record_too_large');
    t.equal(kept!.body, long.slice(0, MAX_RECORD_LENGTH));
  });

  await t.test(
    'of 2,500 bad records 1,000 are kept, the others are counted, and what is good lands as ever',
    async (t) => {
      for (let at = 0; at < 2498; at++) {
        const { token } = mallory.record();
        mallory.log.add(token, spoilt(token));
      }
      const good = mallory.record();
      mallory.log.add(good.token);
      await us.pull(mallory);
      t.equal(await us.fault(mallory), null);
      t.equal(await us.count('quarantine', `code <> 'quarantine_full'`), 1000);
      const full = await us.rows<{ detail: string }>(`SELECT detail FROM quarantine WHERE code = 'quarantine_full'`);
      t.same(
        full.map(({ detail }) => JSON.parse(detail)),
        [{ not_kept: 1500 }],
      );
      t.equal((await us.landed(mallory)).at(-1)!.digest, good.digest);
      t.equal((await said()).length, 1000);
    },
  );
});
