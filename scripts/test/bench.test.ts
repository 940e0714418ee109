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

test('a bench of another name is refused with the names that there are', (t) => {
  const { status, stderr } = spawnSync(process.execPath, [main, 'nothing']);
  t.equal(status, 2);
  t.match(stderr.toString(), /Name a bench: .*game/);
  t.end();
});
