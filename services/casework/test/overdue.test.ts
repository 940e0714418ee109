// What did not come is seen: an answer that is overdue, a canary that is old.

import { runDetente } from '@detente/testkit';
import { test } from 'tap';
import { addPeer, addToken, caller, createNode, digest, type Node, origin, serve } from './casework-node.ts';

const DAY = 86_400_000;
const dayBefore = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

/** Keeps a recall, due so many days ago. */
async function recall(node: Node, { iss, aud, late }: { iss: string; aud: string; late: number }): Promise<string> {
  const name = digest(`${iss} ${late}`);
  const body = {
    ...{ cause: 'retracted', level: 0 },
    records: [{ id: '11111111-1111-4111-8111-111111111111', digest: digest('record') }],
  };
  await node.home.run(
    `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body) VALUES ($1, 'detente-recall+jwt', $2, $3, 'j', $4, 'x', $5)`,
    [iss, aud, 100 + late, name, JSON.stringify(body)],
  );
  await node.home.run(
    `INSERT INTO recalls (digest, peer, own, due_at) VALUES ($1, $2, $3, now() - $4 * interval '1 day')`,
    [name, iss === origin ? aud : iss, iss === origin, late],
  );
  return name;
}

test('an answer that is overdue and a canary that is old are in the status and beside their peer', async (t) => {
  const node = await createNode(t);
  const peer = await addPeer(node, 'us');
  const service = await serve(t, node);
  const token = await addToken(node, 'chen', 'officer');
  const officer = caller(service, token);
  const canary = (day: string, seq: number) =>
    node.home.run(
      `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body)
       VALUES ($1, 'detente-canary+jwt', $2, $3, 'j', $4, 'x', $5)`,
      [peer, origin, seq, digest(day), JSON.stringify({ day })],
    );
  const told = (ago: number) =>
    node.border.run(
      `INSERT INTO notices_out (peer, kind, digest, body, delivered_at)
       VALUES ($1, 'canary', $2, 'x', now() - $3 * interval '1 day')`,
      [peer, digest(`ours ${ago}`), ago],
    );
  const status = async () => {
    const { recalls_overdue, canaries_missing, canary_age } = (await officer('GET', '/status')).json;
    return { recalls_overdue, canaries_missing, canary_age };
  };
  await canary(dayBefore(3), 1);
  await told(3);
  const late = [
    await recall(node, { iss: origin, aud: peer, late: 1 }),
    await recall(node, { iss: peer, aud: origin, late: 2 }),
  ];
  const inTime = await recall(node, { iss: origin, aud: peer, late: -5 });
  t.same(await status(), { recalls_overdue: 2, canaries_missing: 1, canary_age: 3 });
  const recalls = (await officer('GET', '/recalls')).json.items as { digest: string; overdue: boolean }[];
  const overdue = new Map(recalls.map((one) => [one.digest, one.overdue]));
  t.same(
    [...late, inTime].map((one) => overdue.get(one)),
    [true, true, false],
  );
  t.match((await officer('GET', '/peers/us')).json, { canary: dayBefore(3), canary_age: 3, canary_taken: /T/ });

  const shown = async (...args: string[]) => (await runDetente([...args, '--url', service, '--token', token])).stdout;
  const rows = (await shown('recall', 'list')).split('\n');
  const rowOf = (digest: string) => rows.find((row) => row.startsWith(digest));
  t.match(rowOf(late[0]!), / us +sent .*T\S+Z, overdue +none$/);
  t.match(rowOf(late[1]!), / us +received .*T\S+Z, overdue +none$/);
  t.match(rowOf(inTime), /T\S+Z +none$/);
  t.notMatch(rowOf(inTime), /overdue/);
  const peerShown = await shown('peer', 'show', 'us');
  t.match(peerShown, new RegExp(`^canary +${dayBefore(3)}$`, 'm'));
  t.match(peerShown, /^canary, days +3$/m);
  t.match(await shown('status'), /^recalls_overdue +2$/m);
  t.match(await shown('status'), /^canary_age +3$/m);

  await canary(dayBefore(0), 2);
  await told(0);
  await node.home.run(`UPDATE recalls SET answer = 'a', answered_at = now() WHERE digest = $1`, [late[0]]);
  t.same(await status(), { recalls_overdue: 1, canaries_missing: 0, canary_age: 0 });
});
