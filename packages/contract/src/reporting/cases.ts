// The reporting contract: labs report by REST, with an API key.

import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { FieldProblem } from '../problems.ts';
import { closed, Digest, Uuid } from '../shapes.ts';
import { CaseStatus, IntakeReceipt, ReceiptProof, Received, Report, Update } from './report.ts';

const tags = ['cases'];
const id = Type.Object({ id: Uuid });
const idempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^([A-Za-z0-9._:~-]{16,128}|"[A-Za-z0-9._:~-]{16,128}")$',
      maxLength: 130,
      description: 'Such as a UUID; one a report',
    }),
  ),
});
const dryRun = Type.Boolean({ default: false, description: 'Check the report and keep nothing' });

const Checked = closed({ status: Type.Literal('valid'), body_digest: Digest }, { $id: 'Checked' });

export const createCase = endpoint({
  operationId: 'createCase',
  method: 'POST',
  path: '/reporting/v1/cases',
  tags,
  summary: 'Report an incident',
  description:
    'The exact bytes of the body are sealed to the vault, and their digest is a leaf of the day’s intake tree. The same ' +
    'Idempotency-Key with the same body gives the same answer for 48 hours.',
  security: 'lab-key',
  headers: idempotencyKey,
  query: Type.Object({ dry_run: dryRun }),
  body: { schema: Report, maxBytes: 262_144 },
  responses: {
    200: { description: 'A dry run: the report is valid, nothing was kept', schema: Checked },
    201: { description: 'Received', schema: Received, headers: Type.Object({ location: Type.String() }) },
  },
  problems: ['idempotency_key_missing', 'idempotency_conflict', 'conflict'],
});

/** One line of the answer for one line of the request, in order. */
export const BatchLine = closed(
  {
    line: Type.Integer({ minimum: 1 }),
    status: Type.Enum(['received', 'valid', 'known', 'refused']),
    id: Type.Optional(Uuid),
    receipt: Type.Optional(IntakeReceipt),
    code: Type.Optional(Type.String()),
    detail: Type.Optional(Type.String()),
    errors: Type.Optional(Type.Array(FieldProblem)),
  },
  { $id: 'BatchLine' },
);
export type BatchLine = Static<typeof BatchLine>;

export const createCases = endpoint({
  operationId: 'createCases',
  method: 'POST',
  path: '/reporting/v1/cases/batch',
  tags,
  summary: 'Report many incidents, one JSON report a line (NDJSON)',
  description:
    'Each line stands for itself, up to 262,144 bytes and 10,000 lines: a wrong one is refused with its faults and the ' +
    'others are received. A line whose source the lab has reported before is `known` and not received again, and so is, ' +
    'for 48 hours, a line without a source that is the same byte for byte: an interrupted import is simply sent again.',
  security: 'lab-key',
  query: Type.Object({ dry_run: dryRun }),
  body: { schema: Report, maxBytes: 16_777_216, contentType: 'application/x-ndjson' },
  responses: {
    200: { description: 'One result a line (NDJSON)', schema: BatchLine, contentType: 'application/x-ndjson' },
  },
  problems: [],
});

export const getCaseStatus = endpoint({
  operationId: 'getCaseStatus',
  method: 'GET',
  path: '/reporting/v1/cases/{id}',
  tags,
  summary: 'How far a report of mine is',
  security: 'lab-key',
  params: id,
  responses: { 200: { description: 'Its status and receipt', schema: CaseStatus } },
  problems: ['not_found'],
});

export const getReceipt = endpoint({
  operationId: 'getReceipt',
  method: 'GET',
  path: '/reporting/v1/cases/{id}/receipts/{number}',
  tags,
  summary: 'The receipt for a report of mine or a follow-up, and the proof that it was kept',
  description:
    'Number 0 is the report, 1 and on are its follow-ups. The proof is there once the UTC day is over and its root is in ' +
    'the log; `detente verify` checks both offline. A receipt that gets no proof is itself the evidence.',
  security: 'lab-key',
  params: Type.Object({ id: Uuid, number: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }) }),
  responses: { 200: { description: 'The receipt and its proof', schema: ReceiptProof } },
  problems: ['not_found'],
});

export const createUpdate = endpoint({
  operationId: 'createUpdate',
  method: 'POST',
  path: '/reporting/v1/cases/{id}/updates',
  tags,
  summary: 'Follow up on a report of mine',
  security: 'lab-key',
  params: id,
  headers: idempotencyKey,
  body: { schema: Update, maxBytes: 262_144 },
  responses: { 201: { description: 'Received', schema: Received } },
  problems: ['not_found', 'idempotency_key_missing', 'idempotency_conflict'],
});

export const reportingEndpoints = [createCase, createCases, getCaseStatus, getReceipt, createUpdate];
