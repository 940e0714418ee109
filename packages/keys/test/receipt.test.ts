import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'tap';
import {
  type IntakeReceipt,
  intakeLeaf,
  intakeSalt,
  maxIntakeGroup,
  parseReceipt,
  type Receipt,
  signIntakeGroup,
  signReceipt,
  signStatement,
  verifyIntakeReceipt,
  verifyReceipt,
} from '../src/index.ts';
import { codeOf } from './code-of.ts';
import { keyForOnly, newNode } from './key-folder.ts';

const iss = 'https://us.example';
const aud = 'https://cn.example';

function newHash(): string {
  return randomBytes(32).toString('base64url');
}

function sha256(...parts: Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

test('a receipt of a thousand records is verified as signed, and stays below the limit of a statement', async (t) => {
  const signer = newNode(t).exchange.signer('receipt');
  const records = Array.from({ length: 1000 }, (_, i) => ({ digest: newHash(), level: i % 6, disclosed: newHash() }));
  const late = records.map((record, i) => (i % 3 ? record : { ...record, late: i + 1 }));
  const body: Receipt = { log: 'cn.example/log/v1', page: { after: 0, next: 4096 }, records: late };
  const { jws } = await signReceipt({ iss, aud, seq: 7, body }, signer);
  t.ok(jws.length < 250_000, `${jws.length} characters`);
  const verified = await verifyReceipt(jws, { iss, aud, keyFor: keyForOnly(signer) });
  t.same(verified.body, body);
  t.equal(verified.seq, 7);
  t.equal(await codeOf(verifyReceipt(jws, { iss, aud: iss, keyFor: keyForOnly(signer) })), 'audience_unexpected');
});

test('a receipt that says anything but what it must is refused at its place', async (t) => {
  const record = { digest: newHash(), level: 2, disclosed: newHash() };
  const good = { log: 'cn.example/log/v1', page: { after: 3, next: 3 }, records: [{ ...record, late: 9 }] };
  t.same(parseReceipt(good, aud), good);
  t.same(parseReceipt({ ...good, records: [] }, aud).records, []);
  t.same(parseReceipt({ ...good, page: null, records: [record] }, aud).page, null);
  const bad: [object, string][] = [
    [{ log: 'us.example/log/v1' }, '/log'],
    [{ stored: true }, '/stored'],
    [{ page: { after: 4, next: 3 } }, '/page/next'],
    [{ page: { after: -1, next: 3 } }, '/page/after'],
    [{ page: { after: 0, next: 3, size: 3 } }, '/page/size'],
    [{ page: undefined }, '/page'],
    [{ page: null, records: [] }, '/records'],
    [{ page: null }, '/records/0/late'],
    [{ records: {} }, '/records'],
    [{ records: [record, record] }, '/records/1/digest'],
    [{ records: [{ ...record, level: 6 }] }, '/records/0/level'],
    [{ records: [{ ...record, level: 1.5 }] }, '/records/0/level'],
    [{ records: [{ ...record, disclosed: [] }] }, '/records/0/disclosed'],
    [{ records: [{ ...record, digest: `${record.digest}=` }] }, '/records/0/digest'],
    [{ records: [{ ...record, late: 0 }] }, '/records/0/late'],
    [{ records: [{ ...record, index: 0 }] }, '/records/0/index'],
    [{ records: Array.from({ length: 1001 }, () => ({ ...record, digest: newHash() })) }, '/records'],
  ];
  for (const [change, at] of bad)
    t.throws(() => parseReceipt({ ...good, ...change }, aud), { code: 'body_malformed', at }, at);
  const signer = newNode(t).exchange.signer('receipt');
  const input = { iss, aud, seq: 1, body: { ...good, records: [{ ...record, level: 9 }] } };
  t.equal(await codeOf(signReceipt(input, signer)), 'body_malformed');
  const { jws } = await signStatement({ ...input, typ: 'detente-receipt+jwt' }, signer);
  t.equal(await codeOf(verifyReceipt(jws, { iss, aud, keyFor: keyForOnly(signer) })), 'body_malformed');
});

// --- intake ---------------------------------------------------------------------------------------------------------

function newReport(text: string): { salt: Buffer; body: Buffer; bodyDigest: Buffer } {
  const body = Buffer.from(text);
  return { salt: intakeSalt(), body, bodyDigest: sha256(body) };
}

/** RFC 9162 §2.1.3.2, step by step, for a tree of any size: independent of the code under test. */
function inclusionRoot(leaf: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer {
  let fn = index;
  let sn = size - 1;
  let r = sha256(Buffer.of(0), leaf);
  for (const p of path) {
    if (sn === 0) throw new Error('path too long');
    if (fn % 2 === 1 || fn === sn) {
      r = sha256(Buffer.of(1), p, r);
      while (fn % 2 === 0 && fn !== 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else r = sha256(Buffer.of(1), r, p);
    fn >>= 1;
    sn >>= 1;
  }
  if (sn !== 0) throw new Error('path too short');
  return r;
}

function rootIn(receipt: IntakeReceipt): string {
  return (JSON.parse(Buffer.from(receipt.jws.split('.')[1]!, 'base64url').toString()) as { root: string }).root;
}

test('each lab of a commit group verifies its own receipt under the one signature', async (t) => {
  const signer = newNode(t).reporting.signer('lab-receipt');
  const keyFor = keyForOnly(signer);
  const day = '2026-11-24';
  for (const size of [1, 2, 3, 5, 64, 100, maxIntakeGroup]) {
    const reports = Array.from({ length: size }, (_, i) => newReport(`report ${i}`));
    const receipts = await signIntakeGroup({ iss, day, reports }, signer);
    t.equal(new Set(receipts.map(({ jws }) => jws)).size, 1);
    t.equal(new Set(receipts.map(({ index }) => index)).size, size);
    t.ok(
      receipts.every(({ path }) => path.length === 9),
      'the path is as long whatever the size of the group',
    );
    for (const [i, receipt] of receipts.entries()) {
      if (i > 5 && i < size - 2) continue;
      const stored = JSON.parse(JSON.stringify(receipt)) as unknown;
      const { leaf, ...verified } = await verifyIntakeReceipt({ receipt: stored, body: reports[i]!.body, iss, keyFor });
      t.match(verified, { iss, day, kid: signer.kid });
      t.same(leaf, intakeLeaf(reports[i]!.salt, reports[i]!.bodyDigest));
      const path = receipt.path.map((hash) => Buffer.from(hash, 'base64url'));
      t.equal(inclusionRoot(leaf, receipt.index, 512, path).toString('base64url'), rootIn(receipt));
    }
  }
});

test('a full group’s root is the RFC 6962 tree hash of its leaves in their places', async (t) => {
  const signer = newNode(t).reporting.signer('lab-receipt');
  const reports = Array.from({ length: maxIntakeGroup }, (_, i) => newReport(`${i}`));
  const receipts = await signIntakeGroup({ iss, day: '2026-11-24', reports }, signer);
  const leaves: Buffer[] = [];
  for (const { index, leaf } of receipts) leaves[index] = Buffer.from(leaf, 'base64url');
  const treeHash = (part: Buffer[]): Buffer =>
    part.length === 1
      ? sha256(Buffer.of(0), part[0]!)
      : sha256(Buffer.of(1), treeHash(part.slice(0, part.length / 2)), treeHash(part.slice(part.length / 2)));
  t.equal(treeHash(leaves).toString('base64url'), rootIn(receipts[0]!));
});

test('the leaf is SHA-256 over the label, the salt and the body’s SHA-256', async (t) => {
  const salt = Buffer.alloc(16, 7);
  const body = Buffer.from('{}');
  t.same(intakeLeaf(salt, sha256(body)), sha256(Buffer.from('detente/intake/1\n'), salt, sha256(body)));
  t.throws(() => intakeLeaf(Buffer.alloc(15), sha256(body)), { code: 'leaf_mismatch' });
  t.throws(() => intakeLeaf(salt, body), { code: 'leaf_mismatch' });
});

test('where a report stands in its group says nothing of the group', async (t) => {
  const signer = newNode(t).reporting.signer('lab-receipt');
  const halves = [0, 0];
  for (let i = 0; i < 60; i++) {
    const [receipt] = await signIntakeGroup({ iss, day: '2026-11-24', reports: [newReport('same')] }, signer);
    halves[receipt!.index < 256 ? 0 : 1]!++;
  }
  t.ok(halves[0]! > 5 && halves[1]! > 5, `a lone report falls into both halves: ${halves.join(' and ')} of 60`);
});

test('a receipt does not hold for another body, salt, place, path, issuer or key', async (t) => {
  const { reporting, exchange, worker } = newNode(t);
  const signer = reporting.signer('lab-receipt');
  const keyFor = keyForOnly(signer);
  const reports = ['one', 'two', 'three'].map(newReport);
  const receipts = await signIntakeGroup({ iss, day: '2026-11-24', reports }, signer);
  const [mine, other] = receipts as [IntakeReceipt, IntakeReceipt];
  const body = reports[0]!.body;
  const code = (change: object, more: object = {}) =>
    codeOf(verifyIntakeReceipt({ receipt: { ...mine, ...change }, body, iss, keyFor, ...more }));
  t.equal(await code({}), 'accepted');
  t.equal(await code({}, { body: Buffer.from('onE') }), 'leaf_mismatch');
  t.equal(await code({ salt: other.salt }), 'leaf_mismatch');
  t.equal(await code({ leaf: other.leaf }), 'leaf_mismatch');
  t.equal(await code({ index: mine.index ^ 1 }), 'path_mismatch');
  t.equal(await code({ index: mine.index ^ 256 }), 'path_mismatch');
  t.equal(await code({ path: mine.path.toReversed() }), 'path_mismatch');
  t.equal(await code({ path: mine.path.slice(1) }), 'body_malformed');
  t.equal(await code({ path: [...mine.path, mine.path[0]] }), 'body_malformed');
  t.equal(await code({ index: 512 + mine.index }), 'body_malformed');
  t.equal(await code({ index: -1 }), 'body_malformed');
  t.equal(await code({ day: '2026-11-24' }), 'body_malformed');
  t.equal(await code({}, { iss: aud }), 'issuer_unexpected');
  t.equal(await code({}, { keyFor: keyForOnly(exchange.signer('receipt')) }), 'key_unknown');
  // A statement of the same node in the receipt’s place.
  const body2 = { day: '2026-11-24', root: rootIn(mine) };
  const statement = await signStatement(
    { typ: 'detente-offer+jwt', iss, seq: 1, body: body2 },
    worker.signer('agency'),
  );
  t.equal(await code({ jws: statement.jws }, { keyFor: keyForOnly(worker.signer('agency')) }), 'typ_unexpected');
  t.equal(await codeOf(signIntakeGroup({ iss, day: '2026-11-24', reports: [] }, signer)), 'group_size');
  const many = Array.from({ length: 513 }, () => reports[0]!);
  t.equal(await codeOf(signIntakeGroup({ iss, day: '2026-11-24', reports: many }, signer)), 'group_size');
  t.equal(await codeOf(signIntakeGroup({ iss, day: '2026-13-24', reports }, signer)), 'body_malformed');
});

test('every change of one byte of a stored receipt is refused', async (t) => {
  const signer = newNode(t).reporting.signer('lab-receipt');
  const keyFor = keyForOnly(signer);
  const report = newReport('a report');
  const [receipt] = await signIntakeGroup({ iss, day: '2026-11-24', reports: [report, newReport('b')] }, signer);
  const text = JSON.stringify(receipt);
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 1, max: 127 }), async (at, mask) => {
      const bytes = Buffer.from(text);
      bytes[at]! ^= mask;
      let changed: unknown;
      try {
        changed = JSON.parse(bytes.toString());
      } catch {
        return;
      }
      const code = await codeOf(verifyIntakeReceipt({ receipt: changed, body: report.body, iss, keyFor }));
      t.match(code, /^(?!accepted)[a-z0-9_]+$/);
    }),
    { numRuns: 1000 },
  );
});
