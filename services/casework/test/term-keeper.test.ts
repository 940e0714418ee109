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
