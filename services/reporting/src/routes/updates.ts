// Follow-ups of a lab's own reports.

import { createUpdate } from '@detente/contract/reporting';
import { parseIdempotencyKey, route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Intake } from '../app.ts';
import { submitUpdate } from '../submission.ts';
import { envelopeOf, replyOf } from './cases.ts';

export async function updateRoutes(app: FastifyInstance, { keys, submit }: Intake): Promise<void> {
  route(app, createUpdate).to(async ({ body, params, headers }, request) => {
    const envelope = envelopeOf(request, parseIdempotencyKey(headers['idempotency-key']));
    const outcome = await submit(submitUpdate(body, envelope, params.id, keys.vault));
    return { status: 201, raw: replyOf(outcome) };
  });
}
