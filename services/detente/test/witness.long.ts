// Three nodes that witness each other, as real processes, and a witness that is killed between storing and answering.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataOf } from '@detente/client';
import { publicKeyOf } from '@detente/keys';
import { addLab, introduce, killAt, runDetente, startNode, type TestNode, until } from '@detente/testkit';
import { verifyCheckpoint, verifyCosignature } from '@detente/tlog';
import { type Test, test } from 'tap';

type Signed = { size: number; peers: string[] };

/** Own checkpoints, with who has cosigned each, newest first. */
async function cosigned(node: TestNode): Promise<Signed[]> {
  const rows = await node.sql(
    'border',
    'SELECT size::int, array_agg(peer ORDER BY peer) AS peers FROM cosignatures GROUP BY size ORDER BY size DESC',
  );
  return rows as Signed[];
}

/** Size that a node's witness holds of another's log. */
async function heldOf(witness: TestNode, log: TestNode): Promise<number> {
  const rows = await witness.sql('border', 'SELECT size::int FROM witnessed WHERE peer = $1', [log.origin]);
  return (rows[0]?.size as number | undefined) ?? 0;
}

async function descriptorOf({ origin }: TestNode) {
  const jws = await (await fetch(`${origin}/.well-known/detente`)).text();
  return JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString());
}

/** The checkpoint that two have signed verifies for anybody who knows the keys. */
async function checkCosigned(t: Test, node: TestNode, witnesses: readonly TestNode[]): Promise<void> {
  const note = await (await fetch(`${node.origin}/log/v1/cosigned`)).text();
  const { log, keys } = await descriptorOf(node);
  const { size } = verifyCheckpoint(note, { name: log, publicKey: publicKeyOf(keys.log.jwk) });
  t.ok(size > 0 && size % 16 === 0, `${size} leaves`);
  for (const witness of witnesses) {
    const known = await descriptorOf(witness);
    const by = { name: known.witness, publicKey: publicKeyOf(known.keys.witness.jwk) };
    t.ok(verifyCosignature(note, by).timestamp > 0, `${witness.name} has signed it`);
  }
}

/** The worker looks for a day to close when it starts, and then once a minute. */
async function restartWorker(node: TestNode): Promise<void> {
  await node.kill('worker');
  const [before] = await node.sql('border', 'SELECT tick::int FROM tree');
  await until('it sequences again', async () => {
    const [now] = await node.sql('border', 'SELECT tick::int FROM tree');
    return (now!.tick as number) > (before!.tick as number) + 1;
  });
}

