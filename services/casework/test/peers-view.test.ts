import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { BANDS, cellOf, fieldsOfLevel, HAZARD_DOMAINS, incident } from '@detente/record';
import { test } from 'tap';
import {
  type Answer,
  actsOf,
  addCase,
  addDraft,
  addGrants,
  addPeer,
  addToken,
  addVersion,
  caller,
  createNode,
  digest,
  jobsOf,
  type Node,
  origin,
  serve,
} from './casework-node.ts';

const coded = ({ status, json }: Answer) => `${status} ${json.code}`;
const offer = (more = {}) => ({
  gives: [{ type: 'incident', domains: ['*'], bands: ['*'], tier: 'green', condition: 'unconditional', onward: null }],
  access: [],
  obligations: [],
  waives: [],
  notice_days: 0,
  valid_from: '2026-01-01',
  valid_until: null,
  backlog: true,
  ...more,
});
const cell = (band: '2-3' | '5-7' | 'unrated') => {
  const axes = { people: band === '5-7' ? 6 : 2, safeguards: 2, reach: 2 };
  const severity = band === 'unrated' ? ('unrated' as const) : { level: axes.people, axes };
  return { cell: cellOf({ type: 'incident/1', hazard_domain: 'cyber', severity }), severity };
};

test('casework on peers', async (t) => {
  const node = await createNode(t);
  const service = await serve(t, node);
  const officer = caller(service, await addToken(node, 'chen', 'officer'));

  await t.test('hands a new peer to the worker, with the act', async (t) => {
    const request = { name: 'us', origin: 'https://us.example', fingerprint: digest('us'), reason: 'met in Geneva' };
    t.same((await officer('POST', '/peers', request)).json, { status: 'accepted' });
    const { reason: _, ...facts } = request;
    t.same(await jobsOf(node, 'peer'), [
      { key: null, payload: { op: 'add', ...facts, ca: null, sandbox: false, listed: true } },
    ]);
    t.same(await actsOf(node, 'https://us.example'), ['chen peer.add: met in Geneva']);
    t.same(await node.border.rows('SELECT FROM peers'), [], 'only the worker writes peers');
  });

  await t.test('refuses a peer that is known, is this node, or has no proper origin', async (t) => {
    await addPeer(node, 'sg');
    const add = (more: object) =>
      officer('POST', '/peers', {
        name: 'x',
        origin: 'https://x.example',
        fingerprint: digest('x'),
        reason: 'r',
        ...more,
      });
    t.equal(coded(await add({ name: 'sg' })), '409 conflict');
    t.equal(coded(await add({ origin: 'https://sg.example' })), '409 conflict');
    t.equal(coded(await add({ origin })), '409 conflict');
    for (const [more, pointer] of [
      [{ origin: 'https://X.example' }, '/origin'],
      [{ fingerprint: digest('sg') }, '/fingerprint'],
      [{ origin: 'https://x.example:443' }, '/origin'],
      [{ origin: 'https://user@x.example' }, '/origin'],
      [{ origin: 'https://x.example/' }, '/origin'],
      [{ origin: 'file:///etc/passwd' }, '/origin'],
      [{ fingerprint: 'short' }, '/fingerprint'],
      [{ name: 'Us' }, '/name'],
      [{ ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }, '/ca'],
      [{ status: 'active' }, '/status'],
    ] as const) {
      const answer = await add(more);
      t.equal(answer.status, 422, JSON.stringify(more));
      t.equal(answer.json.errors[0].pointer, pointer);
    }
    t.equal((await jobsOf(node, 'peer')).length, 1);
  });

  await t.test(
    'refuses an origin that leads inside, however it is spelled, and makes no connection to look',
    async (t) => {
      const strangers = createServer().listen(0, '127.0.0.1');
      await once(strangers, 'listening');
      t.teardown(() => strangers.close());
      let connections = 0;
      strangers.on('connection', () => connections++);
      const { port } = strangers.address() as AddressInfo;
      const refused = async (origin: string) => {
        const body = { name: 'x', origin, fingerprint: digest('x'), reason: 'r' };
        const { status, json } = await officer('POST', '/peers', body);
        return [status, json.errors?.[0]];
      };
      const file = new URL('../../../packages/testkit/vectors/refused-origins.json', import.meta.url);
      const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
        cases: { origin?: string; expected: { refused: string } }[];
      };
      const listed = (code: string) =>
        cases.flatMap(({ origin, expected }) => (origin !== undefined && expected.refused === code ? [origin] : []));
      t.ok(listed('address_refused').length + listed('origin_malformed').length >= 60);
      const own = [`https://127.0.0.1:${port}`, `https://localhost:${port}`, `https://[::ffff:7f00:1]:${port}`];
      for (const origin of [...own, ...listed('address_refused')])
        t.match(await refused(origin), [422, { pointer: '/origin', code: 'address_refused' }], origin);
      for (const origin of listed('origin_malformed'))
        t.match(await refused(origin), [422, { pointer: '/origin' }], origin);
      t.match(await refused('https://10.0.0.1'), [422, { detail: 'the peer’s address is not a public one (private)' }]);
      t.equal(connections, 0);
      t.equal((await jobsOf(node, 'peer')).length, 1, 'and nothing is handed to the worker');
    },
  );

  await t.test('hands an offer to the worker, by the peer’s origin', async (t) => {
    const put = (name: string, body: unknown) => officer('PUT', `/peers/${name}/offer`, body);
    t.match((await put('sg', { offer: offer(), reason: 'as agreed' })).json, { status: 'accepted', findings: [] });
    const job = (await jobsOf(node, 'peer')).at(-1);
    const payload = { op: 'offer', peer: 'https://sg.example', offer: offer() };
    t.same(job?.payload, payload);
    t.same(await actsOf(node, 'https://sg.example'), ['chen peer.offer: as agreed']);
    t.equal(coded(await put('nobody', { offer: offer(), reason: 'r' })), '404 not_found');
    await addPeer(node, 'out', 'expelled');
    t.equal(coded(await put('out', { offer: offer(), reason: 'r' })), '409 conflict');
    for (const [more, pointer] of [
      [{ valid_until: '2025-12-31' }, '/offer/valid_until'],
      [{ valid_from: '2026-02-30' }, '/offer/valid_from'],
      [{ gives: [{ ...offer().gives[0], tier: 'everything' }] }, '/offer/gives/0/tier'],
      [{ gives: [{ ...offer().gives[0], bands: ['*', '4'] }] }, '/offer/gives/0/bands'],
      [{ secret: 1 }, '/offer/secret'],
      [{ gives: Array(256).fill({ ...offer().gives[0], domains: [...HAZARD_DOMAINS], bands: [...BANDS] }) }, '/offer'],
    ] as const) {
      const answer = await put('sg', { offer: offer(more), reason: 'r' });
      t.equal(answer.status, 422, JSON.stringify(more));
      t.equal(answer.json.errors[0].pointer, pointer);
    }
  });

  await t.test('shows how far both sides are', async (t) => {
    const peer = await addPeer(node, 'br');
    await node.border.run(
      `INSERT INTO cursors (peer, after, pages, pulled_at, fault) VALUES ($1, 48, 3, now(), 'gone')`,
      [peer],
    );
    await node.border.run('INSERT INTO served (peer, mark, late) VALUES ($1, 32, 1)', [peer]);
    await node.border.run(
      `INSERT INTO receipts_in (peer, seq, jws, disagrees) VALUES ($1, 1, 'j', $2), ($1, 2, 'k', ''), ($1, 3, 'l', $3)`,
      [peer, digest('first'), digest('last')],
    );
    await quarantine(node, peer, 'signature_invalid');
    await receive(node, peer, { id: randomUUID() });
    await receive(node, peer, { id: randomUUID() });
    const all = (await officer('GET', '/peers')).json.items;
    t.match(
      all.find((one: { name: string }) => one.name === 'br'),
      {
        origin: peer,
        fingerprint: digest('br'),
        status: 'active',
        log: 'br.example/log/v1',
        after: 48,
        pages: 3,
        fault: 'gone',
        served: 32,
        received: 2,
        granted: 0,
        quarantined: 1,
        receipts: 3,
        receipts_disagree: 2,
        receipt_disagrees_on: digest('last'),
      },
    );
    const idle = all.find((one: { name: string }) => one.name === 'sg');
    t.match(idle, { after: 0, pages: 0, served: 0, received: 0 });
    t.same(['fault' in idle, 'pulled_at' in idle, 'receipt_disagrees_on' in idle], [false, false, false]);
    t.equal((await officer('GET', '/status')).json.receipts_disagree, 2);
    t.equal(coded(await officer('GET', '/peers/nobody')), '404 not_found');
  });

  await t.test('shows the newest terms of both directions', async (t) => {
    const whole = { code: 'offer_unconditional', params: { rule: 0 } };
    const add = (direction: string, day: string, level: number, at: string, rule: object | string = whole) =>
      node.home.run(
        `INSERT INTO terms (peer, direction, day, digest, cells, computed_at)
         VALUES ('https://br.example', $1, $2, $3, $4, $5)`,
        [direction, day, digest(day + direction), JSON.stringify({ [cell('2-3').cell]: { level, rule } }), at],
      );
    await add('given', '2026-11-23', 1, '2026-11-23T00:00:00Z');
    await add('given', '2026-11-24', 2, '2026-11-24T00:00:00Z');
    await add('taken', '2026-11-24', 3, '2026-11-24T00:00:00Z', 'not_offered');
    const drill = { kind: 'drill', name: 'any', rule: { code: 'access_open', params: { kind: 'drill', name: 'any' } } };
    await node.home.run(`UPDATE terms SET access = $1 WHERE direction = 'given' AND day = '2026-11-24'`, [
      JSON.stringify([{ ...drill, isOpen: true }]),
    ]);
    const { json } = await officer('GET', '/peers/br');
    t.match(json.given, { day: '2026-11-24', cells: [{ cell: 'incident/cyber/2-3', level: 2, rule: whole }] });
    t.same([json.given.access, json.taken.access], [[{ ...drill, open: true }], []]);
    const old = { code: 'not_offered', params: {} };
    t.match(json.taken, { day: '2026-11-24', cells: [{ level: 3, rule: old }] }, 'of which the code alone was kept');
    t.same(['given' in (await officer('GET', '/peers/sg')).json], [false]);
  });

  await t.test('counts as granted what the exchange would give', async (t) => {
    const peer = await addPeer(node, 'fr');
    const [wide, own] = [randomUUID(), randomUUID()];
    const present = async (place: number | null, more: { least?: number; record_id?: string; band?: '5-7' } = {}) => {
      const id = more.record_id ?? randomUUID();
      const values = [digest(randomUUID()), id, cell(more.band ?? '2-3').cell, more.least ?? 1, place ?? 0, place];
      const text = `INSERT INTO presentations (digest, record_id, cell, least, tick, body, lengths, place)
        VALUES ($1, $2, $3, $4, $5, 'b', '{1}', $6)`;
      await node.border.run(text, values);
    };
    const granted = async () => (await officer('GET', '/peers/fr')).json.granted;
    await present(10);
    await present(20, { record_id: wide });
    await present(21, { record_id: wide });
    await present(30, { least: 3 });
    await present(null);
    await present(40, { record_id: own, band: '5-7' });
    t.equal(await granted(), 0);
    await addGrants(node, peer, [{ cell: cell('2-3').cell, from_index: 15, level: 2, rule: 'offer_unconditional' }]);
    t.equal(await granted(), 1, 'from index 15 on, TLP amber withheld, two versions one record');
    await addGrants(node, peer, [{ record_id: own, level: 2, rule: 'named' }]);
    t.equal(await granted(), 2);
    await addGrants(node, peer, [{ cell: cell('2-3').cell, from_index: 0, level: 3, rule: 'offer_unconditional' }]);
    t.equal(await granted(), 4, 'wider, and from the beginning');
    await addGrants(node, peer, [{ cell: cell('2-3').cell, from_index: 99, level: null, rule: 'standing_expelled' }]);
    t.equal(await granted(), 1, 'a narrowing holds for everything at once');
  });

  await t.test('previews what each active peer would see of the newest draft, and why', async (t) => {
    await node.border.run('DELETE FROM grants');
    for (const name of ['p0', 'p1', 'p2']) await addPeer(node, name);
    await addPeer(node, 'pending', 'pending');
    const two = cell('2-3');
    const grant = (name: string, level: number | null, rule: string) =>
      addGrants(node, `https://${name}.example`, [{ cell: two.cell, from_index: 500, level, rule }]);
    await grant('p1', 2, 'offer_unconditional');
    await grant('p2', 4, 'offer_as_given');
    const id = await addCase(node, { tlp: 'green' });
    t.equal(coded(await officer('GET', `/cases/${id}/preview`)), '404 not_found');
    await addDraft(node, id);
    const draft = await addDraft(node, id, { fields: { hazard_domain: 'cyber', severity: two.severity } });
    const viewed = async () => {
      const { json } = await officer('GET', `/cases/${id}/preview`);
      t.equal(json.draft, draft);
      return json.peers.filter(({ peer }: { peer: string }) => peer.startsWith('p'));
    };
    t.match(await viewed(), [
      { peer: 'p0', level: null, fields: [], reason: { code: 'not_granted' } },
      { peer: 'p1', level: 2, fields: fieldsOfLevel(incident, 2), reason: { code: 'offer_unconditional' } },
      { peer: 'p2', level: 4, fields: fieldsOfLevel(incident, 4), reason: { code: 'offer_as_given' } },
    ]);
    t.equal((await viewed()).length, 3, 'one that is pending is not asked about');

    await node.home.run(`UPDATE cases SET tlp = 'amber' WHERE id = $1`, [id]);
    t.match((await viewed())[1], { level: null, fields: [], reason: { code: 'tlp_withholds' } });
    await node.home.run(`UPDATE cases SET tlp = 'green' WHERE id = $1`, [id]);
    const record = randomUUID();
    await addVersion(node, id, { id: record, domain: 'cyber', band: 'unrated', place: 400 });
    await addGrants(node, 'https://p0.example', [
      { cell: cell('unrated').cell, level: 1, rule: 'offer_unconditional' },
    ]);
    t.match((await viewed())[0], { level: 0, fields: [], reason: { code: 'later_version_of_given' } });
    await addGrants(node, 'https://p0.example', [{ record_id: record, level: 5, rule: 'named_disclosure' }]);
    t.match((await viewed())[0], { level: 5, reason: { code: 'named_disclosure' } }, 'a grant for this one record');
    await grant('p2', null, 'offer_withholds');
    t.match((await viewed())[2], { level: null, reason: { code: 'offer_withholds' } });
    for (const level of [2, null])
      await addGrants(node, 'https://p2.example', [{ cell: cell('unrated').cell, level, rule: 'offer_as_given' }]);
    const reason = { code: 'later_version_of_given' };
    t.match((await viewed())[2], { level: 0, reason }, 'what was given once is followed by what comes later');
  });

  await t.test('lets a warning through its label, up to green', async (t) => {
    const five = cell('5-7');
    await addGrants(node, 'https://p1.example', [{ cell: five.cell, level: 4, rule: 'offer_unconditional' }]);
    const id = await addCase(node, { tlp: 'red' });
    await addDraft(node, id, { fields: { hazard_domain: 'cyber', severity: five.severity } });
    const { json } = await officer('GET', `/cases/${id}/preview`);
    const view = json.peers.find(({ peer }: { peer: string }) => peer === 'p1');
    t.match(view, { level: 2, reason: { code: 'severity_floor_over_tlp', params: { tlp: 'red', granted: 4 } } });
  });
});

