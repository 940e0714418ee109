// The sequencer is killed, or its write fails, at each write that it makes to the database in one batch and its signature; and the
// same with PostgreSQL at each write to its log. Run by scripts/faults.ts: it needs strace.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Test, test } from 'tap';
import { type Border, startBorder } from './border.ts';
import { countCalls, strace } from './strace.ts';

const WRITES = ['write', 'writev', 'sendto', 'sendmsg'];
const FLUSHES = ['pwrite64', 'pwritev', 'write', 'fdatasync', 'fsync'];
const program = fileURLToPath(new URL('sequencer-process.ts', import.meta.url));

type Sequencer = { pid: number; child: ChildProcess; batch(): Promise<string>; end(): Promise<void> };

async function startSequencer({ url, keysFolder }: Border): Promise<Sequencer> {
  const child = fork(program, [url, keysFolder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const closed = once(child, 'close');
  const answer = () => Promise.race([once(child, 'message'), closed]).then(([said]) => String(said ?? 'killed'));
  if ((await answer()) !== 'ready') throw new Error('the sequencer did not start');
  return {
    ...{ pid: child.pid!, child },
    async batch() {
      const answered = answer();
      child.send('batch');
      const said = await answered;
      return said === 'done' || said === 'failed' ? said : 'killed';
    },
    async end() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** Every call of a batch that goes to the database, by name, and how many there are of it. */
async function writesOfBatch(t: Test, border: Border): Promise<Map<string, number>> {
  const sequencer = await startSequencer(border);
  await border.promise();
  const traced = await strace(sequencer.pid, WRITES);
  t.equal(await sequencer.batch(), 'done');
  const lines = (await traced.end()).filter((line) => /^\w+\(\d+<TCP/.test(line));
  await sequencer.end();
  return countCalls(lines);
}

test('whatever breaks off, the next start continues the log', async (t) => {
  const border = await startBorder(t);
  const counts = await writesOfBatch(t, border);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  t.comment(`writes to the database in a batch: ${[...counts].map((entry) => entry.join(' ')).join(', ')}`);
  t.ok(total > 20, 'they were seen');

  for (const [call, count] of counts) await killAtEach(t, border, call, count);
  for (const [call, count] of counts) await failAtEach(t, border, call, count);
  await breakServer(t, border);
});

/** Killed before the n-th write is made, from the first to the last. The next process starts while one dies. */
async function killAtEach(t: Test, border: Border, call: string, count: number): Promise<void> {
  let coming = startSequencer(border);
  for (let n = 1; n <= count; n++) {
    const sequencer = await coming;
    if (n < count) coming = startSequencer(border);
    await border.promise();
    const traced = await strace(sequencer.pid, WRITES, { call, what: `signal=KILL:when=${n}` });
    const said = await sequencer.batch();
    await traced.end();
    await sequencer.end();
    t.equal(said, 'killed', `killed at ${call} ${n} of ${count}`);
    t.same(await border.faults(), []);
  }
}

/** The n-th write fails. Where it was one of Node's own, to wake another thread, Node ends the process. */
async function failAtEach(t: Test, border: Border, call: string, count: number): Promise<void> {
  let sequencer = await startSequencer(border);
  for (let n = 1; n <= count; n++) {
    await border.promise();
    const error = n % 2 === 0 ? 'EIO' : 'ENOSPC';
    const traced = await strace(sequencer.pid, WRITES, { call, what: `error=${error}:when=${n}` });
    const said = await sequencer.batch();
    await traced.end();
    t.not(said, 'done', `${error} at ${call} ${n} of ${count}`);
    t.same(await border.faults(), []);
    if (said === 'killed') {
      await sequencer.end();
      sequencer = await startSequencer(border);
    }
    // The connection is a new one.
    t.equal(await sequencer.batch(), 'done', 'and it goes on itself');
  }
  await sequencer.end();
}

/** PostgreSQL loses the process that serves the sequencer at each of its writes and flushes, or the disk fails there: it ends all
 *  sessions and recovers from its log. */
async function breakServer(t: Test, border: Border): Promise<void> {
  const sequencer = await startSequencer(border);
  const backend = async () => {
    const name = `detente sequencer ${sequencer.pid}`;
    const rows = await border.sql<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE application_name = $1', [
      name,
    ]);
    return rows[0]!.pid;
  };
  await border.promise();
  const traced = await strace(await backend(), FLUSHES);
  t.equal(await sequencer.batch(), 'done');
  const counts = countCalls(await traced.end());
  t.comment(`PostgreSQL's in a batch: ${[...counts].map((entry) => entry.join(' ')).join(', ')}`);
  t.ok(counts.has('fdatasync'), 'it flushes');
  for (const [call, count] of counts) {
    for (let n = 1; n <= count; n++) {
      for (const what of ['signal=KILL', 'error=EIO']) {
        // After a recovery its session is a new one.
        if ((await sequencer.batch()) === 'failed') t.equal(await sequencer.batch(), 'done');
        await border.promise();
        const traced = await strace(await backend(), FLUSHES, { call, what: `${what}:when=${n}` });
        const said = await sequencer.batch();
        await traced.end();
        t.comment(`${what} at PostgreSQL's ${call} ${n} of ${count}: ${said}`);
        t.same(await border.faults(), []);
      }
    }
  }
  await sequencer.end();
}
