// A node whose log shows what a test wants.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logNameOf } from '@detente/keys';
import {
  appendLeaves,
  emptyFrontier,
  extendBundles,
  extendTiles,
  hashLeaf,
  parseTilePath,
  rootOf,
  signCheckpoint,
} from '@detente/tlog';
import type { Test } from 'tap';
import { makeNode } from './proof-parts.ts';

export function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'detente-monitor-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'log');
}

type ShownTile = { level: number | 'entries'; index: number; bytes: Buffer };

export function tilesOf(entries: readonly Buffer[]): ShownTile[] {
  const bundles = extendBundles(0, entries, undefined).map((bundle) => ({ level: 'entries' as const, ...bundle }));
  return [...extendTiles(0, entries.map(hashLeaf), () => undefined), ...bundles];
}

/** A node whose log shows what the test wants: `entries` behind `checkpoint`, unless a path is answered by `say`; with status 0
 *  never. */
export async function hostileLog(t: Test) {
  const shown = { tiles: tilesOf([]), checkpoint: '', cosigned: '', descriptor: '' };
  const say = new Map<string, { status: number; body?: string | Buffer }>();
  /** What is never answered, and still asked. */
  const waiting = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const answer = say.get(request.url!) ?? answerFor(request.url!);
    if (answer.status === 0) waiting.add(response);
    else response.writeHead(answer.status).end(answer.body);
    response.on('close', () => waiting.delete(response));
  });
  function answerFor(url: string): { status: number; body?: string | Buffer } {
    if (url === '/.well-known/detente') return { status: 200, body: shown.descriptor };
    if (url === '/log/v1/checkpoint') return { status: 200, body: shown.checkpoint };
    if (url === '/log/v1/cosigned' && shown.cosigned) return { status: 200, body: shown.cosigned };
    if (!url.startsWith('/log/v1/tile/')) return { status: 404 };
    const { level, index, width } = parseTilePath(url.slice('/log/v1/'.length));
    const tile = shown.tiles.find((one) => one.level === level && one.index === index);
    const each = level === 'entries' ? 34 : 32;
    return tile ? { status: 200, body: tile.bytes.subarray(0, width * each) } : { status: 404 };
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = makeNode(origin);
  shown.descriptor = await keys.describe();
  const signRoot = (size: number, root: Buffer) =>
    signCheckpoint({ origin: logNameOf(origin), size, root }, keys.worker.signer('log').privateKey);
  /** The node shows other keys from now on, and those before to whoever asks for them. */
  const rotate = async (...how: Parameters<typeof keys.rotate>) => {
    keys.rotate(...how);
    shown.descriptor = await keys.describe();
    keep();
  };
  const keep = () => {
    const { seq } = JSON.parse(Buffer.from(shown.descriptor.split('.')[1]!, 'base64url').toString());
    say.set(`/.well-known/detente?seq=${seq}`, { status: 200, body: shown.descriptor });
  };
  keep();
  const sign = (entries: readonly Buffer[]) => {
    const root = rootOf(appendLeaves(emptyFrontier(), entries.map(hashLeaf)));
    return signRoot(entries.length, root);
  };
  /** Shows these entries, signed. */
  const show = (entries: Buffer[]) => Object.assign(shown, { tiles: tilesOf(entries), checkpoint: sign(entries) });
  return { origin, fingerprint: keys.fingerprint, shown, say, waiting, sign, signRoot, show, rotate };
}

export const leaves = (count: number) => Array.from({ length: count }, () => randomBytes(32));
