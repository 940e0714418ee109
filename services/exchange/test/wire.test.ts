import { generateKeyPairSync } from 'node:crypto';
import { signReceipt, thumbprint } from '@detente/keys';
import { until } from '@detente/testkit';
import { test } from 'tap';
import { Pool } from 'undici';
import { offer, standing } from './border-worker.ts';
import { callAs, introduce, type Node, type Passed, startNode } from './exchange-node.ts';

const feed = '/exchange/v1/feed';
const statements = '/exchange/v1/statements';
const receipts = '/exchange/v1/receipts';

/** Sends a request past the proxy as it is, and reads the problem. */
async function send(node: Node, passed: Passed) {
  const { status, body, headers } = await node.proxy.send(passed);
  const text = body.toString();
  return { status, code: text === '' ? undefined : JSON.parse(text).code, signed: headers.signature !== undefined };
}

function stranger() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { kty, crv, x } = publicKey.export({ format: 'jwk' }) as { kty: 'OKP'; crv: 'Ed25519'; x: string };
  return { kid: thumbprint({ kty, crv, x }), privateKey };
}

test('what a node answers to peers, and to those who are not', async (t) => {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);
  await introduce(cn, us);
  await introduce(cn, sg);
  await cn.worker.grant(us.origin, { cell: 'incident/cyber/unrated' }, 2);
  await cn.worker.release({ hazard_domain: 'cyber' });
  await cn.worker.sequence();
  const asUs = (call: Parameters<typeof callAs>[2]) => callAs(cn, us.keys.transport, call);

  await t.test('the descriptor is there for anyone', async (t) => {
    const pool = new Pool(cn.origin);
    const response = await pool.request({ method: 'GET', path: '/.well-known/detente' });
    t.equal(response.headers['content-type'], 'application/jose');
    t.match(await response.body.text(), /^[\w-]+\.[\w-]+\.[\w-]+$/);
    await pool.close();
  });

  await t.test('a request counts once', async (t) => {
    t.equal((await asUs({ method: 'GET', path: feed })).status, 200);
    const passed = cn.proxy.passed.at(-1)!;
    t.same(await send(cn, passed), { status: 409, code: 'nonce_replayed', signed: true });
    t.same(await send(cn, passed), { status: 409, code: 'nonce_replayed', signed: true });
  });

  await t.test('a request is signed by the transport key of an enrolled peer, for this target and body', async (t) => {
    const { method, url, headers } = cn.proxy.passed.at(-1)!;
    const bare = { method, url, headers: { host: 'x' }, body: Buffer.alloc(0) };
    t.same(await send(cn, bare), { status: 401, code: 'signature_missing', signed: false });
    t.same(await send(cn, { ...bare, headers, url: `${feed}?after=1` }), {
      status: 401,
      code: 'signature_invalid',
      signed: false,
    });
    const other = stranger();
    await t.rejects(callAs(cn, other, { method: 'GET', path: feed }), { code: 'response_unverified', status: 401 });
    const forged = { ...other, kid: us.keys.transport.kid };
    await t.rejects(callAs(cn, forged, { method: 'GET', path: feed }), { code: 'response_unverified', status: 401 });
    await t.rejects(
      callAs(cn, us.keys.receipt, { method: 'GET', path: feed }),
      { code: 'response_unverified', status: 401 },
      'its other keys do not do',
    );
    await asUs({ method: 'PUT', path: statements, body: { statement: 'a.b.c' } });
    const put = cn.proxy.passed.at(-1)!;
    const body = Buffer.from(put.body.toString().replace('a.b.c', 'a.b.d'));
    t.same(await send(cn, { ...put, body }), { status: 401, code: 'signature_digest_mismatch', signed: false });
    const host = { ...put.headers, host: 'elsewhere.example' };
    t.same(
      await send(cn, { ...put, headers: host }),
      { status: 409, code: 'nonce_replayed', signed: true },
      'Host says nothing',
    );
  });

  await t.test('an expelled peer is a stranger', async (t) => {
    await cn.rows(`UPDATE peers SET status = 'expelled' WHERE origin = $1`, [sg.origin]);
    await t.rejects(callAs(cn, sg.keys.transport, { method: 'GET', path: feed }), {
      code: 'response_unverified',
      status: 401,
    });
    await cn.rows(`UPDATE peers SET status = 'active' WHERE origin = $1`, [sg.origin]);
    await until('it is known again', async () => {
      const { status } = await callAs(cn, sg.keys.transport, { method: 'GET', path: feed });
      return status === 200;
    });
  });

  await t.test('a question for a page is held against the log and the contract', async (t) => {
    const beyond = await asUs({ method: 'GET', path: `${feed}?after=${cn.worker.size + 1}` });
    t.match([beyond.status, beyond.json.code], [409, 'conflict'], 'the log has no such leaves');
    for (const query of ['after=-1', 'limit=1001', 'limit=0', 'after=1&after=2', 'from=1', 'after=1e3'])
      t.equal((await asUs({ method: 'GET', path: `${feed}?${query}` })).status, 422, query);
    const page = await asUs({ method: 'GET', path: `${feed}?after=${cn.worker.size}` });
    t.match([page.status, page.json.items, page.json.next], [200, [], cn.worker.size]);
  });

  await t.test('a peer puts its own offers and standings for this node, and nothing else', async (t) => {
    const { worker } = us;
    const put = async (statement: string) => {
      const { status, json } = await asUs({ method: 'PUT', path: statements, body: { statement } });
      return json ? `${status} ${json.errors?.[0]?.code}` : `${status}`;
    };
    const good = await worker.sign(cn.origin, 'detente-offer+jwt', offer(), false);
    t.equal(await put(good), '204');
    t.equal(await put(good), '204');
    t.equal(await put(await worker.sign(cn.origin, 'detente-standing+jwt', standing(), false)), '204');
    t.equal(await cn.count('landing', `kind = 'statement'`), 2, 'the same bytes wait once');
    t.equal(await put(await worker.sign(sg.origin, 'detente-offer+jwt', offer(), false)), '422 audience_unexpected');
    t.equal(await put(await sg.worker.sign(cn.origin, 'detente-offer+jwt', offer(), false)), '422 key_unknown');
    t.equal(await put(await worker.sign(cn.origin, 'detente-canary+jwt', {}, false)), '422 typ_unexpected');
    t.equal(await put(await worker.sign(cn.origin, 'detente-offer+jwt', standing(), false)), '422 offer_malformed');
    t.equal(await put(await worker.sign(cn.origin, 'detente-standing+jwt', offer(), false)), '422 standing_malformed');
    const [head, payload, signature] = good.split('.') as [string, string, string];
    t.equal(await put(`${head}.${payload}.${'A'.repeat(signature.length)}`), '422 signature_invalid');
    t.equal(await cn.count('landing', `kind = 'statement'`), 2);
  });

  await t.test('a peer reads the newest statement of each kind for itself', async (t) => {
    await cn.worker.sign(us.origin, 'detente-offer+jwt', offer());
    const newest = await cn.worker.sign(us.origin, 'detente-offer+jwt', offer());
    const other = await cn.worker.sign(us.origin, 'detente-standing+jwt', standing());
    await cn.worker.sign(sg.origin, 'detente-offer+jwt', offer());
    const { json } = await asUs({ method: 'GET', path: statements });
    t.same(json.statements.sort(), [newest, other].sort());
  });

  await t.test('a receipt is kept once, and no other in its place', async (t) => {
    const digest = 'A'.repeat(43);
    const sign = async (to: Node, next: number, key = us.keys.receipt) => {
      const log = `${new URL(to.origin).host}/log/v1`;
      const body = { log, page: { after: 0, next }, records: [{ digest, level: 1, disclosed: digest }] };
      return (await signReceipt({ iss: us.origin, aud: to.origin, seq: 9, body }, key)).jws;
    };
    const post = async (receipt: string) => (await asUs({ method: 'POST', path: receipts, body: { receipt } })).status;
    const receipt = await sign(cn, 5);
    t.equal(await post(receipt), 204);
    t.equal(await post(receipt), 204);
    t.equal(await post(await sign(cn, 6)), 409);
    t.equal(await post(await sign(sg, 5)), 422);
    t.equal(await post(await sign(cn, 5, us.keys.transport)), 422);
    t.same(await cn.rows('SELECT peer, jws FROM receipts_in'), [{ peer: us.origin, jws: receipt }]);
  });

  t.notOk(
    [...cn.lines, ...us.lines, ...sg.lines].some((line) => JSON.parse(line).level >= 50),
    'nothing failed inside',
  );
});
