// What two transactions do at once, each stopped at a lock until the other one has done its part.

import { randomBytes } from 'node:crypto';
import { applyOutgoing, readOutgoing, sequenceBatch } from '@detente/store/worker';
import type pg from 'pg';
import { test } from 'tap';
import { carryOutDecisions } from '../src/jobs/decide.ts';
import { makeDrafts } from '../src/jobs/draft.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { sequence } from '../src/jobs/sequence.ts';
import { utcToday } from '../src/worker-context.ts';
import { startWorkerNode } from './worker-node.ts';
import { CN, fields, offer, pair, releaseCase, US } from './worker-pair.ts';

/** Resolves when a session waits for a lock that another one holds, or when what should wait is over without. */
async function someoneWaits(client: pg.Client, unless: Promise<unknown>): Promise<void> {
  let over = false;
  unless.finally(() => {
    over = true;
  });
  while (!over) {
    const { rows } = await client.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
}

test('a longer prefix that arrives while a batch takes the leaf gets its place in the log', async (t) => {
  const { cn } = await pair(t);
  await releaseCase(cn, await cn.report({ fields }));
  t.equal((await cn.border.query('SELECT FROM presentations')).rowCount, 0, 'only the leaf is in border');
  await cn.border.query('UPDATE pending_leaves SET tick = 0');
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green') });
  const rows = await readOutgoing(cn.worker.home.now, 100);
  let applied: Promise<number> | undefined;
  await cn.worker.border.write(async (tx) => {
    await sequenceBatch(tx, randomBytes, utcToday());
    applied = cn.worker.border.write((other) => applyOutgoing(other, rows));
    await someoneWaits(cn.border, applied);
  });
  await applied;
  const { rows: held } = await cn.border.query(
    `SELECT p.place = s.place AS same FROM presentations p
     LEFT JOIN sequenced s ON s.leaf = decode(translate(p.digest, '-_', '+/') || '=', 'base64')`,
  );
  t.same(held, [{ same: true }]);
});

test('what the policy decided on before a name was known is drafted and decided on anew', async (t) => {
  const rule = { sources: ['lab'], domains: ['*' as const], bands: ['unrated' as const], take_proposals: false };
  const policy = { release: [{ ...rule, public_edition: true }] };
  const { worker, home, report } = await startWorkerNode(t, { origin: CN, policy });
  const id = await report({ fields: { ...fields, summary: 'An assistant of zephyrine dynamics followed it.' } });
  await makeDrafts(worker);
  await report({ fields, parties: { developer: ['Zephyrine Dynamics'] } });
  await carryOutDecisions(worker);
  t.equal((await home.query('SELECT FROM records')).rowCount, 0, 'nothing was signed');
  await makeDrafts(worker);
  await carryOutDecisions(worker);
  const { rows } = await home.query('SELECT draft, edition FROM records WHERE case_id = $1 ORDER BY edition', [id]);
  t.same(rows, [
    { draft: 2, edition: false },
    { draft: 2, edition: true },
  ]);
  t.equal((await home.query('SELECT FROM decisions WHERE done_at IS NULL')).rowCount, 0);
});

test('a name that becomes known while a decision waits for its turn stops it', async (t) => {
  const { worker, home, report } = await startWorkerNode(t, { origin: CN });
  const named = { ...fields, summary: 'An assistant of zephyrine dynamics followed it.' };
  const id = await report({ fields: named });
  await makeDrafts(worker);
  const { rows } = await home.query('SELECT digest, holds FROM drafts');
  t.same(rows[0].holds, [], 'nobody knows the name yet');
  await home.query(
    `INSERT INTO decisions (case_id, kind, draft, public, actor, reason) VALUES ($1, 'release', $2, true, 'o', 'r')`,
    [id, rows[0].digest],
  );
  await home.query('BEGIN');
  await home.query('SELECT pg_advisory_xact_lock(7006)');
  const decided = carryOutDecisions(worker);
  await someoneWaits(home, decided);
  await report({ fields, parties: { developer: ['Zephyrine Dynamics'] } });
  await home.query('COMMIT');
  await decided;
  t.equal((await home.query('SELECT status FROM cases WHERE id = $1', [id])).rows[0].status, 'held');
  t.equal((await home.query('SELECT FROM records')).rowCount, 0, 'nothing was signed');
  await makeDrafts(worker);
  const { rows: drafts } = await home.query(
    'SELECT version, fields, holds FROM drafts WHERE case_id = $1 ORDER BY version',
    [id],
  );
  t.match(drafts[1], { version: 2, holds: [] }, 'and a draft without the name waits for an officer');
  t.notMatch(JSON.stringify(drafts[1].fields), /zephyrine/i);
  t.equal((await home.query('SELECT status FROM cases WHERE id = $1', [id])).rows[0].status, 'drafted');
});

test('an offer without backlog gives nothing that was logged while it waited for its turn', async (t) => {
  const { cn } = await pair(t);
  await cn.home.query('BEGIN');
  await cn.home.query('SELECT pg_advisory_xact_lock(7006)');
  const offered = handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber', false) });
  await someoneWaits(cn.home, offered);
  await sequence(cn.worker);
  const { rows: tree } = await cn.border.query('SELECT size FROM tree');
  await cn.home.query('COMMIT');
  await offered;
  const { rows } = await cn.home.query(`SELECT DISTINCT from_index FROM grants WHERE cell = 'incident/cyber/2-3'`);
  t.same(rows, [{ from_index: tree[0].size }]);
});
