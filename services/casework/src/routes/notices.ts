// What must be known at once: peers' warnings, and the way of ours.

import { listNotices, listWarnings, type Notice } from '@detente/contract';
import { route } from '@detente/server';
import {
  listNotices as findNotices,
  listWarnings as findWarnings,
  type NoticeRow,
  readPeerNames,
  unloggedOf,
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
    const peers = await border.read(readPeerNames);
    const rows = await home.read((reader) => findWarnings(reader, days, exercise));
    const items = rows.map(({ peer, newest, ...counts }) => ({
      ...{ peer: nameOf(peers, peer), ...counts },
      newest: shown(newest),
    }));
    return { status: 200, body: { items } };
  });

  route(app, listNotices).to(async ({ query }) => {
    const { peer: name, state } = query;
    const peer = name === undefined ? undefined : originOf(await border.read(readPeerNames), name);
    if (name !== undefined && peer === undefined) return { status: 200, body: { items: [] } };
    const filter = { ...pageRange(query), ...(peer !== undefined && { peer }), ...(state !== undefined && { state }) };
    const rows = await border.read((reader) => findNotices(reader, filter));
    const unlogged = await home.read((reader) =>
      unloggedOf(
        reader,
        rows.map(({ digest }) => digest),
      ),
    );
    const toItem = (row: NoticeRow) => toNotice(row, !unlogged.has(row.digest), Date.now());
    return { status: 200, body: formatPage(rows, query, ({ number }) => number, toItem) };
  });
}

function toNotice(row: NoticeRow, isLogged: boolean, now: number): Notice {
  const age = now - row.created_at.getTime();
  const proof = isLogged ? 'logged' : age >= HOUR ? 'overdue' : 'waiting';
  return {
    ...shown(row),
    escalation: escalationOf(row.delivered_at === null ? age : undefined),
    ...(row.kind === 'warning' && { proof }),
  };
}
