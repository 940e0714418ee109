// Many reports in one request.

import { Readable } from 'node:stream';
import { createCases } from '@detente/contract';
import { problem, route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Intake } from '../app.ts';
import { answerBatch, linesOf } from '../batch.ts';

/** Bodies of 16 MB that this process holds at once; more are asked to come again. */
const maxBatches = 8;

export async function batchRoutes(app: FastifyInstance, { keys, submit }: Intake): Promise<void> {
  const running = new Set<string>();
  app.addHook('onRequest', async ({ id }) => {
    if (running.size >= maxBatches) throw problem('overloaded');
    running.add(id);
  });
  app.addHook('onResponse', async ({ id }) => void running.delete(id));

  route(app, createCases).to(({ body, query }, { lab }) => {
    const lines = linesOf(body);
    const answer = answerBatch({ lab, lines, dryRun: query.dry_run, vault: keys.vault, submit });
    return { status: 200, raw: Readable.from(answer) };
  });
}
