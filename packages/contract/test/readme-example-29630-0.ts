import assert from 'node:assert/strict';
import { endpoint, problems, problemsOf } from '@detente/contract';
import { contracts } from '@detente/contract/contracts';
import { Type } from '@detente/schema';

const getCase = endpoint({
  operationId: 'getCase',
  method: 'GET',
  path: '/sample/v1/cases/{id}',
  tags: ['cases'],
  summary: 'One case',
  security: 'lab-key',
  params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
  responses: { 200: { description: 'The case', schema: Type.Object({ id: Type.Integer() }, { additionalProperties: false }) } },
  problems: ['not_found'],
});

// What follows from its shape need not be written: it takes a credential, so a caller may have none.
assert.ok(problemsOf(getCase).includes('credential_missing'));
assert.deepEqual(problems.not_found, {
  status: 404,
  title: 'There is nothing here for the caller',
  type: 'urn:detente:problem:not_found',
});
assert.deepEqual(Object.keys(contracts), ['reporting', 'casework', 'exchange', 'publication']);