test('the inbox', async (t) => {
  const node = await createNode(t);
  const service = await serve(t, node);
  const officer = caller(service, await addToken(node, 'chen', 'officer'));
  const us = await addPeer(node, 'us');
  const sg = await addPeer(node, 'sg');
  const id = randomUUID();
  const first = await receive(node, us, { id, tick: 1 });
  const second = await receive(node, us, { id, tick: 2, place: 90, level: 2 });
  const bio = await receive(node, sg, { id: randomUUID(), domain: 'bio' });
  const drill = await receive(node, sg, { id: randomUUID(), exercise: true });
  const list = async (query = '') => {
    const { status, json } = await officer('GET', `/inbox${query}`);
    t.equal(status, 200, JSON.stringify(json));
    return json.items.map((one: { digest: string }) => one.digest);
  };

  await t.test('shows current versions under the peer’s name, newest first', async (t) => {
    t.same(await list(), [bio, second]);
    t.same(await list('?peer=us'), [second]);
    t.same(await list('?peer=nobody'), []);
    t.same(await list('?domain=bio'), [bio]);
    t.same(await list('?history=true'), [bio, second, first]);
    t.same(await list('?exercise=true'), [drill], 'drills are never mixed in');
    const { json } = await officer('GET', '/inbox?limit=1');
    t.same(await list(`?limit=1&cursor=${json.next}`), [second]);
    t.equal((await officer('GET', `/inbox?limit=1&cursor=${json.next}`)).json.next, undefined);
    t.equal((await officer('GET', '/inbox?history=1')).status, 422);
    t.equal((await officer('GET', `/inbox?peer=${encodeURIComponent(us)}`)).status, 422, 'an origin is no name');
  });

  await t.test('shows one record with the bytes that prove it', async (t) => {
    const { json } = await officer('GET', `/inbox/us/${second}`);
    t.match(json, { peer: 'us', digest: second, id, tick: 2, index: 90, level: 2, current: true, domain: 'other' });
    t.equal(json.presentation, `presentation of ${second}`);
    t.match((await officer('GET', `/inbox/us/${first}`)).json, { current: false });
    for (const path of [`us/${bio}`, `nobody/${second}`, `us/${digest('x')}`])
      t.equal(coded(await officer('GET', `/inbox/${path}`)), '404 not_found', path);
    t.equal((await officer('GET', `/inbox/us/${first}'`)).status, 422);
  });

  await t.test('lists what was refused, with the reason and the bytes', async (t) => {
    await quarantine(node, us, 'signature_invalid');
    await quarantine(node, sg, 'above_terms');
    await quarantine(node, us, 'digest_mismatch');
    const codes = async (query = '') =>
      (await officer('GET', `/quarantine${query}`)).json.items.map((one: { code: string }) => one.code);
    t.same(await codes(), ['digest_mismatch', 'above_terms', 'signature_invalid']);
    t.same(await codes('?peer=us'), ['digest_mismatch', 'signature_invalid']);
    t.same(await codes('?peer=nobody'), []);
    const { json } = await officer('GET', '/quarantine?limit=1');
    t.match(json.items[0], { peer: 'us', kind: 'record', index: 5, detail: 'why', body: 'the bytes' });
    t.same(await codes(`?limit=1&cursor=${json.next}`), ['above_terms']);
  });

  await t.test('tells dashboards of what came in', async (t) => {
    const { json } = await officer('GET', '/changes');
    t.match(json.changes.at(-1), { kind: 'received', digest: drill, peer: 'sg' });
    t.equal(json.changes.length, 4);
  });
});

/** A record as the worker brings it home.
 *  @returns its digest */
async function receive(
  node: Node,
  peer: string,
  more: { id: string; tick?: number; place?: number; level?: number; domain?: string; exercise?: boolean },
): Promise<string> {
  const made = digest(randomUUID());
  const { id, tick = 1, place = null, level = 1, domain = 'other', exercise = false } = more;
  await node.home.run(
    `INSERT INTO received (peer, digest, id, type, tick, place, level, domain, band, tlp, exercise, retracted, presentation,
       fields)
     VALUES ($1, $2, $3, 'incident/1', $4, $5, $6, $7, 'unrated', 'green', $8, false, $9, '{"title": "T"}')`,
    [peer, made, id, tick, place, level, domain, exercise, `presentation of ${made}`],
  );
  return made;
}

async function quarantine(node: Node, peer: string, code: string): Promise<void> {
  await node.border.run(
    `INSERT INTO quarantine (peer, kind, place, code, detail, body) VALUES ($1, 'record', 5, $2, 'why', 'the bytes')`,
    [peer, code],
  );
}
