// What peers must tell at once.

import { postNotice } from '@detente/contract';
import { verifyStatement } from '@detente/keys';
import { parseRecall, parseRecallAnswer } from '@detente/reciprocity';
import { verifyWarning } from '@detente/record';
import { problem, route } from '@detente/server';
import { type InNotice, landNotice, recentNotices } from '@detente/store/exchange';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import type { Enrolled } from '../enrolled.ts';
import { statementProblem } from '../faults.ts';

/** Seconds after which a peer that has used its budget may try again. */
const RETRY_AFTER = '15';

const statements = {
  recall: { typ: 'detente-recall+jwt', parse: parseRecall },
  answer: { typ: 'detente-recall-answer+jwt', parse: parseRecallAnswer },
} as const;

export async function noticeRoutes(app: FastifyInstance, { origin: aud, border, noticesPerMinute }: Exchange) {
  route(app, postNotice).to(async ({ body: notice }, { peer }) => {
    const count = await border.read((reader) => recentNotices(reader, peer.origin));
    if (count >= noticesPerMinute) throw problem('rate_limited', { headers: { 'retry-after': RETRY_AFTER } });
    const [[kind, body]] = Object.entries(notice) as [[InNotice['kind'], string]];
    const digest = await digestOf(kind, body, { peer, aud }).catch((error) => {
      throw statementProblem(error, `/${kind}`);
    });
    await border.write((tx) => landNotice(tx, { peer: peer.origin, kind, digest, body }));
    return { status: 204 };
  });
}

type Parties = { peer: Pick<Enrolled, 'origin' | 'keys'>; aud: string };

/** The digest of a notice that is the peer's own, and for this node.
 *  @throws RecordError, KeysError, ReciprocityError */
async function digestOf(kind: InNotice['kind'], body: string, { peer, aud }: Parties): Promise<string> {
  const { origin: iss, keys } = peer;
  if (kind === 'warning') return verifyWarning(body, { iss, keyFor: (kid) => keys('record').get(kid) }).digest;
  const { typ, parse } = statements[kind];
  const verified = await verifyStatement(body, { typ, iss, aud, keyFor: (kid) => keys('agency').get(kid) });
  parse(verified.body);
  return verified.digest;
}
