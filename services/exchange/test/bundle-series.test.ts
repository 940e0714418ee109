import { signBundle } from '@detente/keys';
import { test } from 'tap';
import { CYBER, cyber, pack, startApart, stateOf, take } from './apart.ts';
import type { Node } from './exchange-node.ts';

const BIO = 'incident/bio/unrated';
const bio = { hazard_domain: 'bio' };

/** A record more in a batch of its own, and the bundle of that moment. */
async function next(cn: Node, us: Node, more: Parameters<typeof pack>[2] = {}, fields = cyber) {
  await cn.worker.release(fields);
  await cn.worker.sequence();
  return pack(cn, us, more);
}

const digests = async (us: Node, cn: Node) => (await us.landed(cn)).map(({ digest }) => digest);
const given = async (cn: Node) =>
  (await cn.rows<{ digest: string }>(`SELECT digest FROM presentations WHERE cell = $1`, [CYBER])).map(
    ({ digest }) => digest,
  );

test('where nothing ever comes back, each bundle mends what was lost of those before', async (t) => {
  const [cn, us] = await startApart(t);
  t.match(await take(us, (await next(cn, us)).text), { records: 1, pages: 1 });
  await next(cn, us);
  t.match(await take(us, (await next(cn, us)).text), { records: 2, pages: 2, fault: null }, 'one was lost');
  t.match(await take(us, (await next(cn, us)).text), { records: 1, pages: 1 }, 'none was lost');
  t.same((await digests(us, cn)).sort(), (await given(cn)).sort(), 'each once');

  await t.test('also late records, and what was in the log when they were granted', async (t) => {
    await cn.worker.release(bio);
    const before = await next(cn, us);
    t.match(await take(us, before.text), { records: 1 });
    await cn.worker.grant(us.origin, { cell: BIO }, 3);
    t.match(await pack(cn, us), { next: { late: 1 } }, 'this one is lost too');
    t.match(await take(us, (await pack(cn, us)).text), { records: 1, fault: null }, 'nothing but the late one');
    await cn.worker.release(bio);
    await cn.worker.sequence();
    await cn.worker.release(bio);
    const late = await next(cn, us);
    t.match(await take(us, late.text), { records: 3, fault: null });
    await cn.worker.release({ hazard_domain: 'nuclear' });
    await next(cn, us);
    await cn.worker.grant(us.origin, { cell: 'incident/nuclear/unrated' }, 3);
    t.match(await take(us, (await pack(cn, us)).text), { records: 3, fault: null }, 'one in both lists');
    const rows = await us.landed(cn);
    const listed = rows.map(({ digest, late }) => `${digest} ${late === null}`);
    t.equal(new Set(listed).size, rows.length, 'none comes twice in one list');
    t.same(
      rows.flatMap((row) => row.late ?? []),
      ['1', '2'],
    );
    t.same(await us.cursor(cn), { after: cn.worker.size, late: 2 });
    t.equal(await us.fault(cn), null);
  });
});

test('a bundle that begins behind where this node is says which to ask for', async (t) => {
  const [cn, us] = await startApart(t);
  const first = await next(cn, us);
  await take(us, first.text);
  const lost = await next(cn, us, { from: first.next });
  t.match(lost, { pages: 1, from: { after: 16, late: 0 } });
  const third = await next(cn, us, { from: lost.next });
  const before = await digests(us, cn);
  t.match(await take(us, third.text), {
    outcome: 'taken',
    pages: 0,
    fault:
      'its pages begin at 32 and none where this node is, at 16: send the peer a bundle, or ask it for one made with --from 16',
  });
  t.same(await digests(us, cn), before);
  t.match(await take(us, third.text), { fault: /--from 16$/ }, 'and says it again');
  const again = await pack(cn, us, { from: { after: 16, late: 0 } });
  t.match(await take(us, again.text), { outcome: 'taken', records: 2, after: 48, fault: null });
  t.match(await take(us, again.text), { outcome: 'same', fault: null });
  await t.rejects(pack(cn, us, { from: { after: 49, late: 0 } }), { code: 'beyond_log', message: /--from/ });

  await t.test('once what is missing has come on another way, nothing is left out any more', async (t) => {
    const between = await next(cn, us);
    const early = await next(cn, us, { from: between.next });
    t.match(await take(us, early.text), { outcome: 'taken', pages: 0, fault: /--from 48$/ });
    await us.pull(cn);
    t.match(await take(us, early.text), { outcome: 'same', after: 80, fault: null });
    t.equal(await us.fault(cn), null);
  });
});

