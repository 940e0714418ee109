// Exchange nodes for the tests: real databases, keys and HTTP, each behind a proxy that a test can make behave badly.

import { mkdtempSync, rmSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVerifier } from '@detente/feed';
import { signedRequest } from '@detente/http-signature/undici';
import { initKeys, publicKeyOf, type Signer } from '@detente/keys';
import { createLogger, readConfig, readReach } from '@detente/server';
import { openDatabase } from '@detente/store/database';
import { createTestDatabases, startTestServer, TEST_SERVER } from '@detente/store/embedded';
import { type Conformance, readPeers, type WatchedPeer } from '@detente/store/exchange';
import { countQueries } from '@detente/testkit';
import pg from 'pg';
import tap, { type Test } from 'tap';
import { Pool } from 'undici';
import { buildExchange } from '../src/app.ts';
import { ExchangeConfig } from '../src/config.ts';
import { enrolledPeer } from '../src/enrolled.ts';
import { checkConformance } from '../src/jobs/conformance.ts';
import { askWitness } from '../src/jobs/cosignatures.ts';
import { watchLog } from '../src/jobs/forks.ts';
import { gossipWith } from '../src/jobs/gossip.ts';
import { mirrorLog } from '../src/jobs/mirror.ts';
import { recoverFrom } from '../src/jobs/own-log.ts';
import { type Puller, pullPeer } from '../src/jobs/pull.ts';
import { loadExchangeKeys } from '../src/keys.ts';
import { type Line, openLine } from '../src/line.ts';
import { startPulling } from '../src/pulling.ts';
import { refusedKeeper } from '../src/refused.ts';
import { BorderWorker } from './border-worker.ts';
import { publicLog } from './public-log.ts';

export type Passed = { method: string; url: string; headers: IncomingHttpHeaders; body: Buffer };
export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** Stands where a node's public origin is. */
export class TestProxy {
  target = 0;
  /** Changes an answer on its way back; undefined never answers. */
  tamper: (answer: Answer, passed: Passed) => Answer | undefined = (answer) => answer;
  /** Answers in the node's place, as its other services do. */
  beside: (passed: Passed) => Promise<Answer | undefined> = async () => undefined;
  readonly passed: Passed[] = [];
  readonly #tls: boolean;
  readonly #server: Server;

  constructor(tls?: { key: string; cert: string }) {
    const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => void this.#pass(incoming, outgoing);
    this.#tls = tls !== undefined;
    this.#server = tls ? createTlsServer(tls, pass) : createServer(pass);
  }

