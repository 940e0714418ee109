// What peers must tell at once.

import { postNotice } from '@detente/contract';
import { verifyWarning } from '@detente/record';
import { problem, route } from '@detente/server';
import { landNotice, recentNotices } from '@detente/store/exchange';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { statementProblem } from '../faults.ts';

/** Seconds after which a peer that has used its budget may try again. */
const RETRY_AFTER = '15';

export async function noticeRoutes(app: FastifyInstance, { border, noticesPerMinute }: Exchange): Promise<void> {
  route(app, postNotice).to(async ({ body: { warning } }, { peer: { origin, keys } }) => {
    const count = await border.read((reader) => recentNotices(reader, origin));
    if (count >= noticesPerMinute) throw problem('rate_limited', { headers: { 'retry-after': RETRY_AFTER } });
    const { digest } = verified(warning, { iss: origin, keyFor: (kid: string) => keys('record').get(kid) });
    await border.write((tx) => landNotice(tx, { peer: origin, kind: 'warning', digest, body: warning }));
    return { status: 204 };
  });
}

function verified(...warning: Parameters<typeof verifyWarning>) {
  try {
    return verifyWarning(...warning);
  } catch (error) {
    throw statementProblem(error, '/warning');
  }
}