test('a node that was restored from a backup goes on with numbers that nobody has seen', async (t) => {
  const [cn, us] = await startApart(t);
  const forget = async (node: Node) => {
    await node.rows('DELETE FROM bundles_out');
    await node.rows(`DELETE FROM statement_counters WHERE typ = 'detente-bundle+jwt'`);
  };
  const now = Date.now();
  const first = await next(cn, us, { now });
  const second = await next(cn, us, { now });
  await take(us, second.text);
  const { seen } = JSON.parse((await pack(us, cn, { now })).text.split('\n')[1]!);
  t.same(seen, { seq: second.seq, after: 32, late: 0 });
  t.ok(second.seq > first.seq, 'two of one second have two numbers');
  await forget(cn);
  const third = await next(cn, us, { now: now + 60_000 });
  t.ok(third.seq > second.seq);
  t.match(await take(us, third.text), { outcome: 'taken', pages: 1, records: 1, fault: null });
  t.match(await take(cn, (await pack(us, cn, { now: now + 60_000 })).text), { outcome: 'taken', receipts: 3 });
  t.equal(await cn.count('bundles_out'), 0, 'the peer has told of all that this node remembers');
});

test('notices and receipts that one bundle has no room for come with the next', async (t) => {
  const [cn, us] = await startApart(t);
  const canary = async () => {
    const day = new Date().toISOString().slice(0, 10);
    const body = await cn.worker.sign(us.origin, 'detente-canary+jwt', { day }, false);
    await cn.rows(`INSERT INTO notices_out (peer, kind, digest, body) VALUES ($1, 'canary', $2, $3)`, [
      us.origin,
      body.slice(-43),
      body,
    ]);
  };
  for (let i = 0; i < 110; i++) await canary();
  const first = await pack(cn, us);
  t.match(first, { notices: 100, more: true });
  t.match(await take(us, first.text), { notices: 100, more: true });
  await us.rows(`UPDATE notices_in SET received_at = now() - interval '2 minutes'`);
  t.match(await take(us, (await pack(cn, us)).text), { notices: 100, refused: [] });
  t.equal(await us.count('notices_in'), 110, 'all, though the peer never said that it had the first');
});

test('where nothing comes back, what a lost bundle carried has its turn again, however much is waiting', async (t) => {
  const [cn, us] = await startApart(t);
  await cn.rows(
    `INSERT INTO notices_out (peer, kind, digest, body) SELECT $1, 'canary', 'd' || i, 'n' || i FROM generate_series(1, 220) i`,
    [us.origin],
  );
  await cn.rows(`INSERT INTO receipts_out (peer, seq, jws) SELECT $1, i, 'r' || i FROM generate_series(1, 220) i`, [
    us.origin,
  ]);
  const came = { notices: new Set(), receipts: new Set() };
  for (const isLost of [false, true, false, false, false]) {
    const { notices, receipts } = JSON.parse((await pack(cn, us)).text.split('\n')[1]!);
    if (isLost) continue;
    for (const one of notices) came.notices.add(JSON.stringify(one));
    for (const one of receipts) came.receipts.add(JSON.stringify(one));
  }
  t.same([came.notices.size, came.receipts.size], [220, 220]);
});

