// What makes a page refused, what makes one record quarantined, and that nothing changed is ever accepted.
import { deepEqual, equal, fail, ok } from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { inclusionProof, rootOf, signCheckpoint } from '@detente/tlog';
import fc from 'fast-check';
import { test } from 'tap';
import { FeedError, type FeedPage, type Held, readPage, verifyItem, verifyPage } from '../src/index.ts';
import { presentationOf, TERMS, TestLog, TestNode } from './federation.ts';

const cn = new TestNode('cn.example', 8);
const sg = new TestNode('sg.example', 2);
const PLACES = new Map([3, 20, 41, 42, 77].map((index, i) => [index, cn.records[i]!]));
const log = new TestLog(cn, 130, (index) => PLACES.get(index));
const sgLog = new TestLog(sg, 12, (index) => sg.records[index - 5]);
const AFTER = 13;
const NEXT = 43;

const shown = (index: number, level: 0 | 1 | 2 | 3 | 4 | 5) => ({
  index,
  presentation: presentationOf(PLACES.get(index)!, level),
});
const held = log.held(AFTER, { lateCursor: 4, maxRecords: 6, relays: new Map([[sg.peer.log, sg.peer]]) });
/** Three records with gaps before and between, then 87 leaves up to the checkpoint; two late ones, one of them relayed. */
const text = log.page({
  after: AFTER,
  records: [shown(20, 1), shown(41, 5), shown(42, 0)],
  complete: false,
  late: [{ number: 7, rule: 'widened', ...shown(3, 2) }, sgLog.relayed(9, 6, presentationOf(sg.records[1]!, 1))],
  lateAfter: 4,
});
const verified = verifyPage(text, held);

/** The page with a change to its members. */
function changed(change: (page: FeedPage & Record<string, unknown>) => void): string {
  const page = JSON.parse(text);
  change(page);
  return JSON.stringify(page);
}

const gap = (page: FeedPage, at: number) => (page.items[at] as { gap: { to: number; hashes: string[] } }).gap;
const other = Buffer.alloc(32, 7).toString('base64url');

test('the page verifies, item by item', (t) => {
  t.same(
    verified.items.map((item) => [item.index, item.ok && item.record.level]),
    [
      [20, 1],
      [41, 5],
      [42, 0],
    ],
  );
  t.same(
    verified.late.map((item) => [item.log, item.index, item.rule, item.ok && item.record.iss]),
    [
      [cn.peer.log, 3, 'widened', cn.peer.iss],
      [sg.peer.log, 6, 'relayed', sg.peer.iss],
    ],
  );
  t.same([verified.next, verified.lateNext, verified.checkpoint.size], [NEXT, 9, 130]);
  t.same(verified.frontier, log.frontier(NEXT));
  t.equal(JSON.parse(text).items.length, 5);
  t.end();
});

test('a page may show from what its terms follow: four digests, or null', (t) => {
  const inputs = [TERMS, null, other, null];
  const page = { after: AFTER, records: [], lateAfter: 4 };
  t.same(verifyPage(log.page({ ...page, inputs }), held).inputs, inputs);
  t.equal(verified.inputs, null);
  for (const wrong of [[TERMS], [...inputs, null], [TERMS, null, other, 'x'], 'x'])
    t.throws(() => readPage(log.page({ ...page, inputs: wrong as string[] }), held), { code: 'page_malformed' });
  t.end();
});

test('members of the envelope that nobody knows are ignored, those of an item are not', (t) => {
  t.same(
    verifyPage(
      changed((page) => {
        page.tomorrow = { more: true };
      }),
      held,
    ),
    verified,
  );
  for (const change of [
    (page: FeedPage) => Object.assign(page.items[0]!, { more: 1 }),
    (page: FeedPage) => Object.assign(page.items[1]!, { more: 1 }),
    (page: FeedPage) => Object.assign(gap(page, 0), { more: 1 }),
    (page: FeedPage) => Object.assign(page.late[0]!, { more: 1 }),
  ]) {
    t.throws(() => verifyPage(changed(change), held), { name: 'FeedError', code: 'page_malformed' });
  }
  t.end();
});

