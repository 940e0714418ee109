// A node that withdraws a record names its last version alone; a relay that passed on the ones before it gives these up too.

import { randomUUID } from 'node:crypto';
import { openDatabase } from '@detente/store/database';
import { recalledBy } from '@detente/store/worker';
import { test } from 'tap';
import { addPeer, createNode, digest, origin } from '../casework-node.ts';

test('a recall reaches the versions before the one that it names, and none after it', async (t) => {
  const node = await createNode(t);
  const peer = await addPeer(node, 'us');
  const id = randomUUID();
  const receive = (tick: number, record = id) =>
    node.home.run(
      `INSERT INTO received (peer, digest, id, type, tick, level, domain, band, tlp, exercise, retracted, presentation, fields)
       VALUES ($1, $2, $3, 'incident/1', $4, 3, 'cyber', '4', 'clear', false, false, 'x', '{}')`,
      [peer, digest(`${record} ${tick}`), record, tick],
    );
  const other = randomUUID();
  for (const tick of [1, 2, 3]) await receive(tick);
  await receive(1, other);
  const named = digest(`${id} 2`);
  const body = { cause: 'retracted', level: 0, records: [{ id, digest: named }] };
  await node.home.run(
    `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body)
     VALUES ($1, 'detente-recall+jwt', $2, 1, 'j', 'recall', 'x', $3)`,
    [peer, origin, JSON.stringify(body)],
  );
  await node.home.run(`INSERT INTO recalls (digest, peer, own, due_at) VALUES ('recall', $1, false, now())`, [peer]);
  const home = openDatabase({ url: node.env.DETENTE_HOME_URL, max: 1, name: 'detente recall test' });
  t.teardown(() => home.close());
  const all = [1, 2, 3].map((tick) => digest(`${id} ${tick}`));
  const found = await recalledBy(home.now, peer, [...all, digest(`${other} 1`)]);
  t.same([...found.keys()].sort(), all.slice(0, 2).sort());
  t.match(found.get(all[0]!), { level: 0, cause: 'retracted' });
});
