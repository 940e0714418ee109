// A node whose log is damaged on the disk: it says so, signs nothing, and is read as before; once mended it goes on.

import { dataOf } from '@detente/client';
import { introduce, runDetente, startNode, type TestNode, until } from '@detente/testkit';
import { type Test, test } from 'tap';

async function statusOf(node: TestNode) {
  return dataOf(await node.casework.GET('/casework/v1/status'));
}

/** Flips the last bit of a leaf, and back. */
async function flip(node: TestNode, leaf: number): Promise<void> {
  const at = (leaf % 256) * 34 + 33;
  const [index, flipped] = [Math.floor(leaf / 256), `set_byte(leaves, ${at}, get_byte(leaves, ${at}) # 1)`];
  await node.sql('border', `UPDATE entries SET leaves = ${flipped} WHERE index = ${index}`);
}

async function isRead(t: Test, { origin }: TestNode, size: number): Promise<void> {
  const checkpoint = await fetch(`${origin}/log/v1/checkpoint`);
  t.equal(checkpoint.status, 200);
  t.equal((await checkpoint.text()).split('\n')[1], String(size), 'the checkpoint stays');
  for (const path of ['log/v1/tile/0/000', 'log/v1/tile/entries/000', 'publication/v1/editions'])
    t.equal((await fetch(`${origin}/${path}`)).status, 200, path);
}

test('a damaged log is named and not continued, and is read on', async (t) => {
  const [cn, us] = await Promise.all(
    ['cn', 'us'].map((name) => startNode(t, { name, tickMs: 400, batchSize: 64, witnessesRequired: 0 })),
  );
  await introduce(cn!, us!);
  await until('there is more than one tile', async () => (await statusOf(cn!)).tree.signed > 300);
  await flip(cn!, 33);
  // The first pass may be over, and the next one is an hour away.
  await cn!.kill('worker');
  // The worker asks its peer as well, as after every start.
  const kinds = async () => (await statusOf(cn!)).signing_stops.map(({ kind }) => kind).join();
  await until('it is found, and the peer has answered', async () => (await kinds()) === 'damaged');
  const { tree, signing_stops } = await statusOf(cn!);
  t.match(signing_stops, [
    { kind: 'damaged', place: 33, reason: /^Leaf 33 of the log is not the one that was signed/ },
  ]);
  t.match((await runDetente(['status', '--data', cn!.data])).stdout, /\nlog stands still +Leaf 33 of the log /);
  const doctor = await runDetente(['doctor', '--data', cn!.data]);
  t.equal(doctor.code, 3);
  t.match(doctor.stdout, /✗ Leaf 33 of the log .*\n +put them back from a copy\./);
  t.match(cn!.log(), /Leaf 33 of the log is not the one that was signed/, 'the worker says so');

  const pulledAt = () => us!.sql('border', 'SELECT pulled_at, fault FROM cursors WHERE peer = $1', [cn!.origin]);
  const [before] = await pulledAt();
  await until('its peer pulls on', async () => Number((await pulledAt())[0]!.pulled_at) > Number(before!.pulled_at));
  t.equal((await pulledAt())[0]!.fault, null);
  await isRead(t, cn!, tree.signed);
  t.same((await statusOf(cn!)).tree, tree, 'nothing is appended or signed');

  await flip(cn!, 33);
  await until('it goes on', async () => (await statusOf(cn!)).tree.signed > tree.size);
  t.same((await statusOf(cn!)).signing_stops, []);
  t.equal((await runDetente(['doctor', '--data', cn!.data])).code, 0);
});
