import { createPublicKey, randomBytes } from 'node:crypto';
import { disclosedDigest, signReceipt, verifyReceipt } from '@detente/keys';
import { verifyRecord } from '@detente/record';
import { until } from '@detente/testkit';
import { parseFrontier, rootOf, verifyCheckpoint } from '@detente/tlog';
import { type Test, test } from 'tap';
import { servePage } from '../src/serve-page.ts';
import { offer, type Released, standing } from './border-worker.ts';
import { callAs, introduce, type Node, startNode } from './exchange-node.ts';

const CYBER = 'incident/cyber/unrated';
const cyber = { hazard_domain: 'cyber' };
const warning = { hazard_domain: 'bio', severity: { level: 5, axes: { people: 5, safeguards: 2, reach: 2 } } };

/** Everything that a page must have left behind, whatever happened on the way. */
async function whole(t: Test, taker: Node, giver: Node): Promise<void> {
  const [row] = await taker.rows<{ after: string; frontier: Buffer; checkpoint: string }>(
    'SELECT after, frontier, checkpoint FROM cursors WHERE peer = $1',
    [giver.origin],
  );
  const frontier = parseFrontier(row!.frontier);
  t.equal(frontier.size, Number(row!.after), 'cursor and frontier moved together');
  const { publicJwk } = giver.worker.keys.signer('log');
  const log = {
    name: `${new URL(giver.origin).host}/log/v1`,
    publicKey: createPublicKey({ key: publicJwk, format: 'jwk' }),
  };
  const checkpoint = verifyCheckpoint(row!.checkpoint, log);
  if (checkpoint.size === frontier.size)
    t.same(rootOf(frontier), checkpoint.root, 'the log folds into the signed root');
  const receipts = await taker.rows<{ jws: string }>('SELECT jws FROM receipts_out WHERE peer = $1 ORDER BY seq', [
    giver.origin,
  ]);
  const signed = await Promise.all(receipts.map(({ jws }) => readReceipt(taker, giver, jws)));
  const said = signed.flatMap(({ body }) => body.records.map(({ digest, disclosed }) => `${digest} ${disclosed}`));
  const landed = await taker.landed(giver);
  t.same(said.sort(), landed.map(({ digest, body }) => `${digest} ${disclosedDigest(body)}`).sort());
  t.equal(new Set(said).size, said.length, 'nothing is doubled');
}

function readReceipt(taker: Node, giver: Node, jws: string) {
  const { kid, publicJwk } = taker.keys.receipt;
  const key = createPublicKey({ key: publicJwk, format: 'jwk' });
  const keyFor = (name: string) => (name === kid ? key : undefined);
  return verifyReceipt(jws, { iss: taker.origin, aud: giver.origin, keyFor });
}

function levelOf(giver: Node, presentation: string): number {
  const { kid, publicJwk } = giver.worker.keys.signer('record');
  const key = createPublicKey({ key: publicJwk, format: 'jwk' });
  return verifyRecord(presentation, { iss: giver.origin, keyFor: (name) => (name === kid ? key : undefined) }).level;
}

