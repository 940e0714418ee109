// Reports and their status.

import { randomUUID } from 'node:crypto';
import { createCase, getCaseStatus, getReceipt, type IntakeReceipt } from '@detente/contract/reporting';
import { parseIdempotencyKey, problem, route } from '@detente/server';
import { findOwnCase, findOwnReceipt } from '@detente/store/reporting';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Intake } from '../app.ts';
import { statusForLab } from '../case-status.ts';
import { proveDay } from '../day-proof.ts';
import type { Outcome } from '../receive.ts';
import { reportFaults } from '../report-faults.ts';
import { type Envelope, nameRequest, submitReport } from '../submission.ts';

export async function caseRoutes(app: FastifyInstance, { database, keys, submit }: Intake): Promise<void> {
  route(app, createCase).to(async ({ body, query, headers }, request) => {
    const errors = reportFaults(body);
    if (errors.length > 0) throw problem('validation_failed', { errors });
    const envelope = envelopeOf(request, query.dry_run ? undefined : parseIdempotencyKey(headers['idempotency-key']));
    const submission = submitReport(body, envelope, randomUUID(), keys.vault);
    if (query.dry_run)
      return { status: 200, body: { status: 'valid', body_digest: submission.bodyDigest.toString('base64url') } };
    const reply = replyOf(await submit(submission));
    return { status: 201, raw: reply, headers: { location: `${createCase.path}/${JSON.parse(reply).id}` } };
  });

  route(app, getCaseStatus).to(async ({ params }, { lab }) => {
    const found = await findOwnCase(database.now, lab, params.id);
    if (!found) throw problem('not_found');
    const { id, status, received_at, updates } = found;
    const receipt = found.receipt as IntakeReceipt;
    return {
      status: 200,
      body: { id, status: statusForLab(status), received_at: received_at.toISOString(), updates, receipt },
    };
  });

  route(app, getReceipt).to(async ({ params }, { lab }) => {
    const found = await findOwnReceipt(database.now, { lab, ...params });
    if (!found) throw problem('not_found');
    const receipt = found.receipt as IntakeReceipt;
    return { status: 200, body: { receipt, day: found.day && proveDay(found.day) } };
  });
}

/** How a request came in; with a key it is named by it. */
export function envelopeOf(request: FastifyRequest, key: string | undefined): Envelope {
  const bytes = request.rawBody!;
  const path = request.url.split('?', 1)[0]!;
  return {
    lab: request.lab,
    bytes,
    mediaType: request.headers['content-type']!,
    ...(key !== undefined && { request: nameRequest(key, request.method, path, bytes) }),
  };
}

/** The body of the answer.
 *  @throws ProblemError `conflict`, `idempotency_conflict`, `not_found` */
export function replyOf(outcome: Outcome): string {
  if (outcome.kind === 'refused') throw problem(outcome.code);
  if (outcome.kind === 'known')
    throw problem('conflict', { detail: `the lab has reported this source before, as case ${outcome.id}` });
  return outcome.reply;
}
