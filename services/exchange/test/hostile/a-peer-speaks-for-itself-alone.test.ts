import { parseCheckpoint, parseNote } from '@detente/tlog';
import { test } from 'tap';
import { offer, standing } from '../border-worker.ts';
import { changesNothing, evidence, problemOf, quarantined, startHonest, startVictim } from './victim.ts';

test('a peer speaks for itself alone, and what it says of others is held against it', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const them = await startHonest(t, us);
  await them.worker.grant(us.origin, { cell: 'incident/cyber/unrated' }, 2);
  const theirs = await them.worker.release({ hazard_domain: 'cyber' });
  await them.worker.sequence();
  const ofThem = () =>
    us.rows(
      'SELECT p.*, c.after, c.late, c.pages FROM peers p LEFT JOIN cursors c ON c.peer = p.origin WHERE origin = $1',
      [them.origin],
    );
  const put = (statement: string) => {
    const body = JSON.stringify({ statement });
    return mallory.sign(us.origin, { method: 'PUT', path: '/exchange/v1/statements', body });
  };

  const quarantinedAs = (kind: string) =>
    us.rows('SELECT peer, code, digest, body FROM quarantine WHERE kind = $1 ORDER BY number', [kind]);

  const [aud, iss] = [us.origin, them.origin];
  const statements: [what: string, statement: string, code: string][] = [
    [
      'an offer in another node’s name',
      await mallory.state('detente-offer+jwt', offer(), { aud, iss }),
      'issuer_unexpected',
    ],
    [
      'a standing in another node’s name',
      await mallory.state('detente-standing+jwt', standing(), { aud, iss }),
      'issuer_unexpected',
    ],
    ['another node’s own offer to us', await them.worker.sign(aud, 'detente-offer+jwt', offer(), false), 'key_unknown'],
    [
      'an offer for another node',
      await mallory.state('detente-offer+jwt', offer(), { aud: iss }),
      'audience_unexpected',
    ],
    ['an offer for nobody', await mallory.state('detente-offer+jwt', offer()), 'audience_unexpected'],
    [
      'an offer for the node that puts it',
      await mallory.state('detente-offer+jwt', offer(), { aud: mallory.origin }),
      'audience_unexpected',
    ],
  ];
  for (const [what, statement, code] of statements)
    await t.test(`${what} is refused, and kept under the node that put it, once`, async (t) => {
      const kept = await us.count('quarantine');
      for (let time = 0; time < 2; time++) {
        const answer = await changesNothing(t, us, () => problemOf(t, victim, put(statement)), evidence);
        t.same(answer, [422, 'validation_failed']);
      }
      t.equal(await us.count('quarantine'), kept + 1);
      const [row] = await us.rows('SELECT peer, kind, code, body FROM quarantine ORDER BY number DESC LIMIT 1');
      t.same(row, { peer: mallory.origin, kind: 'statement', code, body: statement });
    });

  await t.test('a receipt in another node’s name is refused', async (t) => {
    const digest = 'A'.repeat(43);
    const records = [{ digest, level: 1, disclosed: digest }];
    const body = { log: `${new URL(aud).host}/log/v1`, page: { after: 0, next: 1 }, records };
    const receipt = await mallory.state('detente-receipt+jwt', body, { aud, iss });
    const call = { method: 'POST', path: '/exchange/v1/receipts', body: JSON.stringify({ receipt }) };
    const answer = await changesNothing(t, us, () => problemOf(t, victim, mallory.sign(aud, call)), evidence);
    t.same(answer, [422, 'validation_failed']);
    t.match(await quarantinedAs('receipt'), [{ code: 'issuer_unexpected', body: receipt }]);
  });

  await t.test('a warning in another node’s name, and one that is another’s, are kept as evidence', async (t) => {
    const grave = { severity: { level: 6, axes: { people: 6, safeguards: null, reach: null } }, root_cause: undefined };
    const [lent, own] = [
      mallory.record(grave, { iss }),
      await them.worker.release({ severity: { ...grave.severity } }),
    ];
    const [lentBody, ownBody] = [lent.token.slice(0, lent.lengths[2]), own.token.slice(0, own.lengths[2])];
    for (const warning of [lentBody, ownBody]) {
      const call = { method: 'POST', path: '/exchange/v1/notices', body: JSON.stringify({ warning }) };
      const answer = await changesNothing(t, us, () => problemOf(t, victim, mallory.sign(aud, call)), evidence);
      t.same(answer, [422, 'validation_failed']);
    }
    t.match(await quarantinedAs('warning'), [
      { peer: mallory.origin, code: 'issuer_unexpected', body: lentBody },
      { peer: mallory.origin, code: 'key_unknown', body: ownBody },
    ]);
  });

  await t.test(
    'records of another issuer lie in quarantine under their sender, and that issuer is as before',
    async (t) => {
      const before = await ofThem();
      const lent = mallory.record({}, { iss });
      mallory.log.add(lent.token);
      mallory.log.add(theirs.token);
      const good = mallory.record();
      mallory.log.add(good.token);
      await us.pull(mallory);
      t.equal(await us.fault(mallory), null);
      t.match(await quarantinedAs('record'), [
        { code: 'issuer_unexpected', digest: lent.digest, body: lent.token },
        { code: 'key_unknown', digest: theirs.digest, body: theirs.token },
      ]);
      t.match(await us.landed(mallory), [{ digest: good.digest }]);
      t.same(await ofThem(), before);
      t.equal((await us.landed(them)).length, 0);
    },
  );

  await t.test('a record of another log, brought as its relay, is no more believed', async (t) => {
    const before = await ofThem();
    const [{ note }] = (await them.rows('SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1')) as [
      { note: string },
    ];
    mallory.spoil = (page) => {
      if (page.late_next > 0) return undefined;
      const log = parseCheckpoint(parseNote(note).text).origin;
      const item = { number: 1, log, index: theirs.place, rule: 'relayed', proof: [], checkpoint: note };
      page.late.push({ ...item, record: theirs.token });
      page.late_next = 1;
      return undefined;
    };
    await us.pull(mallory);
    t.equal(await us.fault(mallory), null);
    t.match(
      (await quarantined(victim)).filter(({ code }) => code === 'origin_unknown'),
      [{ digest: theirs.digest }],
    );
    t.same(await ofThem(), before);
  });

  await t.test('and the honest node is heard as ever', async (t) => {
    await us.pull(them);
    t.equal(await us.fault(them), null);
    t.match(await us.landed(them), [{ digest: theirs.digest }]);
  });
});