test('nodes that were introduced exchange what their grants give, and no more', async (t) => {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);

  await t.test('a peer is enrolled by its descriptor, and by no other than the one that was pinned', async (t) => {
    await us.worker.addPeer({ origin: cn.origin, fingerprint: us.fingerprint });
    await us.pull(cn);
    t.equal(await us.count('landing'), 0);
    t.match(await us.fault(cn), /fingerprint_mismatch/);
    t.match(await us.rows('SELECT peer, kind, code FROM quarantine'), [
      { peer: cn.origin, kind: 'descriptor', code: 'fingerprint_mismatch' },
    ]);
    for (const table of ['cursors', 'quarantine', 'peers']) await us.rows(`DELETE FROM ${table}`);
    await introduce(cn, us);
    t.equal(await us.count('peers', `status = 'active'`), 1);
    t.equal(await us.fault(cn), null);
  });

  await t.test('statements are put to the peer until it takes them', async (t) => {
    await sg.worker.addPeer(cn);
    await sg.pull(cn);
    await sg.worker.enrol(cn.origin);
    const put = await sg.worker.sign(cn.origin, 'detente-offer+jwt', offer());
    await sg.worker.sign(cn.origin, 'detente-standing+jwt', standing());
    await sg.pull(cn);
    t.match(await sg.fault(cn), /does not know this node yet/);
    t.equal(await sg.count('statements_out', 'sent_at IS NULL'), 2, 'a stranger’s statements wait');
    await cn.worker.addPeer(sg);
    await cn.pull(sg);
    await cn.worker.enrol(sg.origin);
    await until('it is no stranger any more, and its statements are taken', async () => {
      await sg.pull(cn);
      return (await sg.count('statements_out', 'sent_at IS NULL')) === 0;
    });
    const landed = await cn.rows<{ body: string }>(`SELECT body FROM landing WHERE kind = 'statement' ORDER BY number`);
    t.equal(landed.length, 2);
    t.equal(landed[0]!.body, put, 'the bytes are as signed');
  });

  const records: Released[] = [];
  for (let at = 0; at < 5; at++) records.push(await cn.worker.release(cyber, { tlp: at === 4 ? 'amber' : 'clear' }));
  const other = await cn.worker.release({ hazard_domain: 'chemical' });
  const urgent = await cn.worker.release(warning, { tlp: 'red' });
  await cn.worker.sequence();

  await t.test('without terms or checkpoint there is no page', async (t) => {
    t.match(await sg.fault(cn), 'the peer has no terms with this node yet');
    t.equal(await cn.count('served', `mark > 0`), 0);
  });

  await t.test('a peer gets each record of its cells at its level', async (t) => {
    await cn.worker.grant(us.origin, { cell: CYBER }, 3);
    await cn.worker.grant(us.origin, { cell: 'incident/bio/5-7' }, 3);
    await cn.worker.agree(sg.origin);
    await cn.worker.grant(sg.origin, { cell: CYBER }, 1);
    const pages = async () => Number((await us.rows('SELECT coalesce(sum(pages), 0) AS sum FROM cursors'))[0]!.sum);
    const before = await pages();
    await us.pull(cn);
    await sg.pull(cn);
    t.equal(await pages(), before + 1, 'a page that ends where its checkpoint does is the last');
    const [named] = await us.rows('SELECT terms_day AS day, terms AS digest, terms_inputs AS inputs FROM cursors');
    const newest = 'SELECT day, digest, inputs FROM terms WHERE peer = $1 ORDER BY number DESC LIMIT 1';
    t.same([named], await cn.rows(newest, [us.origin]), 'it says under which terms it is, and from what they follow');
    const [atUs, atSg] = [await us.landed(cn), await sg.landed(cn)];
    const digests = records.map(({ digest }) => digest).sort();
    t.same(atUs.map(({ digest }) => digest).sort(), [...digests, urgent.digest].sort());
    t.same(
      atSg.map(({ digest }) => digest).sort(),
      digests.filter((digest) => digest !== records[4]!.digest),
    );
    for (const { digest, body, place } of atUs) {
      const record = [...records, urgent].find((one) => one.digest === digest)!;
      const level = record === urgent ? 2 : 3;
      t.equal(levelOf(cn, body), level, record === urgent ? 'the floor gives green, whatever the label' : 'as granted');
      t.equal(Number(place), record.place);
      t.equal(body, record.token.slice(0, record.lengths[level]));
    }
    for (const { digest, body } of atSg) {
      t.equal(levelOf(cn, body), 1);
      t.ok(atUs.find((one) => one.digest === digest)!.body.startsWith(body), 'the lower is a prefix of the higher');
    }
    t.notOk(
      [...atUs, ...atSg].some(({ digest }) => digest === other.digest),
      'of another cell there is nothing',
    );
    t.same(await us.cursor(cn), { after: cn.worker.size, late: 0 }, 'the gaps reach the end of the log');
    await whole(t, us, cn);
    await whole(t, sg, cn);
  });

  await t.test('the giver holds the receipts of both', async (t) => {
    const kept = await cn.rows<{ peer: string; jws: string }>('SELECT peer, jws FROM receipts_in');
    t.equal(kept.length, 2);
    t.equal((await readReceipt(us, cn, kept.find(({ peer }) => peer === us.origin)!.jws)).body.records.length, 6);
    t.equal(await us.count('receipts_out', 'sent_at IS NULL'), 0);
  });

  await t.test('another pull doubles nothing', async (t) => {
    await us.pull(cn);
    t.equal((await us.landed(cn)).length, 6);
    t.equal(await us.count('receipts_out'), 1, 'a page without records is not signed for');
    await cn.worker.sequence();
    await us.pull(cn);
    t.equal((await us.landed(cn)).length, 6);
    t.same(await us.cursor(cn), { after: cn.worker.size, late: 0 }, 'a batch of nothing but padding is one gap');
    await whole(t, us, cn);
  });

  await t.test('that no page came for a while is kept, until the next one', async (t) => {
    t.same(await us.rows('SELECT * FROM pull_gaps'), []);
    const ago = (minutes: number) => us.rows(`UPDATE cursors SET pulled_at = now() - interval '${minutes} minutes'`);
    await ago(14);
    await us.pull(cn);
    t.equal(await us.count('pull_gaps'), 0);
    await ago(16);
    await us.pull(cn);
    await us.pull(cn);
    t.match(
      await us.rows('SELECT peer, round(extract(epoch FROM until - since) / 60)::int AS minutes FROM pull_gaps'),
      [{ peer: cn.origin, minutes: 16 }],
    );
  });

  await t.test('what a widening gives of earlier records comes late, longer by some bytes', async (t) => {
    const before = await sg.landed(cn);
    await cn.worker.grant(sg.origin, { cell: CYBER }, 2);
    await sg.pull(cn);
    const late = (await sg.landed(cn)).filter((one) => one.late !== null);
    t.equal(late.length, 4, 'the amber one is still withheld');
    for (const { digest, body, rule } of late) {
      const short = before.find((one) => one.digest === digest)!.body;
      t.ok(body.startsWith(short) && body.length > short.length);
      t.equal(levelOf(cn, body), 2);
      t.equal(rule, 'widened');
    }
    await cn.worker.grant(sg.origin, { record: records[4]!.id }, 5);
    await sg.pull(cn);
    const named = (await sg.landed(cn)).at(-1)!;
    t.equal(named.digest, records[4]!.digest, 'a grant for one record alone');
    t.equal(levelOf(cn, named.body), 5);
    await whole(t, sg, cn);
    const count = (await sg.landed(cn)).length;
    await sg.pull(cn);
    t.equal((await sg.landed(cn)).length, count, 'and it comes once');
  });

  await t.test('a narrowing lowers what has not been sent, late items too', async (t) => {
    const record = await cn.worker.release(cyber);
    await cn.worker.sequence();
    await cn.worker.grant(sg.origin, { cell: CYBER }, 3);
    await cn.worker.grant(sg.origin, { cell: CYBER }, null, cn.worker.size);
    const count = (await sg.landed(cn)).length;
    await sg.pull(cn);
    t.equal((await sg.landed(cn)).length, count, 'nothing of the cell comes any more');
    await us.pull(cn);
    t.equal((await us.landed(cn)).at(-1)!.digest, record.digest, 'the other peer’s grants stand');
    await cn.worker.grant(sg.origin, { cell: CYBER }, 2);
    await sg.pull(cn);
    t.ok(
      (await sg.landed(cn)).some(({ digest }) => digest === record.digest),
      'given again, it comes late',
    );
    t.equal(await sg.fault(cn), null);
  });

  await t.test('a page boundary inside a batch changes nothing', async (t) => {
    for (let at = 0; at < 23; at++) await cn.worker.release(cyber);
    await cn.worker.sequence();
    await cn.worker.sequence(256);
    const before = await us.landed(cn);
    await us.pull(cn, { limit: 4 });
    const fresh = (await us.landed(cn)).slice(before.length);
    t.equal(fresh.length, 23);
    const places = fresh.map(({ place }) => Number(place));
    t.same(
      places,
      [...places].sort((a, b) => a - b),
    );
    await whole(t, us, cn);
    t.equal(await us.count('receipts_out', 'sent_at IS NULL'), 0);
  });

  await t.test('a page costs as many questions however many records it holds', async (t) => {
    const cost = async (records: number) => {
      for (let at = 0; at < records; at++) await cn.worker.release(cyber);
      await cn.worker.sequence(records + 4);
      const request = { origin: cn.origin, peer: us.origin, ...(await us.cursor(cn))!, limit: 1000 };
      const before = [cn.asked.count, us.asked.count, (await us.landed(cn)).length] as const;
      await cn.database.write((tx) => servePage(tx, request));
      const served = cn.asked.count - before[0];
      await us.pull(cn);
      t.equal((await us.landed(cn)).length - before[2], records);
      return [served, us.asked.count - before[1]];
    };
    const [few, many] = [await cost(3), await cost(120)];
    t.same(many, few);
    t.comment(`questions for a page, and for all that a pull does: ${few}`);
  });
});

