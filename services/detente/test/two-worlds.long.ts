// Two worlds that differ in something withheld: whoever may not see it is shown the same, byte for byte. What normal.ts marks is
// random or hashed over what is; lengths, counts, order, numbers, ETags’ lengths, errors and cursors are compared as they are.

import { startWorkerNode, type WorkerNode } from '@detente/casework/test/worker-node.ts';
import { releaseCase, US } from '@detente/casework/test/worker-pair.ts';
import { type Test, test } from 'tap';
import { normal } from './worlds/normal.ts';
import { grow, type PeerTier, startWorld, viewsOf } from './worlds/world.ts';

type World = {
  /** Whether all that the peer's tier does not show says something else, and more. */
  above?: boolean;
  developer?: string;
  before?: (node: WorkerNode) => Promise<unknown>;
};

const shown = {
  ...{ kind: 'incident', title: 'A forged instruction', summary: 'It was followed.', language: 'en' },
  ...{ occurred_month: '2026-10', mitigations: [{ text: 'A lock.', worked: 'yes', nist_ai_rmf: null }] },
};

/** Fields that a tier is the first to show. */
const green = (text: string, day: string) => ({
  ...{ occurred: day, detected: day, sector: ['education'], countries_affected: day === DAY ? ['LI'] : ['LI', 'AT'] },
  mitigations: [{ text, worked: 'yes', nist_ai_rmf: null }],
});
const amber = (text: string) => ({
  root_cause: text,
  failure_pattern: text,
  safeguards_bypassed: [text, `${text} Twice.`],
});
const red = (_: string, file: string) => ({ evidence: [{ kind: 'document', reference: file }] });
const above = (text: string, file: string) => ({ narrative: text, ...red(text, file) });
const DAY = '2026-10-04';

/** What differs, by what the peer is given: what is of higher tiers. */
const WITHHELD = {
  clear: (text: string, file: string, day: string) => ({ ...green(text, day), ...amber(text), ...above(text, file) }),
  green: (text: string, file: string) => ({ ...amber(text), ...above(text, file) }),
  amber: above,
  'amber-strict': red,
} satisfies Record<PeerTier, unknown>;

/** Three cases with editions, of which the first has what differs; in each world in the same batches. */
async function live(node: WorkerNode, tier: PeerTier, { developer = 'Brixholm Sarvane', ...world }: World) {
  const usual = { ...green('A lock.', DAY), ...amber('Long ago.'), ...above('Long ago.', 'a.pdf') };
  const other = WITHHELD[tier]('Under a basalt column, twice as long as it was.', 'b-and-c.pdf', '2026-10-30');
  const fields = { ...shown, ...usual, ...(world.above && other) };
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
  'another text above the tier': { above: true },
  'a report more, that was not released': {
    before: (node) =>
      node.report({ fields: { ...shown, title: 'A basalt column' }, parties: { model: ['Pellucine'] } }),
  },
  'a record more, that nobody here may see': { before: releaseRed },
};

/** What only whoever is given the tier sees of the first case. */
const SEEN = {
  clear: /A third one/,
  green: /LI[\s\S]*A lock\./,
  amber: /A lock\.[\s\S]*Long ago\./,
  'amber-strict': /narrative[\s\S]*Long ago\./,
};

test('what is withheld changes nothing of what is shown', { timeout: 500_000 }, async (t) => {
  const us = await startWorkerNode(t, { origin: US });
  for (const tier of ['green', 'clear', 'amber', 'amber-strict'] as const) {
    const seen = async (t: Test, world: World) => {
      const node = await startWorld(t, us, tier);
      await live(node, tier, world);
      const views = await viewsOf(t, node);
      return new Map([...views].map(([question, answer]) => [question, normal(answer)]));
    };
    const usual = await seen(t, {});
    const feed = usual.get('peer feed {"after":0,"late":0,"limit":1000}')!;
    t.match(feed, SEEN[tier]);
    if (tier === 'clear' || tier === 'green') t.notMatch(feed, /Long ago/);
    if (tier === 'clear') t.notMatch(feed, /A lock/);
    t.notMatch(feed, /a\.pdf/);
    t.match(usual.get('public editions'), /A forged instruction/);
    t.match(usual.get('lab report'), /^201/);
    // What is withheld whatever the tier is looked at under two.
    for (const [name, world] of Object.entries(worlds).filter(
      ([, { above }]) => above || tier === 'green' || tier === 'amber-strict',
    ))
      await t.test(`${tier}: ${name}`, async (t) => {
        const other = await seen(t, world);
        t.same([...other.keys()], [...usual.keys()]);
        for (const [question, answer] of other)
          if (answer !== usual.get(question)) t.equal(answer, usual.get(question), question);
      });
  }
});
