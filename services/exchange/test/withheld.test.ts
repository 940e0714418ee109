// A page tells nothing of what it withholds.

import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initKeys } from '@detente/keys';
import { openDatabase } from '@detente/store/database';
import { createTestDatabases } from '@detente/store/embedded';
import { lateBehind } from '@detente/store/exchange';
import pg from 'pg';
import { type Test, test } from 'tap';
import { servePage } from '../src/serve-page.ts';
import { BorderWorker } from './border-worker.ts';

const [origin, peer] = ['https://cn.example', 'https://us.example'];
const granted = { cell: 'incident/cyber/unrated' };
const records = 12;

async function start(t: Test) {
  const { border } = await createTestDatabases(t);
  const folder = mkdtempSync(join(tmpdir(), 'detente-withheld-'));
  initKeys(folder);
  const owner = new pg.Client(border.superuserUrl);
  await owner.connect();
  const exchange = openDatabase({ url: border.url('detente_exchange'), max: 2, name: 'test exchange' });
  t.teardown(async () => {
    await Promise.all([owner.end(), exchange.close()]);
    rmSync(folder, { recursive: true });
  });
  const worker = new BorderWorker(origin, folder, owner);
  await worker.begin();
  await worker.addPeer({ origin: peer, fingerprint: worker.fingerprint });
  await worker.agree(peer);
  return { worker, owner, exchange };
}

test('a page is the same, byte for byte, however many records it withholds', async (t) => {
  const { worker, owner, exchange } = await start(t);
  for (let batch = 0; batch < 24; batch++) {
    if (batch % 2 === 0) await worker.release({ hazard_domain: 'cyber' });
    await worker.sequence();
  }
  const pages = async () => {
    const texts: string[] = [];
    for (const after of [0, 17, 200, worker.size])
      for (const limit of [1, 3, 1000])
        texts.push(await exchange.write((tx) => servePage(tx, { origin, peer, after, late: 0, limit })));
    return texts;
  };
  await pages();
  // What is granted below the mark comes late, and in its place to whoever begins anew.
  await worker.grant(peer, granted, 1);
  const before = await pages();
  const [whole] = before.slice(2);
  t.equal(JSON.parse(whole!).late.length, records);
  t.equal(JSON.parse(whole!).items.filter((item: object) => 'record' in item).length, records);

  const { rows } = await owner.query('SELECT place::int, body, lengths FROM presentations');
  const taken = new Set(rows.map(({ place }) => place));
  const free = Array.from({ length: worker.size }, (_, place) => place).filter((place) => !taken.has(place));
  for (const [i, place] of free.entries()) {
    // Of a cell that is not granted, and of the one that is, but too confidential.
    const [cell, least] = i % 2 === 0 ? ['incident/bio/4', 0] : [granted.cell, 4];
    await owner.query(
      `INSERT INTO presentations (digest, record_id, cell, least, tick, body, lengths, place)
       VALUES ($1, $2, $3, $4, 0, $5, $6, $7)`,
      [randomBytes(32).toString('base64url'), randomUUID(), cell, least, rows[0].body, rows[0].lengths, place],
    );
  }
  t.ok(free.length > 300, `${free.length} records that the peer may not see`);
  t.same(await pages(), before);
});

test('what nobody new is given is on the pages and among the late of those alone who have it', async (t) => {
  const { worker, owner, exchange } = await start(t);
  const [one, two] = [
    await worker.release({ hazard_domain: 'cyber' }),
    await worker.release({ hazard_domain: 'cyber' }),
  ];
  for (let batch = 0; batch < 4; batch++) await worker.sequence();
  const page = async () =>
    JSON.parse(await exchange.write((tx) => servePage(tx, { origin, peer, after: 0, late: 0, limit: 9 })));
  const shown = async () => {
    const { items, late } = await page();
    return [items.filter((item: object) => 'record' in item).length, late.length];
  };
  t.same(await shown(), [0, 0]);
  await worker.grant(peer, granted, 1);
  t.same(await shown(), [2, 2]);
  const give = (digest: string, had: string[] | null) =>
    owner.query('UPDATE presentations SET had = $2 WHERE digest = $1', [digest, had]);
  await give(one.digest, []);
  t.same(await shown(), [1, 1]);
  await give(two.digest, ['https://fr.example']);
  t.same(await shown(), [0, 0]);
  await give(one.digest, ['https://fr.example', peer]);
  t.same(await shown(), [1, 1]);
});

test('of another node’s record the newest version alone is late', async (t) => {
  const { owner, exchange } = await start(t);
  const from = 'https://fr.example';
  await owner.query(
    `INSERT INTO peers (origin, name, fingerprint, status, log_name) VALUES ($1, 'fr', 'x', 'active', 'fr/log')`,
    [from],
  );
  const [one, other] = [randomUUID(), randomUUID()];
  const versions: [string, string, number][] = [
    ['corrected', one, 3],
    ['newest', one, 9],
    ['another', other, 5],
  ];
  for (const [number, [digest, id, place]] of versions.entries()) {
    await owner.query(
      `INSERT INTO relayed (digest, origin, record_id, cell, least, body, lengths, place) VALUES ($1, $2, $3, $4, 0, 'x', '{1}', $5)`,
      [digest, from, id, granted.cell, place],
    );
    await owner.query(
      'INSERT INTO relays (peer, digest, number, level, followed, outgoing) VALUES ($1, $2, $3, 1, false, 1)',
      [peer, digest, number + 1],
    );
  }
  const late = await exchange.read((reader) => lateBehind(reader, peer, 0, 9));
  t.same(
    late.map(({ digest }) => digest),
    ['newest', 'another'],
  );
});
