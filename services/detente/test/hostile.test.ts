import { dataOf } from '@detente/client';
import { offer, type RawRequest, startHostileNode, startNode, until } from '@detente/testkit';
import { test } from 'tap';

test('a whole node beside a hostile peer shows what is good, and its officer sees what is not', async (t) => {
  const [us, mallory] = await Promise.all([startNode(t, { name: 'us' }), startHostileNode(t)]);
  const { origin, fingerprint, log } = mallory;
  const peer = async () => dataOf(await us.casework.GET('/casework/v1/peers')).items[0];
  const refused = async () => dataOf(await us.casework.GET('/casework/v1/quarantine')).items;
  const inbox = async () => dataOf(await us.casework.GET('/casework/v1/inbox')).items;
  const send = (raw: RawRequest) => mallory.send(Number(new URL(us.address).port), raw);
  const cut = ({ token, lengths }: ReturnType<typeof mallory.record>) => token.slice(0, lengths[2]);
  await us.casework.POST('/casework/v1/peers', { body: { name: 'mallory', origin, fingerprint, reason: 'test' } });
  await until('the hostile node is enrolled', async () => (await peer())?.status === 'active');

  await t.test('its offer counts, and nothing else that it puts', async (t) => {
    const rule = {
      type: 'incident',
      domains: ['*'],
      bands: ['*'],
      tier: 'green',
      condition: 'unconditional',
      onward: null,
    };
    const body = {
      gives: [rule],
      access: [],
      obligations: [],
      waives: [],
      notice_days: 0,
      backlog: true,
      valid_from: '2026-01-01',
      valid_until: null,
    };
    const reason = { code: 'enrolled', params: {} };
    const standing = { standing: 'good', since: '2026-01-01', reason, overridden: false };
    const put = async (aud: string, seq: number, typ: 'offer' | 'standing' = 'offer') => {
      const statement = await mallory.state(`detente-${typ}+jwt`, typ === 'offer' ? body : standing, { aud, seq });
      const call = { method: 'PUT', path: '/exchange/v1/statements', body: JSON.stringify({ statement }) };
      return send(mallory.sign(us.origin, call));
    };
    // The exchange has its keys once the worker has carried them.
    await until('the exchange knows it', async () => (await put(us.origin, 1)).status === 204);
    t.match(await put(us.origin, 1, 'standing'), { status: 204 });
    t.match(await put('https://cn.example', 2), { status: 422, json: { code: 'validation_failed' } });
    t.match(await send(mallory.sign(origin, { method: 'GET', path: '/exchange/v1/feed' })), { status: 401 });
  });

  await t.test('of its records the good one is in the inbox, the bad one in quarantine under its name', async (t) => {
    const [good, bad] = [cut(mallory.record()), cut(mallory.record())];
    log.add(bad, `${bad}x~`);
    log.add(good);
    await until('the good one is shown', async () => (await inbox()).length === 1);
    t.match(await refused(), [
      { peer: 'mallory', kind: 'record', code: 'token_invalid', index: 0, body: `${bad}x~` },
      { peer: 'mallory', kind: 'statement', code: 'audience_unexpected' },
    ]);
    t.match(await peer(), { after: 2, received: 1, quarantined: 2 });
  });

  await t.test('what leaves does not wait for what has come', async (t) => {
    const session = await us.connect('home');
    await session.query('BEGIN');
    await session.query('LOCK TABLE received IN SHARE MODE');
    log.add(cut(mallory.record()));
    const stuck = () =>
      us.sql(
        'home',
        `SELECT pid, query_start::text AS since FROM pg_stat_activity
         WHERE wait_event_type = 'Lock' AND query LIKE '%INTO received%'`,
      );
    await until('the worker stands still over what landed', async () => (await stuck()).length === 1);
    const before = await stuck();
    await offer(us, { name: 'mallory' }, 'clear');
    const crossed = `SELECT FROM statements_out WHERE typ = 'detente-offer+jwt'`;
    await until('an offer crosses', async () => (await us.sql('border', crossed)).length === 1);
    t.same(await stuck(), before, 'while it still stands at the same statement');
    await session.query('ROLLBACK');
    await session.end();
    await until('what landed is shown', async () => (await inbox()).length === 2);
  });

  await t.test('a page that does not fit is named with the peer, and the next good one goes on', async (t) => {
    log.add(mallory.record().token, mallory.record().token);
    await until('an officer sees the fault', async () => /root_mismatch/.test((await peer())?.fault ?? ''));
    t.match(await peer(), { after: 3, received: 2 });
    log.listed.pop();
    await until('the log goes on', async () => (await peer())?.after === 4);
  });

  await t.test('keys that were not announced change nothing, and lie in quarantine', async (t) => {
    const thief = await startHostileNode(t);
    const jwk = thief.signer('record').publicJwk;
    mallory.shown = mallory.descriptor(({ keys }) => Object.assign(keys.record, { jwk }), { seq: 2 });
    log.add(mallory.record().token, mallory.record().token);
    await until('it is refused', async () => (await refused()).some(({ code }) => code === 'key_unannounced'));
    const [kept] = await us.sql('border', `SELECT keys #>> '{record,kid}' AS kid FROM peers`);
    t.same(kept, { kid: mallory.signer('record').kid });
    t.equal((await refused()).filter(({ kind }) => kind === 'descriptor').length, 1);
  });
});
