// Feed pages: a chain that a receiver follows from nothing, and pages that it must refuse whole.

import { composeItems, composePage, type OwnLate, planPage } from '@detente/feed';
import { rootOf, signCheckpoint } from '@detente/tlog';
import { type MadeRecord, madeRecord } from './records.ts';
import { cn, fixedBytes, testKey } from './test-keys.ts';
import { frontierOf, nodesOf, text } from './trees.ts';
import type { Case, VectorFile } from './vector.ts';

const log = 'cn.example/log/v1';
const logKey = testKey(cn, 'log');
const day = '2026-11-24';
const terms = fixedBytes('terms').toString('base64url');

/** Records by their place in a log of 29 entries; all the others are padding. */
const places = new Map([3, 9, 10, 17, 26].map((place) => [place, issued(place)] as const));
const entries = Array.from({ length: 29 }, (_, index) => {
  const record = places.get(index);
  return record ? Buffer.from(record.digest, 'base64url') : fixedBytes(`padding ${index}`);
});
const read = nodesOf(entries);

function issued(place: number): MadeRecord {
  const id = `1b4e28ba-2fa1-4d3b-a3f5-${place.toString(16).padStart(12, '0')}`;
  const fields = { kind: 'incident', title: `Entry ${place}`, summary: 'What happened.', language: 'en' } as const;
  return madeRecord(`entry ${place}`, { id, tick: Math.floor(place / 8) }, fields);
}

function shown(place: number, level = 1): string {
  const { token, lengths } = places.get(place)!;
  return token.slice(0, lengths[level]);
}

type Asked = { after: number; size: number; records: readonly number[]; complete?: boolean; lateAfter?: number };

function page({ after, size, records, complete = true, lateAfter = 0 }: Asked, late: readonly OwnLate[] = []): string {
  const plan = planPage({ after, size, indexes: records, complete, late: late.map(({ index }) => index) });
  const presentations = records.map((place) => shown(place));
  const items = composeItems(plan, presentations, read);
  const checkpoint = noteOf(size);
  return composePage({ plan, log, day, terms, items, checkpoint, late, lateAfter, read });
}

function noteOf(size: number): string {
  return signCheckpoint({ origin: log, size, root: rootOf(frontierOf(entries, size)) }, logKey.privateKey);
}

type Held = { after: number; late: number; frontier: string[]; checkpoint: { size: number; root: string } | null };

function held(after: number, late: number, size: number | null): Held {
  const checkpoint = size === null ? null : { size, root: text(rootOf(frontierOf(entries, size))) };
  return { after, late, frontier: frontierOf(entries, after).hashes.map(text), checkpoint };
}

function found(place: number, level = 1) {
  return { index: place, digest: places.get(place)!.digest, level };
}

const lateItem: OwnLate = { number: 5, index: 3, presentation: shown(3, 2), rule: 'widened' };

export function feedPages(): VectorFile {
  const chain: Case[] = [
    {
      name: '1: the first page ends within the checkpoint',
      held: held(0, 0, null),
      page: page({ after: 0, size: 24, records: [9, 10], complete: false }),
      expected: { held: held(11, 0, 24), records: [found(9), found(10)], late: [] },
    },
    {
      name: '2: up to the checkpoint, which has grown; a record that was withheld comes late',
      held: held(11, 0, 24),
      page: page({ after: 11, size: 29, records: [17, 26] }, [lateItem]),
      expected: { held: held(29, 5, 29), records: [found(17), found(26)], late: [{ ...found(3, 2), number: 5 }] },
    },
    {
      name: '3: nothing new',
      held: held(29, 5, 29),
      page: page({ after: 29, size: 29, records: [], lateAfter: 5 }),
      expected: { held: held(29, 5, 29), records: [], late: [] },
    },
    {
      name: 'a page of one gap',
      held: held(11, 0, 24),
      page: page({ after: 11, size: 24, records: [] }),
      expected: { held: held(24, 0, 24), records: [], late: [] },
    },
    {
      name: 'a member of the envelope that nobody knows',
      held: held(11, 0, 24),
      page: page({ after: 11, size: 24, records: [] }).replace('{', '{"hint":1,'),
      expected: { held: held(24, 0, 24), records: [], late: [] },
    },
    badRecord(),
  ];
  return {
    description:
      'Pages of cn.example as text, with what the receiver holds before (`held`) and after (`expected.held`): cursors, frontier ' +
      'from left to right, last checkpoint. An accepted page may hold a record that is quarantined alone. Of a refused page nothing is kept.',
    section: '9',
    given: {
      iss: cn,
      log,
      log_keys: [logKey.publicJwk],
      record_keys: [testKey(cn, 'record').publicJwk],
      limit: 1000,
    },
    cases: [...chain, ...refusedPages()],
  };
}

