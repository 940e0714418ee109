// The mirror: what this node has of the caller's own log, for the caller alone.

import { getMirrored, getSeen } from '@detente/contract/exchange';
import { problem, route } from '@detente/server';
import { seenCheckpoints } from '@detente/store/exchange';
import { readMirrored } from '@detente/store/mirror-proof';
import { parseTilePath, TlogError } from '@detente/tlog';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { bundleLength } from '../entries.ts';
import { isOfRevoked, knownLog, readSigned } from '../log-keys.ts';
import { isOf, largestOf } from '../seen.ts';

export async function mirrorRoutes(app: FastifyInstance, { border }: Exchange): Promise<void> {
  route(app, getSeen).to(async (_, { peer }) => {
    const notes = (await seenCheckpoints(border.now, { peer: peer.origin, log: peer.log })).map(({ note }) => note);
    const known = knownLog(peer);
    // What no key that is known today has signed is told where there is nothing else: a new identity was pinned, and the owner
    // knows its former keys. Whoever stole one that was revoked would hide what is seen.
    const seen =
      largestOf(notes.filter((note) => readSigned(known, note))) ??
      largestOf(notes.filter((note) => !isOfRevoked(known, note) && isOf(peer.log, note)));
    return seen ? { status: 200, raw: seen.note } : { status: 204 };
  });

  route(app, getMirrored).to(async ({ params }, { peer: { log } }) => {
    const bundle = readBundleAddress(params.path);
    const length = bundleLength(bundle.width);
    const bytes = await readMirrored(border.now, { log, index: bundle.index, length });
    if (bytes?.length !== length) throw problem('not_found');
    return { status: 200, raw: bytes };
  });
}

/** @throws ProblemError `not_found` for what is no entry bundle's, or not in its one spelling */
function readBundleAddress(path: string): { index: number; width: number } {
  try {
    const { level, index, width } = parseTilePath(`tile/${path}`);
    if (level === 'entries') return { index, width };
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
  }
  throw problem('not_found');
}
