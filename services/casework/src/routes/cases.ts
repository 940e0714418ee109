// Cases: list, read, triage, correct.

import { correctCase, getCase, listCases, triageCase } from '@detente/contract/casework';
import { problem, route } from '@detente/server';
import { listCases as findCases, setFields, setTriage } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { showCase, toSummary } from '../case-view.ts';
import { changeCase } from '../change-case.ts';
import { fieldFaults, severityFaults } from '../faults.ts';
import { formatPage, pageRange } from '../page.ts';

export async function caseRoutes(app: FastifyInstance, { home }: Casework): Promise<void> {
  route(app, listCases).to(async ({ query }) => {
    const { cursor, limit, ...filter } = query;
    const rows = await home.read((reader) => findCases(reader, { ...filter, ...pageRange(query) }));
    return { status: 200, body: formatPage(rows, { limit }, ({ change }) => change, toSummary) };
  });

  route(app, getCase).to(async ({ params }) => {
    const answer = await home.read((reader) => showCase(reader, params.id));
    if (!answer) throw problem('not_found');
    return answer;
  });

  route(app, triageCase).to(async ({ params, headers, body }, { actor }) => {
    const { severity, hazard_domain = null, tlp, reason } = body;
    const errors = severityFaults(severity);
    if (errors.length > 0) throw problem('validation_failed', { errors });
    const change = { id: params.id, ifMatch: headers['if-match'], actor: actor.name, reason } as const;
    return changeCase(home, { ...change, act: 'case.triage' }, (tx) =>
      setTriage(tx, params.id, { severity, hazard_domain, tlp }),
    );
  });

  route(app, correctCase).to(async ({ params, headers, body }, { actor }) => {
    const { fields, reason } = body;
    const errors = fieldFaults(fields);
    if (errors.length > 0) throw problem('validation_failed', { errors });
    const change = { id: params.id, ifMatch: headers['if-match'], actor: actor.name, reason } as const;
    return changeCase(home, { ...change, act: 'case.correct' }, (tx) => setFields(tx, params.id, fields));
  });
}
