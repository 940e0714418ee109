// NDJSON: every line is a report of its own, its exact bytes are its body, and it gets a line in the answer.

import { randomUUID } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { plainSchema } from '@detente/contract';
import { type BatchLine, createCase, createCases, Report } from '@detente/contract/reporting';
import { compileCheck, ProblemError, parseJson, problem } from '@detente/server';
import type { ReportingKeys } from './keys.ts';
import type { Outcome } from './receive.ts';
import { reportFaults } from './report-faults.ts';
import { nameRequest, type ReportSubmission, type RequestName, submitReport } from './submission.ts';

export const maxLines = 10_000;
/** Lines that are submitted before the first of them is waited for; the answer grows by as many. */
const window = 256;
/** Lines that are checked before other requests get their turn. */
const turn = 16;
const newline = 0x0a;

export type Batch = {
  lab: string;
  lines: readonly Buffer[];
  dryRun: boolean;
  vault: ReportingKeys['vault'];
  submit: (submission: ReportSubmission) => Promise<Outcome>;
};

type Answer = Omit<BatchLine, 'line'>;
const check = compileCheck(plainSchema(Report), 'body');

/** The answer, in pieces of whole lines, as the batch is worked through.
 *  @throws whatever `submit` throws: what was answered until then stands, and the rest may be sent again */
export async function* answerBatch(batch: Batch): AsyncGenerator<string> {
  let waiting: Promise<string>[] = [];
  for (const [at, bytes] of batch.lines.entries()) {
    const line = at + 1;
    const answer = answerLine(bytes, batch).then((answer) => `${JSON.stringify({ line, ...answer })}\n`);
    answer.catch(() => undefined); // awaited below, perhaps after another that fails
    waiting.push(answer);
    if (line % turn === 0) await breathe();
    if (waiting.length < window) continue;
    yield (await Promise.all(waiting)).join('');
    waiting = [];
  }
  yield (await Promise.all(waiting)).join('');
}

/** The lines, without their LF; one after the last LF only if there is anything in it.
 *  @throws ProblemError `payload_too_large` beyond 10,000 lines */
export function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found === -1 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    if (lines.length > maxLines) throw problem('payload_too_large', { detail: `more than ${maxLines} lines` });
    start = end + 1;
  }
  return lines;
}

async function answerLine(bytes: Buffer, { lab, dryRun, vault, submit }: Batch): Promise<Answer> {
  const report = readReport(bytes);
  if ('status' in report) return report;
  if (dryRun) return { status: 'valid' };
  // A line without a source can only be known by its bytes. No Idempotency-Key has a slash.
  const request = report.source ? undefined : nameLine(bytes);
  const envelope = { lab, bytes, mediaType: 'application/json', ...(request && { request }) };
  return answerOf(await submit(submitReport(report, envelope, randomUUID(), vault)));
}

function nameLine(bytes: Buffer): RequestName {
  const { digest } = nameRequest('', createCases.method, createCases.path, bytes);
  return { key: `line/${digest}`, digest };
}

function readReport(bytes: Buffer): Report | Answer {
  const { maxBytes } = createCase.body;
  if (bytes.length > maxBytes)
    return { status: 'refused', code: 'payload_too_large', detail: `the line is longer than ${maxBytes} bytes` };
  try {
    const value = parseJson(bytes);
    const errors = check(value);
    if (errors.length === 0) errors.push(...reportFaults(value as Report));
    return errors.length === 0 ? (value as Report) : refused(problem('validation_failed', { errors }));
  } catch (error) {
    if (error instanceof ProblemError) return refused(error);
    throw error;
  }
}

function refused({ code, message, errors }: ProblemError): Answer {
  return { status: 'refused', code, detail: message, ...(errors && { errors }) };
}

function answerOf(outcome: Outcome): Answer {
  if (outcome.kind === 'received') return { status: 'received', id: outcome.id, receipt: outcome.receipt };
  if (outcome.kind === 'known') return { status: 'known', id: outcome.id };
  if (outcome.kind === 'replayed') return { status: 'known', id: JSON.parse(outcome.reply).id };
  return refused(problem(outcome.code));
}
