// Two worlds that differ in something withheld: whoever may not see it is shown the same, byte for byte. What normal.ts marks is
// random or hashed over what is; lengths, counts, order, numbers, ETags’ lengths, errors and cursors are compared as they are.

import { startWorkerNode, type WorkerNode } from '@detente/casework/test/worker-node.ts';
import { releaseCase, US } from '@detente/casework/test/worker-pair.ts';
import { test } from 'tap';
import { normal } from './worlds/normal.ts';
import { grow, startWorld, viewsOf } from './worlds/world.ts';

type World = {
  narrative?: string;
  developer?: string;
  evidence?: string;
  before?: (node: WorkerNode) => Promise<unknown>;
};

const shown = {
  ...{ kind: 'incident', title: 'A forged instruction', summary: 'It was followed.', language: 'en' },
  ...{ occurred_month: '2026-10', mitigations: [{ text: 'A lock.', worked: 'yes', nist_ai_rmf: null }] },
};

/** Three cases with editions, of which the first has what differs; in each world in the same batches. */
async function live(node: WorkerNode, { narrative = 'Long ago.', developer = 'Brixholm Sarvane', ...world }: World) {
  const evidence = [{ kind: 'document', reference: world.evidence ?? 'a.pdf' }];
  const fields = { ...shown, narrative, root_cause: narrative, evidence };
  const first = await node.report({ fields, parties: { developer: [developer] } });
  await releaseCase(node, first, true);
  await grow(node);
  await world.before?.(node);
  await grow(node);
  for (const title of ['Another instruction', 'A third one']) {
    await releaseCase(node, await node.report({ fields: { ...shown, title } }), true);
    await grow(node);
  }
}

/** Only who may see TLP red has it. */
async function releaseRed(node: WorkerNode): Promise<void> {
  const id = await node.report({ fields: { ...shown, title: 'A basalt column' } });
  await node.home.query(`UPDATE cases SET tlp = 'red' WHERE id = $1`, [id]);
  await releaseCase(node, id);
}

const worlds: Record<string, World> = {
  'another name in the vault, and longer': { developer: 'Ulmeric Fendral of Wystan Hakrivole' },
  'another text above the tier': {
    narrative: 'Under a basalt column, twice as long as it was.',
    evidence: 'b-and-c.pdf',
  },
  'a report more, that was not released': {
    before: (node) =>
      node.report({ fields: { ...shown, title: 'A basalt column' }, parties: { model: ['Pellucine'] } }),
  },
  'a record more, that nobody here may see': { before: releaseRed },
};

test('what is withheld changes nothing of what is shown', { timeout: 300_000 }, async (t) => {
  const us = await startWorkerNode(t, { origin: US });
  const seen = async (world: World) => {
    const node = await startWorld(t, us);
    await live(node, world);
    const views = await viewsOf(t, node);
    return new Map([...views].map(([question, answer]) => [question, normal(answer)]));
  };
  const usual = await seen({});
  t.match(
    usual.get('peer feed {"after":0,"late":0,"limit":1000}'),
    /A forged instruction[\s\S]*A lock\.[\s\S]*A third one/,
  );
  t.match(usual.get('public editions'), /A forged instruction/);
  t.match(usual.get('lab report'), /^201/);
  for (const [name, world] of Object.entries(worlds))
    await t.test(name, async (t) => {
      const other = await seen(world);
      t.same([...other.keys()], [...usual.keys()]);
      for (const [question, answer] of other)
        if (answer !== usual.get(question)) t.equal(answer, usual.get(question), question);
    });
});
