// Two nodes that hold their certificates themselves: a lab reports and a peer pulls over HTTPS, and nothing speaks HTTP.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, releasing, runDetente, spawnDetente, spawnToEnd, until } from '@detente/testkit';
import { type Test, test } from 'tap';
import { Agent, request } from 'undici';

const vector = (name: string) => fileURLToPath(new URL(`vectors/tls/${name}`, import.meta.url));
const [cert, key] = [vector('localhost.crt'), vector('localhost.key')];
// What the command itself trusts; peers trust what they pin.
process.env.NODE_EXTRA_CA_CERTS = cert;

const folder = mkdtempSync(join(tmpdir(), 'detente-tls-'));
chmodSync(folder, 0o711); // PostgreSQL runs as another user when the test runs as root
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<string> {
  // A lab's command must trust the certificate from its start.
  const { code, stdout, stderr } = args[0] === 'import' ? await spawnToEnd(args) : await runDetente(args);
  if (code !== 0) throw new Error(`detente ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

type Node = { name: string; data: string; origin: string; fingerprint: string; pid: number };

async function start(t: Test, name: string, host: string): Promise<Node> {
  const data = join(folder, name);
  const origin = `https://${host}:${await freePort()}`;
  const rhythm = ['--tick-ms', '1000', '--pull-ms', '500', '--casework-port', '0', '--loopback'];
  const tls = ['--tls-cert', cert, '--tls-key', key];
  const made = JSON.parse(
    await run('init', '--data', data, '--origin', origin, '--name', name, ...tls, ...rhythm, '--json'),
  );
  const policy = releasing({ sources: ['atlas'], public_edition: true });
  writeFileSync(join(data, 'policy.json'), JSON.stringify(policy));
  const file = join(data, 'node.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), draw: 4 }));
  const child: ChildProcess = spawnDetente(['start', '--data', data, '--json']);
  t.teardown(async () => {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
  });
  child.stderr!.pipe(process.stderr);
  const [line] = await once(child.stdout!, 'data');
  t.equal(JSON.parse(line).public, `https://127.0.0.1:${new URL(origin).port}`);
  return { name, data, origin, fingerprint: made.fingerprint, pid: child.pid! };
}

test('a report and a record go over HTTPS to nodes with certificates of their own', { timeout: 300_000 }, async (t) => {
  const wrong = await runDetente([
    'init',
    '--data',
    join(folder, 'x'),
    '--origin',
    'https://x.example',
    '--tls-cert',
    key,
    '--tls-key',
    key,
  ]);
  t.equal(wrong.code, 2);
  t.match(wrong.stderr, /are no certificate and its key in PEM: correct one of them/);

  const [cn, us] = await Promise.all([start(t, 'cn', 'localhost'), start(t, 'us', '127.0.0.1')]);
  for (const [node, peer] of [
    [cn, us],
    [us, cn],
  ] as const)
    await run(
      'peer',
      'add',
      peer.name,
      peer.origin,
      '--ca',
      cert,
      '--fingerprint',
      peer.fingerprint,
      '--data',
      node.data,
    );
  const statusOf = async (node: Node) => JSON.parse(await run('peer', 'list', '--data', node.data, '--json'))[0].status;
  await until('both are enrolled', async () => (await statusOf(cn)) === 'active' && (await statusOf(us)) === 'active');
  await run('peer', 'offer', 'us', '--tier', 'green', '--data', cn.data);

  const lab = JSON.parse(await run('lab', 'add', 'Northlight', '--data', cn.data, '--json'));
  const file = fileURLToPath(new URL('../../../packages/interop/data/atlas/case-studies', import.meta.url));
  const [report] = JSON.parse(await run('import', file, '--key', lab.key, '--data', cn.data, '--json'));
  t.equal(report.imported, 57);
  const inbox = async () => JSON.parse(await run('inbox', '--data', us.data, '--limit', '200', '--json'));
  await until('the peer has pulled them', async () => (await inbox()).length === 57);

  t.equal((await fetchText(`${cn.origin}/publication/v1/editions?limit=1`)).status, 200);
  if (process.platform === 'linux') await seeKeys(t, cn);
  await t.rejects(fetchText(`http://localhost:${new URL(cn.origin).port}/`), 'nothing answers plain HTTP');
});

/** Of what each process of the node was told, as the system shows it. At the first start they are told by their parent alone, so each
 *  is killed and told anew. */
async function seeKeys(t: Test, { pid, data }: Node): Promise<void> {
  for (const { child } of toldBy(pid)) process.kill(Number(child), 'SIGKILL');
  const isTold = ({ names }: Told) => names.some((one) => one.startsWith('DETENTE_LOG_LEVEL='));
  await until('all are started anew', async () => toldBy(pid).filter(isTold).length === 6);
  const told = toldBy(pid);
  t.equal(told.length, 6);
  const [router, ...others] = told.sort(({ file }) => (file.endsWith('router-main.ts') ? -1 : 1));
  t.same(
    router!.names.map((one) => one.split('=')[0]).sort(),
    ['EXCHANGE', 'HOST', 'LOG_LEVEL', 'PORT', 'PUBLICATION', 'REPORTING', 'TLS_CERT', 'TLS_KEY'].map(
      (name) => `DETENTE_${name}`,
    ),
    'the router is told of its certificate’s key and of no other, and of no database',
  );
  for (const { names, file } of others) t.notMatch(names.join(' '), key, `${file} is not told of the router’s`);
  const open = readdirSync(`/proc/${router!.child}/fd`).map((fd) => targetOf(`/proc/${router!.child}/fd/${fd}`));
  t.same(
    open.filter((file) => file.startsWith(data)),
    [],
    'and it writes nothing there',
  );
}

type Told = { child: string; file: string; names: string[] };

function toldBy(pid: number): Told[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const read = (child: string, what: string) => readFileSync(`/proc/${child}/${what}`, 'utf8').split('\0');
  return children
    .map((child) => ({
      child,
      file: read(child, 'cmdline').find((part) => part.endsWith('.ts')) ?? '',
      names: read(child, 'environ').filter((one) => one.startsWith('DETENTE_')),
    }))
    .filter(({ file }) => file !== '');
}

/** '' when it was closed meanwhile. */
function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

async function fetchText(url: string): Promise<{ status: number }> {
  const dispatcher = new Agent({ connect: { ca: readFileSync(cert) } });
  try {
    const { statusCode, body } = await request(url, { dispatcher });
    await body.dump();
    return { status: statusCode };
  } finally {
    await dispatcher.close();
  }
}