test('each fault of a page has its code', (t) => {
  const page = (change: (page: FeedPage) => void) => changed(change);
  const faults: [code: string, text: string, change?: Partial<Held>][] = [
    ['page_malformed', text.slice(0, -1)],
    ['page_malformed', '[]'],
    ['page_malformed', page((p) => Reflect.deleteProperty(p, 'late'))],
    ['page_malformed', page((p) => Object.assign(p, { next: 43.5 }))],
    ['page_malformed', page((p) => Object.assign(p, { next: 2 ** 53 }))],
    ['page_malformed', page((p) => Object.assign(p, { day: '24-11-2026' }))],
    ['page_malformed', page((p) => gap(p, 0).hashes.splice(0, 1, `${'A'.repeat(42)}B`))],
    ['page_malformed', page((p) => p.items.splice(1, 1, { record: 'no dots' }))],
    ['page_malformed', page((p) => Object.assign(p.late[0]!, { rule: 'Shout!' }))],
    ['page_malformed', page((p) => Object.assign(p.late[0]!, { checkpoint: p.checkpoint }))],
    ['page_malformed', page((p) => Reflect.deleteProperty(p.late[1]!, 'checkpoint'))],
    ['limit_exceeded', text, { maxRecords: 4 }],
    ['limit_exceeded', `${text}${' '.repeat(4_000_000)}`, { maxRecords: 5 }],
    ['log_unexpected', page((p) => Object.assign(p, { log: sg.peer.log }))],
    ['after_unexpected', text, { frontier: log.frontier(AFTER + 1) }],
    ['after_unexpected', page((p) => Object.assign(p, { after: AFTER - 1 }))],
    ['day_refused', page((p) => Object.assign(p, { day: '2026-11-25' }))],
    ['terms_unexpected', page((p) => Object.assign(p, { terms: other }))],
    ['gap_empty', page((p) => Object.assign(gap(p, 0), { to: AFTER }))],
    ['gap_hash_count', page((p) => gap(p, 0).hashes.push(other))],
    ['gap_hash_count', page((p) => Object.assign(gap(p, 0), { to: 21 }))],
    ['gap_not_minimal', splitGap()],
    ['next_mismatch', page((p) => p.items.pop())],
    ['next_mismatch', page((p) => p.items.push({ record: sg.records[0]!.token }))],
    ['next_mismatch', page((p) => Object.assign(p, { next: NEXT + 1 }))],
    ['next_mismatch', page((p) => Object.assign(p, { next: AFTER }))],
    ['next_mismatch', page((p) => Object.assign(p, { next: AFTER - 1 }))],
    ['next_mismatch', page((p) => Object.assign(gap(p, 0), { to: NEXT + 1 }))],
    ['checkpoint_malformed', page((p) => Object.assign(p, { checkpoint: 'nothing' }))],
    ['checkpoint_signature', page((p) => Object.assign(p, { checkpoint: sgLog.checkpoint(12) }))],
    ['checkpoint_signature', page((p) => Object.assign(p, { checkpoint: p.checkpoint.replace('\n130\n', '\n131\n') }))],
    ['checkpoint_signature', text, { peer: { ...cn.peer, logKeys: sg.peer.logKeys } }],
    ['next_beyond_checkpoint', page((p) => Object.assign(p, { checkpoint: log.checkpoint(40) }))],
    ['checkpoint_shrunk', text, { checkpoint: { size: 131, root: Buffer.alloc(32) } }],
    ['log_forked', text, { checkpoint: { size: 130, root: Buffer.alloc(32) } }],
    ['log_forked', text, { checkpoint: { size: NEXT, root: Buffer.alloc(32) } }],
    ['root_mismatch', page((p) => gap(p, 0).hashes.splice(0, 1, other))],
    ['root_mismatch', page((p) => p.items.splice(1, 1, { record: cn.records[7]!.token }))],
    ['root_mismatch', page((p) => p.consistency.splice(-1, 1, other))],
    ['root_mismatch', text, { frontier: { size: AFTER, hashes: log.frontier(AFTER).hashes.toReversed() } }],
    ['consistency_invalid', page((p) => p.consistency.pop())],
    ['consistency_invalid', page((p) => p.consistency.push(other))],
    ['late_order', text, { lateCursor: 7 }],
    ['late_order', page((p) => p.late.reverse())],
    ['late_order', page((p) => Object.assign(p.late[1]!, { number: 7 }))],
    ['late_next_mismatch', page((p) => Object.assign(p, { late_next: 10 }))],
    ['late_next_mismatch', page((p) => Object.assign(p, { late: [] }))],
    ['late_proof_invalid', page((p) => Object.assign(p.late[0]!, { index: 2 }))],
    ['late_proof_invalid', page((p) => Object.assign(p.late[0]!, { index: 130 }))],
    ['late_proof_invalid', page((p) => p.late[0]!.proof.pop())],
    ['late_proof_invalid', page((p) => Object.assign(p.late[0]!, { record: cn.records[6]!.token }))],
  ];
  for (const [code, faulty, change] of faults) {
    t.throws(() => verifyPage(faulty, { ...held, ...change }), { name: 'FeedError', code }, code);
  }
  t.end();
});

