import { fork } from 'node:child_process';
import { createPublicKey, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Dossier } from '@detente/contract/casework';
import { descriptorKeys, signDescriptor, verifyDescriptor } from '@detente/keys';
import { issueRecord, verifyRecord } from '@detente/record';
import { openDatabase } from '@detente/store/database';
import {
  appendLeaves,
  emptyFrontier,
  extendTiles,
  hashLeaf,
  rootOf,
  signCheckpoint,
  verifyCheckpoint,
  verifyInclusion,
} from '@detente/tlog';
import { test } from 'tap';
import {
  type Answer,
  actsOf,
  addCase,
  addPeer,
  addToken,
  addVersion,
  caller,
  createNode,
  digest,
  incidentFields,
  type Node,
  origin,
  serve,
} from './casework-node.ts';

const coded = ({ status, json }: Answer) => `${status} ${json.code}`;
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const log = 'cn.example/log/v1';

test('casework on the node', async (t) => {
  const node = await createNode(t);
  const lines: string[] = [];
  const service = await serve(t, node, lines);
  const officer = caller(service, await addToken(node, 'chen', 'officer'));

  await t.test('gives a lab a key that is shown once, and seals its name', async (t) => {
    const { status, json } = await officer('POST', '/labs', { name: 'Aurora Labs 北极光', reason: 'registered' });
    t.equal(status, 201, JSON.stringify(json));
    t.match(json.key, /^detente_lab_[A-Za-z0-9_-]{43}$/);
    const [row] = await node.home.rows<{ key_hash: string; name_sealed: Buffer }>(
      'SELECT key_hash, name_sealed FROM labs WHERE id = $1',
      [json.id],
    );
    t.equal(row?.key_hash, digest(json.key));
    t.equal(node.openVault(row!.name_sealed), 'Aurora Labs 北极光');
    t.same(await actsOf(node, json.id), ['chen lab.add: registered']);
    const whole = await node.home.rows<{ acts: string }>('SELECT json_agg(acts)::text AS acts FROM acts');
    t.notMatch(whole[0]?.acts, 'Aurora', 'the name is in no act');

    await addCase(node);
    const { items } = (await officer('GET', '/labs')).json;
    t.match(items, [
      { id: node.lab, disabled: false, cases: 1 },
      { id: json.id, disabled: false, cases: 0 },
    ]);
    t.notMatch(JSON.stringify(items), /Aurora|detente_lab_/);
    t.equal((await officer('POST', '/labs', { name: '', reason: 'r' })).status, 422);
  });

  await t.test('makes tokens that may look, or change, and that are shown once', async (t) => {
    const make = (name: string, scope: string) => officer('POST', '/tokens', { name, scope, reason: 'for the wall' });
    const made = await make('wall', 'reader');
    t.match(made.json, { name: 'wall', token: /^detente_[A-Za-z0-9_-]{43}$/ });
    t.same(await actsOf(node, 'wall reader'), ['chen token.add: for the wall']);
    const wall = caller(service, made.json.token);
    t.equal((await wall('GET', '/status')).status, 200);
    t.equal(coded(await wall('POST', '/tokens', { name: 'x', scope: 'officer', reason: 'r' })), '403 forbidden');
    t.equal(coded(await make('wall', 'officer')), '409 conflict');
    t.equal((await wall('POST', '/labs', { name: 'x', reason: 'r' })).status, 403, 'the name taken is not widened');
    const second = caller(service, (await make('zhang', 'officer')).json.token);
    t.equal((await second('POST', '/labs', { name: 'x', reason: 'r' })).status, 201);
    for (const [name, scope] of [
      ['Wall', 'reader'],
      ['a b', 'reader'],
      ['ok', 'admin'],
    ] as const)
      t.equal((await make(name, scope)).status, 422, `${name} ${scope}`);
  });

  await t.test('disables a lab for good, once, with an act', async (t) => {
    const { id } = (await officer('POST', '/labs', { name: 'Gone Labs', reason: 'r' })).json;
    const disable = (lab: string, reason = 'the key was stolen') => officer('POST', `/labs/${lab}/disable`, { reason });
    const first = await disable(id);
    t.equal(first.status, 200, JSON.stringify(first.json));
    t.same((await disable(id, 'again')).json, first.json, 'again changes nothing');
    t.same(await actsOf(node, id), ['chen lab.add: r', 'chen lab.disable: the key was stolen']);
    const { items } = (await officer('GET', '/labs')).json;
    t.match(
      items.find((lab: { id: string }) => lab.id === id),
      { disabled: true },
    );
    t.equal(coded(await disable(randomUUID())), '404 not_found');
    t.equal((await disable('nope')).status, 422);
    t.equal((await officer('POST', `/labs/${id}/disable`, {})).status, 422, 'not without a reason');
  });

  await t.test('disables tokens, but never the last officer’s', async (t) => {
    const disable = (name: string, by = officer) => by('POST', `/tokens/${name}/disable`, { reason: 'stolen' });
    const open = async () => (await officer('GET', '/tokens')).json.items as { name: string; disabled: boolean }[];
    t.equal(coded(await disable('nobody')), '404 not_found');
    const look = caller(service, await addToken(node, 'look', 'reader'));
    t.equal(coded(await disable('chen', look)), '403 forbidden');
    const first = await disable('look');
    t.equal(first.status, 200, JSON.stringify(first.json));
    t.equal(coded(await look('GET', '/status')), '401 credential_invalid', 'from the next request on');
    t.same((await disable('look')).json, first.json, 'again changes nothing');
    t.same(await actsOf(node, 'look'), ['chen token.disable: stolen']);

    const rival = caller(service, await addToken(node, 'rival', 'officer'));
    for (const { name, disabled } of await open())
      if (!disabled && name !== 'chen' && name !== 'rival') t.equal((await disable(name)).status, 200);
    const owner = openDatabase({ url: node.databases.home.ownerUrl, max: 1, name: 'detente test' });
    t.teardown(() => owner.close());
    const { asked } = await owner.write(async (tx) => {
      await tx.query('SELECT FROM tokens FOR UPDATE');
      const asked = [disable('rival'), disable('chen', rival)];
      const waiting =
        'SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()';
      for (let tries = 0; tries < 200 && (await node.home.rows(waiting)).length < 2; tries++) await sleep(50);
      return { asked };
    });
    const answers = await Promise.all(asked);
    const winner = answers[0]!.status === 200 ? officer : rival;
    t.same(answers.map(({ status }) => status).sort(), [200, 401], 'of two that disable each other one remains');
    const [left, ...others] = ((await winner('GET', '/tokens')).json.items as Awaited<ReturnType<typeof open>>).filter(
      ({ disabled }) => !disabled,
    );
    t.same(others, []);
    const refused = await disable(left!.name, winner);
    t.equal(coded(refused), '409 conflict');
    t.match(refused.json.detail, 'make another');
    await node.home.run(`UPDATE tokens SET disabled_at = NULL WHERE name = 'chen'`);
  });

  await t.test('shows the acts as a chain, newest first', async (t) => {
    const acts: Record<string, string | number | unknown[]>[] = [];
    let next: string | undefined = '';
    do {
      const { json } = await officer('GET', `/acts?limit=2${next && `&cursor=${next}`}`);
      acts.push(...json.items);
      next = json.next;
    } while (next !== undefined);
    t.ok(acts.length >= 4);
    t.same(
      acts.map(({ number }) => number),
      acts.map((_, at) => acts.length - at),
    );
    for (const [at, act] of acts.entries()) t.equal(act.previous, acts[at + 1]?.hash ?? '-');
    for (const { number, at, actor, act, object, reason, approvals, previous, hash } of acts) {
      const said = ['detente/act/1', number, at, actor, act, object, reason, approvals, previous];
      t.equal(digest(`[${said.map((one) => JSON.stringify(one)).join(', ')}]`), hash, 'anybody can compute it');
    }
    t.match((await officer('GET', '/acts')).json.items.at(-1), { actor: 'chen', act: 'lab.add', approvals: [] });
  });

  await t.test('writes neither the act nor the change when one of them fails', async (t) => {
    const before = await node.home.rows('SELECT FROM acts');
    const labs = (await officer('GET', '/labs')).json;
    await node.home.run(`ALTER FUNCTION record_acts RENAME TO record_acts_away`);
    t.equal(coded(await officer('POST', '/labs', { name: 'Half', reason: 'half' })), '500 internal');
    await node.home.run(`ALTER FUNCTION record_acts_away RENAME TO record_acts`);
    t.same(await node.home.rows('SELECT FROM acts'), before);
    t.same((await officer('GET', '/labs')).json, labs);
    const answer = (await officer('GET', '/nothing')).json;
    t.equal(answer.code, 'not_found');
    t.match(lines.join(''), /request failed/, 'the reason is in the log, and the answer is bare');
  });

  await t.test('says how the node is', async (t) => {
    t.match((await officer('GET', '/status')).json, {
      origin,
      log,
      cases: { drafted: 1 },
      unrated: 0,
      released: 0,
      waiting: { decisions: 0, outgoing: 0, landing: 0, leaves: 0 },
      tree: { size: 0, tick: 0, signed: 0, batch_size: 0 },
    });
    const released = await addCase(node, { status: 'released' });
    await addVersion(node, released, { place: 3 });
    const withdrawn = await addCase(node, { status: 'retracted' });
    const id = randomUUID();
    await addVersion(node, withdrawn, { id, tick: 1 });
    await addVersion(node, withdrawn, { id, tick: 2, retracted: true });
    await node.home.run(`INSERT INTO decisions (case_id, kind, actor, reason) VALUES ($1, 'release', 'chen', 'r')`, [
      released,
    ]);
    await node.home.run(`INSERT INTO outgoing (number, kind, body) VALUES (4, 'leaf', '{}'), (5, 'leaf', '{}')`);
    await node.border.run('UPDATE applied SET number = 4');
    await node.border.run(`INSERT INTO pending_leaves (leaf, tick) VALUES ('a', 1)`);
    const peer = await addPeer(node, 'us');
    await node.border.run(`INSERT INTO landing (peer, kind, digest, body) VALUES ($1, 'record', 'd', 'b')`, [peer]);
    await node.border.run('INSERT INTO cursors (peer, pages) VALUES ($1, 7)', [peer]);
    await node.border.run(`INSERT INTO descriptor (seq, jws) VALUES (1, $1)`, [await descriptorOf(node)]);
    const { json } = await officer('GET', '/status');
    t.match(json, {
      fingerprint: node.keys.signer('identity').kid,
      cases: { drafted: 1, released: 1, retracted: 1 },
      unrated: 1,
      released: 1,
      logged: 1,
      pages_verified: 7,
      waiting: { decisions: 1, outgoing: 1, landing: 1, leaves: 1 },
    });
  });

  await t.test('gives out dossiers that prove themselves, at each level', async (t) => {
    const { issued, place } = await logRecord(node);
    const path = `/dossiers/${issued.digest}`;
    const { privateKey } = node.keys.signer('log');
    for (const level of [0, 1, 2, 3, 4, 5] as const) {
      const { status, json } = await officer('GET', `${path}?level=${level}`);
      t.equal(status, 200, JSON.stringify(json));
      const dossier: Dossier = json;
      const { body: descriptor } = await verifyDescriptor(dossier.descriptor, {
        origin,
        fingerprint: node.keys.signer('identity').kid,
      });
      const key = createPublicKey({ key: descriptor.keys.record.jwk, format: 'jwk' });
      const record = verifyRecord(dossier.record, { iss: origin, keyFor: () => key });
      t.equal(record.level, level);
      t.equal(record.digest, issued.digest);
      const { size, root } = verifyCheckpoint(dossier.checkpoint, {
        name: log,
        publicKey: createPublicKey(privateKey),
      });
      const leafHash = hashLeaf(Buffer.from(record.digest, 'base64url'));
      const proof = dossier.proof.map((hash) => Buffer.from(hash, 'base64url'));
      t.equal(dossier.index, place);
      t.same(verifyInclusion({ index: dossier.index, size, leafHash, root, proof }), root);
    }
    t.equal((await officer('GET', path)).json.record, issued.token, 'all of it unless less is asked for');
    for (const level of ['6', '-1', '1.5', 'all'])
      t.equal((await officer('GET', `${path}?level=${level}`)).status, 422);
  });

  await t.test(
    'gives out what a version says no more when it was withdrawn, or something of its case was stopped',
    async (t) => {
      const logged = await node.home.rows<{ digest: string; id: string; case_id: string }>(
        'SELECT digest, id, case_id FROM records WHERE place = 290',
      );
      const { digest: of, id, case_id } = logged[0]!;
      const path = `/dossiers/${of}`;
      const held = [{ actor: 'worker', act: 'case.held', object: case_id, reason: 'a name' }];
      await node.home.run('SELECT record_acts($1)', [JSON.stringify(held)]);
      t.match(await officer('GET', path), { status: 409, json: { detail: /has stopped something of its case/ } });
      t.equal((await officer('GET', `${path}?level=0`)).status, 200, 'that it was logged tells nothing');
      await node.home.run('UPDATE records SET issued_at = now() WHERE digest = $1', [of]);
      t.equal((await officer('GET', path)).status, 200, 'what follows is checked when it is signed');
      await addVersion(node, case_id, { id, retracted: true, tick: 1_000_000 });
      t.match(await officer('GET', path), { status: 409, json: { detail: /withdrawn/ } });
    },
  );

  await t.test('gives out no dossier of what its own log was not seen to show', async (t) => {
    const peer = await addPeer(node, 'xy');
    const of = digest('received');
    await node.home.run(
      `INSERT INTO received (peer, digest, id, type, tick, place, level, domain, band, tlp, exercise, retracted, presentation, fields)
       VALUES ($1, $2, gen_random_uuid(), 'incident/1', 1, 7, 5, 'cyber', 'unrated', 'clear', false, false, 'x~', '{}')`,
      [peer, of],
    );
    t.match(await officer('GET', `/dossiers/${of}`), { status: 409, json: { detail: /mirror of its node’s log/ } });
  });

  await t.test('gives out no dossier of what is not in a signed tree', async (t) => {
    const id = await addCase(node);
    const waiting = await addVersion(node, id, { tick: 1 });
    const beyond = await addVersion(node, id, { tick: 2, place: 300 });
    for (const one of [waiting, beyond]) t.equal(coded(await officer('GET', `/dossiers/${one}`)), '409 conflict');
    t.equal(coded(await officer('GET', `/dossiers/${digest('unknown')}`)), '404 not_found');
    t.equal((await officer('GET', '/dossiers/x')).status, 422);
  });
});

