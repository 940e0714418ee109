import type { FeedPage } from '@detente/feed';
import { signCheckpoint } from '@detente/tlog';
import { test } from 'tap';
import { changesNothing, startVictim } from './victim.ts';

type Spoil = (page: FeedPage) => unknown;
type Row = [what: string, code: string, spoil: Spoil];

const other = Buffer.alloc(32, 7).toString('base64url');
/** Where the page's records stand among its items: 1, 3 and 4, gaps around them. */
const records = [1, 3, 4] as const;
const recordAt = (page: FeedPage, at: number) => page.items[at] as { record: string };
const gapAt = (page: FeedPage, at: number) => (page.items[at] as { gap: { to: number; hashes: string[] } }).gap;
const set =
  (more: Record<string, unknown>): Spoil =>
  (page) =>
    Object.assign(page, more);
const late =
  (change: (item: FeedPage['late'][number]) => unknown): Spoil =>
  ({ late: [item] }) =>
    change(item!);

test('a page with one thing wrong is refused whole: nothing moves, and the next good page goes on', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const { log } = mallory;
  const issue = () => mallory.record().token;
  log.pad(2);
  const early = issue();
  log.add(early);
  log.pad(2);
  await us.pull(mallory);
  t.same(await us.cursor(mallory), { after: 5, late: 0 });

  log.pad(3);
  log.add(issue());
  log.pad(2);
  for (let count = 0; count < 2; count++) log.add(issue());
  log.pad(4);
  const { privateKey } = mallory.signer('log');
  const forged = (size: number, origin = log.name, key = privateKey) =>
    signCheckpoint({ origin, size, root: Buffer.alloc(32, 1) }, key);
  const alien = mallory.signer('witness').privateKey;
  mallory.late = [{ number: 3, listed: log.listed[0]! }];

  const faults: Row[] = [
    ['a record missing', 'gap_not_minimal', ({ items }) => items.splice(1, 1)],
    [
      'a record missing, and the page that much shorter',
      'next_mismatch',
      (page) => Object.assign(page, { items: page.items.toSpliced(3, 1), next: page.next - 1 }),
    ],
    ['a record doubled', 'next_mismatch|gap_hash_count', ({ items }) => items.splice(3, 0, items[3]!)],
    [
      'a record in the place of the next',
      'root_mismatch',
      (page) => Object.assign(recordAt(page, 4), recordAt(page, 3)),
    ],
    ['two records in each other’s places', 'root_mismatch', ({ items }) => items.splice(3, 2, items[4]!, items[3]!)],
    [
      'a record moved behind a gap',
      'gap_hash_count|gap_not_minimal',
      ({ items }) => items.splice(0, 2, items[1]!, items[0]!),
    ],
    ['a record from an earlier index', 'root_mismatch', (page) => Object.assign(recordAt(page, 1), { record: early })],
    [
      'a record that was never logged',
      'root_mismatch',
      (page) => Object.assign(recordAt(page, 1), { record: issue() }),
    ],
    ['a record that is no record', 'page_malformed', (page) => Object.assign(recordAt(page, 1), { record: 'no dots' })],
    ['a record with a member beside it', 'page_malformed', (page) => Object.assign(recordAt(page, 1), { index: 8 })],
    ['a gap with another hash', 'root_mismatch', (page) => gapAt(page, 0).hashes.splice(0, 1, other)],
    ['a gap with a hash too many', 'gap_hash_count', (page) => gapAt(page, 0).hashes.push(other)],
    ['a gap of nothing', 'gap_empty', (page) => Object.assign(gapAt(page, 0), { to: 5 })],
    ['a gap that runs back', 'gap_empty', (page) => Object.assign(gapAt(page, 0), { to: 3 })],
    ['a gap beyond the page', 'next_mismatch', (page) => Object.assign(gapAt(page, 0), { to: 1000 })],
    ['a gap to 2^53', 'page_malformed', (page) => Object.assign(gapAt(page, 0), { to: 2 ** 53 })],
    ['an end before the items’', 'next_mismatch', (page) => page.next--],
    ['an end beyond the log', 'next_beyond_checkpoint', (page) => page.next++],
    ['another start', 'after_unexpected', (page) => page.after--],
    ['another log', 'log_unexpected', set({ log: 'us.example/log/v1' })],
    ['a root that does not fit', 'root_mismatch', set({ checkpoint: forged(log.size) })],
    [
      'a larger tree that this one is no part of',
      'consistency_invalid|root_mismatch',
      set({ checkpoint: forged(99), consistency: [other] }),
    ],
    ['a larger tree without a proof', 'consistency_invalid|root_mismatch', set({ checkpoint: forged(99) })],
    [
      'a shrunken tree',
      'checkpoint_shrunk|next_beyond_checkpoint',
      set({ checkpoint: log.checkpoint(3), next: 5, items: [], late: [], late_next: 0 }),
    ],
    [
      'a tree of the size that we hold, with another root',
      'log_forked',
      set({ checkpoint: forged(5), next: 5, items: [], late: [], late_next: 0 }),
    ],
    ['a checkpoint that is behind the page', 'next_beyond_checkpoint', set({ checkpoint: log.checkpoint(9) })],
    ['a checkpoint by another key', 'checkpoint_signature', set({ checkpoint: forged(log.size, log.name, alien) })],
    [
      'a checkpoint of another log',
      'checkpoint_signature|checkpoint_malformed',
      set({ checkpoint: forged(log.size, 'us.example/log/v1') }),
    ],
    ['no checkpoint', 'page_malformed', (page) => Reflect.deleteProperty(page, 'checkpoint')],
    ['a proof where none belongs', 'consistency_invalid', set({ consistency: [other] })],
    ['a late item without its proof', 'late_proof_invalid', late((item) => Object.assign(item, { proof: [] }))],
    ['a late item with another proof', 'late_proof_invalid', late(({ proof }) => proof.splice(0, 1, other))],
    ['a late item of another index', 'late_proof_invalid', late((item) => Object.assign(item, { index: 3 }))],
    ['a late item beyond the log', 'late_proof_invalid', late((item) => Object.assign(item, { index: 99 }))],
    ['a late item of another record', 'late_proof_invalid', late((item) => Object.assign(item, { record: issue() }))],
    [
      'a late item with a checkpoint of its own',
      'page_malformed',
      late((item) => Object.assign(item, { checkpoint: log.checkpoint() })),
    ],
    ['a late item that we have', 'late_order', late((item) => Object.assign(item, { number: 0 }))],
    ['a late item twice', 'late_order', (page) => page.late.push(page.late[0]!)],
    ['a rule that is no rule', 'page_malformed', late((item) => Object.assign(item, { rule: 'A B' }))],
    ['a late cursor that jumps ahead', 'late_next_mismatch', set({ late_next: 9 })],
    ['a late list that is withheld, and its cursor not', 'late_next_mismatch', set({ late: [] })],
    ['terms of a day long past', 'its terms are of', set({ day: '2001-01-01' })],
    ['terms of no day', 'its terms are of', set({ day: '2026-99-99' })],
    ['terms that are no digest', 'page_malformed', set({ terms: 'x' })],
  ];
  const text: [string, string, (page: FeedPage) => string][] = [
    ['no JSON', 'page_malformed', (page) => JSON.stringify(page).slice(1)],
    ['a list in place of a page', 'page_malformed', () => '[]'],
    ['nothing', 'page_malformed', () => ''],
  ];

  const refused = (code: string, spoil: (page: FeedPage) => string | undefined) => async (sub: typeof t) => {
    mallory.spoil = spoil;
    await changesNothing(sub, us, () => us.pull(mallory), code === 'log_forked' ? ['forks'] : []);
    sub.match(await us.fault(mallory), new RegExp(`^a page was refused: (${code})`));
  };
  for (const [what, code, spoil] of faults)
    await t.test(
      what,
      refused(code, (page) => void spoil(page)),
    );
  const forks = await us.rows('SELECT FROM forks WHERE log = $1', [log.name]);
  t.equal(forks.length, 1, 'the two roots of one size, both signed, are kept as proof of a fork');
  for (const [what, code, spoil] of text) await t.test(what, refused(code, spoil));

  await t.test('more records than were asked for', async (t) => {
    mallory.spoil = () => JSON.stringify(log.page({ after: 5 }));
    await changesNothing(t, us, () => us.pull(mallory, { limit: 2 }));
    t.match(await us.fault(mallory), /^a page was refused: limit_exceeded/);
  });

  await t.test('and the next good page goes on', async (t) => {
    mallory.spoil = () => undefined;
    t.same(
      log.page({ after: 5 }).items.flatMap((item, at) => ('record' in item ? at : [])),
      [...records],
    );
    await us.pull(mallory);
    t.equal(await us.fault(mallory), null);
    t.same(await us.cursor(mallory), { after: log.size, late: 3 });
    t.equal((await us.landed(mallory)).length, 5);
    t.equal(await us.count('quarantine'), 0);
  });
});
