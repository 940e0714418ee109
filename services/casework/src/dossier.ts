// A dossier: one file that proves itself offline.

import type { Dossier } from '@detente/contract';
import { problem } from '@detente/server';
import { readProofParts, readTiles, readVersion } from '@detente/store/casework';
import type { Database } from '@detente/store/database';
import { inclusionProof, nodesForInclusion, tileReader, tilesForNodes } from '@detente/tlog';

/** @param level how much of the record is disclosed, 0 to 5
 *  @throws ProblemError `not_found`, `conflict` while the version is in no signed tree */
export async function makeDossier(
  { home, border }: { home: Database; border: Database },
  digest: string,
  level: number,
): Promise<Dossier> {
  const version = await home.read((reader) => readVersion(reader, digest));
  if (!version) throw problem('not_found');
  const { token, lengths, place } = version;
  if (place === null) throw notLogged();
  const proven = await border.read(async (reader) => {
    const parts = await readProofParts(reader);
    if (!parts?.descriptor || parts.size <= place) throw notLogged();
    const { note, size, descriptor } = parts;
    const tiles = await readTiles(reader, tilesForNodes(nodesForInclusion(place, size), size));
    return { proof: inclusionProof(place, size, tileReader(tiles)), checkpoint: note, descriptor };
  });
  return {
    dossier: 'detente/dossier/1',
    record: token.slice(0, lengths[level]),
    index: place,
    proof: proven.proof.map((hash) => hash.toString('base64url')),
    checkpoint: proven.checkpoint,
    descriptor: proven.descriptor,
  };
}

function notLogged() {
  return problem('conflict', { detail: 'the version is in no signed tree of the log yet: ask again after a tick' });
}
