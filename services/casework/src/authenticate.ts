// Who calls: an officer or a reader, by a bearer token of which home has the hash.

import { problem } from '@detente/server';
import { readToken } from '@detente/store/casework';
import type { Database } from '@detente/store/database';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { hashCredential } from './credentials.ts';

export type Actor = {
  /** As it stands in acts and decisions. */
  name: string;
  scope: 'officer' | 'reader';
};

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
  }
}

const looking: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Lets only officers into the scope that it is registered in, and readers who change nothing, before a body is read; sets
 *  `request.actor`. A disabled token is refused from the next request on. */
export const authenticateOfficers = fp<{ home: Database }>(
  async (app: FastifyInstance, { home }) => {
    app.decorateRequest('actor', null as unknown as Actor);
    app.addHook('onRequest', async (request) => {
      const { authorization } = request.headers;
      if (authorization === undefined) throw problem('credential_missing');
      const token = /^Bearer +([A-Za-z0-9._~+/=-]{16,200})$/i.exec(authorization)?.[1];
      if (token === undefined) throw problem('credential_invalid');
      const actor = await readToken(home.now, hashCredential(token));
      if (actor === undefined) throw problem('credential_invalid');
      if (actor.scope !== 'officer' && !looking.has(request.method)) throw problem('forbidden');
      request.actor = actor;
    });
  },
  { name: 'authenticate-officers' },
);
