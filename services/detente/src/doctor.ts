// `detente doctor`: looks at everything that a start needs, and says how to mend what is wrong. It changes nothing.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, dataOf, ProblemError } from '@detente/client';
import { contracts } from '@detente/contract/contracts';
import { holders, loadKeys, readPublicKeys, thumbprint } from '@detente/keys';
import { contractDocument } from '@detente/server';
import { batchText } from './batch-text.ts';
import {
  type Admins,
  DATABASE_NAMES,
  embeddedAdmins,
  inspect,
  inspectLog,
  inspectSigning,
  startEmbedded,
} from './databases.ts';
import { LITTLE, roomAt } from './disk.ts';
import { explain } from './errors.ts';
import {
  findOfficerToken,
  findState,
  LOGINS,
  type NodeFolder,
  type NodeSettings,
  readNode,
  readPassword,
} from './node-folder.ts';
import { refuseBusyPort } from './start.ts';

export type Finding = { ok: boolean; what: string; mend?: string };
type Check = () => Promise<string> | string;

const NODE_AT_LEAST = [22, 18] as const;

/** @param admins of database servers that are elsewhere, when they were named */
export async function examine(folder: NodeFolder, admins: Admins | undefined): Promise<Finding[]> {
  const findings = [await find(checkNodeVersion), await find(checkContracts)];
  let settings: NodeSettings | undefined;
  findings.push(
    await find(() => {
      settings = readNode(folder);
      return `${folder.root} is the node ${settings.name} of ${settings.origin}`;
    }),
  );
  if (!settings) return findings;
  const node = settings;
  for (const check of [
    () => checkModes(folder),
    () => checkKeys(folder),
    () => checkSecrets(folder),
    () => checkDisk(folder),
    () => checkOrigin(node),
  ])
    findings.push(await find(check));
  const state = findState(folder);
  if (state) {
    findings.push(await find(() => checkRunning(state, findOfficerToken(folder))));
    return findings;
  }
  findings.push(await find(() => checkPorts(node)), ...(await checkDatabases(folder, node, admins)));
  return findings;
}

async function find(check: Check): Promise<Finding> {
  try {
    return { ok: true, what: await check() };
  } catch (error) {
    const [what, mend] = explain(error).message.split(/: (?=[a-z].*$)/, 2);
    return mend ? { ok: false, what: what!, mend } : { ok: false, what: what! };
  }
}

function checkNodeVersion(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [least, leastMinor] = NODE_AT_LEAST;
  if (major < least || (major === least && minor < leastMinor))
    throw new Error(`Node ${process.versions.node} is too old: run npm run setup, which brings its own.`);
  return `Node ${process.versions.node}`;
}

/** What is served and what other countries were given to read are the same. */
async function checkContracts(): Promise<string> {
  for (const [name, contract] of Object.entries(contracts)) {
    const file = new URL(`../../../openapi/${name}.json`, import.meta.url);
    const written = JSON.parse(readFileSync(file, 'utf8'));
    const wanted = await contractDocument({ ...contract, version: written.info.version });
    if (JSON.stringify(wanted) !== JSON.stringify(written))
      throw new Error(`openapi/${name}.json differs from what is served: run node scripts/openapi.ts.`);
  }
  return 'the four contracts are as published in openapi/';
}

function checkModes(folder: NodeFolder): string {
  const closed = [folder.keys, join(folder.root, 'secrets')];
  for (const path of closed) {
    if ((statSync(path).mode & 0o077) !== 0) throw new Error(`${path} is open to other users: run chmod 700 ${path}.`);
  }
  if ((statSync(folder.root).mode & 0o022) !== 0)
    throw new Error(`Others may write to ${folder.root}: run chmod go-w ${folder.root}.`);
  return 'folders are closed to other users';
}

function checkKeys(folder: NodeFolder): string {
  for (const holder of holders) loadKeys(join(folder.keys, holder), holder);
  const { identity } = readPublicKeys(join(folder.keys, 'worker'));
  return `all keys are there; fingerprint ${thumbprint(identity.jwk)}`;
}

function checkSecrets(folder: NodeFolder): string {
  for (const login of LOGINS) {
    readPassword(folder, login);
    const file = folder.secret(login);
    if ((statSync(file).mode & 0o077) !== 0) throw new Error(`${file} is open to other users: run chmod 600 ${file}.`);
  }
  return 'every process has a login of its own';
}

