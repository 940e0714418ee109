import { listWarnings } from '@detente/store/casework';
import { startHostileNode } from '@detente/testkit';
import { test } from 'tap';
import { takeIn } from '../../src/jobs/landing.ts';
import { acquaint, befriend, green, quarantined } from './acquaintance.ts';

test('a flood of warnings is one item with a count, and another peer’s comes in with the first turn', async (t) => {
  const { us, mallory } = await acquaint(t);
  const other = await startHostileNode(t);
  await befriend(us, other, 'other');
  // Turns are taken in the order of the origins: the one that floods has the first.
  const [flooder, quiet] = [mallory, other].sort((a, b) => (a.origin < b.origin ? -1 : 1)) as [
    typeof other,
    typeof other,
  ];
  const severity = { level: 5, axes: { people: 5, safeguards: null, reach: null } };
  const warn = (node: typeof quiet) => {
    const { token, lengths, digest } = node.record({ ...green, severity });
    return { peer: node.origin, digest, token: token.slice(0, lengths[2]) };
  };
  const flood = Array.from({ length: 1000 }, () => warn(flooder));
  await us.border.query(
    `INSERT INTO landing (peer, kind, digest, body)
     SELECT peer, 'warning', digest, token FROM json_to_recordset($1) AS r (peer text, digest text, token text)`,
    [JSON.stringify([...flood, warn(quiet)])],
  );
  t.equal(await takeIn(us.worker), 1001);
  t.same(await quarantined(us), []);

  const { rows } = await us.home.query('SELECT peer FROM received ORDER BY change');
  const place = rows.findIndex(({ peer }) => peer === quiet.origin);
  t.ok(place <= 32, `behind one turn of the other at most, not behind ${place}`);
  const listed = (await us.worker.home.read((reader) => listWarnings(reader, 7, false))).map(
    ({ peer, count, unlogged }) => ({
      ...{ peer, count, unlogged },
    }),
  );
  const items = [
    { peer: flooder.origin, count: 1000, unlogged: 1000 },
    { peer: quiet.origin, count: 1, unlogged: 1 },
  ];
  t.same(new Set(listed), new Set(items));
  t.equal(listed.length, 2);
});