test('the casework process', async (t) => {
  const node = await createNode(t);
  const token = await addToken(node, 'chen', 'officer');
  const start = (more: Record<string, string>) =>
    fork(main, {
      env: { ...process.env, ...node.env, DETENTE_LOG_LEVEL: 'silent', ...more },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });

  await t.test('says when it is ready, serves, and ends when it is told to', async (t) => {
    const child = start({});
    t.teardown(() => child.kill('SIGKILL'));
    const [{ ready, port }] = await once(child, 'message');
    t.equal(ready, true);
    const service = `http://127.0.0.1:${port}`;
    t.equal((await caller(service, token)('GET', '/status')).status, 200);
    t.equal((await fetch(`${service}/readyz`)).status, 200);
    child.kill('SIGTERM');
    t.same(await once(child, 'exit'), [0, null]);
  });

  await t.test('answers 503 while a database is down, and says which', async (t) => {
    const nowhere = 'postgres://detente_casework@127.0.0.1:1/border';
    const without = async (name: string) => {
      const child = start({ [name]: nowhere });
      t.teardown(() => child.kill('SIGKILL'));
      const [{ port }] = await once(child, 'message');
      return `http://127.0.0.1:${port}`;
    };
    const border = await without('DETENTE_BORDER_URL');
    const answer = await caller(border, token)('GET', '/peers');
    t.equal(coded(answer), '503 unavailable');
    t.ok(answer.headers.get('retry-after'));
    t.equal((await caller(border, token)('GET', '/cases')).status, 200, 'what needs only home goes on');
    t.match(await (await fetch(`${border}/readyz`)).json(), { status: 503, detail: 'not ready: border database' });
    const home = await without('DETENTE_HOME_URL');
    t.equal(coded(await caller(home, token)('GET', '/cases')), '503 unavailable');
  });

  await t.test('refuses settings that are wrong, by their names and in one line', async (t) => {
    const vault = `${node.env.DETENTE_VAULT_KEY}.wrong`;
    writeFileSync(vault, JSON.stringify(node.publicKeys.log.jwk));
    for (const [more, said] of [
      [{ DETENTE_ORIGIN: 'cn.example/' }, /DETENTE_ORIGIN/],
      [{ DETENTE_PORT: '70000' }, /DETENTE_PORT/],
      [{ DETENTE_VAULT_KEY: '/nowhere' }, /DETENTE_VAULT_KEY/],
      [{ DETENTE_VAULT_KEY: vault }, /DETENTE_VAULT_KEY/],
    ] as const) {
      const child = start(more);
      let text = '';
      child.stderr!.on('data', (chunk) => {
        text += chunk;
      });
      t.same(await once(child, 'close'), [1, null]);
      t.match(text, said);
      t.equal(text.trim().split('\n').length, 1);
    }
  });
});

