// Every process of docker-compose.yml is started with the command and environment that stand there, so that it cannot rot.
// Names that only a container engine makes real are mapped: hosts, ports, volumes, secret files.

import { type ChildProcess, execFile, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startTestServer } from '@detente/store/embedded';
import t, { type Test, test } from 'tap';
import { settingsByProcess } from '../settings.ts';
import { type ComposeService, mountsOf, namesOf, nodeServices, readCompose } from './compose-file.ts';

// A database server and seven processes, on a machine that may be busy.
t.setTimeout(300_000);

const root = resolve(import.meta.dirname, '../..');
const compose = readCompose(join(root, 'docker-compose.yml'));
const processes = nodeServices(compose);
const first = Object.fromEntries(Object.entries(processes).filter(([, { profiles }]) => !profiles));
const services = Object.keys(first).filter((name) => name !== 'init');

test('each process is there, waits for the init job, and has a health check where it listens', (t) => {
  t.same(services.sort(), ['casework', 'exchange', 'publication', 'reporting', 'router', 'worker']);
  for (const name of services.filter((one) => one !== 'router')) {
    t.match(first[name]!.depends_on, { init: { condition: 'service_completed_successfully' } }, name);
  }
  for (const name of services) t.equal(first[name]!.healthcheck !== undefined, name !== 'worker', name);
  t.end();
});

test('a process sees its own folder alone, for reading, and no password stands in an environment', (t) => {
  for (const [name, service] of Object.entries(processes)) {
    if (name.startsWith('init')) continue;
    const own = name.startsWith('router') ? [] : [{ source: name, target: '/own', readOnly: true }];
    t.same(mountsOf(service), own, name);
    t.notOk(service.secrets, name);
    t.notMatch(JSON.stringify(service.environment), /postgres:\/\/[^"]*:[^"@/]*@|password/i, name);
  }
  t.end();
});

test('casework is out of reach of the proxy, and only the parts that speak with others leave the inner networks', (t) => {
  const outside = Object.keys(processes).filter((name) => namesOf(processes[name]!.networks).includes('world'));
  t.same(outside.sort(), ['exchange', 'exchange-second', 'router', 'router-second']);
  for (const name of ['casework', 'casework-second']) t.match(compose.services[name]!.ports, [/^127\.0\.0\.1:/], name);
  for (const name of ['data', 'services', 'data-second', 'services-second'])
    t.same(compose.networks[name], { internal: true });
  t.end();
});

test('every volume, network, secret and service that is named exists', (t) => {
  for (const [name, service] of Object.entries(compose.services)) {
    for (const { source } of mountsOf(service)) t.ok(source in compose.volumes, `${name}: volume ${source}`);
    for (const network of namesOf(service.networks)) t.ok(network in compose.networks, `${name}: network ${network}`);
    for (const secret of service.secrets ?? []) t.ok(secret in compose.secrets, `${name}: secret ${secret}`);
    for (const other of namesOf(service.depends_on)) t.ok(other in compose.services, `${name}: ${other}`);
  }
  t.end();
});

test('every setting in an environment is one of that process', (t) => {
  for (const name of services) {
    const known = Object.keys(settingsByProcess[name]!.properties);
    const set = Object.keys(first[name]!.environment ?? {}).map((setting) => setting.replace(/_FILE$/, ''));
    t.same(
      set.filter((setting) => !known.includes(setting)),
      [],
      name,
    );
  }
  t.end();
});

test('the second node is the first under other names', (t) => {
  for (const [name, service] of Object.entries(first)) {
    const second = processes[`${name}-second`];
    t.same(second?.profiles, ['second'], name);
    t.same(canonical({ ...second, profiles: undefined }), canonical({ ...service, profiles: undefined }), name);
  }
  t.end();
});

/** A process without what tells the two nodes apart. */
function canonical(service: object): unknown {
  const text = JSON.stringify(service)
    .replaceAll('-second', '')
    .replaceAll('us.detente.test', 'cn.detente.test')
    .replaceAll('"NODE_NAME":"us"', '"NODE_NAME":"cn"')
    .replaceAll('127.0.0.1:8491', '127.0.0.1:8481');
  return JSON.parse(text);
}

test('every process starts as it stands in the file, and the node answers', { timeout: 240_000 }, async (t) => {
  const node = await prepare(t);
  const said = await node.init();
  t.match(said, /^cn \(https:\/\/cn\.detente\.test\) is set up; fingerprint [\w-]{43}\n.*officer/);
  await Promise.all(services.filter((name) => name !== 'router').map((name) => node.start(name)));
  await node.start('router');

  for (const name of services.filter((one) => one !== 'worker')) {
    const answer = await fetch(`${node.address(name)}/readyz`);
    t.equal(answer.status, 200, `${name} is ready`);
    t.equal(await node.health(name), 0, `the health check of ${name} says so`);
  }
  const origin = node.address('router');
  const wanted = { '/.well-known/detente': 200, '/log/v1/checkpoint': 200, '/publication/v1/editions': 200 };
  for (const [path, status] of Object.entries(wanted)) t.equal(await statusOf(origin + path, status), status, path);
  t.equal(await statusOf(`${origin}/reporting/v1/cases/${crypto.randomUUID()}`, 401), 401, 'labs need a key');
  t.equal(await statusOf(`${origin}/casework/v1/status`, 404), 404, 'casework is not behind the router');
  const { token } = JSON.parse(readFileSync(join(node.folder, 'secrets/officer.json'), 'utf8'));
  const officer = await fetch(`${node.address('casework')}/casework/v1/status`, {
    headers: { authorization: `Bearer ${token}` },
  });
  t.match(await officer.json(), { origin: 'https://cn.detente.test' });

  t.same(await node.stop(), Object.fromEntries(services.map((name) => [name, 0])), 'all end in order');
  t.notMatch(await node.init(), /officer/, 'the init job may run again');
});

