// A public client that was written for other logs reads ours: over HTTP from publication, and from the monitor's folder.
// Needs Debian's golang-go and golang-golang-x-mod-dev.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { formatVkey, noteVerifier } from '@detente/tlog';
import { test } from 'tap';
import { createNode, get, logName } from '../public-node.ts';

const run = promisify(execFile);
const SOURCE = fileURLToPath(new URL('client.go', import.meta.url));

test('a client that was written for other logs reads and proves ours, and finds what does not fit', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'detente-client-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: join(folder, 'cache') };
  const program = join(folder, 'client');
  await run('go', ['build', '-o', program, SOURCE], { env });

  const node = await createNode(t);
  const { log } = node;
  const vkey = formatVkey(noteVerifier(logName, log.publicKey));
  const smaller = join(folder, 'smaller');
  for (const batch of [16, 240, 300, 64_000, 1500]) {
    await log.grow(batch);
    await log.sign();
    if (batch === 300) writeFileSync(smaller, (await get(node, '/log/v1/checkpoint')).bytes);
  }
  const { stdout } = await run(program, [`${node.origin}/log/v1/`, vkey, smaller]);
  t.equal(stdout, '66056 entries read, 1084 proven\n', 'three levels of tiles, full and partial ones, and consistency');

  const refused = async (url: string, why: RegExp) => {
    const failed = await run(program, [url, vkey, smaller]).catch((error: { stderr: string }) => error);
    t.match(failed.stderr, why, `refused: ${why.source}`);
  };
  const other = await createNode(t);
  await other.log.grow(16);
  await other.log.sign();
  await refused(`${other.origin}/log/v1/`, /no verifiable signatures/);
  const wrong = createServer(async (request, response) => {
    const { bytes, headers } = await get(node, request.url!);
    if (request.url!.includes('/tile/1/')) bytes[40]! ^= 1;
    response.writeHead(200, { 'content-type': headers.get('content-type')! }).end(bytes);
  });
  await new Promise<void>((resolve) => wrong.listen(0, '127.0.0.1', resolve));
  t.teardown(() => wrong.close());
  await refused(`http://127.0.0.1:${(wrong.address() as AddressInfo).port}/log/v1/`, /downloaded inconsistent tile/);
});
