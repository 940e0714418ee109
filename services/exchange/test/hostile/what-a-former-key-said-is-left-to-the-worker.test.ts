import { randomBytes } from 'node:crypto';
import { test } from 'tap';
import { offer, standing, today } from '../border-worker.ts';
import { changesNothing, evidence, startVictim } from './victim.ts';

const grave = { severity: { level: 5, axes: { people: 5, safeguards: null, reach: null } }, root_cause: undefined };

test('what a former key signed is taken for the worker to judge, nothing is signed for it, and a key of nobody’s is refused', async (t) => {
  const { us, mallory } = await startVictim(t);
  const aud = us.origin;
  const rotate = async (purpose: 'agency' | 'record', revoked: object) => {
    const [{ kid, publicJwk: jwk }, next] = [mallory.signer(purpose), mallory.successor(purpose)];
    const announced = randomBytes(32).toString('base64url');
    const key = { kid: next.kid, jwk: next.publicJwk, next: announced, former: [{ kid, jwk, ...revoked }] };
    await us.rows('UPDATE peers SET keys = jsonb_set(keys, $2, $3) WHERE origin = $1', [
      mallory.origin,
      [purpose],
      JSON.stringify(key),
    ]);
  };
  const bring = async (kind: string, body: string) => {
    const [method, path] = kind === 'statement' ? ['PUT', 'statements'] : ['POST', 'notices'];
    const call = { method, path: `/exchange/v1/${path}`, body: JSON.stringify({ [kind]: body }) };
    const { status, json } = await mallory.send(us.proxy.target, mallory.sign(aud, call));
    return json === undefined ? `${status}` : `${status} ${json.errors?.[0]?.code}`;
  };
  const said = async (by = mallory.signer('agency')) => {
    const state = (typ: Parameters<typeof mallory.state>[0], body: object) => mallory.state(typ, body, { aud, by });
    const recalled = { id: '11111111-1111-4111-8111-111111111111', digest: 'A'.repeat(43) };
    return [
      ['statement', await state('detente-offer+jwt', offer())],
      ['statement', await state('detente-standing+jwt', standing())],
      ['recall', await state('detente-recall+jwt', { cause: 'retracted', level: 0, records: [recalled] })],
      ['canary', await state('detente-canary+jwt', { day: today() })],
      ['approval', await state('detente-approval+jwt', { record: recalled.digest })],
    ] as [string, string][];
  };
  const landed = () => us.rows('SELECT kind, body FROM landing ORDER BY number');

  for (const [what, revoked] of [
    ['rotated away', {}],
    ['revoked', { before: 0, since: today() }],
  ] as const)
    await t.test(`a key that was ${what}`, async (t) => {
      await us.rows('DELETE FROM landing');
      for (const purpose of ['agency', 'record'] as const) await rotate(purpose, revoked);
      const { token, lengths } = mallory.record(grave);
      const all = [...(await said()), ['warning', token.slice(0, lengths[2])] as const];
      for (const [kind, body] of all) t.equal(await bring(kind, body), '204', kind);
      t.same(
        await landed(),
        all.map(([kind, body]) => ({ kind, body })),
      );
      t.same([await us.count('receipts_out'), await us.count('quarantine')], [0, 0]);
    });

  await t.test('a key that was none', async (t) => {
    for (const [kind, body] of await said(mallory.signer('witness')))
      t.equal(await changesNothing(t, us, () => bring(kind, body), evidence), '422 key_unknown', kind);
    const { token, lengths } = mallory.record(grave, {}, mallory.signer('witness'));
    t.equal(await bring('warning', token.slice(0, lengths[2])), '422 key_unknown');
  });

  await t.test('and a warning of the present key is signed for', async (t) => {
    const { token, lengths } = mallory.record(grave, {}, mallory.successor('record'));
    t.equal(await bring('warning', token.slice(0, lengths[2])), '204');
    t.equal(await us.count('receipts_out'), 1);
  });
});
