import { listPeers } from '@detente/store/casework';
import { quarantineLanded } from '@detente/store/worker';
import { test } from 'tap';
import { acquaint, land, landRecords, quarantined } from './acquaintance.ts';

test('the worker keeps 1,000 refusals of a peer, counts the rest, and an officer sees how many there were', async (t) => {
  const { us, mallory } = await acquaint(t);
  const seen = async () => {
    const peers = await us.worker.border.read(listPeers);
    return peers.map(({ name, quarantined }) => ({ name, quarantined }));
  };
  const bad = mallory.record({ root_cause: undefined });
  const spoilt = (at: number) => `${bad.token.slice(0, bad.lengths[0])}${at}~`;
  const records = Array.from({ length: 1100 }, (_, at) => ({ token: spoilt(at), digest: bad.digest, place: at }));

  await landRecords(us, mallory, records.slice(0, 990));
  t.same(await seen(), [{ name: 'mallory', quarantined: 990 }]);
  await landRecords(us, mallory, records.slice(0, 20));
  t.same(await seen(), [{ name: 'mallory', quarantined: 990 }], 'the same bytes lie there once');
  await landRecords(us, mallory, records.slice(990));
  const rows = await quarantined(us);
  t.same([rows.length, rows.filter(({ code }) => code === 'quarantine_full').length], [1001, 1]);
  t.same(await seen(), [{ name: 'mallory', quarantined: 1100 }]);
  t.same(new Set(rows.map(({ body }) => body)).size, 1001, 'each with its bytes');

  await land(us, mallory, 'statement', 'a.b.c', 'a.b.d');
  t.match((await quarantined(us)).at(-1), { kind: 'statement', code: 'quarantine_full', detail: '{"not_kept" : 2}' });
  t.same(await seen(), [{ name: 'mallory', quarantined: 1102 }]);
  t.equal((await us.border.query('SELECT FROM landing')).rowCount, 0, 'nothing waits');

  const good = mallory.record({ root_cause: undefined });
  await landRecords(us, mallory, [{ token: good.token.slice(0, good.lengths[2]), digest: good.digest, place: 2000 }]);
  t.equal((await us.home.query('SELECT FROM received')).rowCount, 1, 'what is good is taken in as ever');
  await us.worker.border.write((tx) => quarantineLanded(tx, []));
});
