// A peer asked what it was shown of the logs that both of us list, and told what we were.

import { GossipBody, gossip } from '@detente/contract/exchange';
import { compile, isJsonWithin } from '@detente/schema';
import type { Database } from '@detente/store/database';
import { notePullFault } from '@detente/store/exchange';
import type { Enrolled } from '../enrolled.ts';
import { listedLogs, listen, tell } from '../gossip.ts';
import type { Line } from '../line.ts';
import { faultSentence, PullFault } from '../pull-fault.ts';

/** Talks with a peer. A fault that is the peer's or of the way to it is noted with the peer, as that of a pull is. */
export async function gossipWith(border: Database, peer: Enrolled, line: Line): Promise<void> {
  try {
    await talk(border, peer, line);
  } catch (error) {
    const fault = faultSentence(error);
    if (fault === undefined) throw error;
    await border.write((tx) => notePullFault(tx, peer.origin, fault));
  }
}

/** Tells once more when the answer showed a fork, so that both sides have the proof.
 *  @throws WireError, PullFault */
async function talk(border: Database, peer: Enrolled, line: Line): Promise<void> {
  const logs = await listedLogs(border, peer.origin);
  for (let found = true, calls = 0; found && calls < 2; calls++) {
    const ours = await tell(border, logs);
    if (ours.logs.length === 0) return;
    const request = { method: 'POST', path: '/exchange/v1/checkpoints', body: JSON.stringify(ours) } as const;
    const { status, body } = await line.call(peer, request);
    if (status !== 200)
      throw new PullFault('answer_refused', `the peer answers ${status} to the checkpoints of others`);
    found = await listen(border, logs, readAnswer(body), peer.origin);
  }
}

const validator = compile(GossipBody);
/** Of what is said to us as an answer, no more than may be told us as a question. */
const most = { bytes: gossip.body.maxBytes, values: 50_000, depth: 32 };

/** @throws PullFault `answer_refused` */
function readAnswer(body: Buffer): GossipBody {
  const text = body.length > most.bytes ? '' : body.toString();
  if (text === '' || !isJsonWithin(text, most))
    throw new PullFault('answer_refused', 'the peer’s answer on the checkpoints of others is larger than any may be');
  try {
    const value: unknown = JSON.parse(text);
    if (validator.check(value)) return value;
  } catch (cause) {
    throw new PullFault('answer_refused', 'the peer’s answer on the checkpoints of others is no JSON', { cause });
  }
  throw new PullFault('answer_refused', 'the peer’s answer on the checkpoints of others is not what the contract says');
}
