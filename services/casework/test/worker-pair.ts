// Two workers, and what their other processes would do between them.

import { createHash } from 'node:crypto';
import { carryOut, carryPlaces } from '../src/jobs/carry.ts';
import { carryOutDecisions } from '../src/jobs/decide.ts';
import { makeDrafts } from '../src/jobs/draft.ts';
import { takeIn } from '../src/jobs/landing.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { sequence } from '../src/jobs/sequence.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';

export const CN = 'https://cn.example';
export const US = 'https://us.example';
export const fields = {
  kind: 'incident',
  title: 'A forged instruction',
  summary: 'It was followed.',
  language: 'en',
  root_cause: 'Trust',
};

export function offer(tier: 'clear' | 'green' | 'amber' | 'amber-strict' | null, backlog = true) {
  const rule = { type: 'incident', domains: ['*' as const], bands: ['*' as const], tier, onward: null };
  return {
    gives: [{ ...rule, condition: 'unconditional' as const }],
    ...{
      access: [],
      obligations: [],
      waives: [],
      notice_days: 0,
      backlog,
      valid_from: '2026-01-01',
      valid_until: null,
    },
  };
}

/** Adds the other as a peer, by the fingerprint of its real identity key. */
export async function add(node: WorkerNode, other: WorkerNode, name: string): Promise<void> {
  const { origin, keys } = other.worker;
  const fingerprint = keys.signer('identity').kid;
  await handlePeerRequest(node.worker, { op: 'add', name, origin, fingerprint, ca: null });
  await carryOut(node.worker);
}

/** What the exchange does with what a peer puts. */
export async function landStatement(to: WorkerNode, jws: string, kind = 'statement', from = CN): Promise<void> {
  await to.border.query('INSERT INTO landing (peer, kind, digest, body) VALUES ($1, $2, $3, $4)', [
    from,
    kind,
    createHash('sha256').update(jws).digest('base64url'),
    jws,
  ]);
}

/** What the two exchanges do: each one's descriptor and statements land at the other. */
export async function talk(from: WorkerNode, to: WorkerNode): Promise<void> {
  await carryOut(from.worker);
  const { rows: descriptors } = await from.border.query('SELECT jws FROM descriptor');
  const { rows: statements } = await from.border.query(
    'SELECT jws FROM statements_out WHERE sent_at IS NULL ORDER BY seq',
  );
  for (const { jws } of descriptors) await landStatement(to, jws, 'descriptor', from.worker.origin);
  for (const { jws } of statements) await landStatement(to, jws, 'statement', from.worker.origin);
  await from.border.query('UPDATE statements_out SET sent_at = now()');
  await takeIn(to.worker);
  await carryOut(to.worker);
}

export async function releaseCase(node: WorkerNode, id: string, edition = false): Promise<void> {
  await makeDrafts(node.worker);
  const { rows } = await node.home.query('SELECT digest FROM drafts WHERE case_id = $1 ORDER BY version DESC LIMIT 1', [
    id,
  ]);
  await decide(node, id, 'release', rows[0].digest, edition);
}

export async function decide(node: WorkerNode, id: string, kind: string, draft: string | null, edition = false) {
  await node.home.query(
    `INSERT INTO decisions (case_id, kind, draft, public, actor, reason) VALUES ($1, $2, $3, $4, 'officer', 'test')`,
    [id, kind, draft, edition],
  );
  await carryOutDecisions(node.worker);
  await carryOut(node.worker);
}

export async function log(node: WorkerNode): Promise<void> {
  for (let tick = 0; tick < 14; tick++) await sequence(node.worker);
  await carryPlaces(node.worker);
}

export async function pair(t: Parameters<typeof startWorkerNode>[0]): Promise<{ cn: WorkerNode; us: WorkerNode }> {
  const cn = await startWorkerNode(t, { origin: CN });
  const us = await startWorkerNode(t, { origin: US });
  await add(cn, us, 'us');
  await add(us, cn, 'cn');
  await talk(cn, us);
  await talk(us, cn);
  return { cn, us };
}
