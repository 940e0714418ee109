import { randomBytes } from 'node:crypto';
import type { Descriptor, SigningPurpose } from '@detente/keys';
import { startHostileNode } from '@detente/testkit';
import { test } from 'tap';
import { carryOut } from '../../src/jobs/carry.ts';
import { handlePeerRequest } from '../../src/jobs/peers.ts';
import { type Acquaintance, acquaint, addPeer, befriend, land, landRecords, quarantined } from './acquaintance.ts';

const fresh = () => randomBytes(32).toString('base64url');

/** What a descriptor must say once these keys are rotated to those that were announced. */
function rotating({ mallory }: Acquaintance, ...purposes: SigningPurpose[]) {
  return ({ keys }: Descriptor) => {
    for (const purpose of purposes) keys[purpose] = { jwk: mallory.successor(purpose).publicJwk, next: fresh() };
  };
}

async function peerRow({ us, mallory }: Acquaintance) {
  const { rows } = await us.border.query('SELECT fingerprint, keys, descriptor FROM peers WHERE origin = $1', [
    mallory.origin,
  ]);
  return rows[0] as {
    fingerprint: string;
    keys: Record<string, { kid: string; former?: object[] }>;
    descriptor: string;
  };
}

test('keys that were announced take over, and what the old record key signed still counts', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const before = await peerRow(both);
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, 'record', 'transport'), { seq: 2 }));
  const { keys, fingerprint } = await peerRow(both);
  t.same(await quarantined(us), []);
  t.equal(fingerprint, before.fingerprint);
  t.equal(keys.transport!.kid, mallory.successor('transport').kid);
  t.equal(keys.transport!.former, undefined, 'a former transport key signs nothing any more');
  t.match(keys.record, { kid: mallory.successor('record').kid, former: [{ kid: mallory.signer('record').kid }] });
  const old = mallory.record({ root_cause: undefined });
  const young = mallory.record({ root_cause: undefined }, {}, mallory.successor('record'));
  const cut = (issued: typeof old) => issued.token.slice(0, issued.lengths[2]);
  await landRecords(us, mallory, [
    { token: cut(old), digest: old.digest, place: 1 },
    { token: cut(young), digest: young.digest, place: 2 },
  ]);
  t.same(await quarantined(us), []);
  t.equal((await us.home.query('SELECT FROM received')).rowCount, 2);
});

test('the identity key rotates to the announced one alone, and its thief cannot go on with the old', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const by = mallory.successor('identity');
  const rotated = mallory.descriptor(rotating(both, 'identity'), { seq: 2, by });
  await land(us, mallory, 'descriptor', rotated);
  t.match(await peerRow(both), { fingerprint: by.kid, descriptor: rotated });
  await land(us, mallory, 'descriptor', mallory.descriptor(undefined, { seq: 3 }));
  t.match(await quarantined(us), [{ kind: 'descriptor', code: 'fingerprint_mismatch', peer: mallory.origin }]);
  t.match(await peerRow(both), { fingerprint: by.kid, descriptor: rotated });
});

test('what was not announced is refused, and an officer sees it', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const stolen = await startHostileNode(t);
  const before = await peerRow(both);
  const { publicJwk } = stolen.signer('record');
  const faults: [string, Parameters<typeof mallory.descriptor>, string][] = [
    [
      'a record key of the thief’s, signed with the identity key that he stole',
      [({ keys }) => Object.assign(keys.record, { jwk: publicJwk, next: fresh() }), { seq: 2 }],
      'key_unannounced',
    ],
    [
      'another announcement under the same key',
      [({ keys }) => Object.assign(keys.record, { next: fresh() }), { seq: 2 }],
      'key_unannounced',
    ],
    [
      'an announced key, and one that was not, in one act',
      [
        (body) => {
          rotating(both, 'log')(body);
          body.keys.agency.jwk = stolen.signer('agency').publicJwk;
        },
        { seq: 2 },
      ],
      'key_unannounced',
    ],
    [
      'an identity key that was not announced',
      [
        ({ keys }) => Object.assign(keys.identity, { jwk: stolen.signer('identity').publicJwk }),
        { seq: 2, by: stolen.signer('identity') },
      ],
      'fingerprint_mismatch',
    ],
    ['the announced identity key, signed with the old one', [rotating(both, 'identity'), { seq: 2 }], 'key_unknown'],
    [
      'a rotation under the number of the descriptor before',
      [rotating(both, 'record'), { seq: 1 }],
      'claims_malformed',
    ],
  ];
  for (const [what, made, code] of faults)
    await t.test(what, async (t) => {
      const jws = mallory.descriptor(...made);
      await land(us, mallory, 'descriptor', jws);
      t.match((await quarantined(us)).at(-1), { kind: 'descriptor', code, body: jws, peer: mallory.origin });
      t.same(await peerRow(both), before);
      const count = (await quarantined(us)).length;
      await land(us, mallory, 'descriptor', jws);
      t.equal((await quarantined(us)).length, count, 'shown again, it is no news');
    });
  t.equal(
    (await us.home.query(`SELECT FROM statements WHERE iss = $1 AND typ LIKE '%descriptor%'`, [mallory.origin]))
      .rowCount,
    1,
  );
});

