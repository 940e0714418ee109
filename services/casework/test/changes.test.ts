import pg from 'pg';
import { type Test, test } from 'tap';
import { addCase, addToken, caller, createNode, type Node, serve } from './casework-node.ts';

test('the change feed', async (t) => {
  const node = await createNode(t);
  const service = await serve(t, node, []);
  const officer = caller(service, await addToken(node, 'chen', 'officer'));
  const changes = async (after: number, more = '') => (await officer('GET', `/changes?after=${after}${more}`)).json;

  await t.test('tells dashboards what changed, in order and without a gap', async (t) => {
    const start = (await changes(0, '&limit=200')).after;
    const id = await addCase(node);
    const triage = { severity: 'unrated', tlp: 'green', reason: 'first look' };
    const tag = (await officer('GET', `/cases/${id}`)).headers.get('etag')!;
    await officer('PUT', `/cases/${id}/triage`, triage, { 'if-match': tag });
    const other = await addCase(node);
    const first = await changes(start, '&limit=1');
    t.match(first.changes, [{ kind: 'case', case: id }]);
    const second = await changes(first.after);
    t.match(second, { changes: [{ kind: 'case', case: other }], after: second.changes[0].change });
    t.same(await changes(second.after), { changes: [], after: second.after });
    for (const after of ['-1', '1e3', '9007199254740992', '99999999999999999999'])
      t.equal((await officer('GET', `/changes?after=${after}`)).status, 422, after);
  });

  await t.test('holds back what a change that has not committed may precede', async (t) => {
    const [slow, quick, inserted] = [await addCase(node), await addCase(node), { id: '' }];
    const start = (await changes(0, '&limit=200')).after;
    const late = await open(t, node);
    await late.query('BEGIN');
    await late.query(`UPDATE cases SET change = nextval('case_changes') WHERE id = $1`, [slow]);
    await node.home.run(`UPDATE cases SET change = nextval('case_changes') WHERE id = $1`, [quick]);
    inserted.id = await addCase(node);
    t.same(await changes(start), { changes: [], after: start }, 'three numbers were given, none may be told yet');
    await late.query('COMMIT');
    t.same(
      (await changes(start)).changes.map((one: { case: string }) => one.case),
      [slow, quick, inserted.id],
    );
  });

  await t.test('does not wait for a change that was given up', async (t) => {
    const id = await addCase(node);
    const start = (await changes(0, '&limit=200')).after;
    const late = await open(t, node);
    await late.query('BEGIN');
    await late.query(`UPDATE cases SET change = nextval('case_changes') WHERE id = $1`, [id]);
    const other = await addCase(node);
    await late.query('ROLLBACK');
    t.match((await changes(start)).changes, [{ case: other }]);
  });
});

async function open(t: Test, node: Node): Promise<pg.Client> {
  const client = new pg.Client(node.databases.home.superuserUrl);
  await client.connect();
  t.teardown(() => client.end());
  return client;
}
