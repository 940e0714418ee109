import { randomUUID } from 'node:crypto';
import { test } from 'tap';
import { call, createNode, readLines, report, serve, transactionsOf } from './reporting-node.ts';

const cases = '/reporting/v1/cases';

test('many reports at once', async (t) => {
  const node = await createNode(t);
  const origin = await serve(t, node);
  const lab = await node.addLab();
  const ndjson = { 'content-type': 'application/x-ndjson' };
  const send = async (lines: string[]) => {
    const answer = await call(origin, `${cases}/batch`, lab, lines.join('\n'), ndjson);
    t.equal(answer.status, 200, answer.text);
    t.match(answer.headers.get('content-type'), 'application/x-ndjson');
    return readLines(answer.text);
  };
  const from = (id: number, more = {}) =>
    JSON.stringify(report({ source: { registry: 'avid', id: String(id) }, ...more }));

  await t.test('a batch answers every line in order; a wrong one harms no other', async (t) => {
    const lines = [
      from(1),
      '{"fields":',
      `  ${from(2)}\r`,
      from(1),
      JSON.stringify(report()),
      JSON.stringify(report()),
      '',
      JSON.stringify(report({ fields: { kind: 'incident' } })),
      from(3).replace('"language":"en"', '"language":"en","language":"fr"'),
      JSON.stringify(report({}, { narrative: 'x'.repeat(300_000) })),
      JSON.stringify(report({}, { occurred: '2026-02-30' })),
      from(4),
    ];
    const results = await send(lines);
    t.same(
      results.map(({ line, status, code }) => `${line} ${status}${code ? ` ${code}` : ''}`),
      [
        '1 received',
        '2 refused malformed_json',
        '3 received',
        '4 known',
        '5 received',
        '6 known',
        '7 refused malformed_json',
        '8 refused validation_failed',
        '9 refused validation_failed',
        '10 refused payload_too_large',
        '11 refused validation_failed',
        '12 received',
      ],
    );
    t.equal(results[3]!.id, results[0]!.id);
    t.equal(results[5]!.id, results[4]!.id);
    t.ok(results[7]!.errors.some(({ pointer }) => pointer === '/fields/summary'));
    t.same(
      results[8]!.errors.map(({ pointer, code }) => `${pointer} ${code}`),
      ['/fields/language duplicate_member'],
    );
    for (const at of [0, 2, 4, 11]) await node.verify(results[at]!.receipt, lines[at]!);
    const [kept] = await node.vaultOf(results[2]!.id);
    t.equal(kept?.body, lines[2], 'the exact bytes of the line');
    const again = await send(lines);
    t.same(
      again.filter(({ status }) => status === 'known').map(({ id }) => id),
      [0, 2, 0, 4, 4, 11].map((at) => results[at]!.id),
      'sent again, nothing is received twice',
    );
    t.equal(await node.count('cases'), 4);
  });

  await t.test('a batch of many lines takes few transactions', async (t) => {
    const results = await send(Array.from({ length: 1000 }, (_, at) => from(1000 + at)));
    t.ok(results.every(({ status }, at) => status === 'received' && results[at]!.line === at + 1));
    const transactions = await transactionsOf(
      node,
      results.map(({ id }) => id),
    );
    t.comment(`1000 lines, ${transactions} transactions`);
    t.ok(transactions < 100);
  });

  await t.test('a batch of too many lines is refused as a whole', async (t) => {
    const answer = await call(origin, `${cases}/batch`, lab, '\n'.repeat(10_001), ndjson);
    t.equal(`${answer.status} ${answer.json.code}`, '413 payload_too_large');
  });

  await t.test('without its database the service says so, and goes on when it is back', async (t) => {
    const headers = { 'idempotency-key': randomUUID() };
    t.equal((await call(origin, cases, lab, report(), headers)).status, 201);
    const name = new URL(node.env.DETENTE_HOME_URL).pathname.slice(1);
    await node.admin.write(async (tx) => {
      await tx.query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
      await tx.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'detente_reporting'`);
    });
    const refused = await call(origin, cases, lab, report(), headers);
    t.equal(`${refused.status} ${refused.json.code}`, '503 unavailable');
    t.ok(refused.headers.get('retry-after'));
    t.equal((await fetch(`${origin}/readyz`)).status, 503);
    t.equal((await fetch(`${origin}/healthz`)).status, 200);
    await node.admin.write((tx) => tx.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`));
    t.equal((await call(origin, cases, lab, report(), headers)).status, 201);
    t.equal((await fetch(`${origin}/readyz`)).status, 200);
    t.equal(await node.count('idempotency', 'key = $1', [headers['idempotency-key']]), 1);
  });
});