async function checkReceipt(t: Test, node: TestNode): Promise<void> {
  await restartWorker(node);
  // The day is read from its row, never from the clock.
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await node.sql('home', 'UPDATE intake_days SET day = $1 WHERE closed_at IS NULL', [yesterday]);
  const folder = mkdtempSync(join(tmpdir(), 'detente-receipt-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const key = await addLab(node, 'Northlight');
  const fields = { kind: 'incident', title: 'Wrong doses', summary: 'Ten times too high.', language: 'en' };
  const report = JSON.stringify({ fields });
  writeFileSync(join(folder, 'report.json'), report);
  writeFileSync(join(folder, 'other.json'), `${report} `);
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const { id } = dataOf(
    await node.reporting(key).POST('/reporting/v1/cases', { body: report as never, bodySerializer: String, headers }),
  ) as { id: string };

  const params = { path: { id, number: 0 } };
  const read = async (by: string) =>
    dataOf(await node.reporting(by).GET('/reporting/v1/cases/{id}/receipts/{number}', { params }));
  const fetchInto = async (name: string) => {
    const from = ['--key', key, '--url', node.origin, '-o', join(folder, name)];
    const ran = await runDetente(['receipt', id, ...from]);
    t.equal(ran.code, 0, ran.stderr);
    return ran.stdout;
  };
  const verify = async (name: string, of: string) => {
    const pinned = ['--report', join(folder, of), '--fingerprint', node.fingerprint];
    const ran = await runDetente(['verify', join(folder, name), ...pinned, '--json']);
    return JSON.parse(ran.stdout.split('\n')[0]!);
  };
  t.match(await fetchInto('promise.json'), 'without a proof yet');
  const promise = await verify('promise.json', 'report.json');
  t.match(promise, { ok: true, day: yesterday, kept: null });
  t.match(promise.not_proven.join('\n'), 'this file is the evidence that it broke its word');

  await restartWorker(node);
  await until('a witness has signed the proof', async () => ((await read(key)).day?.log.witnesses.length ?? 0) > 0);
  t.match(await fetchInto('receipt.json'), 'with the proof that it was kept');
  const proof = await verify('receipt.json', 'report.json');
  t.match(proof, { ok: true, day: yesterday, kept: { size: 2 ** 20, log: { witnesses: [{ origin: String }] } } });
  t.match(proof.proven.join('\n'), /The promise was kept[\s\S]*The witness of http/);
  t.match(await verify('receipt.json', 'other.json'), { ok: false, code: 'receipt_refused' });
  const bare = await runDetente(['verify', join(folder, 'receipt.json')]);
  t.match(bare.stderr, 'A receipt is for a report: name it with --report');
  await t.rejects(read(await addLab(node, 'Southlight')), { code: 'not_found' }, 'another lab is told nothing');
}

test('three nodes witness each other', { timeout: 280_000 }, async (t) => {
  const [cn, us, sg] = await Promise.all(
    ['cn', 'us', 'sg'].map((name) => startNode(t, { name, witnessesRequired: 2 })),
  );
  const nodes = [cn, us, sg] as [TestNode, TestNode, TestNode];
  const others = (node: TestNode) => nodes.filter((one) => one !== node);
  const status = async (node: TestNode) => dataOf(await node.casework.GET('/casework/v1/status'));
  t.match((await status(nodes[0])).witnessed, { required: 2, by: 0 }, 'nobody has signed yet');
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const)
    await introduce(nodes[a], nodes[b]);

  await t.test('two witnesses sign the same checkpoint of each', async (t) => {
    for (const node of nodes) {
      const both = others(node)
        .map(({ origin }) => origin)
        .sort();
      await until(`two have signed one of ${node.name}`, async () =>
        (await cosigned(node)).some(({ peers }) => `${peers}` === `${both}`),
      );
      await checkCosigned(t, node, others(node));
      const { witnessed, logs_forked } = await status(node);
      t.match(witnessed, { required: 2, by: 2, at: String, unwitnessed: Number });
      t.equal(logs_forked, 0);
    }
    const shown = await runDetente(['status', '--data', nodes[0].data]);
    t.match(shown.stdout, /witnessed +\d+ leaves by 2 \(2 required\) \d+ s ago/);
    const peer = await runDetente(['peer', 'show', 'us', '--data', nodes[0].data]);
    t.match(peer.stdout, /witnessed +\d+ leaves of its log/);
    t.match(peer.stdout, /cosigned +\d+ leaves of our log/);
  });

  await t.test('what a lab was promised is proven the next day, offline, on the witnesses’ word too', (t) =>
    checkReceipt(t, nodes[0]),
  );

  await t.test('a witness that is killed when it has stored, and has not answered, goes on from there', async (t) => {
    const [log, witness] = nodes;
    const before = await heldOf(witness, log);
    const hold = 'LOCK TABLE witnessed IN SHARE MODE';
    const seam = { node: witness, database: 'border', hold, session: 'detente exchange' } as const;
    await killAt(
      { node: witness, name: 'exchange' },
      { seams: [{ ...seam, statement: 'INSERT INTO witnessed' }], commit: true },
    );
    for (const asker of others(witness)) {
      const held = await heldOf(witness, asker);
      await until(`${asker.name} has a signature beyond ${held}`, async () =>
        (await cosigned(asker)).some(({ size, peers }) => size > held && peers.includes(witness.origin)),
      );
      t.ok((await heldOf(witness, asker)) > held);
    }
    t.ok((await heldOf(witness, log)) > before);
    t.same(await witness.sql('border', 'SELECT FROM witnessed WHERE refused_at IS NOT NULL'), []);
    for (const node of nodes) t.same(await node.sql('border', 'SELECT FROM forks'), [], 'nobody has forked');
  });
});
