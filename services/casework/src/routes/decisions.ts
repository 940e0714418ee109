// Decisions: release and retraction.

import { releaseCase, retractCase } from '@detente/contract/casework';
import { route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { release, retract } from '../decide.ts';

export async function decisionRoutes(app: FastifyInstance, { home }: Casework): Promise<void> {
  route(app, releaseCase).to(async ({ params, body }, { actor }) => {
    const { reason, ...wanted } = body;
    await release(home, { id: params.id, actor: actor.name, reason }, wanted);
    return { status: 202, body: { status: 'accepted' } };
  });

  route(app, retractCase).to(async ({ params, body }, { actor }) => {
    await retract(home, { id: params.id, actor: actor.name, reason: body.reason });
    return { status: 202, body: { status: 'accepted' } };
  });
}