/** Asks until the answer is the wanted one, or for ten seconds. */
async function statusOf(url: string, wanted: number): Promise<number> {
  for (let patience = 50; ; patience--) {
    const { status } = await fetch(url);
    if (status === wanted || patience === 0) return status;
    await sleep(200);
  }
}

type Started = { child: ChildProcess; port: number };

/** A database server, volumes and secret file in place of the engine's. */
async function prepare(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), 'detente-compose-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startTestServer();
  t.teardown(() => server.stop());
  const admin = new URL(server.url);
  const secret = join(folder, 'postgres-password');
  writeFileSync(secret, `${decodeURIComponent(admin.password)}\n`);
  const volumes = makeVolumes(folder);
  const started = new Map<string, Started>();
  t.teardown(() => {
    for (const { child } of started.values()) child.kill('SIGKILL');
  });

  const address = (name: string) => `http://127.0.0.1:${started.get(name)!.port}`;
  const envOf = (service: ComposeService) => {
    const entries = Object.entries(service.environment ?? {}).map(([name, value]) => {
      if (name === 'DETENTE_PORT') return [name, '0'];
      return [name, mapValue(value, service, { volumes, secret, admin, address })];
    });
    return { PATH: process.env.PATH, ...Object.fromEntries(entries) };
  };
  return {
    folder: volumes.get('node')!,
    address,
    async init() {
      const { command } = first.init!;
      const { stdout } = await promisify(execFile)(process.execPath, command.slice(1), {
        cwd: root,
        env: envOf(first.init!),
      });
      return stdout;
    },
    async start(name: string) {
      const { command } = first[name]!;
      const child = fork(join(root, command[1]!), command.slice(2), {
        cwd: root,
        env: envOf(first[name]!),
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      started.set(name, { child, port: 0 });
      const port = await readyPort(child, name);
      started.set(name, { child, port });
    },
    /** Exit code of its health check. */
    async health(name: string) {
      const [kind, command, ...words] = first[name]!.healthcheck!.test;
      if (kind !== 'CMD' || command !== 'node') throw new Error(`${name} is not looked at by node`);
      const env = { PATH: process.env.PATH, DETENTE_PORT: `${started.get(name)!.port}` };
      const [code] = await once(spawn(process.execPath, words, { env, stdio: 'inherit' }), 'exit');
      return code;
    },
    async stop() {
      const codes = [...started].map(async ([name, { child }]) => {
        child.kill('SIGTERM');
        const [code] = await once(child, 'exit');
        return [name, code];
      });
      return Object.fromEntries(await Promise.all(codes));
    },
  };
}

/** Each volume as a folder: those of the processes lie where the init job mounts them. */
function makeVolumes(folder: string): Map<string, string> {
  const volumes = new Map<string, string>();
  for (const { source, target } of mountsOf(first.init!)) {
    const path = join(folder, target);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    volumes.set(source, path);
  }
  return volumes;
}

type Mapping = {
  volumes: Map<string, string>;
  secret: string;
  admin: URL;
  address: (name: string) => string;
};

/** What a value means outside of the containers. */
function mapValue(value: string, service: ComposeService, { volumes, secret, admin, address }: Mapping): string {
  const mount = mountsOf(service).find(({ target }) => value === target || value.startsWith(`${target}/`));
  if (mount) return volumes.get(mount.source)! + value.slice(mount.target.length);
  if (value.startsWith('/run/secrets/')) {
    if (!service.secrets?.includes(value.slice('/run/secrets/'.length))) throw new Error(`${value} is not mounted`);
    return secret;
  }
  if (!/^(http|postgres):/.test(value)) return value;
  const url = new URL(value);
  const other = compose.services[url.hostname];
  if (url.protocol === 'http:') {
    if (other?.environment?.DETENTE_PORT !== url.port) throw new Error(`nothing listens at ${value}`);
    return address(url.hostname);
  }
  if (!other?.image.startsWith('postgres:')) throw new Error(`no database at ${value}`);
  url.host = admin.host;
  return url.href;
}

async function readyPort(child: ChildProcess, name: string): Promise<number> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with code ${code} before it was ready`);
  });
  const ready = once(child, 'message').then(([message]) => message as { ready?: boolean; port?: number });
  const { port = 0 } = await Promise.race([ready, ended]);
  ended.catch(() => undefined); // its end is waited for elsewhere
  return port;
}

test('the image has every file that a process reads, and runs as an ordinary user', (t) => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  t.match(dockerfile, /^FROM node:24-/m);
  t.match(dockerfile, /^USER node$/m);
  t.match(dockerfile, /pnpm install --frozen-lockfile --prod/);
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  t.ok(dockerfile.includes(packageManager), `the image has ${packageManager}`);
  const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap((match) => match[1]!.split(' '));
  for (const path of copied) t.ok(existsSync(join(root, path)), path);
  for (const { command } of Object.values(processes)) {
    t.ok(
      copied.some((path) => command[1]!.startsWith(path)),
      command[1]!,
    );
  }
  const made = /mkdir -p ([^&]+)&&/.exec(dockerfile)![1]!;
  for (const { target } of mountsOf(first.init!)) t.ok(made.includes(target), `${target} has an owner in the image`);
  t.ok(statSync(join(root, 'migrations')).isDirectory() && readdirSync(join(root, 'openapi')).length > 0);
  t.end();
});