test('what is longer than the contract allows is refused before anything of it is verified, with its place', (t) => {
  const long = (length: number) => 'A'.repeat(length);
  const set = (more: object) => (page: FeedPage) => Object.assign(page, more);
  const faults: [pointer: string, keyword: string, change: (page: FeedPage) => unknown][] = [
    ['/log', 'maxLength', set({ log: long(256) })],
    ['/log', 'minLength', set({ log: '' })],
    ['/terms', 'pattern', set({ terms: 'x' })],
    ['/items', 'maxItems', set({ items: Array(2002).fill({ gap: { to: 99, hashes: [other] } }) })],
    ['/checkpoint', 'maxLength', set({ checkpoint: long(16_385) })],
    ['/consistency', 'maxItems', set({ consistency: Array(64).fill(other) })],
    ['/late', 'maxItems', (page) => set({ late: Array(1001).fill(page.late[0]) })(page)],
    ['/late/0/proof', 'maxItems', ({ late }) => Object.assign(late[0]!, { proof: Array(64).fill(other) })],
    ['/late/1/checkpoint', 'maxLength', ({ late }) => Object.assign(late[1]!, { checkpoint: long(16_385) })],
  ];
  const readPageOf = (faulty: string) => () => readPage(faulty, { ...held, maxRecords: 1000 });
  for (const [pointer, keyword, change] of faults) {
    const detail = { pointer, keyword };
    t.throws(readPageOf(changed(change)), { code: 'page_malformed', detail }, `${pointer} ${keyword}`);
  }
  // Of a union the validator names the whole.
  const gapTooFine = changed((page) => Object.assign(gap(page, 0), { hashes: Array(107).fill(other) }));
  t.throws(readPageOf(gapTooFine), { code: 'page_malformed', detail: { pointer: /^\/items\/0/ } });
  const most = changed(set({ items: Array(2001).fill({ gap: { to: 99, hashes: [other] } }) }));
  t.throws(readPageOf(most), { code: 'next_mismatch' }, 'as many as there may be are read');
  t.end();
});

test('a fault of one item names it', (t) => {
  const faults: [code: string, detail: object, faulty: string, change?: Partial<Held>][] = [
    ['next_mismatch', { pointer: '/next', reached: 42 }, changed((p) => p.items.pop())],
    ['gap_hash_count', { pointer: '/items/0' }, changed((p) => gap(p, 0).hashes.push(other))],
    [
      'page_malformed',
      { pointer: '/items/1', keyword: 'record' },
      changed((p) => p.items.splice(1, 1, { record: 'x' })),
    ],
    ['late_order', { pointer: '/late/0', number: 7 }, text, { lateCursor: 7 }],
    [
      'page_malformed',
      { pointer: '/late/1', keyword: 'checkpoint' },
      changed((p) => Reflect.deleteProperty(p.late[1]!, 'checkpoint')),
    ],
    [
      'page_malformed',
      { pointer: '/late/0', keyword: 'checkpoint' },
      changed((p) => Object.assign(p.late[0]!, { checkpoint: p.checkpoint })),
    ],
    ['late_proof_invalid', { pointer: '/late/0' }, changed((p) => p.late[0]!.proof.pop())],
  ];
  for (const [code, detail, faulty, change] of faults)
    t.throws(() => verifyPage(faulty, { ...held, ...change }), { code, detail }, code);
  t.end();
});

/** The gap from 13 to 20 as two gaps whose hashes are right. */
function splitGap(): string {
  return changed((page) => {
    const { hashes } = gap(page, 0);
    page.items.splice(0, 1, { gap: { to: 14, hashes: [hashes[0]!] } }, { gap: { to: 20, hashes: hashes.slice(1) } });
  });
}

