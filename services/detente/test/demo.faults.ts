// The demonstration as a stranger runs it: to its end, through what it negotiates, and away again.

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { spawnDetente } from '@detente/testkit';
import { test } from 'tap';

test('the demo exchanges, negotiates, shows what a broken promise changes, and leaves nothing', {
  timeout: 290_000,
}, async (t) => {
  const demo = spawnDetente(['demo']);
  t.teardown(() => demo.kill('SIGKILL'));
  let out = '';
  let said = '';
  demo.stderr!.on('data', (text) => {
    said += text;
  });
  for await (const text of demo.stdout!) {
    out += text;
    if (out.includes('Ctrl-C stops all')) break;
  }
  if (!out.includes('Ctrl-C stops all')) t.fail(`it ended before: ${said.slice(-1_000)}`);
  t.match(out, /cn +250 +(250 +0|24[5-9] +[1-5]) .* 250 from us/, 'every node has what it was granted');
  t.match(out, /us reads 5 of them by cn up to amber, cn 80/);
  t.match(out, /cn reads 4 chemical incidents up to amber, by sg, under the signature of us and in its log/);
  t.match(out, /cn of us: restricted\. A promise was broken: .*broken 12 times.* mends it\./);
  t.match(out, /and us reads the same: restricted\. A promise was broken/);
  t.match(out, /cn to us: The standing is restricted, which allows no more than green, here instead of amber\./);
  const [, folder = ''] = /--data (\S+)\/cn$/m.exec(out) ?? [];
  t.ok(existsSync(folder));
  const exit = once(demo, 'exit');
  demo.kill('SIGINT');
  t.same(await exit, [0, null]);
  t.notOk(existsSync(folder), `${dirname(folder)} is as it was`);
});