test('a peer whose budget of statements is used up keeps the others until there is room again, and may repeat none', async (t) => {
  const [cn, us] = await Promise.all([startNode(t, { DETENTE_NOTICES_PER_MINUTE: '3' }), startNode(t)]);
  await introduce(cn, us);
  for (let n = 0; n < 5; n++) await us.worker.sign(cn.origin, 'detente-offer+jwt', offer());
  const left = () => us.count('statements_out', 'sent_at IS NULL');
  await us.pull(cn);
  t.same([await left(), await cn.count('landing', "kind = 'statement'")], [2, 3]);
  t.match(await us.fault(cn), /the peer answers 429 to a statement/);
  const puts = () => cn.proxy.passed.filter(({ method }) => method === 'PUT').length;
  const before = puts();
  await us.pull(cn);
  t.equal(puts() - before, 1, 'it asks again, for one of them');
  const [first] = await us.rows<{ jws: string }>('SELECT jws FROM statements_out ORDER BY seq LIMIT 1');
  const call = { method: 'PUT', path: '/exchange/v1/statements', body: { statement: first!.jws } } as const;
  const { status, headers } = await callAs(cn, us.keys.transport, call);
  t.same([status, headers['retry-after']], [429, '15']);
  const day = new Date().toISOString().slice(0, 10);
  const canary = await us.worker.sign(cn.origin, 'detente-canary+jwt', { day }, false);
  const notice = { method: 'POST', path: '/exchange/v1/notices', body: { canary } } as const;
  t.equal((await callAs(cn, us.keys.transport, notice)).status, 204, 'notices have a budget of their own');

  await cn.rows(`UPDATE notices_in SET received_at = now() - interval '1 minute'`);
  await us.pull(cn);
  t.equal(await left(), 0, 'none is lost');
  t.equal(await cn.count('landing', "kind = 'statement'"), 5);
});