test('of two rotations at once the first counts, and a replay takes nothing back', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const first = mallory.descriptor();
  const [one, two] = [
    mallory.descriptor(rotating(both, 'record'), { seq: 2 }),
    mallory.descriptor(rotating(both, 'log'), { seq: 2 }),
  ];
  await land(us, mallory, 'descriptor', one, two);
  t.match(await quarantined(us), [{ code: 'claims_malformed', body: two }]);
  await land(us, mallory, 'descriptor', first);
  const after = await peerRow(both);
  t.match(after, { descriptor: one, keys: { record: { kid: mallory.successor('record').kid } } });
  t.match((await quarantined(us)).at(-1), { code: 'claims_malformed', body: first }, 'another one with its number');
  await land(us, mallory, 'descriptor', one);
  t.same(await peerRow(both), after);
});

test('whoever shows another node’s key, or announces the one that it shows, is not taken for it', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const mimic = await startHostileNode(t);
  await addPeer(us, mimic, 'mimic');
  const theirs = { jwk: mallory.signer('transport').publicJwk, next: fresh() };
  const ours = { jwk: us.worker.publicKeys.transport.jwk, next: fresh() };
  const shown = [
    mimic.descriptor(({ keys }) => Object.assign(keys, { transport: theirs })),
    mimic.descriptor(({ keys }) => Object.assign(keys, { receipt: theirs })),
    mimic.descriptor(({ keys }) => Object.assign(keys.transport, { next: mallory.signer('transport').kid })),
    mimic.descriptor(({ keys }) => Object.assign(keys.transport, { next: us.worker.publicKeys.transport.next })),
    mimic.descriptor(({ keys }) => Object.assign(keys, { transport: ours })),
  ];
  for (const jws of shown) await land(us, mimic, 'descriptor', jws);
  t.match(
    await quarantined(us),
    shown.map((body) => ({ code: 'keys_not_distinct', body, peer: mimic.origin })),
  );
  t.match((await us.border.query('SELECT status, keys FROM peers WHERE name = $1', ['mimic'])).rows, [
    { status: 'pending', keys: {} },
  ]);
  await land(us, mimic, 'descriptor', mimic.descriptor());
  t.match((await us.border.query('SELECT status FROM peers WHERE name = $1', ['mimic'])).rows, [{ status: 'active' }]);
});

test('whoever copies what another node announces keeps it from no rotation', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const copier = await startHostileNode(t);
  await befriend(us, copier, 'copier');
  const kids = async () =>
    (await us.border.query(`SELECT name, keys #>> '{transport,kid}' AS kid FROM peers ORDER BY name`)).rows;
  const { next } = mallory.publicKeys.transport;
  const jwk = copier.successor('transport').publicJwk;
  await land(
    us,
    copier,
    'descriptor',
    copier.descriptor(({ keys }) => Object.assign(keys.transport, { jwk, next }), { seq: 2 }),
  );
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, 'transport'), { seq: 2 }));
  t.same(await quarantined(us), []);
  t.same(await kids(), [
    { name: 'copier', kid: copier.successor('transport').kid },
    { name: 'mallory', kid: mallory.successor('transport').kid },
  ]);

  const theirs = { jwk: mallory.successor('transport').publicJwk, next: fresh() };
  const mimicry = copier.descriptor(({ keys }) => Object.assign(keys, { transport: theirs }), { seq: 3 });
  await land(us, copier, 'descriptor', mimicry);
  t.match(await quarantined(us), [{ code: 'keys_not_distinct', body: mimicry }], 'what the other one shows is its own');
});

test('what an expelled node showed keeps nobody from showing it', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const thief = await startHostileNode(t);
  await addPeer(us, thief, 'thief');
  const theirs = { jwk: mallory.successor('transport').publicJwk, next: fresh() };
  await land(
    us,
    thief,
    'descriptor',
    thief.descriptor(({ keys }) => Object.assign(keys, { transport: theirs })),
  );
  const rotated = mallory.descriptor(rotating(both, 'transport'), { seq: 2 });
  await land(us, mallory, 'descriptor', rotated);
  t.match(await quarantined(us), [{ code: 'keys_not_distinct', body: rotated }]);
  await handlePeerRequest(us.worker, { op: 'standing', peer: thief.origin, standing: 'expelled' });
  await carryOut(us.worker);
  await land(us, mallory, 'descriptor', rotated);
  t.match(await peerRow(both), { descriptor: rotated });
});

test('another descriptor does not better a standing', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const standings = async () =>
    (
      await us.home.query(`SELECT seq::int, body FROM statements WHERE iss = $1 AND typ LIKE '%standing%'`, [
        us.worker.origin,
      ])
    ).rows;
  await us.home.query(
    `UPDATE statements SET body = body || '{"standing":"suspended"}' WHERE iss = $1 AND typ LIKE '%standing%'`,
    [us.worker.origin],
  );
  const before = await standings();
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, 'record'), { seq: 2 }));
  t.match(before, [{ seq: 1, body: { standing: 'suspended' } }]);
  t.same(await standings(), before);
});
