// All files of test vectors, made anew: what lies in packages/testkit/vectors is compared with this.

import { statementBodies } from './bodies.ts';
import { checkpoints } from './checkpoints.ts';
import { descriptors, successions } from './descriptors.ts';
import { feedPages } from './feeds.ts';
import { forks } from './forks.ts';
import { dossiers, intakeReceipts, receipts, warnings } from './given.ts';
import { contentDigests, requests, responses } from './http.ts';
import { cells, severities, shownLevels, warningLevels } from './levels.ts';
import { digests, origins, publicKeys } from './names.ts';
import { records } from './records.ts';
import { refusedRecords } from './refused-records.ts';
import { statements } from './statements.ts';
import { currentStatements, termsVectors } from './terms.ts';
import { testKeys } from './test-keys.ts';
import { covers, trees } from './trees.ts';
import type { VectorFile } from './vector.ts';

export type { Case, VectorFile } from './vector.ts';

/** Makes a file of vectors, the same in every run. */
export const vectorFiles: Readonly<Record<string, () => VectorFile | Promise<VectorFile>>> = {
  'test-keys': testKeys,
  'public-keys': publicKeys,
  origins,
  digests,
  statements,
  'statement-bodies': statementBodies,
  descriptors,
  successions,
  records,
  'refused-records': refusedRecords,
  severities,
  cells,
  levels: shownLevels,
  'warning-levels': warningLevels,
  terms: termsVectors,
  'current-statements': currentStatements,
  'content-digests': contentDigests,
  requests,
  responses,
  trees,
  covers,
  checkpoints,
  forks,
  'feed-pages': feedPages,
  receipts,
  'intake-receipts': intakeReceipts,
  dossiers,
  warnings,
};

/** The text of a file: two spaces of indent and one LF at its end. */
export async function formatVectors(name: string): Promise<string> {
  return `${JSON.stringify(await vectorFiles[name]!(), null, 2)}\n`;
}
