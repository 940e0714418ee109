// What officers see of witnesses: how far our log is witnessed, what we witnessed of peers', and a log that forked.

import { type Test, test } from 'tap';
import { addPeer, addToken, caller, createNode, type Node, serve } from './casework-node.ts';

async function start(t: Test, required: string) {
  const node = await createNode(t);
  const service = await serve(t, {
    ...node,
    env: { ...node.env, DETENTE_WITNESSES_REQUIRED: required } as Node['env'],
  });
  const officer = caller(service, await addToken(node, 'chen', 'officer'));
  const [us, sg] = [await addPeer(node, 'us'), await addPeer(node, 'sg')];
  for (const size of [16, 32, 48])
    await node.border.run('INSERT INTO checkpoints (size, note) VALUES ($1, $2)', [size, `note of ${size}`]);
  const cosign = (size: number, peer: string) =>
    node.border.run(`INSERT INTO cosignatures (size, peer, line) VALUES ($1, $2, 'line')`, [size, peer]);
  const status = async () => (await officer('GET', '/status')).json;
  const peer = async (name: string) => (await officer('GET', `/peers/${name}`)).json;
  return { node, us, sg, cosign, status, peer, officer };
}

test('our log is unwitnessed as far as the required number has not signed', async (t) => {
  const { us, sg, cosign, status } = await start(t, '2');
  const none = { required: 2, by: 0, unwitnessed: 48 };
  t.same((await status()).witnessed, none);
  await cosign(16, us);
  await cosign(32, us);
  t.same((await status()).witnessed, none, 'one of two');
  await cosign(16, sg);
  t.match((await status()).witnessed, { required: 2, size: 16, by: 2, unwitnessed: 32, at: String });
  await cosign(32, sg);
  t.match((await status()).witnessed, { size: 32, by: 2, unwitnessed: 16 });
});

test('where no witness is required nothing is unwitnessed', async (t) => {
  const { status } = await start(t, '0');
  t.same((await status()).witnessed, { required: 0, by: 0, unwitnessed: 0 });
});

test('a peer shows what each witnessed of the other, and the proof where its log forked', async (t) => {
  const { node, us, cosign, status, peer, officer } = await start(t, '1');
  const bare = await peer('us');
  t.same([bare.witnessed, bare.cosigned, bare.forks, bare.log_forked], [undefined, undefined, undefined, false]);
  await cosign(32, us);
  await node.border.run(
    `INSERT INTO witnessed (log, peer, size, root, note) VALUES ('us.example/log/v1', $1, 80, '', 'held')`,
    [us],
  );
  t.match(await peer('us'), { witnessed: { size: 80, at: String }, cosigned: { size: 32, at: String } });
  t.equal((await peer('us')).witnessed.refused_at, undefined);
  await node.border.run('UPDATE witnessed SET refused_at = now()');
  await node.border.run(
    `INSERT INTO forks (log, peer, smaller_size, larger_size, smaller, larger, root, proof, descriptors)
     VALUES ('us.example/log/v1', $1, 80, 96, 'a', 'b', sha256('r'), array[sha256('p')], array['d'])`,
    [us],
  );
  await node.border.run(
    `INSERT INTO mirrors (log, peer, size, fault, fault_at)
     SELECT log_name, origin, 64, 'the peer’s log answers 404 to the question for a tile', now() FROM peers WHERE origin = $1`,
    [us],
  );
  await node.border.run(`INSERT INTO cursors (peer, witness_fault) VALUES ($1, 'it answers 404')`, [us]);
  t.match(await peer('us'), {
    log_forked: true,
    forks: [
      {
        ...{ code: 'log_forked', smaller_size: 80, larger_size: 96 },
        proof: {
          fork: 'detente/fork/1',
          smaller: 'a',
          larger: 'b',
          root: /^.{43}$/,
          proof: [/^.{43}$/],
          descriptors: ['d'],
        },
      },
    ],
    witnessed: { refused_at: String },
    cosigned: { fault: 'it answers 404', size: 32 },
    mirrored: { size: 64, fault: 'the peer’s log answers 404 to the question for a tile', at: String },
  });
  const { items } = (await officer('GET', '/peers')).json;
  t.same(
    items.map(({ name, log_forked }: { name: string; log_forked: boolean }) => [name, log_forked]),
    [
      ['sg', false],
      ['us', true],
    ],
  );
  t.equal((await status()).logs_forked, 1);
});