/** The root is right, since a signature has no part in a digest; the record is not. */
function badRecord(): Case {
  const good = shown(17);
  const [jwt = '', ...rest] = good.split('~');
  const zero = `${jwt.slice(0, jwt.lastIndexOf('.') + 1)}${Buffer.alloc(64).toString('base64url')}`;
  return {
    name: 'a record whose signature is wrong goes to quarantine alone',
    held: held(11, 0, 24),
    page: page({ after: 11, size: 29, records: [17, 26] }).replace(good, [zero, ...rest].join('~')),
    expected: {
      held: held(29, 0, 29),
      records: [{ index: 17, digest: places.get(17)!.digest, refused: 'signature_invalid' }, found(26)],
      late: [],
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a page that is changed at will
type Loose = any;

function refusedPages(): Case[] {
  const start = held(11, 0, 24);
  const good = page({ after: 11, size: 29, records: [17, 26] }, [lateItem]);
  const short = page({ after: 11, size: 29, records: [17], complete: false }, [lateItem]);
  const changed = (text: string, change: (page: Loose) => unknown): string => {
    const value = JSON.parse(text);
    change(value);
    return JSON.stringify(value);
  };
  const other = fixedBytes('another hash').toString('base64url');
  const from = (text: string, rows: [string, (page: Loose) => unknown, string][]) =>
    rows.map(
      ([name, change, refused]): Case => ({ name, held: start, page: changed(text, change), expected: { refused } }),
    );
  const forked = signCheckpoint({ origin: log, size: 24, root: fixedBytes('a fork') }, logKey.privateKey);
  return [
    ...from(good, [
      ['another log', (one) => (one.log = 'us.example/log/v1'), 'log_unexpected'],
      ['another start', (one) => (one.after = 12), 'after_unexpected'],
      ['another end', (one) => (one.next = 28), 'next_mismatch'],
      ['an end behind the checkpoint', (one) => (one.next = 30), 'next_beyond_checkpoint'],
      ['a hash of a gap is another', (one) => (one.items[0].gap.hashes[0] = other), 'root_mismatch'],
      ['the hashes of a gap in another order', (one) => one.items[0].gap.hashes.reverse(), 'root_mismatch'],
      ['a hash too many', (one) => one.items[0].gap.hashes.push(other), 'gap_hash_count'],
      [
        'a hash in another spelling',
        (one) => (one.items[0].gap.hashes[0] = `${other.slice(0, 42)}B`),
        'page_malformed',
      ],
      ['a gap that does not move', (one) => (one.items[0].gap.to = 11), 'gap_empty'],
      ['a gap split in two', splitGap, 'gap_not_minimal'],
      ['a record left out', (one) => one.items.splice(1, 1), 'gap_not_minimal'],
      ['a record exchanged for another', (one) => (one.items[1].record = shown(9)), 'root_mismatch'],
      ['a record twice', (one) => one.items.splice(1, 0, one.items[1]), 'root_mismatch'],
      ['an item with a member too many', (one) => (one.items[1].note = ''), 'page_malformed'],
      ['a member missing', (one) => delete one.late_next, 'page_malformed'],
      ['a record that is no token', (one) => (one.items[1].record = 'x'), 'page_malformed'],
      [
        'another checkpoint’s signature',
        (one) => (one.checkpoint = one.checkpoint.replace('\n29\n', '\n30\n')),
        'checkpoint_signature',
      ],
      ['a checkpoint that is no note', (one) => (one.checkpoint = ''), 'checkpoint_malformed'],
      ['a consistency proof that is not wanted', (one) => one.consistency.push(other), 'consistency_invalid'],
      ['a late proof with another hash', (one) => (one.late[0].proof[0] = other), 'late_proof_invalid'],
      ['a late record at another index', (one) => (one.late[0].index = 2), 'late_proof_invalid'],
      ['a late number that was there before', (one) => (one.late[0].number = 0), 'late_order'],
      ['a late_next that is not the last number', (one) => (one.late_next = 6), 'late_next_mismatch'],
      [
        'a checkpoint beside a late record of the page’s own log',
        (one) => (one.late[0].checkpoint = ''),
        'page_malformed',
      ],
    ]),
    ...from(short, [
      ['no consistency proof', (one) => (one.consistency = []), 'consistency_invalid'],
      ['a consistency proof with another hash', (one) => (one.consistency[0] = other), 'root_mismatch'],
      ['a consistency proof with a hash too many', (one) => one.consistency.push(other), 'consistency_invalid'],
    ]),
    {
      name: 'a checkpoint that shrank',
      held: held(11, 0, 29),
      page: page({ after: 11, size: 24, records: [17] }),
      expected: { refused: 'checkpoint_shrunk' },
    },
    {
      name: 'another root of the size that is held',
      held: start,
      page: changed(page({ after: 11, size: 24, records: [17] }), (one) => (one.checkpoint = forked)),
      expected: { refused: 'log_forked' },
    },
    { name: 'no JSON', held: start, page: good.slice(1), expected: { refused: 'page_malformed' } },
  ];
}

/** One gap as two, each by itself with the right hashes. */
function splitGap(one: Loose): void {
  const [{ gap }] = one.items;
  const middle = 12;
  one.items.splice(
    0,
    1,
    { gap: { to: middle, hashes: [text(read(0, 11))] } },
    { gap: { to: gap.to, hashes: gap.hashes.slice(1) } },
  );
}
