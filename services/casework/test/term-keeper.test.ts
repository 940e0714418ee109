import { leakCheck } from '@detente/redaction';
import pg from 'pg';
import { test } from 'tap';
import { createTermKeeper } from '../src/term-keeper.ts';
import { startWorkerNode } from './worker-node.ts';
import { CN, fields } from './worker-pair.ts';

test('names of a report that was sealed earlier and committed later are known as soon as it is', async (t) => {
  const { worker, home, report } = await startWorkerNode(t, { origin: CN });
  const slow = await report({ fields, parties: { developer: ['Zephyrine Dynamics'] } });
  const { rows: sealed } = await home.query('DELETE FROM vault WHERE case_id = $1 RETURNING parties_sealed', [slow]);
  const { host, port, user, password, database } = home;
  const other = new pg.Client({ host, port, user, password: password!, database: database! });
  await other.connect();
  t.teardown(() => other.end());
  const terms = createTermKeeper(worker.home, worker.keys);
  const finds = async (name: string) => leakCheck({ title: name }, await terms.current()).length > 0;

  await other.query('BEGIN');
  await other.query(
    `INSERT INTO vault (case_id, parties_sealed, body_sealed, media_type) VALUES ($1, $2, '', 'application/json')`,
    [slow, sealed[0].parties_sealed],
  );
  await report({ fields, parties: { developer: ['Quillmark Systems'] } });
  t.ok(await finds('Quillmark Systems'));
  t.notOk(await finds('Zephyrine Dynamics'));
  await other.query('COMMIT');
  t.ok(await finds('Zephyrine Dynamics'));
});

test('names that do not open stop what leaves, are told once, and are known when they are restored', async (t) => {
  const { worker, home, report } = await startWorkerNode(t, { origin: CN });
  const id = await report({ fields, parties: { developer: ['Zephyrine Dynamics'] } });
  const { rows: sealed } = await home.query('SELECT parties_sealed FROM vault WHERE case_id = $1', [id]);
  await report({ fields, parties: { developer: ['Quillmark Systems'] } });
  const restore = (bytes: Buffer) => home.query('UPDATE vault SET parties_sealed = $2 WHERE case_id = $1', [id, bytes]);
  await restore(Buffer.from('0102', 'hex'));
  const terms = createTermKeeper(worker.home, worker.keys);
  for (let time = 0; time < 2; time++) await t.rejects(terms.current(), { message: new RegExp(`do not open: ${id}`) });
  const { index: others, closed } = await terms.known();
  t.strictSame(closed, [id]);
  t.ok(leakCheck({ title: 'Quillmark Systems' }, others).length > 0, 'those of others are known');
  const { rows: acts } = await home.query(`SELECT object, reason FROM acts WHERE act = 'vault.closed'`);
  t.match(acts, [{ object: id, reason: /restored from a backup/ }]);
  t.equal(acts.length, 1);
  await restore(sealed[0].parties_sealed);
  const index = await terms.current();
  for (const title of ['Zephyrine Dynamics', 'Quillmark Systems']) t.ok(leakCheck({ title }, index).length > 0, title);
  t.strictSame(terms.partiesOf(id), { developer: ['Zephyrine Dynamics'] });
});
