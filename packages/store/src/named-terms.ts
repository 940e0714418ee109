// Which terms peers name, and the statements that they follow from: the reader of the worker, and of casework.

import type { InputDigests } from '@detente/reciprocity';
import type { Asker } from './database.ts';

/** What a peer's last page says that it was composed under, from which statements if it says, and when it came. */
export type NamedTerms = { peer: string; day: string; digest: string; inputs: InputDigests | null; at: Date };

/** Of each peer that brought a page over the wire in the last day: what one named long ago says nothing of now. */
export async function namedTerms(border: Asker): Promise<NamedTerms[]> {
  return border.query<NamedTerms>(
    `SELECT peer, terms_day AS day, terms AS digest, terms_inputs AS inputs, pulled_at AS at FROM cursors
     WHERE terms IS NOT NULL AND pulled_at > now() - interval '1 day'`,
  );
}

/** So many of the newest are looked at: whoever signs any number does not make a look longer. */
const SOUGHT_AMONG = 1000;

/** Body of a recent statement, also of one that counts no more. */
export async function recentStatement(
  home: Asker,
  { typ, iss, aud, digest }: { typ: string; iss: string; aud: string; digest: string },
): Promise<Record<string, unknown> | undefined> {
  const [row] = await home.query<{ body: Record<string, unknown> }>(
    `SELECT body FROM (SELECT digest, body FROM statements WHERE iss = $1 AND typ = $2 AND aud = $3
       ORDER BY seq DESC LIMIT $5) newest
     WHERE digest = $4 LIMIT 1`,
    [iss, typ, aud, digest, SOUGHT_AMONG],
  );
  return row?.body;
}
