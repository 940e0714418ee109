// Our offers and standings, put to the peer that they are for.

import { markStatementSent, unsentStatements } from '@detente/store/exchange';
import type { Enrolled } from '../enrolled.ts';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';
import type { Puller } from './pull.ts';

const path = '/exchange/v1/statements';

/** Puts what the peer has not taken yet. What it refuses waits for the next pull: it may not know us yet. After
 *  a refusal for its budget the others wait too.
 *  @throws WireError, PullFault `answer_refused` */
export async function putStatements({ border }: Pick<Puller, 'border'>, peer: Enrolled, line: Line): Promise<void> {
  let refused: number | undefined;
  for (const statement of await unsentStatements(border.now, peer.origin)) {
    const body = JSON.stringify({ statement: statement.jws });
    const { status } = await line.call(peer, { method: 'PUT', path, body });
    if (status === 204) await border.write((tx) => markStatementSent(tx, statement));
    else refused = status;
    if (status === 429 || status === 503) break;
  }
  if (refused !== undefined) throw new PullFault('answer_refused', `the peer answers ${refused} to a statement`);
}
