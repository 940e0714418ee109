// What would leave: the newest draft, and what each peer would see of it.

import { type Draft, getDraft, previewCase } from '@detente/contract/casework';
import type { Tlp } from '@detente/record';
import { problem, route } from '@detente/server';
import { readCase, readDraft, readGrants, readPeerNames, readVersionFacts } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { draftWarnings } from '../draft-warnings.ts';
import type { DraftedCase } from '../event-differences.ts';
import { grantsTo, viewOfPeer } from '../peer-view.ts';
import { shown } from '../shown.ts';

type StoredDraft = DraftedCase & { exercise: boolean };

export async function draftRoutes(app: FastifyInstance, { home, border, k }: Casework): Promise<void> {
  route(app, getDraft).to(async ({ params, query: { version } }) => {
    const draft = await home.read(async (reader) => {
      const [draft, found] = [await readDraft(reader, params.id, version), await readCase(reader, params.id)];
      return draft && found && { ...draft, ...(await draftWarnings(reader, { ...found, ...draft } as StoredDraft, k)) };
    });
    if (!draft) throw problem('not_found');
    return { status: 200, body: shown(draft) as Draft };
  });

  route(app, previewCase).to(async ({ params }) => {
    const { draft, found, versions } = await home.read(async (reader) => ({
      draft: await readDraft(reader, params.id),
      found: await readCase(reader, params.id),
      versions: await readVersionFacts(reader, params.id),
    }));
    if (!draft || !found) throw problem('not_found');
    const [peers, grants] = await border.read(async (reader) => [
      await readPeerNames(reader),
      await readGrants(reader),
    ]);
    const next = { fields: draft.fields as Record<string, unknown>, tlp: found.tlp as Tlp, versions };
    const active = peers.filter(({ status }) => status === 'active');
    const views = active.map(({ name, origin }) => viewOfPeer(name, grantsTo(origin, grants), next));
    return { status: 200, body: { draft: draft.digest, peers: views } };
  });
}
