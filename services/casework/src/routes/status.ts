// The node itself.

import { getStatus } from '@detente/contract/casework';
import { route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { readStatus } from '../node-status.ts';

export async function statusRoutes(app: FastifyInstance, casework: Casework): Promise<void> {
  route(app, getStatus).to(async () => ({ status: 200, body: await readStatus(casework) }));
}