test('a page that reaches its checkpoint must have its root and no proof', (t) => {
  const whole = log.page({ after: AFTER, records: [shown(20, 1)] });
  const at = { ...held, lateCursor: 0 };
  t.equal(verifyPage(whole, at).next, 130);
  const tampered = JSON.parse(whole);
  tampered.items[0].gap.hashes[0] = other;
  t.throws(() => verifyPage(JSON.stringify(tampered), at), { code: 'root_mismatch' });
  t.throws(() => verifyPage(JSON.stringify({ ...JSON.parse(whole), consistency: [other] }), at), {
    code: 'consistency_invalid',
  });
  const forged = signCheckpoint({ origin: cn.peer.log, size: 130, root: Buffer.alloc(32, 1) }, cn.logKey.privateKey);
  t.throws(() => verifyPage(JSON.stringify({ ...JSON.parse(whole), checkpoint: forged }), at), {
    code: 'root_mismatch',
  });
  t.end();
});

test('one bad record is quarantined with its code and stops nothing', (t) => {
  const codes = (faulty: string, change: Partial<Held> = {}) => {
    const page = verifyPage(faulty, { ...held, ...change });
    return [...page.items, ...page.late].map((item) => (item.ok ? 'ok' : item.code));
  };
  const withRecord = (record: string) => changed((page) => page.items.splice(1, 1, { record }));
  const { token, lengths } = PLACES.get(20)!;
  const inSignature = token.indexOf('~') - 10;
  const respelt = `${token.slice(0, inSignature)}${token[inSignature] === 'A' ? 'B' : 'A'}${token.slice(inSignature + 1)}`;
  t.same(codes(withRecord(respelt)), ['signature_invalid', 'ok', 'ok', 'ok', 'ok']);
  t.same(codes(withRecord(token.slice(0, lengths[2]! - 1)))[0], 'token_invalid');
  t.same(codes(withRecord(`${token}é~`))[0], 'token_invalid');
  t.same(codes(withRecord(token.slice(0, token.lastIndexOf('.') + 1)))[0], 'token_invalid');
  t.same(codes(withRecord(`${token}${'A'.repeat(270_000)}~`))[0], 'record_too_large');
  t.same(codes(withRecord(token.slice(0, token.indexOf('~', lengths[1]) + 1)))[0], 'disclosures_between_tiers');
  t.same(codes(text, { peer: { ...cn.peer, recordKeys: new Map() } }), [...Array(4).fill('key_unknown'), 'ok']);
  const wrongKey = new Map([[cn.kid, generateKeyPairSync('ed25519').publicKey]]);
  t.same(codes(text, { peer: { ...cn.peer, recordKeys: wrongKey } }), [...Array(4).fill('signature_invalid'), 'ok']);
  t.same(codes(text, { peer: { ...cn.peer, iss: 'https://us.example' } }), [
    ...Array(4).fill('issuer_unexpected'),
    'ok',
  ]);
  t.end();
});

test('a relayed record stands on its origin’s evidence alone, and falls alone', (t) => {
  const last = (faulty: string, change: Partial<Held> = {}) => judged(verifyPage(faulty, { ...held, ...change }));
  const judged = (page: ReturnType<typeof verifyPage>) => {
    ok(page.items.every((item) => item.ok) && page.late[0]!.ok);
    const item = page.late[1]!;
    return item.ok ? 'ok' : item.code;
  };
  t.equal(last(text, { relays: new Map() }), 'origin_unknown');
  const { relays: _, ...alone } = held;
  t.equal(judged(verifyPage(text, alone)), 'origin_unknown', 'nor is there one where none is enrolled');
  t.equal(
    last(text, { relays: new Map([[sg.peer.log, { ...sg.peer, logKeys: cn.peer.logKeys }]]) }),
    'checkpoint_signature',
  );
  t.equal(last(changed((p) => Object.assign(p.late[1]!, { index: 5 }))), 'late_proof_invalid');
  t.equal(last(changed((p) => Object.assign(p.late[1]!, { proof: [] }))), 'late_proof_invalid');
  t.equal(last(changed((p) => Object.assign(p.late[1]!, { checkpoint: p.checkpoint }))), 'checkpoint_signature');
  t.equal(last(changed((p) => Object.assign(p.late[1]!, { record: sg.records[0]!.token }))), 'late_proof_invalid');
  t.equal(last(text, { relays: new Map([[sg.peer.log, { ...sg.peer, iss: cn.peer.iss }]]) }), 'issuer_unexpected');
  const early = changed((p) => {
    const { proof, checkpoint } = sgLog.relayed(9, 6, '', 8);
    Object.assign(p.late[1]!, { checkpoint, proof: proof.map((hash) => Buffer.from(hash).toString('base64url')) });
  });
  t.equal(last(early), 'ok', 'an older checkpoint of the origin serves too');
  t.end();
});

