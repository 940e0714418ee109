// A dossier: one file that proves itself offline.

import type { Dossier } from '@detente/contract/casework';
import { problem } from '@detente/server';
import { peerDescriptors, readDescriptor, readVersion, receivedProof } from '@detente/store/casework';
import type { Database, Reader } from '@detente/store/database';
import { checkpointFor, proveMirrored, readLogNotes } from '@detente/store/mirror-proof';
import { claimsOf, proofFrom, proveEntry } from './log-proof.ts';
import { prefixLengths } from './prefix-lengths.ts';

type Databases = { home: Database; border: Database };
type Asked = { digest: string; level: number };

/** Of a version of ours, or of one that we received.
 *  @param level how much of the record is disclosed, 0 to 5
 *  @throws ProblemError `not_found`, `conflict` while the version is in no signed tree, or when it is withdrawn or in doubt */
export async function makeDossier({ home, border }: Databases, { digest, level }: Asked): Promise<Dossier> {
  const version = await readVersion(home.now, digest);
  if (!version) return receivedDossier({ home, border }, { digest, level });
  const { token, lengths, place } = version;
  const doubt = level === 0 ? undefined : whyNotDisclosed(version);
  if (doubt !== undefined) throw problem('conflict', { detail: doubt });
  if (place === null) throw notLogged();
  const proven = await border.read((reader) => proveEntry(reader, place));
  if (!proven) throw notLogged();
  return { dossier: 'detente/dossier/1', record: token.slice(0, lengths[level]), ...proven };
}

/** Why what a version says is handed over no more; that it was logged is proven at level 0 all the same. The vault cannot be asked here:
 *  what the last check has found since it was signed is known by the acts of the worker. */
function whyNotDisclosed({ withdrawn, stopped }: { withdrawn: boolean; stopped: boolean }): string | undefined {
  if (withdrawn) return 'the record was withdrawn since: at level 0 a dossier still proves that it was logged';
  if (stopped)
    return 'the last check has stopped something of its case since: correct it, release it, and hand over the version that follows';
  return undefined;
}

/** The proof that came with a record from a relay, else the one out of our mirror of its node's log; we stand there as a witness if we
 *  have cosigned.
 *  @param level at most
 *  @throws ProblemError `not_found`, `conflict` while it is not mirrored, or when its origin has another log key since */
async function receivedDossier({ home, border }: Databases, { digest, level }: Asked): Promise<Dossier> {
  const version = await receivedProof(home.now, digest);
  if (!version) throw problem('not_found');
  const { origin, type, presentation, level: held, place: index } = version;
  const { descriptors, ours, evidence } = await border.read(async (reader) => {
    const descriptors = await peerDescriptors(reader);
    const descriptor = descriptors.get(origin);
    const mirrored = version.evidence ?? (descriptor && (await proofInMirror(reader, claimsOf(descriptor).log, index)));
    return { descriptors, ours: await readDescriptor(reader), evidence: mirrored };
  });
  const descriptor = descriptors.get(origin);
  if (!evidence)
    throw problem('conflict', {
      detail:
        'our mirror of its node’s log does not show it yet: ask again in a minute; `peer show` says how far it is',
    });
  const known = [...descriptors].flatMap(([peer, one]) => (peer === origin ? [] : one)).concat(ours ?? []);
  const proven = descriptor && proofFrom({ index, ...evidence }, { descriptor, known });
  if (!proven)
    throw problem('conflict', {
      detail: 'its origin has another log key since: the proof is no more under its descriptor',
    });
  const record = presentation.slice(0, prefixLengths(type, presentation, Math.min(level, held)).at(-1));
  return { dossier: 'detente/dossier/1', record, ...proven };
}

async function proofInMirror(
  border: Reader,
  log: string,
  index: number,
): Promise<{ proof: string[]; checkpoint: string } | undefined> {
  const checkpoint = checkpointFor(index, await readLogNotes(border, log));
  const proof = checkpoint && (await proveMirrored(border, { log, index, size: checkpoint.size }));
  return checkpoint && proof && { proof: proof.map((hash) => hash.toString('base64url')), checkpoint: checkpoint.note };
}

function notLogged() {
  return problem('conflict', { detail: 'the version is in no signed tree of the log yet: ask again after a tick' });
}
