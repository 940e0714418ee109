import { openSync, readFileSync } from 'node:fs';
import { test } from 'tap';
import { launchAhead } from '../src/ahead.ts';
import { aheadPlan } from '../src/processes.ts';
import { supervise } from '../src/supervisor.ts';

const children = () => readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim();

test('a process that was launched ahead becomes what its settings say, and nobody’s ends', async (t) => {
  const output = openSync('/dev/null', 'w');
  const [ahead] = launchAhead([output], 6);
  const child = ahead!.take('publication')!;
  t.equal(ahead!.take('publication'), undefined, 'it is given away once');
  const plan = aheadPlan('publication');
  // Nothing is asked of the database before somebody asks the service.
  const settings = { DETENTE_ORIGIN: 'http://127.0.0.1:1', DETENTE_BORDER_URL: 'postgres://127.0.0.1:1/none' };
  const own = { ...plan, env: { ...settings, DETENTE_LOG_LEVEL: 'silent' } };
  const running = await supervise(own, { output, report: (sentence) => t.fail(sentence) }, child);
  t.equal(running.pid(), child.pid);
  t.equal((await fetch(`http://127.0.0.1:${running.port}/healthz`)).status, 200);
  ahead!.end();
  await running.stop();
  while (children() !== '') await new Promise((resolve) => setTimeout(resolve, 50));
  t.equal(children(), '');
});

test('one that has ended, and one that its turn never came for, are launched by whoever needs them', async (t) => {
  const output = openSync('/dev/null', 'w');
  const [ahead] = launchAhead([output], 1);
  t.equal(ahead!.take('publication'), undefined);
  const pid = Number(children());
  process.kill(pid, 'SIGKILL');
  while (children().includes(`${pid}`)) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 50));
  t.equal(ahead!.take('router'), undefined);
  ahead!.end();
});
