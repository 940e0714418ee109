// Two running nodes that promise each other something: both count the same, and whoever breaks it is told, and answers.

import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataOf } from '@detente/client';
import { introduce, releasing, runDetente, startNode, type TestNode, until } from '@detente/testkit';
import { test } from 'tap';
import { plainOffer } from '../src/offer.ts';
import { patientLab } from './lab.ts';

const acknowledge = { code: 'acknowledge_within', params: { hours: 24 } };

async function balanceOf(node: TestNode, name: string) {
  return dataOf(await node.casework.GET('/casework/v1/peers/{name}/balance', { params: { path: { name } } }));
}

async function standingOf(node: TestNode, name: string) {
  return dataOf(await node.casework.GET('/casework/v1/peers/{name}', { params: { path: { name } } }));
}

/** Ten days pass for what `cn` has logged and said, and the receipts of it never came. */
async function loseReceipts(cn: TestNode): Promise<void> {
  await cn.sql('home', `UPDATE statements SET received_at = received_at - interval '10 days'`);
  await cn.sql('home', `UPDATE terms SET computed_at = computed_at - interval '10 days'`);
  await cn.sql('border', `UPDATE checkpoints SET made_at = made_at - interval '10 days'`);
  await cn.sql('border', 'UPDATE receipts_in SET void_at = now()');
}

test('what is promised is counted alike by both, and what is broken can be answered', {
  timeout: 300_000,
}, async (t) => {
  const start = (name: string) => startNode(t, { name, policy: releasing() });
  const [cn, us] = await Promise.all([start('cn'), start('us')]);
  await introduce(cn, us);
  const offer = {
    ...plainOffer({ tier: 'amber', condition: 'unconditional', backlog: true, today: '2026-01-01' }),
    obligations: [acknowledge],
  };
  const params = { path: { name: 'us' } };
  dataOf(await cn.casework.PUT('/casework/v1/peers/{name}/offer', { params, body: { offer, reason: 'test' } }));
  await (await patientLab(cn)).report(4, 'cyber');
  await until('all are receipted', async () => (await balanceOf(cn, 'us')).peer.promised[0]?.kept === 4);

  const [ours, theirs] = [await balanceOf(cn, 'us'), await balanceOf(us, 'cn')];
  t.match(ours.own.given, [{ type: 'incident', domain: 'cyber', level: 3, untimed: 4 }]);
  t.same(theirs.peer.given, ours.own.given, 'both count the same');
  t.match(ours.peer.promised, [{ obligation: 'acknowledge_within', kept: 4, broken: 0 }]);
  t.same(theirs.own.promised, ours.peer.promised);

  await loseReceipts(cn);
  const judge = ['peer', 'standing', 'us', 'computed', '--reason', 'test', '--data', cn.data];
  t.match(await runDetente(judge), { code: 0 });
  await until('it is told', async () => (await standingOf(us, 'cn')).our_standing?.standing === 'probation');
  const shown = await runDetente(['peer', 'show', 'cn', '--data', us.data]);
  t.match(
    shown.stdout,
    /ours there +probation, .*: Something that was promised has not been seen in time: to acknowledge records/,
  );

  const about = `${(await standingOf(us, 'cn')).our_standing!.params.evidence}`;
  const contest = ['contest', 'cn', '--about', about, '--told', 'We did.', '--reason', 'test', '--data', us.data];
  t.match(await runDetente(contest), { code: 0 });
  await until('the contest is there', async () => (await balanceOf(cn, 'us')).contests.length === 1);
  const { contests, peer } = await balanceOf(cn, 'us');
  t.match(contests, [{ by: 'peer', about, told: 'We did.' }]);
  t.match(peer.promised, [{ kept: 0, broken: 4 }]);

  const file = join(tmpdir(), `detente-balance-${process.pid}.html`);
  t.teardown(() => rmSync(file, { force: true }));
  t.match(await runDetente(['balance', 'us', '--html', file, '--lang', 'zh', '--data', cn.data]), { code: 0 });
  t.match(readFileSync(file, 'utf8'), /观察期[\s\S]*“We did\.”/);
});
