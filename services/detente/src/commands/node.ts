// init, migrate, start, doctor: the commands that look after the node itself.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { type Command, Option } from 'commander';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { findState, nodeFolder, occupy, readNode, vacate } from '../node-folder.ts';
import { parseCount, parsePort } from '../numbers.ts';
import { print, printJson } from '../output.ts';
import { untilStopped } from '../stopping.ts';

// Databases and processes are what few commands need: they are loaded by those, and every other one starts the quicker.

const dataOption = () => new Option('--data <folder>', 'folder of the node').default('.detente');
const jsonOption = () => new Option('--json', 'one JSON value on standard output');
const admins = (command: Command) =>
  command
    .addOption(new Option('--home-url <url>', 'administrator of the server of home; embedded when absent'))
    .addOption(new Option('--border-url <url>', 'administrator of the server of border; as home when absent'));

export function addNodeCommands(program: Command): void {
  addInit(program);
  addMigrate(program);
  addStart(program);
  addDoctor(program);
}

function addInit(program: Command): void {
  const command = program
    .command('init')
    .description('make a node: keys, logins, databases, and the first officer’s token')
    .addOption(dataOption())
    .requiredOption('--origin <url>', 'public origin, such as https://cn.example')
    .option('--name <name>', 'short name of the node')
    .option('--contact <name>', 'duty contact, shown to peers')
    .option('--port <port>', 'port of the public origin', parsePort)
    .option('--casework-port <port>', 'port of casework, for officers', parsePort)
    .option('--tick-ms <ms>', 'from one batch of the log to the next', parseCount)
    .option('--pull-ms <ms>', 'from one pull from a peer to the next', parseCount)
    .option('--batch-size <leaves>', 'leaves in a batch of the log', parseCount)
    .option('--tls-cert <file>', 'certificate chain of the origin, PEM')
    .option('--tls-key <file>', 'its key, PEM')
    .option('--trusted-proxies <addresses>', 'your own proxies, whose X-Forwarded-For is believed')
    .option('--peer-networks <networks>', 'networks that are not public and in which peers may be')
    .option('--loopback', 'peers on this machine, over plain HTTP too: for development only')
    .addOption(jsonOption());
  examples(
    admins(command),
    'init --data ./cn --origin https://cn.example --name cn',
    'init --data ./cn --origin https://cn.example --home-url postgres://admin:secret@10.0.0.1/postgres \\\n      --border-url postgres://admin:secret@10.0.0.2/postgres',
  ).action(runInit);
}

type InitOptions = {
  data: string;
  origin: string;
  name?: string;
  contact?: string;
  port?: number;
  caseworkPort?: number;
  tickMs?: number;
  pullMs?: number;
  batchSize?: number;
  tlsCert?: string;
  tlsKey?: string;
  trustedProxies?: string;
  peerNetworks?: string;
  loopback?: boolean;
  homeUrl?: string;
  borderUrl?: string;
  json?: boolean;
};

async function runInit(options: InitOptions): Promise<void> {
  if ((options.tlsCert === undefined) !== (options.tlsKey === undefined))
    throw new CommandError('usage', 'A certificate and its key go together: name --tls-cert and --tls-key.');
  await refuseWrongNetworks(options);
  const [{ configuredAdmins }, { initNode }] = await Promise.all([import('../databases.ts'), import('../init.ts')]);
  const folder = nodeFolder(options.data);
  const made = await initNode(folder, {
    origin: options.origin,
    admins: configuredAdmins(options),
    ...given({
      name: options.name,
      contact: options.contact,
      tick_ms: options.tickMs,
      pull_ms: options.pullMs,
      batch_size: options.batchSize,
      trusted_proxies: options.trustedProxies,
      peer_networks: options.peerNetworks,
      loopback: options.loopback,
    }),
    ...(options.tlsCert && options.tlsKey && { tls: readTls(options.tlsCert, options.tlsKey) }),
    ...(options.port !== undefined || options.caseworkPort !== undefined ? { ports: portsOf(options) } : {}),
  });
  const { settings, fingerprint, token } = made;
  if (options.json) {
    printJson({
      data: folder.root,
      name: settings.name,
      origin: settings.origin,
      fingerprint,
      ...(token && { token }),
    });
    return;
  }
  print(`${settings.name} (${settings.origin}) is set up in ${folder.root}.`);
  print(`Fingerprint, for peers to compare out of band: ${fingerprint}`);
  if (token) print(`First officer’s token, shown this once: ${token}`);
  print(`Next: detente start --data ${options.data}`);
}

/** @throws CommandError `usage` */
async function refuseWrongNetworks({ trustedProxies: proxies, peerNetworks: peers = '' }: InitOptions): Promise<void> {
  const { readReach, trustedProxies } = await import('@detente/server/process');
  const refuse = (names: string, what: string, cause: unknown) => {
    const message = `${names} names no ${what}, such as 10.0.0.0/8, with commas between.`;
    return new CommandError('usage', message, { cause });
  };
  try {
    trustedProxies(proxies);
  } catch (cause) {
    throw refuse(proxies!, 'proxies: name addresses and networks', cause);
  }
  try {
    readReach({ DETENTE_LOOPBACK: false, DETENTE_PEER_NETWORKS: peers });
  } catch (cause) {
    throw refuse(peers, 'networks: name some', cause);
  }
}

/** The files, by names that hold wherever the node is started.
 *  @throws CommandError `usage` when they do not belong together */
