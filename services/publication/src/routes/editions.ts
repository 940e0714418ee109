// Public editions and counts of them.

import * as contract from '@detente/contract/publication';
import { compile, Type } from '@detente/schema';
import { etagOf, formatCursor, isUnchanged, parseCursor, problem, route } from '@detente/server';
import type { Database } from '@detente/store/database';
import { countEditions, findEdition, listEditions, type StoredEdition } from '@detente/store/publication';
import type { FastifyInstance } from 'fastify';

const position = compile(
  Type.Object(
    {
      tick: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
      id: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
    },
    { additionalProperties: false },
  ),
);

export async function editionRoutes(app: FastifyInstance, { database }: { database: Database }): Promise<void> {
  route(app, contract.listEditions).to(async ({ query, headers }) => {
    const { limit, cursor, ...filter } = query;
    const after = cursor === undefined ? undefined : parseCursor(cursor, position);
    const found = await listEditions(database.now, filter, { after, limit: limit + 1 });
    const items = found.slice(0, limit).map(editionOf);
    const last = items.at(-1);
    const next = found.length > limit && last ? formatCursor({ tick: last.tick, id: last.id }) : undefined;
    return answer({ items, ...(next !== undefined && { next }) }, headers['if-none-match']);
  });

  route(app, contract.getEdition).to(async ({ params, headers }) => {
    const found = await findEdition(database.now, params.id);
    if (!found) throw problem('not_found');
    return answer(editionOf(found), headers['if-none-match']);
  });

  route(app, contract.getStatistics).to(async ({ headers }) => {
    const counts = (await countEditions(database.now)) as (contract.Count & { month: string | null })[];
    const told = counts.map(({ month, ...count }) => ({ ...(month !== null && { month }), ...count }));
    return answer({ counts: told }, headers['if-none-match']);
  });
}

// Anybody may keep an answer but asks each time whether it still holds, so that a retraction is seen at once.
function answer<Body>(body: Body, known: string | undefined) {
  const headers = { etag: etagOf(body), 'cache-control': 'public, no-cache' };
  return isUnchanged(known, headers.etag)
    ? ({ status: 304, headers } as const)
    : ({ status: 200, body, headers } as const);
}

function editionOf({ place, ...edition }: StoredEdition): contract.Edition {
  return { ...edition, ...(place !== null && { index: place }) };
}
