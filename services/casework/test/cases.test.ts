import { randomUUID } from 'node:crypto';
import { test } from 'tap';
import {
  type Answer,
  actsOf,
  addCase,
  addDraft,
  addToken,
  addVersion,
  caller,
  createNode,
  digest,
  incidentFields,
  jobsOf,
  serve,
} from './casework-node.ts';

const errorsOf = ({ json }: Answer) =>
  json.errors?.map((one: { in: string; pointer: string; code: string }) => `${one.in} ${one.pointer} ${one.code}`);
const coded = ({ status, json }: Answer) => `${status} ${json.code}`;
const triage = (more = {}) => ({ severity: 'unrated', tlp: 'green', reason: 'first look', ...more });
const etag = (answer: Answer) => ({ 'if-match': answer.headers.get('etag')! });

test('casework on cases', async (t) => {
  const node = await createNode(t);
  const lines: string[] = [];
  const service = await serve(t, node, lines);
  const officer = caller(service, await addToken(node, 'chen', 'officer'));
  const reader = caller(service, await addToken(node, 'wall', 'reader'));
  const get = async (id: string) => officer('GET', `/cases/${id}`);

  await t.test('lets in nobody without a token, and only officers change anything', async (t) => {
    const id = await addCase(node);
    const draft = await addDraft(node, id);
    const acts = await node.home.rows('SELECT FROM acts');
    const writes: [string, string, unknown][] = [
      ['PUT', `/cases/${id}/triage`, triage()],
      ['PUT', `/cases/${id}/fields`, { fields: incidentFields(), reason: 'r' }],
      ['PUT', `/cases/${id}/findings`, { verdicts: [{ id: draft, verdict: 'keep' }], reason: 'r' }],
      ['POST', `/cases/${id}/release`, { draft, public_edition: true, reason: 'r' }],
      ['POST', `/cases/${id}/retraction`, { reason: 'r' }],
      ['POST', '/labs', { name: 'Lab', reason: 'r' }],
      ['POST', '/tokens', { name: 'mine', scope: 'officer', reason: 'r' }],
      ['POST', '/peers', { name: 'us', origin: 'https://us.example', fingerprint: digest('us'), reason: 'r' }],
      ['PUT', '/peers/us/offer', {}],
      ['PUT', '/peers/us/standing', { standing: 'expelled', reason: 'r' }],
      ['POST', `/recalls/${digest('r')}/answer`, { answer: 'purged', reason: 'r' }],
    ];
    for (const [method, path, body] of writes) {
      t.equal(coded(await reader(method, path, body, { 'if-match': '"1"' })), '403 forbidden', path);
      t.equal(coded(await caller(service, undefined)(method, path, body)), '401 credential_missing', path);
    }
    t.same(await node.home.rows('SELECT FROM acts'), acts);
    t.equal((await reader('GET', `/cases/${id}`)).status, 200);
    t.equal((await reader('HEAD', `/cases/${id}`)).status, 200);
    const reads = ['/cases', `/cases/${id}`, `/cases/${id}/draft`, '/changes', '/peers', '/inbox', '/quarantine'];
    for (const path of [
      ...reads,
      '/labs',
      '/acts',
      '/status',
      `/dossiers/${draft}`,
      '/warnings',
      '/notices',
      '/recalls',
      '/explain',
    ]) {
      const answer = await caller(service, undefined)('GET', path);
      t.equal(coded(answer), '401 credential_missing', path);
      t.equal(answer.headers.get('www-authenticate'), 'Bearer');
    }
    for (const token of ['x', digest('x'), `detente_${'A'.repeat(43)}`, '', `' OR '1'='1`])
      t.equal(coded(await caller(service, token)('GET', '/cases')), '401 credential_invalid', token);
  });

  await t.test('refuses a disabled token at once', async (t) => {
    const token = await addToken(node, 'gone', 'officer');
    t.equal((await caller(service, token)('GET', '/status')).status, 200);
    await node.home.run(`UPDATE tokens SET disabled_at = now() WHERE name = 'gone'`);
    t.equal(coded(await caller(service, token)('GET', '/status')), '401 credential_invalid');
    const { hash } = (await node.home.rows<{ hash: string }>(`SELECT hash FROM tokens WHERE name = 'chen'`))[0]!;
    t.equal(coded(await caller(service, hash)('GET', '/status')), '401 credential_invalid', 'the hash is no token');
  });

  await t.test('lists cases, last changed first, page by page', async (t) => {
    const source = { registry: 'pages', id: '1', url: 'https://example.org/1', licence: 'CC0' };
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift(await addCase(node, { source: { ...source, id: String(i) } }));
    const seen: string[] = [];
    let cursor = '';
    let pages = 0;
    do {
      const { status, json } = await officer('GET', `/cases?registry=pages&limit=2${cursor}`);
      t.equal(status, 200, JSON.stringify(json));
      seen.push(...json.items.map((one: { id: string }) => one.id));
      cursor = json.next === undefined ? '' : `&cursor=${json.next}`;
      pages++;
    } while (cursor !== '');
    t.same(seen, ids);
    t.equal(pages, 3);
    const [first] = (await officer('GET', '/cases?registry=pages&limit=1')).json.items;
    t.same(first.source, { ...source, id: '4' });
    t.equal(first.hazard_domain, undefined, 'what is null is not there');
  });

  await t.test('filters by words, status and domain; words are never SQL', async (t) => {
    const id = await addCase(node, {
      fields: { title: 'Turbine overspeed', summary: "It's a quoted 100% \\ case" },
      domain: 'cyber',
      status: 'held',
    });
    const find = async (query: string) => {
      const { status, json } = await officer('GET', `/cases?${query}`);
      t.equal(status, 200, query);
      return json.items.map((one: { id: string }) => one.id);
    };
    t.same(await find('q=turbines'), [id], 'by stem');
    t.same(await find('q=turbine+-overspeed'), []);
    t.same(await find('q=turbine&status=held&domain=cyber'), [id]);
    t.same(await find('q=turbine&status=released'), []);
    t.same(await find('q=turbine&domain=bio'), []);
    for (const q of [
      `'; DROP TABLE cases; --`,
      `') OR true --`,
      '%',
      '\\',
      '"unclosed',
      '<->',
      ':*',
      '&|!()',
      '🦀',
      '$1',
    ])
      t.same(await find(`q=${encodeURIComponent(q)}`), [], q);
    t.same(await find(`registry=${encodeURIComponent(`' OR '1'='1`)}`), []);
    const refusals: [string, string][] = [
      ['q=', '/q'],
      ['q=%00', '/q'],
      [`q=${'a'.repeat(201)}`, '/q'],
      ['status=gone', '/status'],
      ['domain=x', '/domain'],
      ['limit=0', '/limit'],
      ['limit=201', '/limit'],
      ['limit=1e1', '/limit'],
      ['order=asc', '/order'],
    ];
    for (const [query, where] of refusals) {
      const answer = await officer('GET', `/cases?${query}`);
      t.equal(answer.status, 422, query);
      t.match(errorsOf(answer)[0], `query ${where}`, query);
    }
    t.equal((await officer('GET', '/cases?q=%ff')).status < 500, true, 'broken UTF-8 is no fault of ours');
  });

  await t.test('takes no cursor but its own', async (t) => {
    const tampered = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');
    for (const cursor of [
      'x',
      'eyJ',
      tampered({ before: '1; DROP TABLE cases' }),
      tampered({ before: 1.5 }),
      tampered({ before: -1 }),
      tampered({ before: 1e300 }),
      tampered({ before: 1, more: true }),
      tampered(null),
      tampered([1]),
    ]) {
      for (const path of ['/cases', '/inbox', '/quarantine', '/acts']) {
        const answer = await officer('GET', `${path}?cursor=${cursor}`);
        t.equal(coded(answer), '422 validation_failed', `${path} ${cursor}`);
        t.same(errorsOf(answer), ['query /cursor cursor']);
      }
    }
    t.equal((await officer('GET', `/cases?cursor=${tampered({ before: 1 })}`)).json.items.length, 0);
  });

  await t.test('shows a case whole', async (t) => {
    const id = await addCase(node, { domain: 'bio', tlp: 'amber-strict' });
    await node.home.run(`INSERT INTO case_updates (case_id, number, text) VALUES ($1, 1, 'more')`, [id]);
    const out = await addVersion(node, id, { tick: 3, place: 7001 });
    const later = await addVersion(node, id, { tick: 4 });
    const answer = await get(id);
    t.equal(answer.headers.get('etag'), `"${answer.json.change}"`);
    t.match(answer.json, {
      id,
      status: 'drafted',
      severity: 'unrated',
      hazard_domain: 'bio',
      tlp: 'amber-strict',
      exercise: false,
      fields: incidentFields(),
      proposals: [],
      updates: [{ number: 1, text: 'more' }],
      versions: [
        { digest: out, tick: 3, index: 7001, edition: false, retracted: false },
        { digest: later, tick: 4 },
      ],
    });
    t.equal('index' in answer.json.versions[1], false, 'it is not logged yet');
    t.equal(JSON.stringify(answer.json).includes(node.lab), false, 'the lab is not shown');
  });

  await t.test('knows nothing under another id', async (t) => {
    const id = randomUUID();
    const calls: [string, string, unknown?][] = [
      ['GET', `/cases/${id}`],
      ['GET', `/cases/${id}/draft`],
      ['GET', `/cases/${id}/preview`],
      ['PUT', `/cases/${id}/triage`, triage()],
      ['PUT', `/cases/${id}/fields`, { fields: incidentFields(), reason: 'r' }],
      ['POST', `/cases/${id}/release`, { draft: digest('x'), public_edition: false, reason: 'r' }],
      ['POST', `/cases/${id}/retraction`, { reason: 'r' }],
    ];
    for (const [method, path, body] of calls)
      t.equal(coded(await officer(method, path, body, { 'if-match': '"1"' })), '404 not_found', path);
    for (const bad of ['1', id.toUpperCase(), `${id}'`, '%27%20OR%201=1']) t.equal((await get(bad)).status, 422, bad);
    t.equal((await officer('DELETE', `/cases/${id}`)).status, 405);
  });

  await t.test('triages on the state that was seen, and asks for a new draft', async (t) => {
    const id = await addCase(node);
    const before = await get(id);
    const severity = { level: 4, axes: { people: 3, safeguards: 2, reach: 5 } };
    const path = `/cases/${id}/triage`;
    t.equal(coded(await officer('PUT', path, triage())), '428 precondition_required');
    for (const tag of ['"0"', '*', `W/${before.headers.get('etag')}`, before.json.change, '""'])
      t.equal(coded(await officer('PUT', path, triage(), { 'if-match': String(tag) })), '412 precondition_failed');
    t.same(await actsOf(node, id), []);
    t.equal((await get(id)).json.change, before.json.change);

    const answer = await officer('PUT', path, triage({ severity, hazard_domain: 'cyber', tlp: 'amber' }), etag(before));
    t.equal(answer.status, 200, JSON.stringify(answer.json));
    t.match(answer.json, { severity, hazard_domain: 'cyber', tlp: 'amber', status: 'held', id });
    t.ok(answer.json.change > before.json.change);
    t.same(await actsOf(node, id), ['chen case.triage: first look']);
    t.same(await jobsOf(node, 'draft'), [{ key: null, payload: {} }]);
    t.match(await node.home.rows('SELECT draft_due FROM cases WHERE id = $1', [id]), [{ draft_due: true }]);

    t.equal(coded(await officer('PUT', path, triage(), etag(before))), '412 precondition_failed', 'seen too early');
    const unset = await officer('PUT', path, triage(), etag(answer));
    t.equal(unset.status, 200, 'each answer names the state for the next change');
    t.equal(unset.json.hazard_domain, undefined);
  });

  await t.test('lets one of two officers win', async (t) => {
    const id = await addCase(node);
    const seen = etag(await get(id));
    const answers = await Promise.all(
      ['green', 'amber', 'red'].map((tlp) => officer('PUT', `/cases/${id}/triage`, triage({ tlp }), seen)),
    );
    t.same(answers.map(({ status }) => status).sort(), [200, 412, 412]);
    t.equal((await actsOf(node, id)).length, 1);
  });

  await t.test('refuses a triage or correction that does not hold together, field by field', async (t) => {
    const id = await addCase(node);
    const seen = etag(await get(id));
    const refused = async (part: string, body: unknown) => {
      const answer = await officer('PUT', `/cases/${id}/${part}`, body, seen);
      t.equal(answer.status, 422, JSON.stringify(body));
      return errorsOf(answer);
    };
    const axes = { people: 3, safeguards: 2, reach: 5 };
    t.same(await refused('triage', triage({ severity: { level: 5, axes } })), [
      'body /severity/level level_not_of_axes',
    ]);
    t.same(await refused('triage', triage({ tlp: 'CLEAR', hazard_domain: 'other ' })), [
      'body /hazard_domain enum',
      'body /tlp enum',
    ]);
    t.same(await refused('triage', { severity: 'unrated', tlp: 'red' }), ['body /reason required']);
    t.same(await refused('triage', triage({ status: 'released' })), ['body /status unknown_member']);
    const wrong = { occurred: '2026-02-30', occurred_month: '2026-02', countries_affected: ['CN', 'XX'] };
    t.same(await refused('fields', { fields: incidentFields(wrong), reason: 'r' }), [
      'body /fields/occurred day_not_in_calendar',
      'body /fields/countries_affected/1 country_unknown',
    ]);
    t.same(await refused('fields', { fields: incidentFields({ ongoing: 'true', kind: null }), reason: 'r' }), [
      'body /fields/kind type',
      'body /fields/kind enum',
      'body /fields/ongoing type',
    ]);
    t.same(await refused('fields', { fields: incidentFields({ deployer: 'Harbour Works' }), reason: 'r' }), [
      'body /fields/deployer unknown_member',
    ]);
    t.same(await actsOf(node, id), []);
  });

  await t.test('corrects the fields, which are found from then on', async (t) => {
    const id = await addCase(node);
    const fields = incidentFields({ title: 'Ferry autopilot froze', occurred_month: '2026-03' });
    const first = await get(id);
    t.notOk('reported_fields' in first.json, 'as long as they are as they came');
    const answer = await officer('PUT', `/cases/${id}/fields`, { fields, reason: 'new facts' }, etag(first));
    t.equal(answer.status, 200, JSON.stringify(answer.json));
    t.same(answer.json.fields, fields);
    t.same(answer.json.reported_fields, first.json.fields, 'what came in is kept');
    const again = { ...fields, title: 'Ferry autopilot froze again' };
    const { json } = await officer('PUT', `/cases/${id}/fields`, { fields: again, reason: 'r' }, etag(await get(id)));
    t.same([json.fields, json.reported_fields], [again, first.json.fields], 'whatever is corrected after');
    t.same(await actsOf(node, id), ['chen case.correct: new facts', 'chen case.correct: r']);
    const found = await officer('GET', '/cases?q=ferry');
    t.same(
      found.json.items.map((one: { id: string }) => one.id),
      [id],
    );
  });

  await t.test('takes no body that is too large, too deep, or not JSON', async (t) => {
    const id = await addCase(node);
    const seen = etag(await get(id));
    const put = (body: string, type = 'application/json') =>
      officer('PUT', `/cases/${id}/triage`, body, { ...seen, 'content-type': type });
    t.equal(coded(await put(`{"reason":"${'x'.repeat(17_000)}"}`)), '413 payload_too_large');
    const deep = `{"severity":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    t.equal((await put(deep)).status < 500, true);
    t.equal(coded(await put('{"tlp":"red","tlp":"clear"}')).startsWith('4'), true);
    t.equal(coded(await put('{')), '400 malformed_json');
    t.equal(coded(await put('tlp=red', 'text/plain')), '415 unsupported_media_type');
    const text = 'x'.repeat(2001);
    t.equal((await put(JSON.stringify(triage({ reason: text })))).status, 422);
    t.equal((await get(id)).headers.get('etag'), seen['if-match']);
  });

  await t.test('writes no token and no field into its log', async (t) => {
    const log = lines.join('');
    t.ok(lines.length > 50);
    t.notMatch(log, /detente_[A-Za-z0-9_-]{20}/);
    t.notMatch(log, /unapproved commands/);
    t.notMatch(log, /request failed/);
  });
});
