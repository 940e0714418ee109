import { startHostileNode } from '@detente/testkit';
import { test } from 'tap';
import { acquaint, cut, fresh, green, land, landRecords, peerRow, quarantined, rotating } from './acquaintance.ts';

test('keys that were announced take over, and what the old record key signed still counts', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const before = await peerRow(both);
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, 'record', 'transport'), { seq: 2 }));
  const { keys, fingerprint } = await peerRow(both);
  t.same(await quarantined(us), []);
  t.equal(fingerprint, before.fingerprint);
  t.same((await peerRow(both)).earlier, [], 'what showed the same identity and log key is not needed any more');
  t.equal(keys.transport!.kid, mallory.successor('transport').kid);
  t.equal(keys.transport!.former, undefined, 'a former transport key signs nothing any more');
  t.match(keys.record, { kid: mallory.successor('record').kid, former: [{ kid: mallory.signer('record').kid }] });
  const [old, young] = [mallory.record(green), mallory.record(green, {}, mallory.successor('record'))];
  await landRecords(us, mallory, [cut(old, 1), cut(young, 2)]);
  t.same(await quarantined(us), []);
  t.equal((await us.home.query('SELECT FROM received')).rowCount, 2);
});

test('of any number of former keys the newest 200 are kept, and each that was revoked', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const { kid, publicJwk: jwk } = mallory.signer('agency');
  const earlier = Array.from({ length: 205 }, (_, at) => ({ kid: `${at}`, jwk, ...(at === 2 && { before: 7 }) }));
  await us.border.query(
    `UPDATE peers SET keys = jsonb_set(keys, '{agency,former}', $1) WHERE keys->'agency'->>'kid' = $2`,
    [JSON.stringify(earlier), kid],
  );
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, 'agency'), { seq: 2 }));
  const { agency } = (await peerRow(both)).keys;
  const known = agency!.former!.map((key) => (key as { kid: string }).kid);
  t.equal(known.length, 201);
  t.same([known[0], known[1], known.at(-1)], ['2', '6', kid], 'the oldest go, but not one that was revoked');
});

test('the identity key rotates to the announced one alone, and its thief cannot go on with the old', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const by = mallory.successor('identity');
  const before = await peerRow(both);
  const rotated = mallory.descriptor(rotating(both, 'identity', 'log'), { seq: 2, by });
  await land(us, mallory, 'descriptor', rotated);
  t.match(await peerRow(both), { fingerprint: by.kid, descriptor: rotated, earlier: [before.descriptor] });
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
