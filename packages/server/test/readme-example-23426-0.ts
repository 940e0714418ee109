import { endpoint } from '@detente/contract';
import { createLogger, createService, problem, route } from '@detente/server';
import { Type } from '@detente/schema';

const getCase = endpoint({
  operationId: 'getCase',
  method: 'GET',
  path: '/sample/v1/cases/{id}',
  tags: ['cases'],
  summary: 'Read a case',
  security: 'none',
  params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
  responses: { 200: { description: 'The case', schema: Type.Object({ title: Type.String() }) } },
  problems: ['not_found'],
});

const logger = createLogger({ name: 'sample', level: 'silent' });
const app = await createService({ title: 'Sample', version: '1.0.0', endpoints: [getCase], logger });
route(app, getCase).to(({ params }) => {
  if (params.id !== 1) throw problem('not_found');
  return { status: 200, body: { title: 'A near miss' } };
});

const answer = await app.inject('/sample/v1/cases/x');
if (answer.json().errors[0].pointer !== '/id') throw new Error(answer.body);
await app.close();
