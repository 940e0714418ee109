// Bearer tokens of officers and readers.

import { createToken, disableToken, listTokens } from '@detente/contract/casework';
import { problem, route } from '@detente/server';
import { listTokens as findTokens, insertToken, recordAct } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { mintCredential } from '../credentials.ts';
import { endToken } from '../end-token.ts';
import { shown } from '../shown.ts';

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

  route(app, listTokens).to(async () => {
    const rows = await home.read(findTokens);
    return { status: 200, body: { items: rows.map(shown) } };
  });

  route(app, disableToken).to(async ({ params: { name }, body: { reason } }, { actor }) => {
    const { disabled_at } = await home.write((tx) => endToken(tx, { name, actor: actor.name, reason }));
    return { status: 200, body: { name, disabled_at: disabled_at.toISOString() } };
  });
}
