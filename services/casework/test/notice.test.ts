// An offer that gives less waits until the notice has passed that the one before it promised.

import { test } from 'tap';
import { recomputeAllTerms } from '../src/jobs/terms.ts';
import { acquaint, land, US } from './hostile/acquaintance.ts';
import { offer } from './worker-pair.ts';

test('a narrower offer counts when the promised notice has passed, and a wider one at once', async (t) => {
  const { us, mallory } = await acquaint(t);
  const offers = [
    { ...offer('amber'), notice_days: 30 },
    { ...offer('green'), valid_from: '2026-03-01' },
    // As wide as the one that waits: it does not end the wait.
    { ...offer('green'), valid_from: '2026-03-02' },
  ];
  for (const [at, body] of offers.entries()) {
    const jws = await mallory.state('detente-offer+jwt', body, { aud: US, seq: at + 2 });
    await land(us, mallory, 'statement', jws);
  }
  const levelOn = async (day: string) => {
    await recomputeAllTerms(us.worker, day);
    const { rows } = await us.home.query(
      `SELECT cells #>> '{incident/cyber/2-3,level}' AS level FROM terms
       WHERE peer = $1 AND direction = 'taken' AND day = $2`,
      [mallory.origin, day],
    );
    return Number(rows[0].level);
  };
  const levels = [];
  for (const day of ['2026-02-28', '2026-03-01', '2026-03-30', '2026-03-31', '2026-04-01'])
    levels.push(await levelOn(day));
  t.same(levels, [3, 3, 3, 2, 2]);
  const wider = await mallory.state(
    'detente-offer+jwt',
    { ...offer('amber'), valid_from: '2026-04-02' },
    { aud: US, seq: 5 },
  );
  await land(us, mallory, 'statement', wider);
  t.equal(await levelOn('2026-04-02'), 3);
});
