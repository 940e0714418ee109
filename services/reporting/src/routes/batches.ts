// Many reports in one request.

import { Readable } from 'node:stream';
import { createCases } from '@detente/contract/reporting';
import { problem, route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Intake } from '../app.ts';
import { answerBatch, linesOf } from '../batch.ts';
import { BatchSlots } from '../batch-slots.ts';

export async function batchRoutes(app: FastifyInstance, { keys, submit }: Intake): Promise<void> {
  const slots = new BatchSlots();
  app.addHook('onRequest', async ({ lab, raw }, reply) => {
    // Gone while its key was looked up: no close is to come, and nobody hears this.
    if (raw.socket.destroyed) throw problem('overloaded');
    reply.raw.once('close', slots.take(lab));
  });

  route(app, createCases).to(({ body, query }, { lab }) => {
    const lines = linesOf(body);
    const answer = answerBatch({ lab, lines, dryRun: query.dry_run, vault: keys.vault, submit });
    return { status: 200, raw: Readable.from(answer) };
  });
}
