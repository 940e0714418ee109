// Two countries exchange over a third node: whole nodes, from the report to the inbox, a correction of terms and the recall.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataOf } from '@detente/client';
import { offerFrom } from '@detente/reciprocity';
import { introduce, offer, releasing, runDetente, startNode, type TestNode, until } from '@detente/testkit';
import { test } from 'tap';
import { patientLab } from './lab.ts';

async function say(from: TestNode, to: TestNode, change: object): Promise<void> {
  const body = { ...offerFrom('clearinghouse', '2026-01-01'), notice_days: 0, ...change };
  await from.casework.PUT('/casework/v1/peers/{name}/offer', {
    params: { path: { name: to.name } },
    body: { offer: body, reason: 'test' },
  });
}

const inboxOf = async (node: TestNode) =>
  dataOf(await node.casework.GET('/casework/v1/inbox', { params: { query: {} } })).items;
const why = async (node: TestNode, record: string) =>
  dataOf(await node.casework.GET('/casework/v1/explain', { params: { query: { peer: 'us', record } } }));

test('a record reaches a country over a node that both have as a peer', { timeout: 240_000 }, async (t) => {
  const start = (name: string, policy?: object) => startNode(t, { name, ...(policy && { policy: policy as never }) });
  const [cn, sg, us] = await Promise.all([start('cn', releasing()), start('sg'), start('us')]);
  await Promise.all([introduce(cn, sg), introduce(sg, us), introduce(cn, us)]);
  await offer(cn, us, null);
  await say(cn, sg, {});
  await say(sg, us, {});
  await say(us, sg, { relays: [cn.origin] });
  const lab = await patientLab(cn);
  await lab.report(1, 'bio');
  const onward = offerFrom('clearinghouse', '2026-01-01').gives[0]!;

  await t.test('as far as its own node lets it be passed on, and named as what it is', async (t) => {
    await until('us has it', async () => (await inboxOf(us)).length === 1);
    const [item] = await inboxOf(us);
    t.match(item, { peer: 'cn', relay: 'sg', rule: 'relayed', level: 3, domain: 'bio' });
    t.match(await inboxOf(sg), [{ peer: 'cn', digest: item!.digest, level: 4 }]);
    t.match((await runDetente(['inbox', '--data', us.data])).stdout, /^cn by sg +[\w-]{43} +3 /m);
    await until('its receipt is at sg', async () => (await why(sg, item!.digest)).conclusion === 'stored');
    const explained = await runDetente(['why', 'us', item!.digest, '--data', sg.data]);
    t.match(explained.stdout, /The record is of cn, and passed on by us\.\nus has it/);
    t.match(explained.stdout, /grant +done +Rule 1 of the origin’s offer lets this record be passed on: amber\./);
    const [peer] = dataOf(await sg.casework.GET('/casework/v1/peers')).items.filter(({ name }) => name === 'us');
    t.equal(peer?.receipts_disagree, 0);
    const file = join(us.data, 'relayed.dossier.json');
    t.match(await runDetente(['dossier', item!.digest, '-o', file, '--data', us.data]), { code: 0 });
    const verified = await runDetente(['verify', file, '--fingerprint', cn.fingerprint]);
    t.match(verified, { code: 0, stdout: new RegExp(`speaks for ${cn.origin}[\\s\\S]*version ${item!.digest}`) });
    const direct = join(sg.data, 'direct.dossier.json');
    await until('sg is its own witness of what came direct', async () => {
      const made = await runDetente(['dossier', item!.digest, '-o', '-', '--data', sg.data]);
      writeFileSync(direct, made.stdout);
      const { code, stdout } = await runDetente(['verify', direct, '--fingerprint', cn.fingerprint]);
      t.equal(code, 0);
      t.match(stdout, new RegExp(`speaks for ${cn.origin}[\\s\\S]*version ${item!.digest}`));
      return stdout.includes(`The witness of ${sg.origin}`);
    });
  });

  await t.test('and is asked back when its own node allows nothing any more', async (t) => {
    await say(cn, sg, { gives: [{ ...onward, onward: null }] });
    const recalls = async () => dataOf(await us.casework.GET('/casework/v1/recalls', { params: { query: {} } })).items;
    await until('us is asked', async () => (await recalls()).length === 1);
    const [recall] = await recalls();
    t.match(recall, { peer: 'sg', direction: 'received', cause: 'narrowed', level: 0 });
    t.match(recall?.records, [{ digest: (await inboxOf(us))[0]!.digest }]);
    const answer = ['recall', 'answer', recall!.digest, '--purged', '--reason', 'asked', '--data', us.data];
    t.match(await runDetente(answer), { code: 0 });
    await until('it is purged', async () => (await inboxOf(us))[0]?.level === 0);
    t.match(await why(sg, recall!.records[0]!.digest), { origin: 'cn', level: null });
  });
});
