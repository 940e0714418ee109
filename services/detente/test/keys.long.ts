// Keys of a real node are rotated and revoked by the command, while it exchanges records with a peer.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataOf } from '@detente/client';
import { introduce, offer, releasing, runDetente, startNode, type TestNode, until } from '@detente/testkit';
import { type Test, test } from 'tap';
import { explainDossier, formatDossier, verifyDossier } from '../src/proofs/dossier.ts';
import { type Acknowledged, patientLab } from './lab.ts';

const policy = releasing();
const published = ['identity', 'record', 'agency', 'log', 'mailbox', 'lab-receipt', 'transport', 'receipt', 'witness'];

async function keysOf(node: TestNode) {
  return dataOf(await node.casework.GET('/casework/v1/keys'));
}

/** Changes keys, and returns when the node's own descriptor shows it. */
async function change(t: Test, node: TestNode, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await runDetente(['keys', ...args, '--data', node.data, '--json']);
  t.equal(code, 0, `keys ${args.join(' ')} ${stderr}`);
  const { rotated } = JSON.parse(stdout) as { rotated: { purpose: string; to: string }[] };
  await until(`${node.name} tells of ${args.join(' ')}`, async () => {
    const { items } = await keysOf(node);
    return rotated.every(({ purpose, to }) => items.some((one) => one.purpose === purpose && one.kid === to));
  });
}

/** Waits until a node holds so many logged records of its peer. */
async function holds(node: TestNode, count: number): Promise<void> {
  await until(
    `${node.name} holds ${count}`,
    async () => {
      const [row] = await node.sql('home', 'SELECT count(*)::int AS count FROM received WHERE place IS NOT NULL');
      return row!.count === count;
    },
    120_000,
  );
}

async function refusals(node: TestNode) {
  return node.sql('border', 'SELECT kind, code FROM quarantine');
}

async function makeDossier(node: TestNode, digest: string): Promise<Buffer> {
  const params = { path: { digest }, query: {} };
  let made = '';
  await until('the dossier can be made', async () => {
    made = formatDossier(dataOf(await node.casework.GET('/casework/v1/dossiers/{digest}', { params })));
    return true;
  });
  return Buffer.from(made);
}

test('keys are rotated and revoked, and what is honest arrives', { timeout: 290_000 }, async (t) => {
  const [cn, us] = await Promise.all([startNode(t, { name: 'cn', policy }), startNode(t, { name: 'us' })]);
  await introduce(cn, us);
  await offer(cn, us, 'green');
  const lab = await patientLab(cn);
  await lab.report(1, 'cyber');
  await holds(us, 1);

  await t.test('every key, one group after the other', async (t) => {
    for (const purposes of [published.slice(0, 5), published.slice(5)]) {
      await change(t, cn, 'rotate', ...purposes);
      await lab.report(1, 'cyber');
    }
    await holds(us, lab.made);
  });

  await t.test('twice more, while the peer takes nothing in: it walks from descriptor to descriptor', async (t) => {
    const session = await us.connect('border');
    await session.query('BEGIN');
    await session.query('LOCK TABLE landing IN SHARE MODE');
    for (let round = 0; round < 2; round++) {
      await change(t, cn, 'rotate', ...published);
      await lab.report(1, 'cyber');
    }
    await session.query('ROLLBACK');
    await session.end();
    await holds(us, lab.made);
    t.same(await refusals(us), [], 'nothing honest was refused for good');
    const [peer] = dataOf(await us.casework.GET('/casework/v1/peers')).items;
    const { items } = await keysOf(cn);
    t.equal(peer!.fingerprint, items.find(({ purpose }) => purpose === 'identity')!.kid);
  });

  const rows = await us.sql('home', 'SELECT digest, place::int AS place FROM received ORDER BY place');
  const records = rows as { digest: string; place: number }[];
  const identity = (await keysOf(cn)).items.find(({ purpose }) => purpose === 'identity')!;

  await t.test('the first record proves itself with the keys of today', async (t) => {
    const { record } = await verifyDossier(await makeDossier(cn, records[0]!.digest), identity.kid);
    t.equal(record.digest, records[0]!.digest);
  });

  await t.test('the first receipt comes with the descriptor that shows its key, three rotations ago', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'detente-keys-'));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const [file, report] = [join(folder, 'receipt.json'), join(folder, 'report.json')];
    const [{ id, text }] = lab.acknowledged as [Acknowledged];
    writeFileSync(report, text!);
    const made = await runDetente(['receipt', id, '--key', lab.key, '--data', cn.data, '--output', file]);
    t.equal(made.code, 0, made.stderr);
    const verified = await runDetente(['verify', file, '--report', report]);
    t.match(verified, { code: 0, stdout: /is a promise that its node signed/ }, verified.stderr);
  });

  const sg = await startNode(t, { name: 'sg' });
  await t.test('a peer that comes now verifies them all', async (t) => {
    await introduce({ ...cn, fingerprint: identity.kid }, sg);
    await offer(cn, sg, 'green');
    await holds(sg, lab.made);
    t.same(await refusals(sg), []);
  });

  await t.test('a stolen record key is revoked: an officer sees what counts no more, and so does verify', async (t) => {
    await lab.report(2, 'cyber');
    await holds(us, lab.made);
    const [last] = await us.sql('home', 'SELECT digest, place::int AS place FROM received ORDER BY place DESC LIMIT 1');
    const { digest, place } = last as { digest: string; place: number };
    await change(t, cn, 'revoke', 'record', '--before', `${place}`);
    const query = { history: true };
    const inbox = async () => dataOf(await us.casework.GET('/casework/v1/inbox', { params: { query } })).items;
    await until('the officer sees it', async () => (await inbox()).some((one) => one.revoked_at !== undefined));
    const marked = (await inbox()).filter((one) => one.revoked_at !== undefined);
    t.match(marked, [{ digest, current: false }]);
    t.equal(dataOf(await us.casework.GET('/casework/v1/status')).received_revoked, 1);

    const [, before] = await us.sql('home', 'SELECT digest FROM received ORDER BY place DESC LIMIT 2');
    const { proven } = explainDossier(await verifyDossier(await makeDossier(cn, before!.digest as string)));
    t.match(proven.join('\n'), `revoked later: what it signed counts where the log shows it before entry ${place}`);
    const disowned = await makeDossier(cn, digest);
    await t.rejects(verifyDossier(disowned), { code: 'key_revoked', message: new RegExp(`before entry ${place}`) });

    await lab.report(1, 'cyber');
    await holds(us, lab.made);
    t.same(await refusals(us), []);
  });

  await t.test('a key that was rotated away long ago is revoked by its name', async (t) => {
    const { former } = await keysOf(cn);
    const { kid } = former.find(({ purpose }) => purpose === 'agency')!;
    await change(t, cn, 'revoke', 'agency', '--kid', kid);
    await until('the peer knows', async () => {
      const [peer] = await us.sql('border', 'SELECT keys FROM peers');
      const { keys } = peer as { keys: { agency: { former: { kid: string; before?: number }[] } } };
      return keys.agency.former.some((one) => one.kid === kid && one.before !== undefined);
    });
    const again = ['keys', 'revoke', 'agency', '--kid', kid, '--before', '5', '--data', cn.data];
    t.match(await runDetente(again), { code: 1, stderr: /is revoked already: it counts before index/ });
    t.same(await refusals(us), []);
  });
});