function readTls(cert: string, key: string): { cert: string; key: string } {
  const [certFile, keyFile] = [resolve(cert), resolve(key)];
  const [certPem, keyPem] = [readFileSync(certFile), readFileSync(keyFile)];
  try {
    createSecureContext({ cert: certPem, key: keyPem });
  } catch (cause) {
    throw new CommandError('usage', `${cert} and ${key} are no certificate and its key in PEM: correct one of them.`, {
      cause,
    });
  }
  return { cert: certFile, key: keyFile };
}

function portsOf({ origin, port, caseworkPort }: InitOptions): { public: number; casework: number } {
  const open = port ?? (Number(new URL(origin).port) || 8480);
  return { public: open, casework: caseworkPort ?? (open === 0 ? 0 : open + 1) };
}

/** Without what was not given. */
function given<T extends Record<string, unknown>>(options: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

function addMigrate(program: Command): void {
  const command = program
    .command('migrate')
    .description('bring the databases to the schema of this version')
    .addOption(dataOption())
    .addOption(jsonOption());
  examples(admins(command), 'migrate --data ./cn').action(runMigrate);
}

async function runMigrate(options: {
  data: string;
  homeUrl?: string;
  borderUrl?: string;
  json?: boolean;
}): Promise<void> {
  const { configuredAdmins, embeddedAdmins, migrateBoth, startEmbedded } = await import('../databases.ts');
  const folder = nodeFolder(options.data);
  const settings = readNode(folder);
  const configured = configuredAdmins(options);
  if (settings.databases !== 'embedded' && !configured)
    throw new CommandError(
      'usage',
      'The databases are elsewhere: name their administrators with --home-url and --border-url.',
    );
  occupy(folder, settings.origin);
  const server = configured ? undefined : await startEmbedded(folder, () => undefined).finally(() => undefined);
  try {
    const applied = await migrateBoth(folder, configured ?? embeddedAdmins(server!));
    if (options.json) return printJson(applied);
    for (const [name, files] of Object.entries(applied))
      print(`${name}: ${files.length === 0 ? 'up to date' : `applied ${files.join(', ')}`}`);
  } finally {
    await server?.stop();
    vacate(folder);
  }
}

function addStart(program: Command): void {
  const command = program
    .command('start')
    .description('run a node: its database, its processes, its public origin; Ctrl-C stops all in order')
    .addOption(dataOption())
    .option('--port <port>', 'port of the public origin; that of node.json when absent', parsePort)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--log-level <level>', 'least level that is logged to standard error')
        .choices(['fatal', 'error', 'warn', 'info', 'debug'])
        .default('warn'),
    )
    .addOption(jsonOption());
  examples(command, 'start --data ./cn', 'start --data ./cn --host 0.0.0.0 --port 443').action(runStart);
}

async function runStart(options: {
  data: string;
  port?: number;
  host: string;
  logLevel: string;
  json?: boolean;
}): Promise<void> {
  const folder = nodeFolder(options.data);
  const settings = readNode(folder);
  const other = findState(folder);
  if (other)
    throw new CommandError(
      'setup',
      `A node already runs on ${folder.root} (process ${other.pid}): stop it or name another folder.`,
    );
  const { refuseBusyPort, startNode } = await import('../start.ts');
  const port = options.port ?? settings.ports.public;
  await refuseBusyPort(port, options.host);
  await refuseBusyPort(settings.ports.casework, '127.0.0.1');
  const say = (sentence: string) => process.stderr.write(`detente: ${sentence}\n`);
  const stopped = untilStopped();
  const node = await startNode(folder, {
    port,
    host: options.host,
    logLevel: options.logLevel,
    output: 2,
    report: say,
  });
  const { publicAddress, casework } = node;
  if (options.json) {
    const processes = Object.fromEntries(node.processes.map((one) => [one.name, { pid: one.pid(), port: one.port }]));
    printJson({ ready: true, origin: settings.origin, public: publicAddress, casework, processes });
  } else {
    print(`${settings.name} is up.`);
    print(`  public origin   ${settings.origin} (listening at ${publicAddress})`);
    print(`  for labs        ${publicAddress}/reporting/docs`);
    print(`  for the public  ${publicAddress}/publication/docs`);
    print(`  for peers       ${publicAddress}/exchange/docs`);
    print(`  for officers    ${casework} (${casework}/casework/docs), on this machine only`);
    if (!existsSync(folder.policy)) print('  no policy.json: an officer decides on every release');
    print('Ctrl-C stops it.');
  }
  try {
    await Promise.race([stopped, node.failed]);
    say('stopping');
  } finally {
    await node.stop();
  }
}

function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('what is wrong with the set-up, and how to mend it')
    .addOption(dataOption())
    .addOption(jsonOption());
  examples(admins(command), 'doctor --data ./cn', 'doctor --data ./cn --json').action(runDoctor);
}

async function runDoctor(options: {
  data: string;
  homeUrl?: string;
  borderUrl?: string;
  json?: boolean;
}): Promise<void> {
  const [{ configuredAdmins }, { examine }] = await Promise.all([import('../databases.ts'), import('../doctor.ts')]);
  const findings = await examine(nodeFolder(options.data), configuredAdmins(options));
  const failed = findings.filter(({ ok }) => !ok);
  if (options.json) printJson({ ok: failed.length === 0, findings });
  else {
    for (const { ok, what, mend } of findings) print(`${ok ? '✓' : '✗'} ${what}${mend ? `\n    ${mend}` : ''}`);
  }
  if (failed.length > 0)
    throw new CommandError(
      'setup',
      `${failed.length} of ${findings.length} checks failed: mend the first and ask again.`,
    );
}
