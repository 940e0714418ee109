// The end of a peering, as one act: what the peer was given is recalled, and once it has answered it is a stranger.

import { endedSince, newestStatement, openRecalls, readPeers, writeOutgoing } from '@detente/store/worker';
import { utcToday, type Worker } from '../worker-context.ts';
import { changePeer } from './peer-row.ts';
import { isLeaving, OFFBOARDING, reasonOf, recallEverything } from './recalls.ts';
import { signForPeer } from './statements.ts';
import { recomputeTerms } from './terms.ts';

const typ = 'detente-standing+jwt';

/** Suspends a peer and recalls everything that it was ever given. Repeating it is safe. */
export async function offboard(worker: Worker, { peer, told }: { peer: string; told?: string }): Promise<void> {
  await changePeer(worker, peer, async (tx, known) => {
    if (known.status === 'pending' || known.status === 'expelled' || known.sandbox) return;
    if (await isLeaving(worker, tx, peer)) return;
    // Recalled before the standing is signed: what a crash leaves between the two is a recall too many, never one too few.
    await recallEverything(worker, tx, { peer });
    const reason = { code: OFFBOARDING, params: told === undefined ? {} : { told } };
    const body = { standing: 'suspended', since: utcToday(), reason, overridden: true };
    await signForPeer(worker, tx, { typ, peer, body });
    if (known.status !== 'suspended') await writeOutgoing(tx, 'peer', { ...known, status: 'suspended' });
  });
  await recomputeTerms(worker, peer);
}

/** Expels the peers that are leaving and have answered every recall, or have let the days for it pass. */
export async function concludeOffboardings(worker: Worker): Promise<void> {
  for (const peer of await readPeers(worker.border.now)) {
    if (peer.status !== 'suspended') continue;
    await changePeer(worker, peer.origin, async (tx, known) => {
      const standing = await newestStatement(tx, typ, worker.origin, known.origin);
      if (
        known.status !== 'suspended' ||
        standing?.body.standing !== 'suspended' ||
        reasonOf(standing.body) !== OFFBOARDING
      )
        return;
      if ((await openRecalls(tx, known.origin)) > 0) return;
      // Of what is grave it was warned until now, as everyone is: that is recalled as well, and its answer waited for.
      const asked = await endedSince(tx, known.origin, standing.digest);
      if (await recallEverything(worker, tx, { peer: known.origin, asked })) return;
      const body = { ...standing.body, standing: 'expelled', since: utcToday() };
      await signForPeer(worker, tx, { typ, peer: known.origin, body });
      await writeOutgoing(tx, 'peer', { ...known, status: 'expelled' });
    });
    await recomputeTerms(worker, peer.origin);
  }
}
