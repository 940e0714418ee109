// Bearer tokens of officers and readers.

import { createToken } from '@detente/contract';
import { problem, route } from '@detente/server';
import { insertToken, recordAct } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { mintCredential } from '../credentials.ts';

export async function tokenRoutes(app: FastifyInstance, { home }: Casework): Promise<void> {
  route(app, createToken).to(async ({ body }, { actor }) => {
    const { name, scope, reason } = body;
    const { secret, hash } = mintCredential('detente_');
    await home.write(async (tx) => {
      const inserted = await insertToken(tx, { hash, name, scope });
      if (!inserted) throw problem('conflict', { detail: 'the name is taken' });
      await recordAct(tx, { actor: actor.name, act: 'token.add', object: `${name} ${scope}`, reason });
    });
    return { status: 201, body: { name, token: secret } };
  });
}