async function descriptorOf(node: Node): Promise<string> {
  const body = {
    keys: descriptorKeys(node.publicKeys),
    endpoints: { exchange: `${origin}/exchange/v1`, log: `${origin}/log/v1` },
    types: { incident: [1] },
    contract: digest('contract'),
    log,
    witness: 'cn.example/witness/v1',
    contact: { name: 'duty officer' },
    day: '2026-11-24',
  };
  return (await signDescriptor({ iss: origin, seq: 1, body }, node.keys.signer('identity'))).jws;
}

/** A record in a log of 400 leaves, of which the first 300 are signed. */
async function logRecord(node: Node) {
  const part = { iss: origin, id: randomUUID(), type: 'incident/1', tlp: 'clear', tick: 1 } as const;
  const fields = incidentFields({ ongoing: true, narrative: 'Long.', root_cause: 'None.' });
  const issued = issueRecord({ ...part, exercise: false, retracted: false, fields }, node.keys.signer('record'));
  const place = 290;
  const entries = Array.from({ length: 400 }, () => randomBytes(32));
  entries[place] = Buffer.from(issued.digest, 'base64url');
  const hashes = entries.map((entry) => hashLeaf(entry));
  for (const { level, index, bytes } of extendTiles(0, hashes, () => undefined))
    await node.border.run('INSERT INTO tiles (level, index, hashes) VALUES ($1, $2, $3)', [level, index, bytes]);
  for (const size of [200, 300]) {
    const root = rootOf(appendLeaves(emptyFrontier(), hashes.slice(0, size)));
    const note = signCheckpoint({ origin: log, size, root }, node.keys.signer('log').privateKey);
    await node.border.run('INSERT INTO checkpoints (size, note) VALUES ($1, $2)', [size, note]);
  }
  const id = await addCase(node);
  const made = await addVersion(node, id, { token: issued.token, lengths: issued.lengths, place });
  await node.home.run('UPDATE records SET digest = $2 WHERE digest = $1', [made, issued.digest]);
  return { issued, place };
}
