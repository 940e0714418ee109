// A peer asked what it was shown of the logs that both of us list, and told what we were.

import { GossipBody } from '@detente/contract';
import { compile } from '@detente/schema';
import type { Database } from '@detente/store/database';
import type { Enrolled } from '../enrolled.ts';
import { listedLogs, listen, tell } from '../gossip.ts';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';

/** Tells once more when the answer showed a fork, so that both sides have the proof.
 *  @throws WireError, PullFault */
export async function gossipWith(border: Database, peer: Enrolled, line: Line): Promise<void> {
  const logs = await listedLogs(border, peer.origin);
  for (let found = true, calls = 0; found && calls < 2; calls++) {
    const ours = await tell(border, logs);
    if (ours.logs.length === 0) return;
    const request = { method: 'POST', path: '/exchange/v1/checkpoints', body: JSON.stringify(ours) } as const;
    const { status, body } = await line.call(peer, request);
    if (status !== 200)
      throw new PullFault('answer_refused', `the peer answers ${status} to the checkpoints of others`);
    found = await listen(border, logs, readAnswer(body.toString()), peer.origin);
  }
}

const validator = compile(GossipBody);

/** @throws PullFault `answer_refused` */
function readAnswer(text: string): GossipBody {
  try {
    const value: unknown = JSON.parse(text);
    if (validator.check(value)) return value;
  } catch (cause) {
    throw new PullFault('answer_refused', 'the peer’s answer on the checkpoints of others is no JSON', { cause });
  }
  throw new PullFault('answer_refused', 'the peer’s answer on the checkpoints of others is not what the contract says');
}
