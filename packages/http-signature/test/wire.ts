// A Fastify node with a signed scope, and calls to it or to whoever sits at an address.

import { Readable } from 'node:stream';
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { Test } from 'tap';
import { Pool } from 'undici';
import { httpSignature, type Peer } from '../src/fastify.ts';
import { formatTargetUri, SignatureError } from '../src/index.ts';
import { type SignedCall, WireError, type WireLimits } from '../src/undici.ts';
import { keyForAnyOf, makeKey } from './support.ts';

export const client = makeKey();
export const server = makeKey();
export const stranger = makeKey();
export const limits: WireLimits = { totalMs: 5000, maxBytes: 100_000 };

export type Node = { app: FastifyInstance; origin: string; spent: Map<string, Date>; parsed: number };

export async function startNode(t: Test, options: FastifyServerOptions = {}): Promise<Node> {
  const app = fastify({ forceCloseConnections: true, ...options });
  const node: Node = { app, origin: '', spent: new Map(), parsed: 0 };
  app.register(async (scope) => {
    await scope.register(httpSignature, {
      keyFor: async (keyid) =>
        keyid === client.kid ? { key: client.publicKey, peer: { origin: 'https://peer.example' } as Peer } : undefined,
      useNonce: async (keyid, nonce, until) => {
        if (nonce.startsWith('broken')) throw new Error('the database is gone');
        return !node.spent.has(keyid + nonce) && Boolean(node.spent.set(keyid + nonce, until));
      },
      targetUri: (request) => formatTargetUri(node.origin, request.originalUrl),
      signer: server,
    });
    scope.addHook('preValidation', async () => {
      node.parsed += 1;
    });
    scope.get('/signed/who', async (request) => ({ peer: request.peer.origin, url: request.url }));
    scope.get('/signed/empty', async (_request, reply) => reply.code(204).send());
    scope.get('/signed/bytes', async (_request, reply) =>
      reply.type('application/octet-stream').send(Buffer.from([0, 255])),
    );
    scope.get('/signed/fails', async () => {
      throw new Error('inside');
    });
    scope.get('/signed/stream', async (_request, reply) => reply.send(Readable.from(['a', 'b'])));
    scope.post('/signed/echo', async (request) => ({ body: request.body }));
    scope.post('/signed/small', { bodyLimit: 10 }, async () => 'ok');
  });
  app.get('/open', async (request) => {
    return { signed: request.requestSignature !== undefined };
  });
  node.origin = await app.listen({ port: 0, host: '127.0.0.1' });
  t.teardown(() => app.close());
  return node;
}

export function poolOf(t: Test, origin: string): Pool {
  const pool = new Pool(origin, { connections: 2 });
  t.teardown(() => pool.destroy());
  return pool;
}

export function callTo(origin: string, path: string, more: Partial<SignedCall> = {}): SignedCall {
  return { method: 'GET', origin, path, signer: client, keyFor: keyForAnyOf(server), ...more };
}

export async function wireFault(
  promise: Promise<unknown>,
): Promise<{ code: string; inner?: string; status?: number | undefined }> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const inner = error.cause instanceof SignatureError ? { inner: error.cause.code } : {};
    return { code: error.code, ...inner, ...(error.status !== undefined && { status: error.status }) };
  }
  return { code: 'accepted' };
}