  async listen(t: Test): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    t.teardown(() => {
      this.#server.closeAllConnections();
      return new Promise((done) => this.#server.close(done));
    });
    return `http${this.#tls ? 's' : ''}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    try {
      const passed = { method, url, headers, body: await whole(incoming) };
      this.passed.push(passed);
      const answer = this.tamper((await this.beside(passed)) ?? (await this.send(passed)), passed);
      if (!answer) return;
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    } catch {
      outgoing.destroy();
    }
  }

  /** Sends what was passed on to the node, as often as one likes. */
  send({ method, url, headers, body }: Passed): Promise<Answer> {
    return new Promise((done, fail) => {
      const out = request({ port: this.target, host: '127.0.0.1', method, path: url, headers }, async (response) => {
        done({ status: response.statusCode!, headers: response.headers, body: await whole(response) });
      });
      out.on('error', fail);
      out.end(body);
    });
  }
}

async function whole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

let server: Promise<void> | undefined;

/** One server for all nodes of a test file, unless the whole run has one. */
function shareServer(): Promise<void> {
  if (process.env[TEST_SERVER] !== undefined) return Promise.resolve();
  server ??= startTestServer().then((started) => {
    process.env[TEST_SERVER] = started.url;
    tap.teardown(() => started.stop());
  });
  return server;
}

export type Node = Awaited<ReturnType<typeof startNode>>;

export async function startNode(t: Test, more: Record<string, string> = {}, tls?: { key: string; cert: string }) {
  await shareServer();
  const databases = await createTestDatabases(t);
  const root = mkdtempSync(join(tmpdir(), 'detente-exchange-'));
  initKeys(root);
  const proxy = new TestProxy(tls);
  const origin = await proxy.listen(t);
  const client = new pg.Client({ connectionString: databases.border.superuserUrl });
  await client.connect();
  t.teardown(async () => {
    await client.end();
    rmSync(root, { recursive: true, force: true });
  });
  const env = {
    DETENTE_ORIGIN: origin,
    DETENTE_BORDER_URL: databases.border.url('detente_exchange'),
    DETENTE_KEYS: join(root, 'exchange'),
    DETENTE_LOOPBACK: 'true',
    DETENTE_VERIFY_THREADS: '0',
    DETENTE_PRESSURE_DELAY_MS: '0',
    ...more,
  };
  const worker = new BorderWorker(origin, root, client);
  await worker.begin();
  const config = readConfig(ExchangeConfig, env);
  const keys = loadExchangeKeys(config.DETENTE_KEYS);
  const counted = countQueries(openDatabase({ url: config.DETENTE_BORDER_URL, max: 6, name: 'test exchange' }));
  const keep = refusedKeeper(counted.database);
  const verifier = createVerifier({ threads: config.DETENTE_VERIFY_THREADS });
  const lines: string[] = [];
  const logger = createLogger({ name: 'exchange', level: 'debug' }, { write: (line) => void lines.push(line) });
  const app = await buildExchange({ config, border: counted.database, keys, logger, checkReplies: true });
  await app.listen({ port: 0, host: '127.0.0.1' });
  proxy.target = (app.server.address() as AddressInfo).port;
  t.teardown(async () => {
    await app.close();
    await verifier.close();
    await counted.database.close();
  });
  const rows = async <Row = Record<string, unknown>>(text: string, values: unknown[] = []) =>
    (await client.query(text, values)).rows as Row[];
  const count = async (table: string, where = 'true') =>
    Number((await rows<{ count: string }>(`SELECT count(*) FROM ${table} WHERE ${where}`))[0]!.count);

  type PullOptions = { limit?: number; timeoutMs?: number; refresh?: boolean };

  /** Pulls a peer once, as the rhythm does. */
  const pull = (peer: { origin: string }, options: PullOptions = {}) =>
    onLine(peer, options, (puller, row, line) =>
      pullPeer(puller, { peer: row, line, refresh: options.refresh ?? false }),
    );

  /** Checks what a peer's node does, as the rhythm does when an officer has asked; what was found. */
  async function check(peer: { origin: string }) {
    await rows('INSERT INTO conformance (peer) VALUES ($1) ON CONFLICT DO NOTHING', [peer.origin]);
    await onLine(peer, {}, (puller, row, line) =>
      checkConformance({ puller, peer: row, enrolled: enrolledPeer(row)!, line }),
    );
    const [found] = await rows<{ checks: Conformance[] }>('SELECT checks FROM conformance WHERE peer = $1', [
      peer.origin,
    ]);
    return found!.checks;
  }

  /** Asks a peer's witness to sign, as the rhythm does when all that is logged by now is from before its last multiple. */
  const ask = async (peer: { origin: string }) => {
    await rows(`UPDATE checkpoints SET made_at = now() - interval '1 hour'`);
    await onLine(peer, {}, ({ border }, row, line) =>
      askWitness({ border, peer: enrolledPeer(row)!, line, everyMs: 60_000, signal: new AbortController().signal }),
    );
  };

  /** Mirrors a peer's log a step further, as the rhythm does after a pull. */
  const mirror = (peer: { origin: string }, options: PullOptions = {}) =>
    onLine(peer, options, ({ border }, row, line) =>
      mirrorLog({ border, peer: enrolledPeer(row)!, line, signal: new AbortController().signal }),
    );

  /** Holds against the mirror what was seen of a peer's log, as the rhythm does. */
  const watch = (peer: { origin: string }) =>
    onLine(peer, {}, ({ border }, row) => watchLog(border, enrolledPeer(row)!, new Set()));

  /** Talks with a peer about the logs of others, as the rhythm does. */
  const gossip = (peer: { origin: string }) =>
    onLine(peer, {}, ({ border }, row, line) => gossipWith(border, enrolledPeer(row)!, line));

  /** Asks a peer for what the worker wants of our own log, as the rhythm does after a pull. */
  const recover = (peer: { origin: string }, options: PullOptions = {}) =>
    onLine(peer, options, ({ border }, row, line) =>
      recoverFrom({ origin, border, peer: enrolledPeer(row)!, line, signal: new AbortController().signal }),
    );

  /** Pulls all peers in their rhythm, until it is told to stop. */
  const run = () =>
    startPulling(
      { origin, border: counted.database, keys, verifier, limit: 1000, logger, keep },
      { everyMs: 50, witnessMs: 60_000, timeoutMs: 10_000, reach: readReach(config) },
    );

  async function onLine<T>(
    peer: { origin: string },
    options: PullOptions,
    act: (puller: Puller, row: WatchedPeer, line: Line) => Promise<T>,
  ): Promise<T> {
    const row = (await counted.database.read(readPeers)).find((one) => one.origin === peer.origin)!;
    const settings = { signer: keys.transport, timeoutMs: options.timeoutMs ?? 10_000, reach: readReach(config) };
    const line = openLine(row, { ...settings, signal: new AbortController().signal });
    const puller = { origin, border: counted.database, keys, verifier, limit: options.limit ?? 1000, logger, keep };
    try {
      return await act(puller, row, line);
    } finally {
      await line.close();
    }
  }

  /** Why the last pull of a peer failed. */
  const fault = async (peer: { origin: string }) =>
    (await rows<{ fault: string | null }>('SELECT fault FROM cursors WHERE peer = $1', [peer.origin]))[0]?.fault ??
    null;
  /** Where we are in a peer's log. */
  const cursor = async (peer: { origin: string }) =>
    (await rows<{ after: string; late: string }>('SELECT after, late FROM cursors WHERE peer = $1', [peer.origin])).map(
      ({ after, late }) => ({ after: Number(after), late: Number(late) }),
    )[0];
  /** What has landed of a peer's records, in the order of arrival. */
  const landed = (peer: { origin: string }) =>
    rows<{ digest: string; body: string; place: string; late: string | null; rule: string | null }>(
      `SELECT digest, body, place, late, rule FROM landing WHERE peer = $1 AND kind = 'record' ORDER BY number`,
      [peer.origin],
    );
  /** What takes in a bundle. */
  const taker = {
    ...{ origin, border: counted.database, keys, verifier, limit: 1000, logger, keep },
    ...{ noticesPerMinute: config.DETENTE_NOTICES_PER_MINUTE, look: () => undefined },
  };
  const { fingerprint } = worker;
  proxy.beside = publicLog(client);
  return {
    origin,
    fingerprint,
    proxy,
    env,
    worker,
    keys,
    lines,
    app,
    rows,
    count,
    pull,
    check,
    ask,
    mirror,
    watch,
    gossip,
    recover,
    run,
    fault,
    cursor,
    landed,
    taker,
    ...counted,
  };
}

/** Two nodes enrol each other by the wire: each takes in the other's descriptor. */
export async function introduce(...nodes: Node[]): Promise<void> {
  const pairs = nodes.flatMap((node) => nodes.filter((peer) => peer !== node).map((peer) => [node, peer] as const));
  for (const [node, peer] of pairs) {
    await node.worker.addPeer(peer);
    await node.pull(peer);
    await node.worker.enrol(peer.origin);
    await node.worker.agree(peer.origin);
  }
}

/** Calls a node with a signature, as a peer with this key.
 *  @param call.plain the answer is no JSON */
export async function callAs(
  node: Node,
  signer: Pick<Signer, 'kid' | 'privateKey'>,
  call: { method: 'GET' | 'PUT' | 'POST'; path: string; body?: unknown; plain?: boolean },
) {
  const pool = new Pool(node.origin);
  const { method, path, body } = call;
  const key = publicKeyOf(node.keys.transport.publicJwk);
  try {
    const answer = await signedRequest(
      pool,
      {
        method,
        path,
        origin: node.origin,
        signer,
        keyFor: (keyid) => (keyid === node.keys.transport.kid ? key : undefined),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      { totalMs: 10_000, maxBytes: 33_554_432 },
    );
    const text = answer.body.toString();
    const { status, headers } = answer;
    return { status, headers, text, json: text === '' || call.plain ? undefined : JSON.parse(text) };
  } finally {
    await pool.close();
  }
}
