// What every job of the worker is given: the two databases, the keys, and the node's settings.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type KeptRevocation, type KeyRing, logNameOf, type PublicKeys } from '@detente/keys';
import { type Static, Type } from '@detente/schema';
import { type Logger, witnessSettings } from '@detente/server/process';
import type { Database } from '@detente/store/database';
import { type Names, namesBy } from './jobs/draft-fields.ts';
import type { VerifiedRows } from './log-damage.ts';
import type { Policy } from './policy.ts';
import type { TermKeeper } from './term-keeper.ts';

export const workerSettings = Type.Object({
  DETENTE_LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: 'Least level that is logged',
  }),
  DETENTE_ORIGIN: Type.String({ description: 'Public origin of the node, such as https://cn.example' }),
  DETENTE_HOME_URL: Type.String({ description: 'Database home, as detente_worker' }),
  DETENTE_BORDER_URL: Type.String({ description: 'Database border, as detente_worker' }),
  DETENTE_KEYS: Type.String({ description: 'Folder with the worker’s keys' }),
  DETENTE_TICK_MS: Type.Integer({
    default: 60_000,
    minimum: 100,
    description: 'Milliseconds from one batch of the log to the next',
  }),
  DETENTE_BATCH_SIZE: Type.Integer({
    default: 16,
    minimum: 1,
    maximum: 256,
    description: 'Leaves in a batch; a change takes effect on the next UTC day',
  }),
  DETENTE_DRAW: Type.Integer({ default: 60, minimum: 1, description: 'How many coming batches a leaf is drawn among' }),
  DETENTE_CARRY_MS: Type.Integer({
    default: 250,
    minimum: 20,
    description: 'Milliseconds between looks at what waits to cross',
  }),
  DETENTE_POLICY: Type.String({
    default: '',
    description: 'File with the policy of automatic release; empty: an officer decides all',
  }),
  DETENTE_ORGANISATIONS: Type.String({
    default: '',
    description: 'File with the node’s own list of organisations, beside the one of the project; empty: that one alone',
  }),
  DETENTE_CONTACT: Type.String({ default: 'duty officer', description: 'Duty contact in the descriptor' }),
  DETENTE_K: Type.Integer({
    default: 5,
    minimum: 1,
    maximum: 1000,
    description:
      'Events that should fit what a tier shows of a draft, or a policy that holds findings waits for an officer',
  }),
  ...witnessSettings,
});
export type WorkerSettings = Static<typeof workerSettings>;

export type Worker = {
  readonly origin: string;
  readonly logName: string;
  readonly home: Database;
  readonly border: Database;
  readonly keys: KeyRing;
  readonly publicKeys: PublicKeys;
  /** Own keys that were revoked. */
  readonly revoked: readonly KeptRevocation[];
  readonly settings: WorkerSettings;
  readonly policy: Policy | undefined;
  readonly terms: TermKeeper;
  readonly names: Names;
  /** Whether the database may be another than before, so that peers are to be asked before anything is signed: at the start, and
   *  after a connection broke, since a server that takes over may have lost what was committed last. */
  readonly doubt: { due: boolean };
  /** Of the edge of the log, from one batch to the next. */
  readonly verified: VerifiedRows;
  /** By the name of a peer: checkpoints of revoked keys that it told of, whose leaves nobody has. */
  readonly passed: Map<string, Set<string>>;
  /** Digest of the exchange contract, for the descriptor. */
  readonly contract: string;
  readonly log: Logger;
};

/** Today's UTC day, `YYYY-MM-DD`: the one place in which the worker reads a clock for it. */
export function utcToday(): string {
  return new Date().toISOString().slice(0, 10);
}

/** SHA-256 of a contract file, base64url. */
export function contractDigest(file: string | URL): string {
  return createHash('sha256').update(readFileSync(file)).digest('base64url');
}

export function makeWorker(parts: Omit<Worker, 'origin' | 'logName' | 'names' | 'passed' | 'verified'>): Worker {
  const origin = parts.settings.DETENTE_ORIGIN;
  const names = namesBy(parts.keys.pseudonymSecret());
  return { ...parts, origin, logName: logNameOf(origin), names, passed: new Map(), verified: new Set() };
}
