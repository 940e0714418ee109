import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Descriptor, loadKeys, type Revocation, readRevocations, rotateKeys } from '@detente/keys';
import { test } from 'tap';
import { restate } from '../../src/jobs/revocations.ts';
import { recomputeAllTerms } from '../../src/jobs/terms.ts';
import type { Worker } from '../../src/worker-context.ts';
import { offer } from '../worker-pair.ts';
import { type Acquaintance, acquaint, land, quarantined, US } from './acquaintance.ts';

const fresh = () => randomBytes(32).toString('base64url');
const record = { id: '11111111-1111-4111-8111-111111111111', digest: 'A'.repeat(43) };

/** What a descriptor says once the agency key is rotated, or revoked. */
function rotating({ mallory }: Acquaintance, revoke: boolean) {
  return (body: Descriptor) => {
    const { kid } = mallory.signer('agency');
    body.keys.agency = { jwk: mallory.successor('agency').publicJwk, next: fresh() };
    if (revoke) body.revoked = [{ purpose: 'agency', kid, before: 0 } as Revocation];
  };
}

async function offersOf({ us, mallory }: Acquaintance) {
  const { rows } = await us.home.query(
    `SELECT seq::float8 AS seq FROM statements WHERE iss = $1 AND typ LIKE '%offer%' AND void_at IS NULL ORDER BY seq`,
    [mallory.origin],
  );
  return rows.map(({ seq }) => seq);
}

test('numbers that a thief has burnt stop no notice of the node, and his own count no more', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const asked = 'B'.repeat(43);
  await us.home.query(
    `INSERT INTO recalls (digest, peer, own, due_at) VALUES ($1, $2, true, now() + interval '9 days')`,
    [asked, mallory.origin],
  );
  const by = mallory.successor('agency');
  const told = (signer?: typeof by) => {
    const state = (typ: Parameters<typeof mallory.state>[0], body: object) =>
      mallory.state(typ, body as Record<string, unknown>, { aud: US, seq: 1, ...(signer && { by: signer }) });
    return {
      recall: state('detente-recall+jwt', { cause: 'retracted', level: 0, records: [record] }),
      answer: state('detente-recall-answer+jwt', { recall: asked, answer: 'purged', legal_basis: null, passed_to: [] }),
      canary: state('detente-canary+jwt', { day: signer ? '2026-01-02' : '2026-01-01' }),
      approval: state('detente-approval+jwt', { record: record.digest }),
    };
  };
  const landAll = async (notices: ReturnType<typeof told>) => {
    for (const [kind, jws] of Object.entries(notices)) await land(us, mallory, kind, await jws);
  };
  const state = async () => ({
    recalls: (await us.home.query('SELECT own, answer IS NOT NULL AS answered FROM recalls ORDER BY own')).rows,
    approvals: (await us.home.query('SELECT record FROM approvals')).rowCount,
    quarantined: (await quarantined(us)).map(({ code }) => code),
  });
  const all = {
    recalls: [
      { own: false, answered: false },
      { own: true, answered: true },
    ],
    ...{ approvals: 1, quarantined: [] },
  };
  await landAll(told());
  t.same(await state(), all);
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, true), { seq: 2 }));
  t.same(await state(), { recalls: [{ own: true, answered: false }], approvals: 0, quarantined: [] });
  await landAll(told(by));
  t.same(await state(), all);
});

test('receipts of a revoked key count no more, and their numbers are free', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const receipt = (signer: ReturnType<typeof mallory.signer>) => {
    const records = [{ digest: record.digest, level: 1, disclosed: record.digest }];
    const body = { log: 'us.example/log/v1', page: { after: 0, next: 9 }, records };
    return mallory.state('detente-receipt+jwt', body, { aud: US, seq: 1, by: signer });
  };
  const keep = async (jws: string) =>
    us.border.query('INSERT INTO receipts_in (peer, seq, jws) VALUES ($1, 1, $2)', [mallory.origin, jws]);
  await keep(await receipt(mallory.signer('receipt')));
  const revoking = (body: Descriptor) => {
    body.keys.receipt = { jwk: mallory.successor('receipt').publicJwk, next: fresh() };
    body.revoked = [{ purpose: 'receipt', kid: mallory.signer('receipt').kid, before: 0 }];
  };
  await land(us, mallory, 'descriptor', mallory.descriptor(revoking, { seq: 2 }));
  const honest = await receipt(mallory.successor('receipt'));
  await keep(honest);
  t.match((await us.border.query('SELECT jws FROM receipts_in WHERE void_at IS NULL')).rows, [{ jws: honest }]);
});

test('a former agency key does not speak over the present one, whatever its number', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const say = (seq: number, by = mallory.signer('agency')) =>
    mallory.state('detente-offer+jwt', offer('green'), { aud: US, seq, by });
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, false), { seq: 2 }));
  await land(us, mallory, 'statement', await say(99));
  t.same(await offersOf(both), [1, 99], 'what was under way at the rotation still counts');
  await land(us, mallory, 'statement', await say(3, mallory.successor('agency')));
  t.same(await offersOf(both), [1, 3]);
  const later = await say(100);
  await land(us, mallory, 'statement', later, await say(2));
  t.match(await quarantined(us), [{ code: 'key_former', body: later }]);
  t.same(await offersOf(both), [1, 2, 3], 'what it said before is history');
});

test('what a revoked agency key said and the node does not say anew ends after a week', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, true), { seq: 2 }));
  const after = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await recomputeAllTerms(us.worker, after(5));
  t.same(await offersOf(both), [1]);
  await recomputeAllTerms(us.worker, after(8));
  t.same(await offersOf(both), []);
});

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