function checkDisk(folder: NodeFolder): string {
  const { bytes, megabytes } = roomAt(folder.root);
  if (bytes < LITTLE) throw new Error(`The disk has ${megabytes} MB left: make room for at least 512 MB.`);
  return `the disk has ${megabytes} MB left`;
}

function checkOrigin({ origin, loopback, tls }: NodeSettings): string {
  const plain = origin.startsWith('http:');
  if (plain && !loopback)
    throw new Error(`Peers refuse the plain HTTP of ${origin}: set the node up with an https origin.`);
  if (tls) for (const file of [tls.cert, tls.key]) readFileSync(file);
  return plain ? 'plain HTTP on this machine, for development' : `peers reach it as ${origin}`;
}

async function checkPorts({ ports }: NodeSettings): Promise<string> {
  await refuseBusyPort(ports.public, '127.0.0.1');
  await refuseBusyPort(ports.casework, '127.0.0.1');
  return `ports ${ports.public} and ${ports.casework} are free`;
}

async function checkDatabases(folder: NodeFolder, node: NodeSettings, admins: Admins | undefined): Promise<Finding[]> {
  if (node.databases !== 'embedded' && !admins)
    return [
      {
        ok: true,
        what: 'the databases are elsewhere and were not looked at',
        mend: 'name their administrators with --home-url and --border-url',
      },
    ];
  const findings: Finding[] = [];
  let server: Awaited<ReturnType<typeof startEmbedded>> | undefined;
  try {
    if (!admins) server = await startEmbedded(folder, () => undefined);
    const as = admins ?? embeddedAdmins(server!);
    for (const name of DATABASE_NAMES) findings.push(await find(() => checkDatabase(as, name)));
    if (findings.every(({ ok }) => ok))
      findings.push(
        await find(() => checkBatches(as, node)),
        await find(async () => checkStops(await inspectSigning(as))),
      );
  } catch (error) {
    findings.push(await find(() => Promise.reject(error)));
  } finally {
    await server?.stop();
  }
  return findings;
}

async function checkDatabase(admins: Admins, name: 'home' | 'border'): Promise<string> {
  const { server, clockAhead, missing, unknown } = await inspect(admins, name);
  if (unknown.length > 0) throw new Error(`${name} was made by a newer version (${unknown[0]}): run that one.`);
  if (missing.length > 0) throw new Error(`${name} lacks ${missing.join(', ')}: run detente migrate.`);
  if (Math.abs(clockAhead) > 5_000)
    throw new Error(`The clock of ${name}’s server is ${clockAhead / 1000} s ahead: let both follow NTP.`);
  return `${name}: PostgreSQL ${server}, schema up to date, clock right to ${Math.abs(clockAhead)} ms`;
}

async function checkBatches(admins: Admins, node: NodeSettings): Promise<string> {
  const sizes = await inspectLog(admins);
  if (!sizes) return `the log has not begun; it will have batches of ${node.batch_size}`;
  const known = sizes.next_batch_size ?? sizes.batch_size;
  const wanted = known === node.batch_size ? '' : `; ${node.batch_size} is set, for the UTC day after the next start`;
  return `the log has ${batchText(sizes)}${wanted}`;
}

function checkStops([reason]: readonly string[]): string {
  if (reason !== undefined) throw new Error(reason);
  return 'nothing keeps the log from being signed';
}

/** A node that runs is asked, not disturbed. */
async function checkRunning(state: { pid: number; casework: string }, token: string | undefined): Promise<string> {
  if (state.casework === '') throw new Error(`Process ${state.pid} is starting or setting up the node: ask again.`);
  const client = createClient({
    service: 'casework',
    baseUrl: state.casework,
    timeout: 5_000,
    ...(token && { token }),
  });
  let log = '';
  try {
    const { tree, signing_stops } = dataOf(await client.GET('/casework/v1/status'));
    checkStops(signing_stops.map(({ reason }) => reason));
    log = `; the log has ${batchText(tree)}`;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 401) throw error;
  }
  const ready = await fetch(`${state.casework}/readyz`, { signal: AbortSignal.timeout(5_000) });
  if (!ready.ok) throw new Error(`It runs as process ${state.pid} but is not ready: look at its log.`);
  return `it runs as process ${state.pid}, and both databases answer${log}`;
}
