// Records of peers.

import { getInboxItem, type InboxItem, listInbox } from '@detente/contract/casework';
import { problem, route } from '@detente/server';
import { listInbox as findInbox, readInboxItem, readPeerNames } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { formatPage, pageRange } from '../page.ts';
import { nameOf, originOf } from '../peer-names.ts';
import { shown } from '../shown.ts';

export async function inboxRoutes(app: FastifyInstance, { home, border }: Casework): Promise<void> {
  route(app, listInbox).to(async ({ query }) => {
    const { peer: name, cursor, limit, ...filter } = query;
    const range = pageRange(query);
    const peers = await readPeerNames(border.now);
    const peer = name === undefined ? undefined : originOf(peers, name);
    if (name !== undefined && peer === undefined) return { status: 200, body: { items: [] } };
    // What a peer in the sandbox sends is shown to whoever asks for that peer.
    const but = peer === undefined ? peers.filter(({ sandbox }) => sandbox).map(({ origin }) => origin) : [];
    const wanted = { ...filter, ...range, but, ...(peer !== undefined && { peer }) };
    const rows = await home.read((reader) => findInbox(reader, wanted));
    const toItem = ({ change, ...row }: (typeof rows)[number]) =>
      shown({ ...row, peer: nameOf(peers, row.peer), relay: row.relay && nameOf(peers, row.relay) }) as InboxItem;
    return { status: 200, body: formatPage(rows, { limit }, ({ change }) => change, toItem) };
  });

  route(app, getInboxItem).to(async ({ params }) => {
    const peers = await readPeerNames(border.now);
    const peer = originOf(peers, params.peer);
    const row = peer && (await home.read((reader) => readInboxItem(reader, peer, params.digest)));
    if (!row) throw problem('not_found');
    const { presentation, ...item } = row;
    const named = { ...item, peer: params.peer, relay: item.relay && nameOf(peers, item.relay) };
    return { status: 200, body: { ...(shown(named) as InboxItem), presentation } };
  });
}
