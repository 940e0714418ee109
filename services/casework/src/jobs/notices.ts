// Notices of peers that are statements: recalls wait for an officer, answers close ours, canaries show that the way is open.

import { KeysError, verifyStatement } from '@detente/keys';
import {
  parseApproval,
  parseCanary,
  parseRecall,
  parseRecallAnswer,
  RECALL_DAYS,
  ReciprocityError,
} from '@detente/reciprocity';
import type { Transaction } from '@detente/store/database';
import { askRelays, insertApproval, insertRecall, type PeerRow } from '@detente/store/worker';
import { isRevoked, keysFor } from '../peer-keys.ts';
import type { Worker } from '../worker-context.ts';
import { concludeOffboardings } from './offboarding.ts';
import { takeAnswer } from './recalls.ts';
import { yieldToPresent } from './revocations.ts';
import { keepStatement, noticeTyps } from './statements.ts';

type Kept = { iss: string; digest: string; body: unknown };

const notices = {
  recall: {
    parse: parseRecall,
    async take(tx: Transaction, { iss: peer, digest, body }: Kept) {
      await insertRecall(tx, { digest, peer, own: false, days: RECALL_DAYS });
      // What was passed on is asked back too, without waiting for the officer's answer.
      const { records } = parseRecall(body);
      await askRelays(
        tx,
        peer,
        records.map(({ id }) => id),
      );
    },
  },
  answer: {
    parse: parseRecallAnswer,
    async take(tx: Transaction, { iss, digest, body }: Kept) {
      const { recall } = parseRecallAnswer(body);
      if (!(await takeAnswer(tx, iss, { recall, digest })))
        throw new KeysError('claims_malformed', 'it answers no recall of ours');
    },
  },
  canary: {
    parse: parseCanary,
    // One that waited for the way to open is late and honest; one of a day to come would speak for days that nobody has seen.
    async take(_: Transaction, { body }: Kept) {
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      if (parseCanary(body).day > tomorrow)
        throw new ReciprocityError('canary_malformed', { pointer: '/day', problem: 'day_ahead' });
    },
  },
  approval: {
    parse: parseApproval,
    take: async (tx: Transaction, { iss: peer, body }: Kept) => {
      await insertApproval(tx, peer, parseApproval(body).record);
    },
  },
};

/** Keeps a notice and does what it asks for, once.
 *  @throws KeysError, ReciprocityError */
export async function takeNotice(
  worker: Worker,
  peer: PeerRow,
  { kind, jws }: { kind: keyof typeof notices; jws: string },
): Promise<void> {
  const typ = noticeTyps[kind];
  const expected = { typ, iss: peer.origin, aud: worker.origin, keyFor: keysFor(peer, 'agency') };
  const { iss, seq, jti, digest, body, kid } = await verifyStatement(jws, expected);
  if (isRevoked(peer, 'agency', { kid, place: null })) throw new KeysError('key_revoked', `key ${kid} was revoked`);
  const { parse, take } = notices[kind];
  const parsed = { ...parse(body) };
  await worker.home.write(async (tx) => {
    const statement = { iss, typ, aud: worker.origin, seq, jti, digest, jws, body: parsed };
    await yieldToPresent(tx, peer, statement);
    await keepStatement(tx, statement);
    await take(tx, { iss, digest, body: parsed });
  });
  // It may have been the last one that a peer was waited for.
  if (kind === 'answer') await concludeOffboardings(worker);
}