test('a peer that brings more receipts than a day has room for keeps the rest, and may go on with all else', async (t) => {
  const [cn, us] = await Promise.all([startNode(t), startNode(t)]);
  await introduce(cn, us);
  await cn.worker.grant(us.origin, { cell: CYBER }, 2);
  const give = async () => {
    await cn.worker.release(cyber);
    await cn.worker.sequence();
    await us.pull(cn);
  };
  await give();
  await us.pull(cn);
  const [kept] = await cn.rows<{ length: number }>(`SELECT length FROM notices_in WHERE kind = 'receipt'`);
  t.equal(await cn.count('receipts_in'), 1);
  await cn.rows(`UPDATE notices_in SET length = 64 * 1024 * 1024 WHERE kind = 'receipt'`);
  await give();
  await us.pull(cn);
  t.match(await us.fault(cn), /the peer answers 429 to a receipt/);
  t.same([await cn.count('receipts_in'), await us.count('receipts_out', 'sent_at IS NULL')], [1, 1], 'it is not lost');
  const [{ jws } = { jws: '' }] = await us.rows<{ jws: string }>('SELECT jws FROM receipts_out WHERE sent_at IS NULL');
  const call = { method: 'POST', path: '/exchange/v1/receipts', body: { receipt: jws } } as const;
  t.equal((await callAs(cn, us.keys.transport, call)).headers['retry-after'], '3600');
  await us.worker.sign(cn.origin, 'detente-offer+jwt', offer());
  await us.pull(cn);
  t.equal(await cn.count('landing', "kind = 'statement'"), 1, 'an offer has a budget of its own');

  await cn.rows(`UPDATE notices_in SET received_at = now() - interval '1 day' WHERE kind = 'receipt'`);
  await us.pull(cn);
  t.same([await cn.count('receipts_in'), await us.count('receipts_out', 'sent_at IS NULL')], [2, 0]);
  t.ok(kept!.length > 100 && kept!.length < 1000, `a receipt has ${kept!.length} bytes`);
});

test('receipts whose numbers a peer holds others under are given up, and later ones arrive', async (t) => {
  const [cn, us] = await Promise.all([startNode(t), startNode(t)]);
  await introduce(cn, us);
  await cn.worker.grant(us.origin, { cell: CYBER }, 2);
  const hash = randomBytes(32).toString('base64url');
  const log = `${new URL(cn.origin).host}/log/v1`;
  const body = { log, page: { after: 0, next: 8 }, records: [{ digest: hash, level: 2, disclosed: hash }] };
  for (let seq = 1; seq <= 120; seq++) {
    const { jws } = await signReceipt({ iss: us.origin, aud: cn.origin, seq, body }, us.keys.receipt);
    await us.rows('INSERT INTO receipts_out (peer, seq, jws) VALUES ($1, $2, $3)', [cn.origin, seq, jws]);
    await cn.rows(`INSERT INTO receipts_in (peer, seq, jws) VALUES ($1, $2, 'another')`, [us.origin, seq]);
  }
  await cn.worker.release(cyber);
  await cn.worker.sequence();
  const before = Date.now();
  await us.pull(cn);
  await us.pull(cn);
  const [kept] = await cn.rows<{ seq: number }>(`SELECT seq FROM receipts_in WHERE jws <> 'another'`);
  t.ok(Number(kept!.seq) >= before, 'its number is of the clock, so that no older database repeats it');
  t.equal(await us.count('receipts_out', 'sent_at IS NULL'), 0);
  const refused = await cn.count('quarantine', "code = 'sequence_taken'");
  await us.pull(cn);
  t.same([refused, await cn.count('quarantine', "code = 'sequence_taken'")], [120, 120], 'each is brought once');
  t.equal(await us.fault(cn), null);
});
