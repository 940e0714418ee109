import { quarantineReceived } from '@detente/store/exchange';
import { startHostileNode } from '@detente/testkit';
import { test } from 'tap';
import { refusedKeeper } from '../../src/refused.ts';
import { enrol, startVictim, type Victim } from './victim.ts';

const DAY = new Date().toISOString().slice(0, 10);

/** Brings a notice in a right request. */
async function bring({ us, mallory }: Victim, notice: object): Promise<{ status: number; retryAfter: unknown }> {
  const call = { method: 'POST', path: '/exchange/v1/notices', body: JSON.stringify(notice) };
  const { status, headers } = await mallory.send(us.proxy.target, mallory.sign(us.origin, call));
  return { status, retryAfter: headers['retry-after'] };
}

test('a peer that only repeats and errs is told to wait, before anything more is verified for it', async (t) => {
  const victim = await startVictim(t, { DETENTE_NOTICES_PER_MINUTE: '5' });
  const { us } = victim;
  const other = { us, mallory: await startHostileNode(t) };
  await enrol(us, other.mallory);
  const canaryOf = async ({ mallory }: Victim, aud: string) => ({
    canary: await mallory.state('detente-canary+jwt', { day: DAY }, { aud }),
  });

  await t.test('what is refused is counted: each leaves its bytes, and the sixth none', async (t) => {
    for (let at = 0; at < 5; at++)
      t.equal((await bring(victim, await canaryOf(victim, `https://n${at}.example`))).status, 422);
    t.equal(await us.count('quarantine'), 5);
    for (let at = 5; at < 12; at++)
      t.same(await bring(victim, await canaryOf(victim, `https://n${at}.example`)), { status: 429, retryAfter: '15' });
    t.equal(await us.count('quarantine'), 5);
  });

  await t.test('another peer is not told to wait for it; what it repeats is counted too', async (t) => {
    const canary = await canaryOf(other, us.origin);
    t.equal((await bring(other, canary)).status, 204);
    for (let at = 0; at < 5; at++) t.equal((await bring(other, canary)).status, 204);
    t.equal((await bring(other, canary)).status, 429);
    t.equal(await us.count('notices_in'), 1);
  });
});

/** Puts a statement, the `seq`th of its kind. */
async function put({ us, mallory }: Victim, seq: number): Promise<{ status: number; retryAfter: unknown }> {
  const body = { standing: 'good', since: DAY, reason: { code: 'by_hand', params: {} }, overridden: false };
  const statement = await mallory.state('detente-standing+jwt', body, { aud: us.origin, seq });
  const call = { method: 'PUT', path: '/exchange/v1/statements', body: JSON.stringify({ statement }) };
  const { status, headers } = await mallory.send(us.proxy.target, mallory.sign(us.origin, call));
  return { status, retryAfter: headers['retry-after'] };
}

test('a peer that states much is told for how long to wait: 15 seconds for a minute’s, an hour for a day’s', async (t) => {
  const victim = await startVictim(t, { DETENTE_NOTICES_PER_MINUTE: '5' });
  const { us, mallory } = victim;
  const canary = async (day: string) => ({
    canary: await mallory.state('detente-canary+jwt', { day }, { aud: us.origin }),
  });
  for (let seq = 1; seq <= 5; seq++) t.equal((await put(victim, seq)).status, 204);
  t.same(await put(victim, 6), { status: 429, retryAfter: '15' });

  const age = (ago: string) =>
    us.rows(`UPDATE notices_in SET received_at = now() - interval '${ago}', length = 4000000 WHERE kind = 'statement'`);
  await age('23 hours');
  t.same(await put(victim, 6), { status: 429, retryAfter: '3600' }, 'they were 20,000,000 bytes within a day');
  t.equal(await us.count('landing', "kind = 'statement'"), 5);
  t.equal((await bring(victim, await canary(DAY))).status, 204, 'other notices have a room of their own');
  await age('25 hours');
  t.equal((await put(victim, 6)).status, 204);

  await us.rows(
    `UPDATE notices_in SET received_at = now() - interval '2 hours', length = 20000000 WHERE kind = 'canary'`,
  );
  t.same(await bring(victim, await canary('2026-01-01')), { status: 429, retryAfter: '3600' });
});

test('once a peer’s quota is used up, one row counts what was refused, once a minute', async (t) => {
  const { us, mallory } = await startVictim(t);
  let now = 0;
  const keep = refusedKeeper(us.database, () => now);
  const refuse = async (count: number, name: string) => {
    for (let at = 0; at < count; at++)
      await keep(mallory.origin, { kind: 'statement', code: 'issuer_unexpected', body: `${name}.${at}` });
  };
  const counted = async () => {
    const rows = await us.rows<{ detail: string }>(
      `SELECT detail FROM quarantine WHERE code = 'quarantine_full' ORDER BY number`,
    );
    return rows.map(({ detail }) => JSON.parse(detail).not_kept);
  };
  await refuse(1000, 'kept');
  t.same([await us.count('quarantine'), await counted()], [1000, []]);
  await refuse(40, 'more');
  t.same(await counted(), [1], 'the first is counted at once');
  now += 60_000;
  await refuse(1, 'later');
  t.same(await counted(), [41], 'and the others with the next after a minute');
  t.equal(await us.count('quarantine'), 1001);
});

test('a thousand pages with a refusal each, once the quota is used up, leave one row with their number', async (t) => {
  const { us, mallory } = await startVictim(t);
  const thing = {
    kind: 'record' as const,
    digest: null,
    place: 7,
    code: 'signature_invalid',
    detail: '{}',
    body: 'a.b.c',
  };
  const land = (things: number) =>
    us.database.write((tx) => quarantineReceived(tx, mallory.origin, Array(things).fill(thing)));
  await land(1000);
  const before = await us.rows<{ latest: Date }>('SELECT max(received_at) AS latest FROM quarantine');
  await Promise.all(
    [1, 2, 3, 4].map(async () => {
      for (let page = 0; page < 250; page++) await land(1);
    }),
  );
  t.equal(await us.count('quarantine'), 1001);
  const [full] = await us.rows<{ kind: string; detail: string; newest: boolean }>(
    `SELECT kind, detail, received_at > '${before[0]!.latest.toISOString()}' AS newest FROM quarantine
     WHERE code = 'quarantine_full'`,
  );
  t.same({ ...full, detail: JSON.parse(full!.detail) }, { kind: 'record', detail: { not_kept: 1000 }, newest: true });
});
