// The tiles of a node's log as its publication service shows them, for a node of which only the exchange runs.

import { HASH_SIZE, parseTilePath } from '@detente/tlog';
import type pg from 'pg';
import type { Answer, Passed } from './exchange-node.ts';

/** Answers what is asked of the log's tiles; undefined for everything else. */
export function publicLog(border: pg.Client): (passed: Passed) => Promise<Answer | undefined> {
  return async ({ url }) => {
    if (!url.startsWith('/log/v1/tile/')) return undefined;
    const { level, index, width } = parseTilePath(url.slice('/log/v1/'.length));
    const { rows } = await (level === 'entries'
      ? border.query('SELECT substring(leaves FROM 1 FOR $2) AS bytes FROM entries WHERE index = $1', [
          index,
          width * (2 + HASH_SIZE),
        ])
      : border.query('SELECT substring(hashes FROM 1 FOR $3) AS bytes FROM tiles WHERE level = $1 AND index = $2', [
          level,
          index,
          width * HASH_SIZE,
        ]));
    const body: Buffer | undefined = rows[0]?.bytes;
    return body === undefined
      ? { status: 404, headers: {}, body: Buffer.alloc(0) }
      : { status: 200, headers: { 'content-type': 'application/octet-stream' }, body };
  };
}
