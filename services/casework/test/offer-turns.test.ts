// What is found of which offer counts, when one of long ago loses its force.

import { offerFrom } from '@detente/reciprocity';
import { test } from 'tap';
import { createNode, origin } from './casework-node.ts';

const US = 'https://us.example';

type Row = { seq: number; turns: { from: string; seq: number }[]; xmin: string };

/** Offers whose row was written anew. */
function changed(before: readonly Row[], after: readonly Row[]): number[] {
  const had = new Map(before.map(({ seq, xmin }) => [seq, xmin]));
  return after.filter(({ seq, xmin }) => had.get(seq) !== xmin).map(({ seq }) => seq);
}

test('an offer that is void has the few behind it looked at again, not all that came since', async (t) => {
  const { home } = await createNode(t);
  const body = JSON.stringify({ ...offerFrom('floor-only', '2026-01-01'), notice_days: 0 });
  await home.run(
    `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body, received_at)
     SELECT $1, 'detente-offer+jwt', $2, n, 'j' || n, 'd' || n, 'x',
       $3::jsonb || jsonb_build_object('valid_from', to_char(day, 'YYYY-MM-DD')), day
     FROM (SELECT n, timestamptz '2026-01-01 12:00Z' + n / 2 * interval '1 day' AS day FROM generate_series(1, 450) n) days`,
    [US, origin, body],
  );
  await home.findTurns(US, origin);
  const rows = () => home.rows<Row>('SELECT seq, turns, xmin::text FROM statements WHERE void_at IS NULL ORDER BY seq');
  const before = await rows();
  t.equal(before.filter(({ turns }) => turns === null).length, 0);
  t.same(before.at(-1)!.turns.at(-1), { from: '2026-08-14', seq: 450 });

  const voided = [4, 5];
  await home.run(
    `WITH voided AS (UPDATE statements SET void_at = now() WHERE seq = ANY ($1))
     UPDATE statements SET turns = NULL WHERE seq = 6`,
    [voided],
  );
  await home.findTurns(US, origin);
  const after = await rows();
  const written = changed(before, after);
  t.equal(written[0], 6);
  t.equal(written.length, 200, 'one step');
  const sixth = after.find(({ seq }) => seq === 6)!;
  t.notOk(
    sixth.turns.some(({ seq }) => voided.includes(seq)),
    'what is void counts on no day',
  );

  const found = (all: typeof after) => all.map(({ seq, turns }) => ({ seq, turns }));
  await home.run(`UPDATE statements SET turns = CASE seq WHEN 202 THEN '[]'::jsonb END WHERE seq IN (1, 202)`);
  await home.findTurns(US, origin);
  const again = await rows();
  t.same(
    [changed(after, again).at(0), changed(after, again).at(-1)],
    [1, 402],
    'where they differ the next step follows',
  );
  t.same(found(again), found(after));

  await home.run('UPDATE statements SET turns = NULL WHERE seq <> ALL ($1)', [voided]);
  await home.findTurns(US, origin);
  t.same(found(await rows()), found(after), 'found from the first one on they are the same');
});
