// An offer that gives less waits until the notice has passed that the one before it promised.

import { test } from 'tap';
import { recomputeAllTerms } from '../src/jobs/terms.ts';
import { acquaint, land, US } from './hostile/acquaintance.ts';
import { offer } from './worker-pair.ts';

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a narrower offer counts when the promised notice has passed, and a wider one at once', async (t) => {
  const { us, mallory } = await acquaint(t);
  const offers = [
    { ...offer('amber'), notice_days: 30 },
    { ...offer('green'), valid_from: dayIn(2) },
    // As wide as the one that waits: it does not end the wait.
    { ...offer('green'), valid_from: dayIn(3) },
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
  for (const day of [1, 2, 31, 32, 33]) levels.push(await levelOn(dayIn(day)));
  t.same(levels, [3, 3, 3, 2, 2]);
  const wider = await mallory.state(
    'detente-offer+jwt',
    { ...offer('amber'), valid_from: dayIn(34) },
    { aud: US, seq: 5 },
  );
  await land(us, mallory, 'statement', wider);
  t.equal(await levelOn(dayIn(34)), 3);
});
