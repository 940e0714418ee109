import { startHostileNode } from '@detente/testkit';
import { test } from 'tap';
import { acquaint, befriend, landRecords } from './acquaintance.ts';

test('who sends little does not wait behind who sends much', async (t) => {
  const { us, mallory: flooder } = await acquaint(t);
  const quiet = await startHostileNode(t);
  await befriend(us, quiet, 'quiet');
  const shown = (node: typeof quiet, place: number) => {
    const { token, lengths, digest } = node.record();
    return { token: token.slice(0, lengths[2]), digest, place };
  };
  const landed = Array.from({ length: 1200 }, (_, at) => ({ peer: flooder.origin, ...shown(flooder, at) }));
  // Far above the terms, so that it waits for a statement that might explain it, and is looked at in every round.
  const { token, digest } = flooder.record();
  landed.push({ peer: flooder.origin, token, digest, place: 1200 });
  await us.border.query(
    `INSERT INTO landing (peer, kind, digest, place, body)
     SELECT peer, 'record', digest, place, token
     FROM json_to_recordset($1) AS r (peer text, digest text, place bigint, token text)`,
    [JSON.stringify(landed)],
  );
  await landRecords(us, quiet, [shown(quiet, 0)]);
  const { rows } = await us.home.query('SELECT peer FROM received ORDER BY change');
  const order = rows.map((row) => row.peer as string);
  t.equal(order.length, 1201);
  t.ok(order.indexOf(quiet.origin) <= 500, 'it came in with the first turn');
  t.equal((await us.border.query('SELECT FROM landing')).rowCount, 1, 'what waits is left where it is');
});
