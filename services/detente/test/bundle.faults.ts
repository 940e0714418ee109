// The import of a bundle is killed, between keys that are rotated while it is on its way.

import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { runDetente, type Seam, spawnDetente, stopAt, stopAtCommit, until } from '@detente/testkit';
import { test } from 'tap';
import { held, logged, meetByBundles } from './by-bundle.ts';

/** Kills the command, and the process that it runs, as a power cut would. */
async function killCommand(command: ChildProcess): Promise<void> {
  const children = readFileSync(`/proc/${command.pid}/task/${command.pid}/children`, 'utf8').trim().split(' ');
  const gone = new Promise((resolve) => command.once('close', resolve));
  for (const pid of [command.pid!, ...children.map(Number)]) process.kill(pid, 'SIGKILL');
  await gone;
}

test('a bundle whose import breaks off is imported again', async (t) => {
  const { one, other, bag } = await meetByBundles(t);
  const [cn, us] = [one.node, other.node];
  let file = '';
  await t.test(
    'the transport key is rotated while a bundle is on its way, and its import is killed twice',
    async (t) => {
      await one.lab.report(2, 'cyber');
      await logged(cn, one.lab);
      file = await bag.pack(cn, us);
      const descriptors = async () => (await cn.sql('border', 'SELECT FROM descriptor')).length;
      const before = await descriptors();
      const rotated = await runDetente(['keys', 'rotate', 'transport', '--data', cn.data]);
      t.equal(rotated.code, 0, rotated.stderr);
      await until('cn tells of it', async () => (await descriptors()) > before);
      const seam: Seam = {
        ...{ node: us, database: 'border', session: 'detente bundle' },
        ...{ hold: 'LOCK TABLE landing IN SHARE MODE', statement: 'INSERT INTO landing .peer, kind, digest, place' },
      };
      const importing = () => spawnDetente(['bundle', 'import', file, '--data', us.data]);
      const receipts = async () => (await us.sql('border', 'SELECT FROM receipts_out')).length;
      const stop = await stopAt(seam);
      let command = importing();
      await stop.reached();
      await killCommand(command);
      await stop.release();
      t.equal(await receipts(), 1, 'the page has not landed');
      const again = await stopAt(seam);
      command = importing();
      const session = await again.reached();
      const commit = await stopAtCommit(us);
      await again.release();
      await commit.reached(session);
      await killCommand(command);
      await commit.release();
      await until('the page has landed', async () => (await receipts()) === 2);
      t.match(await bag.take(us, file), { code: 0, outcome: 'taken', records: 0, fault: null });
      await held(us, 5);
      t.equal(await receipts(), 2);
    },
  );

  await t.test('the next one shows the new key, and what the old one has signed is the peer’s no more', async (t) => {
    const next = await bag.pack(cn, us);
    t.match(await bag.take(us, next), { code: 4, outcome: 'keys' });
    await until('us has the new key', async () => {
      const [peer] = await us.sql('border', 'SELECT descriptor FROM peers WHERE origin = $1', [cn.origin]);
      const [own] = await cn.sql('border', 'SELECT jws FROM descriptor ORDER BY seq DESC LIMIT 1');
      return peer!.descriptor === own!.jws;
    });
    t.match(await bag.take(us, next), { code: 0, outcome: 'taken', fault: null });
    t.match(await bag.take(us, file), {
      code: 1,
      stderr: /its key is not the one that the peer signs with now: ask/,
    });
  });
});
