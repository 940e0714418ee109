// What officers say of what was found in a case: taken out, or kept.

import { judgeFindings } from '@detente/contract/casework';
import { problem, route } from '@detente/server';
import { addVerdicts, knownFindings } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { changeCase } from '../change-case.ts';
import { verdictFaults } from '../verdict-faults.ts';

export async function findingRoutes(app: FastifyInstance, { home }: Casework): Promise<void> {
  route(app, judgeFindings).to(async ({ params: { id }, headers, body: { verdicts, reason } }, { actor }) => {
    const change = { id, ifMatch: headers['if-match'], actor: actor.name, act: 'case.findings', reason } as const;
    return changeCase(home, change, async (tx) => {
      const known = await knownFindings(tx, id);
      const errors = verdictFaults(verdicts, known);
      if (errors.length > 0) throw problem('validation_failed', { errors });
      const given = verdicts.map(({ id: finding, verdict }) => {
        const { kind, text } = known.get(finding)!;
        return { finding, kind, text, verdict };
      });
      await addVerdicts(tx, id, { verdicts: given, actor: actor.name, reason });
    });
  });
}
