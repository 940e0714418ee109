import { newestCanaries } from '@detente/store/casework';
import { test } from 'tap';
import { silentPeers } from '../../src/escalation.ts';
import type { WorkerNode } from '../worker-node.ts';
import { acquaint, land, quarantined, US } from './acquaintance.ts';

const DAY = 86_400_000;
const dayIn = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

test('a canary speaks for no day that is still to come', async (t) => {
  const { us, mallory } = await acquaint(t);
  const say = async (seq: number, day: string) =>
    land(us, mallory, 'canary', await mallory.state('detente-canary+jwt', { day }, { aud: US, seq }));
  const canary = async () => (await us.worker.home.read(newestCanaries)).get(mallory.origin);

  await say(1, '2999-12-31');
  await say(2, dayIn(2));
  t.match(await quarantined(us), [
    { peer: mallory.origin, kind: 'canary', code: 'canary_malformed', detail: /day_ahead/ },
    { peer: mallory.origin, kind: 'canary', code: 'canary_malformed', detail: /day_ahead/ },
  ]);
  t.equal(await canary(), undefined);

  await say(3, dayIn(-5));
  t.equal(await canary(), dayIn(-5), 'one that waited is taken for its own day');
  await say(4, dayIn(1));
  t.equal(await canary(), dayIn(0), 'of a clock that is ahead, for the day on which it came');
  t.equal((await quarantined(us)).length, 2);

  await storedOf(us, '2999-12-31');
  t.equal(await canary(), dayIn(0), 'and of one that was kept before, no more');
  const later = Date.now() + 3 * DAY;
  const peer = { origin: mallory.origin, status: 'active', canary_taken: new Date(later) };
  t.equal(silentPeers([peer], await us.worker.home.read(newestCanaries), later).length, 1);
});

/** Lets the newest canary that is held be of another day. */
async function storedOf({ home }: WorkerNode, day: string): Promise<void> {
  await home.query(
    `UPDATE statements SET body = jsonb_build_object('day', $1::text) WHERE typ = 'detente-canary+jwt' AND seq = 4`,
    [day],
  );
}
