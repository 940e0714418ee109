// A node in one process over databases of its own, and what a lab, a peer and the public are shown of it.

import { hash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { carryOut, carryPlaces } from '@detente/casework/src/jobs/carry.ts';
import { handlePeerRequest } from '@detente/casework/src/jobs/peers.ts';
import { sequence } from '@detente/casework/src/jobs/sequence.ts';
import { startWorkerNode, type WorkerNode } from '@detente/casework/test/worker-node.ts';
import { add, CN, offer, talk, US } from '@detente/casework/test/worker-pair.ts';
import { servePage } from '@detente/exchange/src/serve-page.ts';
import { buildPublication } from '@detente/publication/src/app.ts';
import { PublicationConfig } from '@detente/publication/src/config.ts';
import { buildReporting } from '@detente/reporting/src/app.ts';
import { ReportingConfig } from '@detente/reporting/src/config.ts';
import { loadReportingKeys } from '@detente/reporting/src/keys.ts';
import { createLogger, readConfig } from '@detente/server';
import { type Database, openDatabase } from '@detente/store/database';
import { newestStatements } from '@detente/store/exchange';
import type { FastifyInstance } from 'fastify';
import type { Test } from 'tap';

/** Of a lab that has nothing to do with it. */
const LAB_KEY = Buffer.alloc(24, 5).toString('base64url');
const SETTINGS = {
  DETENTE_CALLER_LIMIT_PER_MINUTE: '0',
  DETENTE_PRESSURE_DELAY_MS: '0',
  DETENTE_RATE_LIMIT_PER_MINUTE: '0',
};
const logger = createLogger({ name: 'test', level: 'silent' });

/** What the peer is given: fields up to this tier. */
export type PeerTier = 'clear' | 'green' | 'amber' | 'amber-strict';

/** A node that gives a peer what is of a tier. The log has one leaf a batch and draws among one, so that chance has no part in where
 *  something stands. */
export async function startWorld(t: Test, us: WorkerNode, tier: PeerTier): Promise<WorkerNode> {
  const node = await startWorkerNode(t, { origin: CN, batchSize: 1 });
  Object.assign(node.worker.settings, { DETENTE_DRAW: 1, DETENTE_TICK_MS: 100 });
  await add(node, us, 'us');
  await talk(us, node);
  await handlePeerRequest(node.worker, { op: 'offer', peer: US, offer: offer(tier) });
  await carryOut(node.worker);
  await grow(node);
  return node;
}

/** As many batches as there can be leaves that wait: none is left for later. */
export async function grow(node: WorkerNode): Promise<void> {
  for (let tick = 0; tick < 5; tick++) await sequence(node.worker);
  await carryPlaces(node.worker);
}

/** Everything that the three are shown, each answer under its question. */
export async function viewsOf(t: Test, node: WorkerNode): Promise<Map<string, string>> {
  const views = new Map<string, string>();
  await peerViews(t, node, views);
  await publicViews(t, node, views);
  await labViews(t, node, views);
  return views;
}

function openAs(t: Test, node: WorkerNode, role: 'reporting' | 'exchange' | 'publication'): Database {
  const url = node.url(role === 'reporting' ? 'home' : 'border', `detente_${role}`);
  const database = openDatabase({ url, max: 2, name: `test ${role}` });
  t.teardown(() => database.close());
  return database;
}

async function peerViews(t: Test, node: WorkerNode, views: Map<string, string>): Promise<void> {
  const border = openAs(t, node, 'exchange');
  const ask = async (query: { after: number; late: number; limit: number }) => {
    const page = border.write((tx) => servePage(tx, { origin: CN, peer: US, ...query }));
    const answer = await page.catch((error) => JSON.stringify({ code: error.code, detail: error.detail }));
    views.set(`peer feed ${JSON.stringify(query)}`, answer);
  };
  for (const after of [0, 1, 20]) for (const limit of [1, 2, 1000]) await ask({ after, late: 0, limit });
  await ask({ after: 1_000_000, late: 0, limit: 1 });
  views.set('peer statements', JSON.stringify(await newestStatements(border.now, US)));
  const { rows } = await node.border.query('SELECT kind, body FROM notices_out WHERE peer = $1 ORDER BY number', [US]);
  views.set('peer notices', JSON.stringify(rows));
}

async function ask(app: FastifyInstance, url: string, headers = {}): Promise<string> {
  const { statusCode, headers: given, body } = await app.inject({ url, headers });
  const { date: _, ...fields } = given;
  return `${statusCode}\n${JSON.stringify(fields)}\n${body}`;
}

async function publicViews(t: Test, node: WorkerNode, views: Map<string, string>): Promise<void> {
  const database = openAs(t, node, 'publication');
  const config = readConfig(PublicationConfig, {
    ...SETTINGS,
    DETENTE_BORDER_URL: 'unused',
    DETENTE_WITNESSES_REQUIRED: '0',
  });
  const app = await buildPublication({ config, database, logger, checkReplies: true });
  t.teardown(() => app.close());
  const editions = '/publication/v1/editions';
  const first = await app.inject(`${editions}?limit=1`);
  const queries = ['', '?limit=1', '?q=instruction', '?q=basalt', '?domain=cyber', '?band=2-3', '?band=unrated'];
  const more = ['?kind=incident', '?month=2026-10', '?exercise=true', `?limit=1&cursor=${first.json().next}`, '?x=1'];
  for (const query of [...queries, ...more])
    views.set(`public editions${query}`.slice(0, 40), await ask(app, editions + query));
  const id = first.json().items[0].id;
  views.set('public edition', await ask(app, `${editions}/${id}`));
  views.set('public unknown edition', await ask(app, `${editions}/00000000-0000-4000-8000-000000000000`));
  for (const path of ['/publication/v1/statistics', '/log/v1/checkpoint', '/log/v1/cosigned', '/log/v1/tile/0/000'])
    views.set(`public ${path}`, await ask(app, path));
  const [{ size }] = (await node.border.query('SELECT max(size)::int AS size FROM checkpoints')).rows;
  for (const tile of ['0/000', 'entries/000']) {
    const path = `/log/v1/tile/${tile}.p/${size}`;
    const { statusCode, rawPayload } = await app.inject(path);
    views.set(`public ${tile}`, `${statusCode} ${rawPayload.length} bytes`);
  }
}

async function labViews(t: Test, node: WorkerNode, views: Map<string, string>): Promise<void> {
  const database = openAs(t, node, 'reporting');
  const folder = join(dirname(node.worker.settings.DETENTE_KEYS), 'reporting');
  const env = { ...SETTINGS, DETENTE_ORIGIN: CN, DETENTE_HOME_URL: 'unused', DETENTE_KEYS: folder };
  const config = readConfig(ReportingConfig, env);
  const app = await buildReporting({ config, database, keys: loadReportingKeys(folder), logger, checkReplies: true });
  t.teardown(() => app.close());
  await node.home.query(`INSERT INTO labs (key_hash, name_sealed) VALUES ($1, '')`, [
    hash('sha256', LAB_KEY, 'base64url'),
  ]);
  const headers = { authorization: `Bearer ${LAB_KEY}` };
  const fields = { kind: 'incident', title: 'Of another lab', summary: 'Its own.', language: 'en' };
  const source = { registry: 'aiid', id: '4711' };
  const report = () =>
    app.inject({
      ...{ method: 'POST', url: '/reporting/v1/cases', payload: { fields, source } },
      headers: { ...headers, 'idempotency-key': 'the-same-key-for-all' },
    });
  const made = await report();
  views.set('lab report', `${made.statusCode} ${JSON.stringify({ ...made.headers, date: '' })} ${made.body}`);
  const again = await report();
  views.set('lab report again', `${again.statusCode} ${again.body}`);
  const own = `/reporting/v1/cases/${made.json().id}`;
  for (const path of [own, `${own}/receipts/0`, `${own}/receipts/1`])
    views.set(`lab ${path.slice(58)}`, await ask(app, path, headers));
  const { rows } = await node.home.query('SELECT id FROM cases ORDER BY received_at LIMIT 1');
  views.set('lab: a case of another', await ask(app, `/reporting/v1/cases/${rows[0].id}`, headers));
  views.set('lab: no case', await ask(app, '/reporting/v1/cases/00000000-0000-4000-8000-000000000000', headers));
}
