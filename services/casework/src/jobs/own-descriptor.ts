// What this node says about itself: signed anew whenever it has changed.

import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type Descriptor,
  descriptorKeys,
  KeysError,
  keepRevocation,
  maxFormer,
  type PublicJwk,
  parseOrigin,
  type Revocation,
  readRevocations,
  signDescriptor,
  witnessNameOf,
} from '@detente/keys';
import { RECORD_ALGORITHM, RECORD_TYP, recordTypes } from '@detente/record';
import type { Transaction } from '@detente/store/database';
import {
  countUnloggedOf,
  lockStatements,
  newestStatement,
  readRecovery,
  storeStatement,
  writeOutgoing,
} from '@detente/store/worker';
import { utcToday, type Worker } from '../worker-context.ts';
import { leafTick, treeOf } from './statements.ts';

/** Signs the descriptor when there is none or when what it says has changed; a new day alone changes nothing. */
export async function keepDescriptor(worker: Worker): Promise<void> {
  const said = await worker.home.write(async (tx) => {
    await lockStatements(tx);
    const before = await newestStatement(tx, 'detente-descriptor+jwt', worker.origin, '');
    const said = before?.body as Descriptor | undefined;
    const revoked = await revocations(worker, tx, said?.revoked ?? []);
    const former = formerKeys(worker, said);
    const body = {
      ...describe(worker, said?.day ?? utcToday()),
      ...(former.length > 0 && { former }),
      ...(revoked.length > 0 && { revoked }),
    };
    if (before && isDeepStrictEqual(before.body, body)) return revoked;
    const seq = (before?.seq ?? 0) + 1;
    const jti = randomBytes(16).toString('base64url');
    const signed = { ...body, day: utcToday() };
    const { jws, digest } = await signDescriptor(
      { iss: worker.origin, seq, jti, body: signed },
      worker.keys.signer('identity'),
    );
    const typ = 'detente-descriptor+jwt';
    await storeStatement(tx, { iss: worker.origin, typ, aud: '', seq, jti, digest, jws, body: signed });
    await writeOutgoing(tx, 'descriptor', { seq, jws, digest, tick: await leafTick(worker, tx) });
    return revoked;
  });
  keepIndexes(worker, said);
}

/** Keeps beside the keys from which index on each was said to be revoked, for a database that is put back to before that. */
function keepIndexes({ settings, log }: Worker, said: readonly Revocation[]): void {
  const folder = settings.DETENTE_KEYS;
  const open = readRevocations(folder).flatMap(({ kid, before }) => (before === null ? kid : []));
  for (const revocation of said.filter(({ kid }) => open.includes(kid))) {
    try {
      keepRevocation(folder, revocation);
    } catch (err) {
      if (!(err instanceof KeysError)) throw err;
      const { purpose, kid, before } = revocation;
      const command = `detente keys revoke ${purpose} --kid ${kid} --before ${before}`;
      log.warn({ err, command }, 'the index of a revocation is not kept beside the keys: say the command');
    }
  }
}

/** The record keys before the present one, as far as descriptors showed them. */
function formerKeys({ publicKeys }: Worker, said: Descriptor | undefined): PublicJwk[] {
  if (!said) return [];
  const { jwk } = said.keys.record;
  const isPresent = jwk.x === publicKeys.record.jwk.x;
  return [...(said.former ?? []), ...(isPresent ? [] : [jwk])].slice(-maxFormer);
}

/** What was said to be revoked, and what was revoked since: where nobody named an index, up to where the log is now. Of a log key that
 *  waits until it is certain that this is the whole log. */
async function revocations(worker: Worker, tx: Transaction, said: Revocation[]): Promise<Revocation[]> {
  const isDoubted = (await readRecovery(worker.border.now)) !== undefined;
  const fresh = worker.revoked.filter(
    ({ purpose, kid, before }) =>
      said.every((one) => one.kid !== kid) && !(isDoubted && purpose === 'log' && before === null),
  );
  if (fresh.length === 0) return said;
  const { size } = await treeOf(worker);
  const added = fresh.map((one) => ({ ...one, before: one.before ?? size }) as Revocation);
  for (const { purpose, kid, before } of added) {
    if (purpose !== 'record') continue;
    const count = await countUnloggedOf(tx, headerOf(kid), before);
    if (count > 0)
      worker.log.warn(
        { kid, before, count },
        'versions of the revoked record key are not in the log before this index',
      );
  }
  return [...said, ...added];
}

function describe(worker: Worker, day: string) {
  const { origin } = worker;
  const known = [...recordTypes.values()];
  const names = new Set(known.map((type) => type.name));
  const versions = (name: string) => known.filter((type) => type.name === name).map((type) => type.version);
  return {
    keys: descriptorKeys(worker.publicKeys),
    endpoints: {
      exchange: `${parseOrigin(origin).origin}/exchange/v1`,
      log: `${origin}/log/v1`,
      reporting: `${origin}/reporting/v1`,
      publication: `${origin}/publication/v1`,
    },
    types: Object.fromEntries([...names].map((name) => [name, versions(name).sort((a, b) => a - b)])),
    contract: worker.contract,
    log: worker.logName,
    witness: witnessNameOf(origin),
    contact: { name: worker.settings.DETENTE_CONTACT },
    day,
  };
}

/** The first part of every record that a key signed. */
function headerOf(kid: string): string {
  return Buffer.from(JSON.stringify({ alg: RECORD_ALGORITHM, typ: RECORD_TYP, kid })).toString('base64url');
}
