// Dossiers of our own record versions and public editions, and of what we received.

import { getDossier } from '@detente/contract/casework';
import { route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { makeDossier } from '../dossier.ts';

export async function dossierRoutes(app: FastifyInstance, databases: Casework): Promise<void> {
  route(app, getDossier).to(async ({ params, query }) => {
    return { status: 200, body: await makeDossier(databases, { digest: params.digest, level: query.level }) };
  });
}
