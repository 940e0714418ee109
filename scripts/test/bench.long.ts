// The benches run by name and end with rows; the adversary of the game sees what is there to be seen.
import { execFileSync, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { test } from 'tap';

const main = join(resolve(import.meta.dirname, '../..'), 'bench/main.ts');

test('the game ends with its rows, and finds out a queue', (t) => {
  const few = ['--train', '60', '--trials', '60', '--withheld', '8', '--only', 'count-game-queue', '--seed', '7'];
  const out = execFileSync(process.execPath, [main, 'game', ...few, '--json'], { stdio: 'pipe' }).toString();
  const rows = JSON.parse(out.trimEnd().split('\n').at(-1)!);
  t.match(rows, [{ name: 'count-game-queue', unit: 'share of right answers', trials: 60, setting: '8 or 16, burst' }]);
  t.ok(rows[0].ours >= 0.7, `${rows[0].ours} of the answers were right`);
  t.end();
});

test('the log’s bench ends with its rows, each at each size', (t) => {
  const few = ['--sizes', '512,1024', '--samples', '2'];
  const out = execFileSync(process.execPath, [main, 'log', ...few, '--json'], { stdio: 'pipe' }).toString();
  const rows: { name: string; unit: string; ours: number; leaves?: number }[] = JSON.parse(
    out.trimEnd().split('\n').at(-1)!,
  );
  const sized = ['log-proofs', 'log-tick'];
  const once = ['log-append', 'log-check', 'log-latency', 'log-release', 'log-padding-pages', 'log-padding-tiles'];
  t.same(
    rows.map(({ name }) => name),
    [...sized, ...sized, ...once],
  );
  t.same(
    rows.filter(({ name }) => name === 'log-tick').map(({ leaves }) => leaves),
    [512, 1024],
  );
  t.ok(rows.every(({ unit, ours }) => unit !== '' && ours > 0));
  t.end();
});

test('the bench of a page ends with its row', (t) => {
  const out = execFileSync(process.execPath, [main, 'page', '--samples', '2', '--json'], { stdio: 'pipe' }).toString();
  const rows = JSON.parse(out.trimEnd().split('\n').at(-1)!);
  t.match(rows, [{ name: 'feed-page-database', unit: 'ms', bound: 20, records: 1000, samples: 2 }]);
  t.ok(rows[0].ours > 0 && rows[0].answered > 0);
  t.end();
});

test('a bench of another name is refused with the names that there are', (t) => {
  const { status, stderr } = spawnSync(process.execPath, [main, 'nothing']);
  t.equal(status, 2);
  t.match(stderr.toString(), /Name a bench: .*game, intake, log, page/);
  t.end();
});
