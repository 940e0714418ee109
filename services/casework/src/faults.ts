// What a body that fits its schema still gets wrong.

import { X509Certificate } from 'node:crypto';
import type { FieldProblem } from '@detente/contract';
import { KeysError, parseOrigin } from '@detente/keys';
import { parseAttestation, parseOffer, parseRecallAnswer, ReciprocityError } from '@detente/reciprocity';
import { fieldProblems, incident, isConsistentSeverity, type Severity } from '@detente/record';
import { checkOrigin, type Reach, ServerError } from '@detente/server';

/** What the record type refuses, by pointer into `{fields}`. */
export function fieldFaults(fields: Record<string, unknown>): FieldProblem[] {
  return fieldProblems(incident, fields).map(({ pointer, code }) => fault(`/fields${pointer}`, code));
}

/** A level that does not follow from its axes. */
export function severityFaults(severity: Severity): FieldProblem[] {
  return isConsistentSeverity(severity) ? [] : [fault('/severity/level', 'level_not_of_axes')];
}

/** An origin in another than its one spelling, or out of this node's reach; a CA that is no certificate. */
export function peerFaults({ origin, ca }: { origin: string; ca?: string }, reach: Reach): FieldProblem[] {
  const faults: FieldProblem[] = [];
  try {
    checkOrigin(parseOrigin(origin), reach);
  } catch (error) {
    if (error instanceof KeysError) faults.push(fault('/origin', error.code));
    else if (error instanceof ServerError) faults.push({ ...fault('/origin', error.code), detail: error.message });
    else throw error;
  }
  if (ca !== undefined && !isCertificate(ca)) faults.push(fault('/ca', 'not_a_certificate'));
  return faults;
}

/** What an offer's own rules refuse. */
export function offerFaults(offer: unknown): FieldProblem[] {
  try {
    parseOffer(offer);
    // Signed and in base64url it must fit into the body that a peer takes.
    return Buffer.byteLength(JSON.stringify(offer)) > 48_000 ? [fault('/offer', 'too_long')] : [];
  } catch (error) {
    if (!(error instanceof ReciprocityError)) throw error;
    const { pointer = '', problem = error.code } = error.params;
    return [fault(`/offer${pointer}`, problem)];
  }
}

/** What can be attested at all. */
export function attestationFaults(body: { obligation: string; day: string }): FieldProblem[] {
  try {
    parseAttestation(body);
    return [];
  } catch (error) {
    if (!(error instanceof ReciprocityError)) throw error;
    const { pointer = '', problem = error.code } = error.params;
    return [fault(pointer, problem)];
  }
}

/** What an answer to a recall must say, and must not. */
export function recallAnswerFaults(body: {
  answer: string;
  legal_basis?: string;
  passed_to: string[];
}): FieldProblem[] {
  const { answer, legal_basis = null, passed_to } = body;
  try {
    parseRecallAnswer({ recall: 'A'.repeat(43), answer, legal_basis, passed_to });
    return [];
  } catch (error) {
    if (!(error instanceof ReciprocityError)) throw error;
    const { pointer = '', problem = error.code } = error.params;
    return [fault(pointer, problem)];
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca;
  } catch {
    return false;
  }
}

/** One wrong field of the body. */
export function fault(pointer: string, code: string): FieldProblem {
  return { in: 'body', pointer, code, detail: code.replaceAll('_', ' ') };
}
