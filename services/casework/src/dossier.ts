// A dossier: one file that proves itself offline.

import type { Dossier } from '@detente/contract';
import { problem } from '@detente/server';
import { readVersion } from '@detente/store/casework';
import type { Database } from '@detente/store/database';
import { proveEntry } from './log-proof.ts';

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
  const proven = await border.read((reader) => proveEntry(reader, place));
  if (!proven) throw notLogged();
  return { dossier: 'detente/dossier/1', record: token.slice(0, lengths[level]), ...proven };
}

function notLogged() {
  return problem('conflict', { detail: 'the version is in no signed tree of the log yet: ask again after a tick' });
}