test('what is refused is kept as evidence, and is not brought again', async (t) => {
  const [cn, us] = await startApart(t);
  // An offer that no rule allows, and a receipt with a number that another has.
  await cn.worker.sign(us.origin, 'detente-offer+jwt', { gives: 'everything' });
  await us.worker.grant(cn.origin, { cell: CYBER }, 3);
  await us.worker.release(cyber);
  await us.worker.sequence();
  await take(cn, (await pack(us, cn)).text);
  const [own] = await cn.rows<{ seq: number }>('SELECT seq FROM receipts_out');
  await us.rows(`INSERT INTO receipts_in (peer, seq, jws) VALUES ($1, $2, 'another')`, [cn.origin, own!.seq]);
  const { text, statements, receipts } = await pack(cn, us);
  t.same([statements, receipts], [1, 1]);
  const taken = await take(us, text);
  t.match(taken, { outcome: 'taken', statements: 0, receipts: 0 });
  t.same(
    taken.refused.map(({ kind }) => kind),
    ['statements', 'receipts'],
  );
  const kept = await us.rows('SELECT kind, code, body FROM quarantine ORDER BY kind');
  const [{ jws: receipt }, { jws: statement }] = [
    ...(await cn.rows<{ jws: string }>('SELECT jws FROM receipts_out')),
    ...(await cn.rows<{ jws: string }>('SELECT jws FROM statements_out')),
  ] as [{ jws: string }, { jws: string }];
  t.match(kept, [
    { kind: 'receipt', code: 'sequence_taken', body: receipt },
    { kind: 'statement', body: statement },
  ]);
  const state = await stateOf(us);
  t.match(await take(us, text), { outcome: 'same' });
  t.equal(await stateOf(us), state);
  await take(cn, (await pack(us, cn)).text);
  t.match(await pack(cn, us), { statements: 0, receipts: 0 }, 'the same bytes would be refused again');
});

test('what is larger than a bundle comes in several, each of which says how to go on', async (t) => {
  const [cn, us] = await startApart(t);
  await cn.worker.grant(us.origin, { cell: CYBER }, 4);
  const long = (length: number) => '𝔸'.repeat(length);
  const texts = { narrative: long(20_000), root_cause: long(8000), failure_pattern: long(4000), summary: long(4000) };
  for (let i = 0; i < 360; i++) await cn.worker.release({ ...cyber, ...texts });
  await cn.worker.sequence(360);
  const first = await pack(cn, us);
  const size = Buffer.byteLength(first.text);
  t.ok(size > 50_000_000 && size < 67_108_864 + 65_536, `${size}`);
  t.match(first, { more: true, from: { after: 0 }, withheld: null });
  const second = await pack(cn, us, { from: first.next });
  t.match(second, { more: false, next: { after: 360 } });
  t.match(await take(us, first.text), { more: true, after: first.next.after, refused: [] });
  t.match(await take(us, second.text), { more: false, after: 360, refused: [], fault: null });
  t.equal((await us.landed(cn)).length, 360);
  await t.rejects(take(us, Buffer.alloc(134_217_729)), { code: 'file_refused', message: /134217728 bytes/ });
});

test('a bundle of a later version is left alone, and the version that is read is named', async (t) => {
  const [cn, us] = await startApart(t);
  const { text } = await next(cn, us);
  const content = JSON.parse(text.split('\n')[1]!);
  const sign = async (changed: object) => {
    const said = JSON.stringify(changed);
    const made = Math.floor(Date.now() / 1000);
    const input = { iss: cn.origin, aud: us.origin, seq: made + 9, made, content: Buffer.from(said) };
    return `${(await signBundle(input, cn.keys.transport)).jws}\n${said}\n`;
  };
  const before = await stateOf(us);
  const later = await sign({ ...content, bundle: 'detente/bundle/2', more: 'otherwise' });
  await t.rejects(take(us, later), { code: 'version_unknown', message: /version 2, and this node reads version 1/ });
  const { start: _, ...without } = content;
  for (const wrong of [{ ...content, other: 1 }, without, { ...content, bundle: 'detente/bundle/0' }, [], 7, null])
    await t.rejects(
      take(us, await sign(wrong as object)),
      { code: 'content_refused' },
      JSON.stringify(wrong)?.slice(0, 60),
    );
  t.equal(await stateOf(us), before);
});
