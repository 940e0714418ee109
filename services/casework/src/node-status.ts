// How the node is: counts of both databases, as one answer.

import type { Status } from '@detente/contract/casework';
import { logNameOf, type PublicJwk, thumbprint } from '@detente/keys';
import { FLOOR_SEVERITY } from '@detente/record';
import {
  countBorder,
  countHome,
  countOutgoing,
  countOverdueRecalls,
  countUnproven,
  countWitnesses,
  listPeers,
  newestCanaries,
  noticesWaiting,
  readDescriptor,
  readStops,
  warnedRecords,
} from '@detente/store/casework';
import type { Casework } from './app.ts';
import { escalationOf, oldestCanary, silentPeers } from './escalation.ts';
import { shown } from './shown.ts';

export async function readStatus({ origin, home, border, witnessesRequired }: Casework): Promise<Status> {
  return border.read(async (borderReader) => {
    const there = await countBorder(borderReader);
    const descriptor = await readDescriptor(borderReader);
    const peers = await listPeers(borderReader);
    const { undelivered, oldest, warned } = await noticesWaiting(borderReader);
    const stops = await readStops(borderReader);
    const { logs_forked, ...witnessed } = await countWitnesses(borderReader, witnessesRequired);
    return home.read(async (homeReader) => {
      const { decisions, ...here } = await countHome(homeReader);
      const outgoing = await countOutgoing(homeReader, borderReader);
      const { landing, leaves, size, tick, signed, batch_size, next_batch_size, next_batch_day, ...counts } = there;
      const ours = await warnedRecords(homeReader, warned);
      const theirs = await countUnproven(homeReader);
      const canaries = await newestCanaries(homeReader);
      return {
        origin,
        log: logNameOf(origin),
        ...(descriptor !== undefined && { fingerprint: fingerprintOf(descriptor) }),
        ...here,
        ...counts,
        warnings: {
          undelivered,
          escalation: escalationOf(oldest === null ? undefined : Date.now() - oldest.getTime()),
          unproven: ours.filter(({ logged }) => !logged).length,
          unproven_received: theirs.unproven,
          unapproved: ours.filter(({ approved, severity }) => !approved && (severity ?? 0) >= FLOOR_SEVERITY).length,
          unapproved_received: theirs.unapproved,
        },
        canaries_missing: silentPeers(peers, canaries, Date.now()).length,
        ...shown({ canary_age: oldestCanary(peers, canaries, Date.now()) ?? null }),
        recalls_overdue: await countOverdueRecalls(homeReader),
        waiting: { decisions, outgoing, landing, leaves },
        tree: { size, tick, signed, batch_size, ...shown({ next_batch_size, next_batch_day }) },
        signing_stops: stops.map(shown),
        witnessed: {
          required: witnessesRequired,
          ...shown(witnessed),
          unwitnessed: witnessesRequired === 0 ? 0 : signed - (witnessed.size ?? 0),
        },
        logs_forked,
      };
    });
  });
}

/** Thumbprint of the identity key in our own descriptor: what peers pin. */
function fingerprintOf(descriptor: string): string {
  const payload = JSON.parse(Buffer.from(descriptor.split('.')[1]!, 'base64url').toString());
  return thumbprint(payload.keys.identity.jwk as PublicJwk);
}
