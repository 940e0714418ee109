import { join } from 'node:path';
import { loadKeys, readRevocations, rotateKeys } from '@detente/keys';
import { test } from 'tap';
import { restate } from '../../src/jobs/revocations.ts';
import type { Worker } from '../../src/worker-context.ts';
import { acquaint, US } from './acquaintance.ts';

test('after a revocation everything is said anew, also what an older key had said last, and once', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const folder = us.worker.settings.DETENTE_KEYS;
  rotateKeys(join(folder, '..'), ['agency']);
  rotateKeys(join(folder, '..'), ['agency'], { revoke: { before: 0 } });
  const worker: Worker = { ...us.worker, keys: loadKeys(folder, 'worker'), revoked: readRevocations(folder) };
  const said = async () =>
    (
      await us.home.query(
        `SELECT typ, seq::int, split_part(jws, '.', 1) AS header FROM statements WHERE iss = $1 AND aud = $2
           AND typ = 'detente-standing+jwt' ORDER BY seq`,
        [US, mallory.origin],
      )
    ).rows.map(({ seq, header }) => [seq, JSON.parse(Buffer.from(header, 'base64url').toString()).kid]);
  const before = await said();
  for (let i = 0; i < 2; i++) await restate(worker);
  t.same(await said(), [...before, [2, worker.keys.signer('agency').kid]]);
});
