// Labs: their names go to the vault, their keys are shown once.

import { randomUUID } from 'node:crypto';
import { createLab, disableLab, listLabs } from '@detente/contract/casework';
import { problem, route } from '@detente/server';
import { disableLab as disable, listLabs as findLabs, insertLab, recordAct } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { mintCredential } from '../credentials.ts';
import { shown } from '../shown.ts';

export async function labRoutes(app: FastifyInstance, { home, vault }: Casework): Promise<void> {
  route(app, createLab).to(async ({ body }, { actor }) => {
    const id = randomUUID();
    const { secret, hash } = mintCredential('detente_lab_');
    const nameSealed = vault.seal(Buffer.from(body.name));
    await home.write(async (tx) => {
      await insertLab(tx, { id, keyHash: hash, nameSealed });
      await recordAct(tx, { actor: actor.name, act: 'lab.add', object: id, reason: body.reason });
    });
    return { status: 201, body: { id, key: secret } };
  });

  route(app, listLabs).to(async () => {
    const rows = await home.read(findLabs);
    return { status: 200, body: { items: rows.map(shown) } };
  });

  route(app, disableLab).to(async ({ params: { id }, body: { reason } }, { actor }) => {
    const disabled = await home.write(async (tx) => {
      const found = await disable(tx, id);
      if (!found) throw problem('not_found');
      if (!found.before) await recordAct(tx, { actor: actor.name, act: 'lab.disable', object: id, reason });
      return found;
    });
    return { status: 200, body: { id, disabled_at: disabled.disabled_at.toISOString() } };
  });
}
