import { randomBytes } from 'node:crypto';
import type { Descriptor, Revocation, SigningPurpose } from '@detente/keys';
import { type Test, test } from 'tap';
import { handlePeerRequest } from '../../src/jobs/peers.ts';
import { offer } from '../worker-pair.ts';
import { type Acquaintance, acquaint, land, landRecords, quarantined, US } from './acquaintance.ts';

const fresh = () => randomBytes(32).toString('base64url');
const green = { root_cause: undefined };

/** What a descriptor says once a key is revoked for what the log does not show below an index. */
function revoking({ mallory }: Acquaintance, purpose: SigningPurpose, before: number) {
  return (body: Descriptor) => {
    const { kid, publicJwk } = mallory.signer(purpose);
    body.keys[purpose] = { jwk: mallory.successor(purpose).publicJwk, next: fresh() };
    if (purpose === 'record') body.former = [publicJwk];
    body.revoked = [...(body.revoked ?? []), { purpose, kid, before } as Revocation];
  };
}

/** What the pages bring up to level green. */
function cut({ token, digest, lengths }: ReturnType<Acquaintance['mallory']['record']>, place: number) {
  return { token: token.slice(0, lengths[2]), digest, place };
}

async function landWarning({ us, mallory }: Acquaintance, { token, digest }: { token: string; digest: string }) {
  await us.border.query(`INSERT INTO landing (peer, kind, digest, body) VALUES ($1, 'warning', $2, $3)`, [
    mallory.origin,
    digest,
    token,
  ]);
  await landRecords(us, mallory, []);
}

async function received({ us }: Acquaintance) {
  const { rows } = await us.home.query(
    'SELECT digest, place::int, revoked_at IS NOT NULL AS revoked FROM received ORDER BY place NULLS LAST',
  );
  return rows as { digest: string; place: number | null; revoked: boolean }[];
}

test('after a revocation of the record key only what was logged before it counts', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const warn = { ...green, severity: { level: 5, axes: { people: 5, safeguards: null, reach: null } } };
  const [old, after, late, beyond] = Array.from({ length: 4 }, () => mallory.record(green));
  const young = mallory.record(green, {}, mallory.successor('record'));
  const [alarm, stolen] = [mallory.record(warn), mallory.record(warn)];
  await landRecords(us, mallory, [cut(old!, 9), cut(after!, 10)]);
  const alarmed = cut(alarm, 0);
  await landWarning(both, alarmed);
  t.same(
    (await received(both)).map(({ revoked }) => revoked),
    [false, false, false],
  );

  await land(us, mallory, 'descriptor', mallory.descriptor(revoking(both, 'record', 10), { seq: 2 }));
  t.same(await quarantined(us), []);
  t.same(await received(both), [
    { digest: old!.digest, place: 9, revoked: false },
    { digest: after!.digest, place: 10, revoked: true },
    { digest: alarm.digest, place: null, revoked: true },
  ]);

  // The page goes on, the thief's records lie in quarantine, and what was logged before is taken as ever.
  await landRecords(us, mallory, [cut(late!, 3), cut(beyond!, 11), cut(young, 12)]);
  await landWarning(both, cut(stolen, 0));
  const [first, second] = await quarantined(us);
  t.match(first, { kind: 'record', code: 'key_revoked', body: cut(beyond!, 11).token });
  t.match(second, { kind: 'warning', code: 'key_revoked' });
  t.match(
    (await received(both)).map(({ place, revoked }) => [place, revoked]),
    [
      [3, false],
      [9, false],
      [10, true],
      [12, false],
      [null, true],
    ],
  );

  await t.test('a warning whose record the log shows before the revocation counts again', async (t) => {
    await landRecords(us, mallory, [{ ...alarmed, place: 8 }]);
    t.match(
      (await received(both)).find(({ digest }) => digest === alarm.digest),
      { place: 8, revoked: false },
    );
  });

  await t.test('what was revoked stays so: not dropped, not moved, not put back', async (t) => {
    const { rows: before } = await us.border.query('SELECT keys FROM peers');
    const again = (change: (body: Descriptor) => void) =>
      mallory.descriptor(
        (body) => {
          revoking(both, 'record', 10)(body);
          body.keys.record.next = announced;
          change(body);
        },
        { seq: 3 },
      );
    const announced = (before[0].keys.record as { next: string }).next;
    const thief = mallory.signer('record');
    const faults: [string, (body: Descriptor) => void, string][] = [
      ['dropped', (body) => delete body.revoked, 'revocation_withdrawn'],
      ['moved', (body) => Object.assign(body.revoked![0]!, { before: 99 }), 'revocation_withdrawn'],
      ['put back', (body) => Object.assign(body.keys.record, { jwk: thief.publicJwk }), 'keys_not_distinct'],
      ['announced', (body) => Object.assign(body.keys.agency, { next: thief.kid }), 'keys_not_distinct'],
      [
        'another record key as if it were an old one',
        (body) => body.former!.push(mallory.signer('witness').publicJwk),
        'keys_not_distinct',
      ],
    ];
    for (const [what, change, code] of faults) {
      const jws = again(change);
      await land(us, mallory, 'descriptor', jws);
      t.match((await quarantined(us)).at(-1), { kind: 'descriptor', code, body: jws }, what);
    }
    await land(us, mallory, 'descriptor', mallory.descriptor());
    t.same((await us.border.query('SELECT keys FROM peers')).rows, before, 'nor by an old descriptor shown again');
  });
});

