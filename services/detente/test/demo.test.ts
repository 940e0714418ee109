// What a demo says when it cannot begin. That it runs to its end is shown by demo.faults.ts.

import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, spawnDetente, spawnToEnd } from '@detente/testkit';
import { test } from 'tap';

test('a demo on a folder that is in use, or whose port is, says one sentence', { timeout: 120_000 }, async (t) => {
  const keep = mkdtempSync(join(tmpdir(), 'detente-demo-test-'));
  chmodSync(keep, 0o711); // PostgreSQL runs as another user when the test runs as root
  t.teardown(() => rmSync(keep, { recursive: true, force: true }));
  const says = async (folder: string, code: number, sentence: RegExp) => {
    const ran = await spawnToEnd(['demo', '--once', '--keep', folder]);
    t.equal(ran.code, code);
    t.match(ran.stderr, sentence);
    t.equal(ran.stderr.trim().split('\n').length, 1, ran.stderr);
  };
  const data = join(keep, 'cn');
  const port = await freePort();
  const init = ['init', '--data', data, '--origin', `http://127.0.0.1:${port}`, '--loopback', '--casework-port', '0'];
  t.equal((await spawnToEnd(init)).code, 0);
  const node = spawnDetente(['start', '--data', data, '--json']);
  t.teardown(() => node.kill('SIGKILL'));
  await once(node.stdout!, 'data');
  await says(
    keep,
    3,
    /^detente: A demo already runs on .* \(process \d+\): stop it or name another folder with --keep\.$/m,
  );
  const exit = once(node, 'exit');
  node.kill('SIGTERM');
  await exit;

  const squatter = createServer().listen(port, '127.0.0.1');
  await once(squatter, 'listening');
  await says(keep, 3, /^detente: Port \d+, which .*cn has, is taken: stop what listens there or name another folder/);
  squatter.close();

  writeFileSync(join(data, 'node.json'), '{"name":');
  await says(keep, 3, /^detente: .*node\.json is damaged: restore it from a backup of this folder\.$/m);
  const file = join(keep, 'file');
  writeFileSync(file, '');
  await says(file, 2, /is a file: name a folder with --keep\./);
  mkdirSync(join(keep, 'other', 'us'), { recursive: true });
  writeFileSync(join(keep, 'other', 'us', 'letter.txt'), 'dear');
  const foreign = await spawnToEnd(['demo', '--once', '--keep', join(keep, 'other')]);
  t.equal(foreign.code, 3);
  t.match(foreign.stderr, /detente: .*us holds other things \(letter\.txt\): name an empty or a new folder\.$/m);
});
