import { test } from 'tap';
import { recomputeAllTerms } from '../../src/jobs/terms.ts';
import { offer } from '../worker-pair.ts';
import { acquaint, land, offersOf, quarantined, revoking, US } from './acquaintance.ts';

const record = { id: '11111111-1111-4111-8111-111111111111', digest: 'A'.repeat(43) };

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
  await land(us, mallory, 'descriptor', mallory.descriptor(revoking(both, 'agency', 0), { seq: 2 }));
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
  await land(us, mallory, 'descriptor', mallory.descriptor(revoking(both, 'receipt', 0), { seq: 2 }));
  const honest = await receipt(mallory.successor('receipt'));
  await keep(honest);
  t.match((await us.border.query('SELECT jws FROM receipts_in WHERE void_at IS NULL')).rows, [{ jws: honest }]);
});

test('what a revoked agency key said holds until it is said anew, and then no more, whatever its number', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const say = (tier: 'green' | 'amber', seq: number) =>
    mallory.state('detente-offer+jwt', offer(tier), { aud: US, seq });
  const thief = await say('amber', Number.MAX_SAFE_INTEGER);
  await land(us, mallory, 'statement', thief);
  t.same(await offersOf(both), [1, Number.MAX_SAFE_INTEGER]);

  await land(us, mallory, 'descriptor', mallory.descriptor(revoking(both, 'agency', 10), { seq: 2 }));
  t.same(await offersOf(both), [1, Number.MAX_SAFE_INTEGER], 'no gap in which there is no offer');
  const later = await say('amber', 2);
  await land(us, mallory, 'statement', later);
  t.match(await quarantined(us), [{ kind: 'statement', code: 'key_revoked', body: later }]);

  const by = mallory.successor('agency');
  const anew = await mallory.state('detente-offer+jwt', offer('green'), { aud: US, seq: 2, by });
  await land(us, mallory, 'statement', anew);
  t.same(await offersOf(both), [2]);
  t.equal((await quarantined(us)).length, 1);
});

test('what a revoked agency key said and the node does not say anew ends after a week', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  await land(us, mallory, 'descriptor', mallory.descriptor(revoking(both, 'agency', 0), { seq: 2 }));
  const after = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await recomputeAllTerms(us.worker, after(5));
  t.same(await offersOf(both), [1]);
  await recomputeAllTerms(us.worker, after(8));
  t.same(await offersOf(both), []);
});