test('a former record key does not warn', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const warn = { ...green, severity: { level: 5, axes: { people: 5, safeguards: null, reach: null } } };
  const next = mallory.successor('record');
  const rotated = ({ keys }: Descriptor) => {
    keys.record = { jwk: next.publicJwk, next: fresh() };
  };
  await land(us, mallory, 'descriptor', mallory.descriptor(rotated, { seq: 2 }));
  const [old, young] = [mallory.record(warn), mallory.record(warn, {}, next)];
  for (const one of [old, young]) await landWarning(both, cut(one, 0));
  t.match(await quarantined(us), [{ kind: 'warning', code: 'key_former' }]);
  t.match(await received(both), [{ digest: young.digest }]);
  await landRecords(us, mallory, [cut(old, 4)]);
  t.match(await received(both), [{ digest: old.digest }, { digest: young.digest }], 'its record has an index');
});

test('a forged version of a revoked key keeps no honest one out', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const claims = { id: '11111111-1111-4111-8111-111111111111', tick: 7 };
  const forged = mallory.record(green, claims);
  await landRecords(us, mallory, [cut(forged, 10)]);
  await land(us, mallory, 'descriptor', mallory.descriptor(revoking(both, 'record', 10), { seq: 2 }));
  const honest = mallory.record(green, claims, mallory.successor('record'));
  await landRecords(us, mallory, [cut(honest, 11)]);
  t.same(await quarantined(us), []);
  t.match(await received(both), [
    { digest: forged.digest, revoked: true },
    { digest: honest.digest, revoked: false },
  ]);
  await landRecords(us, mallory, [cut(forged, 9)]);
  t.match(await quarantined(us), [{ code: 'tick_conflict' }], 'and does not come back beside it');
});

test('a revocation is of one key of one purpose', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const wrong = (body: Descriptor) => {
    revoking(both, 'record', 0)(body);
    body.revoked![0]!.purpose = 'agency';
  };
  await land(us, mallory, 'descriptor', mallory.descriptor(wrong, { seq: 2 }));
  const old = mallory.record(green);
  await landRecords(us, mallory, [cut(old, 3)]);
  t.same(await quarantined(us), []);
  t.match(await received(both), [{ digest: old.digest, revoked: false }]);
});

test('a record key that was none cannot be made a former one', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const { publicJwk } = await unknownKey(t);
  const jws = mallory.descriptor((body) => Object.assign(body, { former: [publicJwk] }), { seq: 2 });
  await land(us, mallory, 'descriptor', jws);
  t.match(await quarantined(us), [{ kind: 'descriptor', code: 'key_unannounced', body: jws }]);
});

async function unknownKey(t: Test) {
  const { startHostileNode } = await import('@detente/testkit');
  return (await startHostileNode(t)).signer('record');
}

test('what a revoked agency key said holds until it is said anew, and then no more, whatever its number', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const say = (tier: 'green' | 'amber', seq: number) =>
    mallory.state('detente-offer+jwt', offer(tier), { aud: US, seq });
  const offers = async () =>
    (
      await us.home.query(
        `SELECT seq::float8 AS seq FROM statements WHERE iss = $1 AND typ LIKE '%offer%' AND void_at IS NULL ORDER BY seq`,
        [mallory.origin],
      )
    ).rows.map(({ seq }) => seq);
  const thief = await say('amber', Number.MAX_SAFE_INTEGER);
  await land(us, mallory, 'statement', thief);
  t.same(await offers(), [1, Number.MAX_SAFE_INTEGER]);

  await land(us, mallory, 'descriptor', mallory.descriptor(revoking(both, 'agency', 10), { seq: 2 }));
  t.same(await offers(), [1, Number.MAX_SAFE_INTEGER], 'no gap in which there is no offer');
  const later = await say('amber', 2);
  await land(us, mallory, 'statement', later);
  t.match(await quarantined(us), [{ kind: 'statement', code: 'key_revoked', body: later }]);

  const by = mallory.successor('agency');
  const anew = await mallory.state('detente-offer+jwt', offer('green'), { aud: US, seq: 2, by });
  await land(us, mallory, 'statement', anew);
  t.same(await offers(), [2]);
  t.equal((await quarantined(us)).length, 1);
});

test('a peer whose identity was stolen is pinned anew, and its thief stays outside', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const old = cut(mallory.record(green), 1);
  await landRecords(us, mallory, [old]);
  // The thief has burnt every number.
  await land(us, mallory, 'descriptor', mallory.descriptor(undefined, { seq: Number.MAX_SAFE_INTEGER }));
  const anew = await unknownIdentity(t);
  await handlePeerRequest(us.worker, { op: 'pin', peer: mallory.origin, fingerprint: anew.kid });
  const row = async () => (await us.border.query('SELECT fingerprint, status, keys FROM peers')).rows[0];
  t.match(await row(), { fingerprint: anew.kid, status: 'active', keys: { transport: undefined } });

  await land(us, mallory, 'descriptor', mallory.descriptor(undefined, { seq: 7 }));
  t.match(await quarantined(us), [{ kind: 'descriptor', code: 'fingerprint_mismatch' }]);
  const change = ({ keys }: Descriptor) => {
    keys.identity = { jwk: anew.publicJwk, next: fresh() };
  };
  await land(us, mallory, 'descriptor', mallory.descriptor(change, { seq: 3, by: anew }));
  t.match(await row(), { fingerprint: anew.kid, keys: { transport: { kid: mallory.signer('transport').kid } } });
  t.match(await received(both), [{ digest: old.digest, revoked: false }], 'what it had given still counts');
});

async function unknownIdentity(t: Test) {
  const { startHostileNode } = await import('@detente/testkit');
  return (await startHostileNode(t)).signer('identity');
}
