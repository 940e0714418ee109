import { hash, randomUUID } from 'node:crypto';
import { test } from 'tap';
import { type Answer, call, createNode, readLines, report, serve, transactionsOf } from './reporting-node.ts';

const cases = '/reporting/v1/cases';

const errorsOf = ({ json }: Answer) => json.errors?.map((one) => `${one.in} ${one.pointer} ${one.code}`) ?? [];

test('the reporting service', async (t) => {
  const node = await createNode(t);
  const lines: string[] = [];
  const origin = await serve(t, node, {}, lines);
  const lab = await node.addLab();
  const other = await node.addLab();
  const post = (body: unknown, headers = {}, who: string | undefined = lab) => call(origin, cases, who, body, headers);

  await t.test('receives a report, and promises it with a receipt that verifies against the exact bytes', async (t) => {
    const body = JSON.stringify(report({ proposals: [] }), null, 2).replace('Planner', 'Pl\\u0061nner');
    const answer = await post(body, { 'content-type': 'application/json; charset=UTF-8' });
    t.equal(answer.status, 201, answer.text);
    const { id, receipt } = answer.json;
    t.equal(answer.headers.get('location'), `${cases}/${id}`);
    const { day } = await node.verify(receipt, body);
    await t.rejects(node.verify(receipt, `${body} `), { code: 'leaf_mismatch' });
    const [open] = await node.rows<{ day: string }>('SELECT day FROM intake_days WHERE closed_at IS NULL');
    t.equal(day, open?.day, 'the day is that of the open row');

    const [row] = await node.rows<{ fields: object; whole: string }>(
      'SELECT fields, row_to_json(cases)::text AS whole FROM cases WHERE id = $1',
      [id],
    );
    t.same(row?.fields, report().fields);
    t.notMatch(row?.whole, 'Harbour', 'no name stands in the case');
    t.same(await node.vaultOf(id), [
      { number: 0, body, parties: report().parties, media_type: 'application/json; charset=UTF-8' },
    ]);
    const leaves = await node.rows('SELECT leaf, day FROM intake_leaves WHERE case_id = $1', [id]);
    t.same(leaves, [{ leaf: Buffer.from(receipt.leaf, 'base64url'), day }]);
    t.equal(await node.count('cases', 'id = $1 AND draft_due', [id]), 1, 'a draft is due');
    t.ok((await node.count('queue_worker.jobs', `task_identifier = 'draft'`)) > 0, 'and the worker is asked for it');
  });

  await t.test('lets nobody in without the key of a lab', async (t) => {
    const before = await node.count('cases');
    for (const [credential, code] of [
      [undefined, 'credential_missing'],
      ['wrong-key-wrong-key-wrong-key', 'credential_invalid'],
      [`${lab}x`, 'credential_invalid'],
      [hash('sha256', lab, 'base64url'), 'credential_invalid'],
      ['', 'credential_invalid'],
    ] as const) {
      const calls: [string, unknown?][] = [
        [cases, report()],
        [`${cases}/batch`, report()],
        [`${cases}/${randomUUID()}`],
        [`${cases}/${randomUUID()}/updates`, { text: 'more' }],
      ];
      for (const [path, body] of calls) {
        const answer = await call(origin, path, credential, body);
        t.equal(`${answer.status} ${answer.json.code}`, `401 ${code}`, path);
        t.equal(answer.headers.get('www-authenticate'), 'Bearer');
      }
    }
    t.equal((await call(origin, cases, undefined, report(), { authorization: `Basic ${lab}` })).status, 401);
    t.equal(await node.count('cases'), before);
  });

  await t.test('forgets a disabled lab within seconds', async (t) => {
    const gone = await node.addLab();
    t.equal((await post(report(), {}, gone)).status, 201);
    await node.admin.write((tx) =>
      tx.execute('UPDATE labs SET disabled_at = now() WHERE key_hash = $1', [hash('sha256', gone, 'base64url')]),
    );
    const end = performance.now() + 5_000;
    let status = 201;
    while (status === 201 && performance.now() < end) {
      status = (await call(origin, `${cases}/${randomUUID()}`, gone)).status === 401 ? 401 : 201;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    t.equal(status, 401);
  });

  await t.test('tells every wrong field by its pointer, and keeps nothing', async (t) => {
    const before = await node.count('cases');
    const shape = await post({
      fields: { kind: 'accident', title: '', language: 'en', severity: { level: 9 }, occured: '2026-01-01' },
      parties: { deployers: ['x'], model: [''] },
      extra: 1,
    });
    t.equal(shape.status, 422);
    t.same(errorsOf(shape).sort(), [
      'body /extra unknown_member',
      'body /fields/kind enum',
      'body /fields/occured unknown_member',
      'body /fields/severity/axes required',
      'body /fields/severity/level maximum',
      'body /fields/summary required',
      'body /fields/title min_length',
      'body /parties/deployers unknown_member',
      'body /parties/model/0 min_length',
    ]);
    const sense = await post(
      report(
        {
          proposals: [
            { field: 'severity', value: { level: 8 }, basis: 'a' },
            { field: 'deployer', value: 'x', basis: 'a' },
          ],
        },
        {
          occurred: '2026-02-30',
          occurred_month: '2026-03',
          severity: { level: 7, axes: { people: 1, safeguards: 1, reach: 1 } },
          countries_affected: ['CN', 'XX'],
        },
      ),
    );
    t.equal(sense.status, 422);
    t.same(errorsOf(sense).sort(), [
      'body /fields/countries_affected/1 country_unknown',
      'body /fields/occurred day_not_in_calendar',
      'body /fields/occurred_month month_not_of_day',
      'body /fields/severity/level level_not_of_axes',
      'body /proposals/0/value value_refused',
      'body /proposals/1/field unknown_field',
    ]);
    const twice = await post(JSON.stringify(report()).replace('"kind"', '"kind":"hazard","kind"'));
    t.same(errorsOf(twice), ['body /fields/kind duplicate_member']);
    t.equal((await post('{"fields":')).status, 400);
    t.equal((await post(report(), { 'content-type': 'text/plain' })).status, 415);
    t.equal(await node.count('cases'), before);
  });

  await t.test('refuses what is too large before it reads it', async (t) => {
    const before = await node.count('cases');
    const large = JSON.stringify(report({}, { narrative: 'x'.repeat(300_000) }));
    const answer = await post(large);
    t.equal(answer.status, 413);
    t.equal(answer.json.code, 'payload_too_large');
    t.equal(await node.count('cases'), before);
  });

  await t.test('needs a key that names the request', async (t) => {
    const { json, status } = await post(report(), { 'idempotency-key': '' });
    t.equal(`${status} ${json.code}`, '422 validation_failed');
    const response = await fetch(origin + cases, {
      method: 'POST',
      headers: { authorization: `Bearer ${lab}`, 'content-type': 'application/json' },
      body: JSON.stringify(report()),
    });
    t.equal(response.status, 400);
    t.match(await response.json(), { code: 'idempotency_key_missing' });
    for (const key of ['short', 'x'.repeat(140), 'line/aaaaaaaaaaaaaaaaaaaa'])
      t.equal((await post(report(), { 'idempotency-key': key })).status, 422, key);
  });

  await t.test('answers the same request the same, and another one under its key not at all', async (t) => {
    const before = await node.count('cases');
    const headers = { 'idempotency-key': randomUUID() };
    const first = await post(report(), headers);
    const again = await post(report(), headers);
    t.equal(again.status, 201);
    t.equal(again.text, first.text, 'byte for byte');
    t.equal(again.headers.get('location'), first.headers.get('location'));
    const changed = await post(report({ exercise: true }), headers);
    t.equal(`${changed.status} ${changed.json.code}`, '409 idempotency_conflict');
    const update = await call(origin, `${cases}/${first.json.id}/updates`, lab, { text: 'more' }, headers);
    t.equal(`${update.status} ${update.json.code}`, '409 idempotency_conflict');
    const others = await post(report(), headers, other);
    t.equal(others.status, 201, 'a key belongs to its lab');
    t.not(others.json.id, first.json.id);
    t.equal(await node.count('cases'), before + 2);
  });

  await t.test('makes one case of ten simultaneous requests with one key, over two processes', async (t) => {
    const replica = await serve(t, node);
    for (let round = 0; round < 5; round++) {
      const before = await node.count('cases');
      const headers = { 'idempotency-key': randomUUID() };
      const body = report({ exercise: true });
      const noise = report();
      const answers = await Promise.all(
        Array.from({ length: 10 }, async (_, at) => {
          void call(at % 2 ? origin : replica, cases, lab, noise);
          return call(at % 2 ? origin : replica, cases, lab, body, headers);
        }),
      );
      t.same(
        answers.map(({ status }) => status),
        Array(10).fill(201),
      );
      t.equal(new Set(answers.map(({ text }) => text)).size, 1);
      t.equal(await node.count('cases', 'exercise AND id = $1', [answers[0]!.json.id]), 1);
      t.equal(await node.count('idempotency', 'key = $1', [headers['idempotency-key']]), 1);
      await until(async () => (await node.count('cases')) === before + 11);
    }
  });

  await t.test('takes a source once from a lab, and tells no other lab of it', async (t) => {
    const source = {
      registry: 'aiid',
      id: '17',
      url: 'https://incidentdatabase.ai/cite/17',
      extra: { note: ['Harbour'] },
    };
    const first = await post(report({ source }));
    t.equal(first.status, 201, first.text);
    const again = await post(report({ source }));
    t.equal(`${again.status} ${again.json.code}`, '409 conflict');
    t.match(again.json.detail, first.json.id);
    t.equal((await post(report({ source }), {}, other)).status, 201);
    const racing = { registry: 'aiid', id: '18' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(report({ source: racing }))));
    t.same(answers.map(({ status }) => status).sort(), [201, ...Array(7).fill(409)]);
    const [row] = await node.rows('SELECT source FROM cases WHERE id = $1', [first.json.id]);
    t.same(row?.source, { registry: 'aiid', id: '17', url: source.url }, 'what may name anybody stays in the vault');
  });

  await t.test('checks without keeping anything when asked to', async (t) => {
    const tables = ['cases', 'vault', 'intake_leaves', 'receipts', 'idempotency'];
    const counts = () => Promise.all(tables.map((table) => node.count(table)));
    const before = await counts();
    const body = JSON.stringify(report());
    const answer = await call(origin, `${cases}?dry_run=true`, lab, body);
    t.equal(answer.status, 200);
    t.same(answer.json, { status: 'valid', body_digest: hash('sha256', body, 'base64url') });
    t.equal((await call(origin, `${cases}?dry_run=true`, lab, { fields: {} })).status, 422);
    const batch = `${body}\n{}\n`;
    const results = await call(origin, `${cases}/batch?dry_run=true`, lab, batch, {
      'content-type': 'application/x-ndjson',
    });
    t.same(
      readLines(results.text).map(({ status }) => status),
      ['valid', 'refused'],
    );
    t.same(await counts(), before);
  });

  await t.test('tells a lab how far its own reports are, in its own words, and nothing of others', async (t) => {
    const { json: made } = await post(report());
    const path = `${cases}/${made.id}`;
    const got = await call(origin, path, lab);
    t.equal(got.status, 200, got.text);
    t.match(got.json, { id: made.id, status: 'received', updates: 0, receipt: made.receipt });
    t.match(got.json.received_at, /Z$/);
    for (const [status, told] of [
      ['drafted', 'in-review'],
      ['held', 'in-review'],
      ['releasing', 'in-review'],
      ['released', 'released'],
      ['retracting', 'released'],
      ['retracted', 'retracted'],
    ]) {
      await node.admin.write((tx) => tx.execute('UPDATE cases SET status = $1 WHERE id = $2', [status, made.id]));
      t.equal((await call(origin, path, lab)).json.status, told);
    }
    const [foreign, missing] = await Promise.all([
      call(origin, path, other),
      call(origin, `${cases}/${randomUUID()}`, lab),
    ]);
    const { instance: _, ...theirs } = foreign.json;
    const { instance: __, ...none } = missing.json;
    t.equal(foreign.status, 404);
    t.same(theirs, none, 'a case of another lab looks like none');
    t.equal((await call(origin, `${cases}/1`, lab)).status, 422);
  });

  await t.test('follows up on a lab’s own report, numbered, with a receipt of its own', async (t) => {
    const { json: made } = await post(report());
    const path = `${cases}/${made.id}/updates`;
    const bodies = Array.from({ length: 6 }, (_, at) =>
      JSON.stringify({ text: `news ${at}`, parties: { harmed: ['Ada'] } }),
    );
    const answers = await Promise.all(bodies.map((body) => call(origin, path, lab, body)));
    for (const [at, { status, json }] of answers.entries()) {
      t.equal(status, 201);
      t.equal(json.id, made.id);
      await node.verify(json.receipt, bodies[at]!);
    }
    const rows = await node.rows<{ number: number; text: string }>(
      `SELECT number, text FROM case_updates JOIN intake_leaves USING (case_id, number)
       JOIN receipts USING (case_id, number) WHERE case_id = $1 ORDER BY number`,
      [made.id],
    );
    t.same(
      rows.map(({ number }) => number),
      [1, 2, 3, 4, 5, 6],
    );
    const kept = await node.vaultOf(made.id);
    for (const { number, text } of rows) {
      t.match(kept[number], { number, parties: { harmed: ['Ada'] } });
      t.equal(JSON.parse(kept[number]!.body).text, text);
    }
    t.equal((await call(origin, `${cases}/${made.id}`, lab)).json.updates, 6);
    t.equal((await call(origin, path, other, bodies[0])).status, 404);
    t.equal((await call(origin, `${cases}/${randomUUID()}/updates`, lab, bodies[0])).status, 404);
    t.same(errorsOf(await call(origin, path, lab, { text: '' })), ['body /text min_length']);
    t.equal(await node.count('case_updates', 'case_id = $1', [made.id]), 6);
  });

  await t.test('groups what waits: far fewer transactions and signatures than requests', async (t) => {
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, at) => post(report({}, { title: `number ${at}` }))),
    );
    t.ok(answers.every(({ status }) => status === 201));
    const ids = answers.map(({ json }) => json.id);
    t.equal(new Set(ids).size, 300);
    const transactions = await transactionsOf(node, ids);
    const signatures = new Set(answers.map(({ json }) => json.receipt.jws)).size;
    t.comment(`300 requests, ${transactions} transactions, ${signatures} signatures`);
    t.equal(signatures, transactions);
    t.ok(transactions < 60);
    const leaves = await node.count('intake_leaves', 'case_id = ANY ($1)', [ids]);
    t.equal(leaves, 300);
  });

  await t.test('logs neither a body nor a key', (t) => {
    const log = lines.join('');
    t.ok(log.includes('answered'));
    for (const secret of [lab, other, 'Harbour', 'Planner', 'unapproved']) t.notOk(log.includes(secret), secret);
    t.end();
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