test('any change of one byte refuses the page or quarantines exactly that record', (t) => {
  const outcomes = { refused: 0, quarantined: 0, same: 0 };
  const at = fc.nat({ max: text.length - 1 });
  // Letters and signs that JSON and base64url are made of, so that changes often still parse.
  const char = fc.oneof(
    fc.constantFrom(...'ABab019-_.~"{}[],: \\'),
    fc.integer({ min: 1, max: 255 }).map((c) => String.fromCharCode(c)),
  );
  const kind = fc.constantFrom('replace', 'insert', 'delete');
  fc.assert(
    fc.property(at, char, kind, (index, character, how) => {
      const rest = text.slice(how === 'insert' ? index : index + 1);
      outcomes[judge(text.slice(0, index) + (how === 'delete' ? '' : character) + rest)]++;
    }),
    { numRuns: 1500, endOnFailure: true },
  );
  const fifteenth = (outcomes.refused + outcomes.quarantined + outcomes.same) / 15;
  t.ok(outcomes.refused > fifteenth && outcomes.quarantined > fifteenth, JSON.stringify(outcomes));
  t.end();
});

test('every byte outside of the records, changed, is noticed', (t) => {
  let from = 0;
  for (const item of [...verified.items, ...verified.late, undefined]) {
    const to = item === undefined ? text.length : text.indexOf(item.presentation);
    for (let at = from; at < to; at++) {
      for (const bit of [1, 4])
        judge(text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ bit) + text.slice(at + 1));
    }
    from = to + (item?.presentation.length ?? 0);
  }
  t.pass('no change went through');
  t.end();
});

/** What became of a changed page; fails when a changed value was accepted. A late item's number (below the last) and
 *  rule are the sender's bookkeeping, and the response's signature covers them: no value of a record hangs on them. */
function judge(faulty: string): 'refused' | 'quarantined' | 'same' {
  let page: ReturnType<typeof verifyPage>;
  try {
    page = verifyPage(faulty, held);
  } catch (error) {
    ok(error instanceof FeedError, String(error));
    return 'refused';
  }
  const { items, late, ...rest } = page;
  const { items: itemsBefore, late: lateBefore, ...before } = verified;
  deepEqual(rest, before);
  equal(items.length, itemsBefore.length);
  equal(late.length, lateBefore.length);
  const pairs = [
    ...items.map((item, i) => [item, itemsBefore[i]!] as const),
    ...late.map(
      (item, i) =>
        [
          { ...item, number: 0, rule: '' },
          { ...lateBefore[i]!, number: 0, rule: '' },
        ] as const,
    ),
  ];
  const bad = pairs.filter(([item]) => !item.ok);
  for (const [item, original] of pairs) if (item.ok) deepEqual(item, original);
  if (bad.length > 1) fail('more than one record was quarantined');
  return bad.length === 1 ? 'quarantined' : 'same';
}

test('a reading and its items can be verified apart', (t) => {
  const reading = readPage(text, held);
  t.same(reading.items[1], { index: 41, digest: PLACES.get(41)!.digest, presentation: PLACES.get(41)!.token });
  const verdict = verifyItem(reading.items[1]!.presentation, cn.peer);
  t.ok(verdict.ok && verdict.record.digest === reading.items[1]!.digest);
  t.same(reading.checkpoint.root, rootOf(log.frontier(130)));
  t.equal(reading.terms, TERMS);
  t.equal(inclusionProof(3, 130, log.read).length, JSON.parse(text).late[0].proof.length);
  t.end();
});

test('without a way to compute terms, day and terms are handed to the caller', (t) => {
  const { termsOf: _, ...blind } = held;
  const page = changed((p) => Object.assign(p, { day: '2026-11-30', terms: other }));
  t.same([verifyPage(page, blind).day, verifyPage(page, blind).terms], ['2026-11-30', other]);
  t.end();
});
