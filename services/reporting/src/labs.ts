// Which lab calls: its API key as a bearer token, of which home has the hash.

import { hash } from 'node:crypto';
import { problem } from '@detente/server';
import type { Database } from '@detente/store/database';
import { findLab } from '@detente/store/reporting';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyRequest {
    /** Id of the lab that calls. */
    lab: string;
  }
}

/** A lab that was disabled is refused after at most this long. */
const remembered = 3_000;
const maxRemembered = 10_000;

export type LabFinder = (key: string) => Promise<string | undefined>;

/** Finds the lab of an API key and remembers it for 3 s; what is no key is never remembered.
 *  @param now clock in milliseconds */
export function labFinder(database: Database, now: () => number = () => performance.now()): LabFinder {
  const known = new Map<string, { lab: Promise<string | undefined>; until: number }>();
  return async (key) => {
    const keyHash = hash('sha256', key, 'base64url');
    const found = known.get(keyHash);
    if (found && found.until > now()) return found.lab;
    if (known.size >= maxRemembered) known.clear();
    const lab = findLab(database.now, keyHash);
    known.set(keyHash, { lab, until: now() + remembered });
    const forget = () => known.delete(keyHash);
    lab.then((id) => id === undefined && forget(), forget);
    return lab;
  };
}

/** Lets only labs into the scope that it is registered in, before a body is read, and sets `request.lab`. */
export const authenticateLabs = fp<{ find: LabFinder }>(
  async (app: FastifyInstance, { find }) => {
    app.decorateRequest('lab', '');
    app.addHook('onRequest', async (request) => {
      const { authorization } = request.headers;
      if (authorization === undefined) throw problem('credential_missing');
      const key = /^Bearer +([A-Za-z0-9._~+/=-]{16,200})$/i.exec(authorization)?.[1];
      const lab = key === undefined ? undefined : await find(key);
      if (lab === undefined) throw problem('credential_invalid');
      request.lab = lab;
    });
  },
  { name: 'authenticate-labs' },
);
