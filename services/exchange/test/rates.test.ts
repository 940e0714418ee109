import { test } from 'tap';
import { callAs, introduce, startNode } from './exchange-node.ts';

const feed = '/exchange/v1/feed';

test('a stranger’s flood takes nothing from a peer behind the same proxy, and a peer nothing from another', async (t) => {
  const limits = { DETENTE_RATE_LIMIT_PER_MINUTE: '12', DETENTE_CALLER_LIMIT_PER_MINUTE: '20' };
  const [cn, us, sg] = await Promise.all([startNode(t, limits), startNode(t), startNode(t)]);
  await introduce(cn, us, sg);
  const statusOf = async (node: typeof us) =>
    (await callAs(cn, node.keys.transport, { method: 'GET', path: feed })).status;
  const stranger = () => cn.proxy.send({ method: 'GET', url: feed, headers: { host: 'x' }, body: Buffer.alloc(0) });
  const copied = async () => {
    const { headers } = cn.proxy.passed.findLast(({ url }) => url === feed)!;
    return cn.proxy.send({
      method: 'GET',
      url: feed,
      headers: { ...headers, signature: 'detente=:AAAA:' },
      body: Buffer.alloc(0),
    });
  };
  t.notSame(await statusOf(us), 429);
  t.notSame(await statusOf(sg), 429);
  const seen: number[] = [];
  for (let at = 0; at < 30; at++) seen.push((await stranger()).status);
  t.equal(seen.at(-1), 429);
  const { headers, body } = await stranger();
  t.match(headers['retry-after'], /^[1-9]\d*$/);
  t.equal(JSON.parse(body.toString()).code, 'rate_limited');
  for (let at = 0; at < 10; at++) t.equal((await copied()).status, 401, 'a copied key id is looked at');
  for (let at = 0; at < 19; at++) t.notSame(await statusOf(us), 429, 'and costs the peer nothing');
  const beyond = [await statusOf(us), await statusOf(us), await statusOf(us)];
  t.equal(beyond.at(-1), 429, 'until its own room is used up, of which it is told with a signature');
  t.notSame(await statusOf(sg), 429, 'which is not the other’s');
  t.notOk(
    cn.lines.some((line) => JSON.parse(line).level >= 50),
    'nothing failed inside',
  );
});
