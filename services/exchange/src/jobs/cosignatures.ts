// A peer's witness asked to cosign our own checkpoint (C2SP tlog-witness): the same one that all are asked to sign.

import { witnessNameOf } from '@detente/keys';
import type { Database } from '@detente/store/database';
import {
  askAgain,
  checkpointToCosign,
  noteWitnessFault,
  readCheckpoint,
  readTiles,
  storeCosignature,
  type ToCosign,
} from '@detente/store/exchange';
import {
  consistencyProof,
  formatAddCheckpoint,
  formatSignatureLine,
  nodesForConsistency,
  TlogError,
  tileReader,
  tilesForNodes,
  verifyCosignature,
} from '@detente/tlog';
import type { Enrolled } from '../enrolled.ts';
import type { Line, PlainAnswer } from '../line.ts';
import { PullFault } from '../pull-fault.ts';

const PATH = '/witness/v1/add-checkpoint';
/** Seconds that a witness's clock may be ahead of this one. */
const CLOCK_AHEAD = 300;

export type Asking = {
  border: Database;
  peer: Enrolled;
  line: Line;
  /** Milliseconds from one checkpoint that witnesses sign to the next. */
  everyMs: number;
  /** Ends the call, as when the process stops; then nothing is noted. */
  signal: AbortSignal;
};

/** Asks once, unless the peer's witness has signed already what all are to sign now. A fault is noted with the peer. */
export async function askWitness({ border, peer, line, everyMs, signal }: Asking): Promise<void> {
  const asked = await checkpointToCosign(border.now, peer.origin, everyMs);
  if (!asked) return;
  try {
    const signature = await cosignatureOf({ border, peer, line, asked });
    if (signature === undefined) return;
    await border.write((tx) => storeCosignature(tx, { size: asked.size, peer: peer.origin, line: signature }));
  } catch (error) {
    if (!(error instanceof PullFault)) throw error;
    if (signal.aborted) return;
    await border.write((tx) => noteWitnessFault(tx, peer.origin, error.message));
  }
}

type Asked = Pick<Asking, 'border' | 'peer' | 'line'> & { asked: ToCosign };

/** @returns the verified signature line; undefined when the witness holds a later checkpoint of ours already
 *  @throws PullFault `answer_refused` */
async function cosignatureOf({ border, peer, line, asked }: Asked): Promise<string | undefined> {
  const { size, note } = asked;
  const ask = async (held: number) => line.plain(await requestFor(border, { size, note, held }));
  let answer = await ask(asked.held);
  const told = sizeIn(answer);
  if (told !== undefined) {
    if (told > size) return refuseUnlessOurs(border, peer, told);
    answer = await ask(told);
  }
  if (answer.status !== 200) throw refused(`it answers ${answer.status}`);
  return verifiedLine(asked.note, answer, peer);
}

async function requestFor(border: Database, { size, note, held }: ToCosign) {
  const read = await border.read(async (reader) =>
    tileReader(await readTiles(reader, tilesForNodes(nodesForConsistency(held, size), size))),
  );
  const body = formatAddCheckpoint({ oldSize: held, proof: consistencyProof(held, size, read), checkpoint: note });
  return { method: 'POST', path: PATH, headers: { 'content-type': 'text/plain; charset=utf-8' }, body } as const;
}

/** What a witness says that it holds, when that is another size than the one it was told. */
function sizeIn({ status, body }: PlainAnswer): number | undefined {
  if (status !== 409) return undefined;
  const size = /^(0|[1-9]\d{0,15})\n$/.exec(body);
  if (size === null || !Number.isSafeInteger(Number(size[1]))) throw refused('it answers 409 without a size');
  return Number(size[1]);
}

/** A later checkpoint of ours is none of this one's business; a larger one than we ever signed is: then our log is older than
 *  what its peers have seen of it. A size alone proves nothing, so the peer is asked for what we have signed. */
async function refuseUnlessOurs(border: Database, { origin }: Enrolled, told: number): Promise<undefined> {
  const newest = await readCheckpoint(border.now);
  if (told <= (newest?.size ?? 0)) return;
  const fault = refused(`it has cosigned ${told} leaves of our log, which are more than we have`);
  await border.write((tx) => askAgain(tx, origin, fault.message));
  throw fault;
}

/** The one line of the answer that is the peer's. Lines of keys that are unknown here are ignored; one that is named as the
 *  peer's and does not verify spoils the whole answer. */
function verifiedLine(note: string, { body }: PlainAnswer, peer: Enrolled): string {
  const name = witnessNameOf(peer.origin);
  const [publicKey] = peer.keys('witness').values();
  try {
    const cosigned = `${note}${Buffer.from(body, 'latin1').toString()}`;
    const signature = verifyCosignature(cosigned, { name, publicKey: publicKey! });
    if (signature.timestamp > Date.now() / 1000 + CLOCK_AHEAD) throw refused('its cosignature is of the future');
    return formatSignatureLine(signature);
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    throw refused(`its cosignature is refused: ${error.code}`, error);
  }
}

function refused(what: string, cause?: unknown): PullFault {
  return new PullFault('answer_refused', `the peer’s witness: ${what}`, { cause });
}
