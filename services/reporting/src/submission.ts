// From a checked report or update to what is submitted: names and exact bytes are sealed before anything is kept.

import { hash } from 'node:crypto';
import type { Parties, Report, Update } from '@detente/contract/reporting';
import { requestDigest } from '@detente/server';
import type { CaseSource } from '@detente/store/reporting';
import type { ReportingKeys } from './keys.ts';

/** The name under which the reply is kept, so that the same request gets it again. */
export type RequestName = { key: string; digest: string };

type Common = {
  lab: string;
  /** Of the case. */
  id: string;
  request?: RequestName;
  /** SHA-256 of the exact bytes. */
  bodyDigest: Buffer;
  bodySealed: Buffer;
  partiesSealed: Buffer;
  mediaType: string;
};
export type ReportSubmission = Common & {
  kind: 'report';
  source: CaseSource | undefined;
  fields: Report['fields'];
  proposals: NonNullable<Report['proposals']>;
  exercise: boolean;
};
export type UpdateSubmission = Common & { kind: 'update'; text: string };
export type Submission = ReportSubmission | UpdateSubmission;

/** How it came in. */
export type Envelope = { lab: string; bytes: Uint8Array; mediaType: string; request?: RequestName };

export function submitReport(
  report: Report,
  envelope: Envelope,
  id: string,
  vault: ReportingKeys['vault'],
): ReportSubmission {
  const { fields, parties, source, proposals = [], exercise = false } = report;
  return {
    kind: 'report',
    id,
    ...seal(parties, envelope, vault),
    source: source && caseSource(source),
    fields,
    proposals,
    exercise,
  };
}

export function submitUpdate(
  update: Update,
  envelope: Envelope,
  id: string,
  vault: ReportingKeys['vault'],
): UpdateSubmission {
  return { kind: 'update', id, ...seal(update.parties, envelope, vault), text: update.text };
}

/** The name of a request: its key, and a digest over method, path and exact bytes. */
export function nameRequest(key: string, method: string, path: string, bytes: Uint8Array): RequestName {
  return { key, digest: requestDigest({ method, url: path, body: bytes }) };
}

/** What of a source stands in the case; the rest may name anybody and stays in the sealed bytes. */
function caseSource({ registry, id, url, licence, attribution }: NonNullable<Report['source']>): CaseSource {
  return {
    registry,
    id,
    ...(url !== undefined && { url }),
    ...(licence !== undefined && { licence }),
    ...(attribution !== undefined && { attribution }),
  };
}

function seal(parties: Parties | undefined, envelope: Envelope, vault: ReportingKeys['vault']): Omit<Common, 'id'> {
  const { lab, bytes, mediaType, request } = envelope;
  return {
    lab,
    ...(request && { request }),
    bodyDigest: hash('sha256', bytes, 'buffer'),
    bodySealed: vault.seal(bytes),
    partiesSealed: vault.seal(Buffer.from(JSON.stringify(parties ?? {}))),
    mediaType,
  };
}
