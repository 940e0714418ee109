// What was corrected, withdrawn or names somebody who became known is not told to a peer that has not been told before.

import { test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';
import { add, decide, fields, log, offer, pair, releaseCase, talk, US } from './worker-pair.ts';

/** To whom border may show each version of a case: anybody who is granted it where it says nothing. */
async function hadOf({ home, border }: WorkerNode, id: string): Promise<unknown[]> {
  const { rows } = await home.query('SELECT digest FROM records WHERE case_id = $1 AND NOT edition ORDER BY tick', [
    id,
  ]);
  const { rows: held } = await border.query('SELECT digest, had FROM presentations');
  return rows.map(({ digest }) => held.find((one) => one.digest === digest)?.had);
}

async function give(node: WorkerNode, peer: string, tier: 'clear' | 'amber'): Promise<void> {
  await handlePeerRequest(node.worker, { op: 'offer', peer, offer: offer(tier) });
  await carryOut(node.worker);
}

const serve = ({ border }: WorkerNode, peer: string) =>
  border.query(
    `INSERT INTO served (peer, mark) VALUES ($1, 100000) ON CONFLICT (peer) DO UPDATE SET mark = excluded.mark`,
    [peer],
  );

test('a version that another came after stays with those who have it', async (t) => {
  const { cn } = await pair(t);
  await give(cn, US, 'clear');
  const [corrected, withdrawn] = [await cn.report({ fields }), await cn.report({ fields })];
  await releaseCase(cn, corrected);
  await releaseCase(cn, withdrawn);
  await log(cn);
  t.same([await hadOf(cn, corrected), await hadOf(cn, withdrawn)], [[null], [null]]);
  await serve(cn, US);
  const later = await cn.report({ fields });
  await releaseCase(cn, later);
  for (const id of [corrected, later]) {
    await cn.home.query('UPDATE cases SET fields = $2, draft_due = true WHERE id = $1', [
      id,
      JSON.stringify({ ...fields, summary: 'It was followed in the end.' }),
    ]);
    await releaseCase(cn, id);
  }
  await decide(cn, withdrawn, 'retraction', null);
  t.same(await hadOf(cn, corrected), [[US], null]);
  t.same(await hadOf(cn, withdrawn), [[US], null]);
  t.same(await hadOf(cn, later), [[], null], 'nobody was served what is not in the log yet');
});

test('nor is anybody new given what names somebody who became known since, and the officer is told', async (t) => {
  const { cn } = await pair(t);
  const fr = await startWorkerNode(t, { origin: 'https://fr.example' });
  await give(cn, US, 'clear');
  const [named, other] = [
    await cn.report({ fields: { ...fields, summary: 'It was followed at ulmeric fendral.' } }),
    await cn.report({ fields }),
  ];
  await releaseCase(cn, named);
  await releaseCase(cn, other);
  await log(cn);
  await serve(cn, US);
  await cn.report({ fields, parties: { deployer: ['Ulmeric Fendral'] } });
  await give(cn, US, 'clear');
  t.same(await hadOf(cn, named), [null], 'who has it keeps it');
  await add(cn, fr, 'fr');
  await talk(fr, cn);
  await give(cn, 'https://fr.example', 'clear');
  t.same([await hadOf(cn, named), await hadOf(cn, other)], [[[US]], [null]]);
  const { rows } = await cn.home.query(`SELECT act, reason FROM acts WHERE object = $1 AND actor = 'worker'`, [named]);
  t.match(rows.at(-1), {
    act: 'case.held',
    reason: /^protected_term: deployer at \/summary; it is given no further: correct the fields/,
  });
});
