// What a report that fits its schema still gets wrong.

import type { FieldProblem } from '@detente/contract';
import type { Report } from '@detente/contract/reporting';
import { fieldProblems, incident } from '@detente/record';

/** Every wrong field, by its pointer into the body: what the record type refuses, and proposals that it could not take. */
export function reportFaults({ fields, proposals = [] }: Report): FieldProblem[] {
  const faults = fieldProblems(incident, fields).map(({ pointer, code }) => fault(`/fields${pointer}`, code));
  for (const [at, { field, value }] of proposals.entries()) {
    const named = incident.fields.find(({ name }) => name === field);
    if (!named) faults.push(fault(`/proposals/${at}/field`, 'unknown_field'));
    else if (!named.check(value)) faults.push(fault(`/proposals/${at}/value`, 'value_refused'));
  }
  return faults;
}

function fault(pointer: string, code: string): FieldProblem {
  return { in: 'body', pointer, code, detail: code.replaceAll('_', ' ') };
}
