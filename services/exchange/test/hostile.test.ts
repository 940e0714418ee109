import { readFileSync } from 'node:fs';
import { parseRequestSignature, signResponse } from '@detente/http-signature';
import { type Test, test } from 'tap';
import type { Released } from './border-worker.ts';
import { type Answer, introduce, type Node, type Passed, startNode } from './exchange-node.ts';

const CYBER = 'incident/cyber/unrated';
const cyber = { hazard_domain: 'cyber' };
const isFeed = ({ url }: Passed) => url.startsWith('/exchange/v1/feed');

/** An answer whose body was changed by the giver itself: signed again with its own key. */
function resigned(giver: Node, answer: Answer, passed: Passed, change: (text: string) => string): Answer {
  const body = Buffer.from(change(answer.body.toString()));
  const request = parseRequestSignature({ headers: passed.headers }, Date.now());
  const signed = signResponse({ status: answer.status, body }, giver.keys.transport, { request, now: Date.now() });
  return { ...answer, headers: { ...answer.headers, ...signed, 'content-length': String(body.length) }, body };
}

/** Pulls through a proxy that behaves so, and finds nothing moved. */
async function moves(t: Test, us: Node, cn: Node, tamper: Node['proxy']['tamper'], fault: RegExp, timeoutMs = 30_000) {
  const before = [await us.cursor(cn), await us.count('landing'), await us.count('quarantine')];
  cn.proxy.tamper = tamper;
  await us.pull(cn, { timeoutMs });
  cn.proxy.tamper = (answer) => answer;
  t.same([await us.cursor(cn), await us.count('landing'), await us.count('quarantine')], before, 'nothing has moved');
  t.match(await us.fault(cn), fault);
}

