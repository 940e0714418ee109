// A node's own log as it may show it to a witness: real checkpoints and proofs, and such that it should not have signed.

import { logNameOf } from '@detente/keys';
import {
  consistencyProof,
  formatAddCheckpoint,
  nodesForConsistency,
  signCheckpoint,
  tileReader,
  tilesForNodes,
} from '@detente/tlog';
import type { Node } from './exchange-node.ts';

/** Where a witness takes checkpoints. */
export const ADD_CHECKPOINT = '/witness/v1/add-checkpoint';

export function ownLog(node: Node) {
  const name = logNameOf(node.origin);
  const key = node.worker.keys.signer('log');

  /** The checkpoint of this size. */
  async function note(size: number): Promise<string> {
    const [row] = await node.rows<{ note: string }>('SELECT note FROM checkpoints WHERE size = $1', [size]);
    return row!.note;
  }

  async function proof(from: number, to: number): Promise<Buffer[]> {
    const ids = tilesForNodes(nodesForConsistency(from, to), to);
    const tiles = await node.rows<{ level: number; index: string; bytes: Buffer }>(
      `SELECT level, index, hashes AS bytes FROM tiles JOIN unnest($1::smallint[], $2::bigint[]) AS t (l, i)
       ON level = l AND index = i`,
      [ids.map(({ level }) => level), ids.map(({ index }) => index)],
    );
    return consistencyProof(from, to, tileReader(tiles.map((tile) => ({ ...tile, index: Number(tile.index) }))));
  }

  return {
    name,
    note,
    proof,
    /** Another root for a size, signed by the log all the same. */
    lie: (size: number, byte = 7) =>
      signCheckpoint({ origin: name, size, root: Buffer.alloc(32, byte) }, key.privateKey),
    /** What an honest log sends. */
    request: async (from: number, to: number) =>
      formatAddCheckpoint({ oldSize: from, proof: await proof(from, to), checkpoint: await note(to) }),
    /** Appends batches of 16 until the log has this many leaves. */
    async grow(size: number): Promise<void> {
      while (node.worker.size < size) await node.worker.sequence();
    },
  };
}
