import { test } from 'tap';
import { type Answer, call, createNode, report, serve } from './reporting-node.ts';

const cases = '/reporting/v1/cases';

test('two replicas receive at once', async (t) => {
  const node = await createNode(t);
  const replicas = [await serve(t, node), await serve(t, node)] as const;
  const lab = await node.addLab();
  const codes = (answers: Answer[]) =>
    Object.fromEntries(
      [...Map.groupBy(answers, ({ status }) => status)].map(([status, { length }]) => [status, length]),
    );

  await t.test('every follow-up to a few cases has a number of its own', async (t) => {
    const ids = await Promise.all([0, 1, 2].map(async () => (await call(replicas[0], cases, lab, report())).json.id));
    const answers: Answer[] = [];
    const follow = async (origin: string, from: number) => {
      for (let at = from; at < from + 20; at++)
        answers.push(await call(origin, `${cases}/${ids[at % 3]}/updates`, lab, { text: `follow-up ${at}` }));
    };
    await Promise.all(Array.from({ length: 48 }, (_, at) => follow(replicas[at % 2]!, at)));
    t.same(codes(answers), { 201: 960 });
    const rows = await node.rows<{ count: number; last: number }>(
      'SELECT count(*)::integer, max(number) AS last FROM case_updates GROUP BY case_id',
    );
    t.same(
      rows.map(({ count, last }) => [count, last]),
      [0, 1, 2].map(() => [320, 320]),
      'none doubled, none left out',
    );
    t.equal(await node.count('receipts', 'number > 0'), 960);
  });

  await t.test('whoever loses every race is asked to come again, and nothing of his is kept', async (t) => {
    const before = await node.count('cases');
    await node.admin.write(async (tx) => {
      await tx.query('CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$');
      await tx.query('CREATE TRIGGER lose BEFORE INSERT ON idempotency FOR EACH ROW EXECUTE FUNCTION lose()');
    });
    const refused = await call(replicas[0], cases, lab, report());
    t.equal(`${refused.status} ${refused.json.code}`, '503 overloaded');
    t.equal(refused.headers.get('retry-after'), '5');
    t.equal(await node.count('cases'), before);
    await node.admin.write((tx) => tx.query('DROP TRIGGER lose ON idempotency'));
    t.equal((await call(replicas[0], cases, lab, report())).status, 201);
  });
});
