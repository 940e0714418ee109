// One node as its operator meets it: set up, started, stopped, and everything that goes wrong at the terminal.

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Ran, spawnDetente, spawnToEnd } from '@detente/testkit';
import { test } from 'tap';

const folder = mkdtempSync(join(tmpdir(), 'detente-cli-'));
chmodSync(folder, 0o711); // PostgreSQL runs as another user when the test runs as root
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Exit code, one sentence, no stack. */
function saysOne(ran: Ran, code: number, sentence: RegExp, t: { ok(value: boolean, message: string): unknown }): void {
  const lines = ran.stderr.trim().split('\n');
  t.ok(ran.code === code, `exit code ${ran.code} is ${code}`);
  t.ok(lines.length === 1 && sentence.test(lines[0]!), `one sentence: ${ran.stderr}`);
}

test('a wrong call is told apart from a wrong set-up', async (t) => {
  const unknown = await spawnToEnd(['nothing']);
  t.equal(unknown.code, 2);
  saysOne(await spawnToEnd(['init', '--data', join(folder, 'x'), '--origin', 'cn.example/']), 2, /is no origin/, t);
  saysOne(await spawnToEnd(['start', '--data', join(folder, 'x')]), 3, /holds no node: run detente init/, t);
  saysOne(await spawnToEnd(['status']), 2, /Which node\?/, t);
  saysOne(await spawnToEnd(['status', '--url', 'http://127.0.0.1:9', '--token', 'x']), 4, /Start the node/, t);
  saysOne(await spawnToEnd(['verify', join(folder, 'nothing.json')]), 3, /is not there: correct the path/, t);
  mkdirSync(join(folder, 'foreign'));
  writeFileSync(join(folder, 'foreign', 'letter.txt'), 'dear');
  const foreign = await spawnToEnd(['init', '--data', join(folder, 'foreign'), '--origin', 'https://cn.example']);
  saysOne(foreign, 3, /holds other things \(letter.txt\): name an empty or a new folder/, t);
});

test('a node is set up once, starts, refuses a second start, and stops in order', { timeout: 300_000 }, async (t) => {
  const data = join(folder, 'cn');
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const init = ['init', '--data', data, '--origin', origin, '--name', 'cn', '--loopback', '--casework-port', '0'];
  const first = await spawnToEnd([...init, '--json']);
  const made = JSON.parse(first.stdout);
  t.match(made, { name: 'cn', origin, fingerprint: /^[\w-]{43}$/, token: /^detente_[\w-]{43}$/ });
  const again = JSON.parse((await spawnToEnd([...init, '--json'])).stdout);
  t.equal(again.fingerprint, made.fingerprint, 'nothing is replaced');
  t.equal(again.token, undefined, 'the token is shown once');
  for (const secret of ['secrets/worker.json', 'secrets/officer.json', 'keys/worker/identity.json', 'node.json'])
    t.equal(statSync(join(data, secret)).mode & 0o777, 0o600, secret);
  const other = await spawnToEnd(['init', '--data', data, '--origin', 'https://other.example']);
  saysOne(other, 3, /is the node of http:.*: name another folder/, t);

  const squatter = createServer().listen(port, '127.0.0.1');
  const busy = await spawnToEnd(['start', '--data', data]);
  saysOne(busy, 3, /^detente: Port \d+ is taken: name another one with --port or stop what listens there\.$/, t);
  await new Promise((resolve) => squatter.close(resolve));

  const child = spawnDetente(['start', '--data', data, '--json']);
  const started = await new Promise<Record<string, unknown>>((resolve, reject) => {
    let out = '';
    child.stdout!.on('data', (text: string) => {
      out += text;
      if (out.includes('\n')) resolve(JSON.parse(out));
    });
    child.once('close', (code) => reject(new Error(`start ended with ${code}`)));
  });
  t.match(started, { ready: true, origin, processes: { router: { port }, worker: { port: 0 } } });
  t.equal((await fetch(`${origin}/publication/v1/editions`)).status, 200);
  t.equal((await fetch(`${origin}/casework/v1/status`)).status, 404, 'casework is not on the public origin');

  saysOne(await spawnToEnd(['start', '--data', data]), 3, /A node already runs on .* \(process \d+\): stop it/, t);
  const status = JSON.parse((await spawnToEnd(['status', '--data', data, '--json'])).stdout);
  t.match(status, { origin, fingerprint: made.fingerprint, quarantined: 0 });
  const doctor = JSON.parse((await spawnToEnd(['doctor', '--data', data, '--json'])).stdout);
  t.same(
    doctor.findings.filter(({ ok }: { ok: boolean }) => !ok),
    [],
  );
  t.same([status.tree.batch_size, status.tree.next_batch_size], [16, undefined]);
  t.match(doctor.findings.at(-1).what, /both databases answer; the log has batches of 16$/);
  const lab = JSON.parse((await spawnToEnd(['lab', 'add', 'Northlight', '--data', data, '--json'])).stdout);
  t.match(lab.key, /^detente_lab_/);
  const refused = await spawnToEnd(['release', made.fingerprint, '--draft', 'x', '--reason', 'y', '--data', data]);
  t.equal(refused.code, 1);

  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  t.equal(await ended, 0);
  t.notOk(existsSync(join(data, 'state.json')), 'nothing says that it runs');
  for (const { pid } of Object.values(started.processes as Record<string, { pid: number }>))
    t.throws(() => process.kill(pid, 0), 'its processes are gone');

  const settings = JSON.parse(readFileSync(join(data, 'node.json'), 'utf8'));
  rmSync(join(data, 'node.json'));
  saysOne(await spawnToEnd(['start', '--data', data]), 3, /is half-written, its init never came to an end: run/, t);
  writeFileSync(join(data, 'node.json'), '{');
  saysOne(await spawnToEnd(['start', '--data', data]), 3, /node.json is damaged: restore it from a backup/, t);
  writeFileSync(join(data, 'node.json'), JSON.stringify(settings));
});
