// Recalls: what peers want back, and what we want back from them.

import { answerRecall, listRecalls, type Recall } from '@detente/contract/casework';
import { problem, route } from '@detente/server';
import {
  enqueuePeer,
  listRecalls as findRecalls,
  type PeerName,
  type RecallRow,
  readPeerNames,
  readRecall,
  recordAct,
} from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { recallAnswerFaults } from '../faults.ts';
import { nameOf } from '../peer-names.ts';

export async function recallRoutes(app: FastifyInstance, { home, border }: Casework): Promise<void> {
  route(app, listRecalls).to(async ({ query: { direction, ...filter } }) => {
    const peers = await readPeerNames(border.now);
    const own = direction && { own: direction === 'sent' };
    const rows = await home.read((reader) => findRecalls(reader, { ...filter, ...own }));
    return { status: 200, body: { items: rows.map((row) => toRecall(row, peers)) } };
  });

  route(app, answerRecall).to(async ({ params: { digest }, body }, { actor }) => {
    const errors = recallAnswerFaults(body);
    if (errors.length > 0) throw problem('validation_failed', { errors });
    const { answer, legal_basis = null, passed_to, reason } = body;
    await home.write(async (tx) => {
      const recall = await readRecall(tx, digest);
      if (!recall || recall.own) throw problem('not_found');
      if (recall.answer) throw problem('conflict', { detail: 'it is answered already' });
      await recordAct(tx, { actor: actor.name, act: `recall.${answer}`, object: digest, reason });
      await enqueuePeer(tx, { op: 'answer', answer: { recall: digest, answer, legal_basis, passed_to } });
    });
    return { status: 202, body: { status: 'accepted' } };
  });
}

function toRecall({ own, peer, body, answer, answered_at, ...row }: RecallRow, peers: readonly PeerName[]): Recall {
  const { cause, level, records } = body;
  return {
    ...{ digest: row.digest, peer: nameOf(peers, peer), direction: own ? 'sent' : 'received', cause, level, records },
    ...{ made_at: row.made_at.toISOString(), due_at: row.due_at.toISOString(), overdue: row.overdue },
    ...(answer && {
      answer: {
        answer: answer.answer,
        ...(answer.legal_basis !== null && { legal_basis: answer.legal_basis }),
        passed_to: answer.passed_to,
        answered_at: answered_at!.toISOString(),
      },
    }),
  };
}
