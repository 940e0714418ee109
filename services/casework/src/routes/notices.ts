// What must be known at once: peers' warnings, and the way of ours.

import { approveWarning, listNotices, listWarnings, type Notice } from '@detente/contract/casework';
import { FLOOR_SEVERITY } from '@detente/record';
import { problem, route } from '@detente/server';
import {
  approvalFacts,
  areKin,
  enqueuePeer,
  listNotices as findNotices,
  listWarnings as findWarnings,
  type NoticeRow,
  readPeerNames,
  recordAct,
  type WarnedRecord,
  warnedRecords,
} from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { escalationOf } from '../escalation.ts';
import { formatPage, pageRange } from '../page.ts';
import { nameOf, originOf } from '../peer-names.ts';
import { shown } from '../shown.ts';

const HOUR = 3_600_000;

export async function noticeRoutes(app: FastifyInstance, { home, border }: Casework): Promise<void> {
  route(app, listWarnings).to(async ({ query: { days, exercise } }) => {
    const peers = await readPeerNames(border.now);
    const rows = await home.read((reader) => findWarnings(reader, days, exercise));
    const tried = new Set(peers.filter(({ sandbox }) => sandbox).map(({ origin }) => origin));
    const shownRows = rows.filter(({ peer }) => !tried.has(peer));
    const items = shownRows.map(({ peer, newest, ...counts }) => ({
      ...{ peer: nameOf(peers, peer), ...counts },
      newest: shown(newest),
    }));
    return { status: 200, body: { items } };
  });

  route(app, approveWarning).to(async ({ params: { digest }, body: { reason } }, { actor }) => {
    await home.write(async (tx) => {
      const facts = await approvalFacts(tx, digest);
      if (!facts || !needsApproval(facts)) throw problem('not_found');
      if (facts.approved) throw problem('conflict', { detail: 'it is approved already' });
      for (const decider of facts.deciders)
        if (await areKin(tx, decider, actor.name))
          throw problem('conflict', {
            detail:
              'you decided on this record, or made the token of whoever did, or he yours: another officer has to approve it',
          });
      await recordAct(tx, { actor: actor.name, act: 'warning.approve', object: digest, reason });
      await enqueuePeer(tx, { op: 'approve', record: digest });
    });
    return { status: 202, body: { status: 'accepted' } };
  });

  route(app, listNotices).to(async ({ query }) => {
    const { peer: name, state } = query;
    const peer = name === undefined ? undefined : originOf(await readPeerNames(border.now), name);
    if (name !== undefined && peer === undefined) return { status: 200, body: { items: [] } };
    const filter = { ...pageRange(query), ...(peer !== undefined && { peer }), ...(state !== undefined && { state }) };
    const rows = await border.read((reader) => findNotices(reader, filter));
    const digests = rows.map(({ digest }) => digest);
    const records = new Map((await warnedRecords(home.now, digests)).map((record) => [record.digest, record]));
    const toItem = (row: NoticeRow) => toNotice(row, records.get(row.digest), Date.now());
    return { status: 200, body: formatPage(rows, query, ({ number }) => number, toItem) };
  });
}

function toNotice(row: NoticeRow, record: WarnedRecord | undefined, now: number): Notice {
  const age = now - row.created_at.getTime();
  const missing = age >= HOUR ? 'overdue' : 'waiting';
  return {
    ...shown(row),
    escalation: escalationOf(row.delivered_at === null ? age : undefined),
    ...(row.kind === 'warning' && { proof: record?.logged === false ? missing : 'logged' }),
    ...(row.kind === 'warning' && needsApproval(record) && { approval: record?.approved ? 'approved' : missing }),
  };
}

function needsApproval(record: { severity: number | null } | undefined): boolean {
  return (record?.severity ?? 0) >= FLOOR_SEVERITY;
}
