// What the monitor does from look to look.

import { countVerifications, until } from '@detente/testkit';
import { test } from 'tap';
import { type Finding, type WatchOptions, watch } from '../src/monitor/watch.ts';
import { folderFor, hostileLog, leaves } from './hostile-log.ts';

type Log = Awaited<ReturnType<typeof hostileLog>>;

function begin(log: Log, folder: string, more: Partial<WatchOptions>) {
  const findings: Finding[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const options = { origin: log.origin, folder, fingerprint: log.fingerprint, everyMs: 20, staleMs: 60_000 };
  const tell = (finding: Finding) => void findings.push(finding);
  const ended = watch({ ...options, alarm: undefined, tell, ...more }, stopped);
  return { findings, stop, ended };
}

test('a log that keeps one waiting is an alarm while the look lasts, and told to stop the monitor ends', async (t) => {
  const log = await hostileLog(t);
  log.show(leaves(300));
  log.say.set('/log/v1/tile/entries/001.p/44', { status: 0 });
  const { findings, stop, ended } = begin(log, folderFor(t), { staleMs: 50 });
  await until('the alarm', async () => findings.length > 0);
  await until('the tile is asked for', async () => log.waiting.size === 1);
  t.match(findings, [{ alarm: { code: 'stale', message: /^http.* has shown nothing since / } }]);
  stop();
  t.equal(await ended, undefined);
  t.equal(findings.length, 1, 'what was broken off is no finding');
  await until('the call is broken off', async () => log.waiting.size === 0);
});

test('a log that stops growing is an alarm though another one stands', async (t) => {
  const log = await hostileLog(t);
  const entries = leaves(10);
  log.show(entries);
  const { findings, stop, ended } = begin(log, folderFor(t), { staleMs: 200 });
  // A first look that is slow is stale before it has seen anything.
  await until('a look', async () => findings.some(({ alarm }) => alarm === undefined));
  log.show(entries.slice(0, 5));
  const codes = () => findings.flatMap(({ alarm }) => alarm?.code ?? []);
  await until('both', async () => new Set(codes()).size > 1);
  t.same(codes().sort(), ['stale', 'went_back']);
  stop();
  await ended;
});

test('what was verified once is not verified at every look', async (t) => {
  const log = await hostileLog(t);
  const folder = folderFor(t);
  const entries = leaves(3);
  log.show(entries);
  for (let time = 0; time < 8; time++) {
    await log.rotate(['log']);
    log.show(entries);
    const { findings, stop, ended } = begin(log, folder, {});
    await until('a look', async () => findings.length > 0);
    stop();
    await ended;
  }
  const counted = countVerifications(t);
  const { findings, stop, ended } = begin(log, folder, {});
  const looks = (count: number) => until(`${count} looks`, async () => findings.length >= count);
  await looks(1);
  const [before, from] = [findings.length, counted.count];
  await looks(before + 10);
  const each = (counted.count - from) / (findings.length - before);
  stop();
  await ended;
  t.ok(each <= 2, `${each} signatures verified at each look`);
});
