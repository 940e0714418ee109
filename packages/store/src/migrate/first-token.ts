// The one thing besides the schema that a new home is given: a token, so that somebody can make the others.

import pg from 'pg';
import { ownerUrl } from './roles.ts';

const ACT = { actor: 'init', act: 'token-created', object: 'first-officer', reason: 'first token of this node' };

/** Puts an officer's token into a home that has none of this hash, with its act. Running it again changes nothing.
 *  @param options.url administrator of the server, as for `migrate`
 *  @param options.hash SHA-256 of the token, base64url
 *  @returns whether it was put in now */
export async function insertFirstToken(options: { url: string; database: string; hash: string }): Promise<boolean> {
  const client = new pg.Client({
    connectionString: ownerUrl(options.url, options.database),
    application_name: 'detente init',
  });
  client.on('error', () => undefined); // the query that waits reports it
  await client.connect();
  try {
    await client.query('BEGIN');
    const { rowCount } = await client.query(
      `INSERT INTO tokens (hash, name, scope) VALUES ($1, 'first-officer', 'officer') ON CONFLICT DO NOTHING`,
      [options.hash],
    );
    if (rowCount) await client.query('SELECT record_acts($1)', [JSON.stringify([ACT])]);
    await client.query('COMMIT');
    return rowCount === 1;
  } finally {
    await client.end();
  }
}