test('what comes back is believed only as far as it is proven', async (t) => {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);
  await introduce(cn, us);
  await introduce(cn, sg);
  for (const peer of [us, sg]) await cn.worker.grant(peer.origin, { cell: CYBER }, 2);
  await cn.worker.release(cyber);
  await cn.worker.sequence();
  let first: Answer | undefined;
  cn.proxy.tamper = (answer, passed) => {
    if (isFeed(passed)) first ??= answer;
    return answer;
  };
  await us.pull(cn);
  const records: Released[] = [];
  for (let at = 0; at < 3; at++) records.push(await cn.worker.release(cyber));
  await cn.worker.sequence();

  await t.test('a proxy that changes, swaps or withholds an answer moves no cursor', async (t) => {
    const onFeed = (change: (answer: Answer) => Answer | undefined) => (answer: Answer, passed: Passed) =>
      isFeed(passed) ? change(answer) : answer;
    await moves(
      t,
      us,
      cn,
      onFeed(() => first!),
      /not verified/,
    );
    await moves(
      t,
      us,
      cn,
      onFeed((answer) => {
        const body = Buffer.from(answer.body);
        body[body.length - 100]! ^= 1;
        return { ...answer, body };
      }),
      /not verified/,
    );
    await moves(
      t,
      us,
      cn,
      onFeed((answer) => ({ ...answer, status: 201 })),
      /not verified/,
    );
    await moves(
      t,
      us,
      cn,
      onFeed((answer) => ({ ...answer, status: 302, headers: { location: sg.origin } })),
      /redirect/,
    );
    await moves(
      t,
      us,
      cn,
      onFeed((answer) => ({ ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' } })),
      /content-encoding/,
    );
    await moves(
      t,
      us,
      cn,
      onFeed(() => ({ status: 500, headers: {}, body: Buffer.from('{}') })),
      /status 500/,
    );
    await moves(
      t,
      us,
      cn,
      onFeed((answer) => ({ ...answer, headers: { ...answer.headers, 'content-length': '99999999999' } })),
      /longer than/,
    );
    await moves(
      t,
      us,
      cn,
      onFeed(() => undefined),
      /took too long/,
      500,
    );
  });

  await t.test('an answer to another peer is none for us', async (t) => {
    let theirs: Answer | undefined;
    cn.proxy.tamper = (answer, passed) => {
      if (isFeed(passed)) theirs ??= answer;
      return answer;
    };
    await sg.pull(cn);
    await moves(t, us, cn, (answer, passed) => (isFeed(passed) ? theirs : answer), /not verified/);
  });

  await t.test('a page that the peer signs and that does not fit its log moves no cursor', async (t) => {
    const signing = (change: (text: string) => string) => (answer: Answer, passed: Passed) =>
      isFeed(passed) ? resigned(cn, answer, passed, change) : answer;
    const page = (change: (page: Record<string, unknown>) => void) =>
      signing((text) => {
        const value = JSON.parse(text);
        change(value);
        return JSON.stringify(value);
      });
    await moves(
      t,
      us,
      cn,
      signing(() => 'null'),
      /page_malformed/,
    );
    await moves(
      t,
      us,
      cn,
      page((value) => Object.assign(value, { items: [] })),
      /next_mismatch/,
    );
    await moves(
      t,
      us,
      cn,
      page(({ items }) => (items as unknown[]).splice(0, 1)),
      /next_mismatch|gap_not_minimal|gap_hash_count|root_mismatch/,
    );
    await moves(
      t,
      us,
      cn,
      page((value) => Object.assign(value, { checkpoint: 'x' })),
      /checkpoint_malformed/,
    );
    await moves(
      t,
      us,
      cn,
      page((value) => Object.assign(value, { day: '2026-99-99' })),
      /terms are of 2026-99-99/,
    );
    await moves(
      t,
      us,
      cn,
      page((value) => Object.assign(value, { day: '2001-01-01' })),
      /terms are of 2001-01-01/,
    );
  });

  await t.test('a bad record goes to quarantine with its reason, and the others land', async (t) => {
    const key = us.worker.keys.signer('record').kid;
    const foreign = await cn.worker.release(cyber, { kid: key });
    await cn.worker.sequence();
    const spoilt = records[1]!;
    const shown = spoilt.token.slice(0, spoilt.lengths[2]);
    cn.proxy.tamper = (answer, passed) =>
      isFeed(passed) ? resigned(cn, answer, passed, (text) => text.replace(shown, `${shown}\\u0000\\ud800é`)) : answer;
    await us.pull(cn);
    cn.proxy.tamper = (answer) => answer;
    t.equal(await us.fault(cn), null);
    t.same(await us.cursor(cn), { after: cn.worker.size, late: 0 });
    const digests = (await us.landed(cn)).slice(1).map(({ digest }) => digest);
    t.same(digests.sort(), [records[0]!.digest, records[2]!.digest].sort());
    const kept = await us.rows<{ digest: string; code: string; body: string; place: string }>(
      'SELECT digest, code, body, place FROM quarantine ORDER BY place',
    );
    t.same(
      kept.map(({ digest }) => digest),
      [spoilt.digest, foreign.digest],
    );
    t.equal(
      kept[0]!.body,
      `${JSON.stringify(`${shown}\u0000\ud800é`)}`,
      'what the database cannot hold is kept escaped',
    );
    t.equal(kept[1]!.code, 'key_unknown');
    t.equal(Number(kept[1]!.place), foreign.place);
    const receipts = await us.rows<{ jws: string }>('SELECT jws FROM receipts_out ORDER BY seq DESC LIMIT 1');
    const said = JSON.parse(Buffer.from(receipts[0]!.jws.split('.')[1]!, 'base64url').toString()).records;
    t.equal(said.length, 2, 'what was refused is not signed for');
  });

  await t.test('a log that was rewritten is refused', async (t) => {
    const before = await us.cursor(cn);
    await cn.rows('DELETE FROM checkpoints WHERE size = $1', [cn.worker.size]);
    await us.pull(cn);
    t.match(await us.fault(cn), /answers 409/, 'a log that is shorter than what we hold is no log');
    t.same(await us.cursor(cn), before);
  });
});

test('a peer is reached over HTTPS by the authority that was pinned, and over HTTP only where that is allowed', async (t) => {
  const file = (name: string) => readFileSync(new URL(`certificates/${name}`, import.meta.url), 'utf8');
  const tls = { key: file('pinned.key.pem'), cert: file('pinned.pem') };
  const [cn, us] = await Promise.all([startNode(t, {}, tls), startNode(t)]);
  t.match(cn.origin, /^https:/);
  await us.worker.addPeer(cn);
  await us.pull(cn);
  t.match(await us.fault(cn), /SELF_SIGNED/, 'nobody vouches for it');
  await us.rows('UPDATE peers SET ca = $1', [file('other.pem')]);
  await us.pull(cn);
  t.match(await us.fault(cn), /SELF_SIGNED|UNABLE|SIGNATURE/, 'and the other authority does not either');
  t.equal(await us.count('landing'), 0);
  await us.rows('UPDATE peers SET ca = $1', [tls.cert]);
  await us.pull(cn);
  t.equal(await us.count('landing'), 1);
  await us.worker.enrol(cn.origin);
  await us.worker.addPeer({ origin: 'http://203.0.113.7', fingerprint: cn.fingerprint });
  await t.rejects(us.pull({ origin: 'http://203.0.113.7' }), { code: 'address_refused' });
});
