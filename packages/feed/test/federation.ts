// Logs of real records, and pages over them, for the tests.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { type IssuedRecord, issueRecord, type Level } from '@detente/record';
import {
  extendTiles,
  type Frontier,
  hashLeaf,
  inclusionProof,
  type ReadNode,
  readFrontier,
  rootOf,
  signCheckpoint,
  type Tile,
  type TileId,
  tileReader,
} from '@detente/tlog';
import {
  composeItems,
  composePage,
  type Held,
  type OwnLate,
  type PeerLog,
  planPage,
  type RelayedLate,
} from '../src/index.ts';

export const DAY = '2026-11-24';
export const TERMS = createHash('sha256').update('terms').digest('base64url');

/** A node with its keys, and a few records that it has issued. */
export class TestNode {
  readonly recordKey = generateKeyPairSync('ed25519');
  readonly logKey = generateKeyPairSync('ed25519');
  readonly kid = createHash('sha256')
    .update(this.recordKey.publicKey.export({ format: 'der', type: 'spki' }))
    .digest('base64url');
  readonly name: string;
  readonly records: IssuedRecord[];

  constructor(name: string, records: number) {
    this.name = name;
    this.records = Array.from({ length: records }, (_, i) => this.issue(i));
  }

  get peer(): PeerLog {
    return {
      iss: `https://${this.name}`,
      log: `${this.name}/log/v1`,
      logKeys: [this.logKey.publicKey],
      recordKeys: new Map([[this.kid, this.recordKey.publicKey]]),
    };
  }

  issue(number: number, kid = this.kid): IssuedRecord {
    return issueRecord(
      {
        iss: `https://${this.name}`,
        id: `1b4e28ba-2fa1-4d3b-a3f5-${number.toString(16).padStart(12, '0')}`,
        type: 'incident/1',
        tlp: 'green',
        tick: number,
        exercise: false,
        retracted: false,
        fields: { kind: 'incident', title: `Incident ${number}`, summary: 'What happened.', language: 'en' },
      },
      { kid, privateKey: this.recordKey.privateKey },
    );
  }
}

export function presentationOf(record: IssuedRecord, level: Level): string {
  return record.token.slice(0, record.lengths[level]);
}

/** The log of a node: records at some indexes, other leaves everywhere else. */
export class TestLog {
  readonly node: TestNode;
  readonly size: number;
  readonly #tiles = new Map<string, Tile>();

  constructor(node: TestNode, size: number, recordAt: (index: number) => IssuedRecord | undefined) {
    this.node = node;
    this.size = size;
    const leaves = Array.from({ length: size }, (_, index) => {
      const record = recordAt(index);
      return hashLeaf(
        record === undefined
          ? createHash('sha256').update(`padding ${index}`).digest()
          : Buffer.from(record.digest, 'base64url'),
      );
    });
    for (const tile of extendTiles(0, leaves, () => undefined)) this.#tiles.set(`${tile.level}/${tile.index}`, tile);
  }

  /** Reads those tiles and no others. */
  reader(ids: Iterable<TileId & { width: number }>): ReadNode {
    return tileReader(
      [...ids].map(({ level, index, width }) => {
        const { bytes } = this.#tiles.get(`${level}/${index}`)!;
        return { level, index, bytes: bytes.subarray(0, width * 32) };
      }),
    );
  }

  get read(): ReadNode {
    return tileReader(this.#tiles.values());
  }

  frontier(size: number): Frontier {
    return readFrontier(size, this.read);
  }

  checkpoint(size: number): string {
    const root = rootOf(this.frontier(size));
    return signCheckpoint({ origin: this.node.peer.log, size, root }, this.node.logKey.privateKey);
  }

  relayed(number: number, index: number, presentation: string, size = this.size): RelayedLate {
    const proof = inclusionProof(index, size, this.read);
    return {
      number,
      log: this.node.peer.log,
      index,
      presentation,
      rule: 'relayed',
      proof,
      checkpoint: this.checkpoint(size),
    };
  }

  /** A page of these records under the checkpoint of `size` leaves. */
  page(input: {
    after: number;
    size?: number;
    until?: number;
    records: readonly { index: number; presentation: string }[];
    complete?: boolean;
    late?: readonly (OwnLate | RelayedLate)[];
    lateAfter?: number;
    inputs?: readonly (string | null)[];
  }): string {
    const { after, size = this.size, until = size, records, complete = true, late = [], lateAfter = 0, inputs } = input;
    const ownLate = late.filter((entry) => !('checkpoint' in entry)).map(({ index }) => index);
    const indexes = records.map(({ index }) => index);
    const plan = planPage({ after, size, until, indexes, complete, late: ownLate });
    const read = this.reader(plan.tiles);
    const items = composeItems(
      plan,
      records.map(({ presentation }) => presentation),
      read,
    );
    const checkpoint = this.checkpoint(size);
    return composePage({
      plan,
      log: this.node.peer.log,
      day: DAY,
      terms: TERMS,
      ...(inputs && { inputs }),
      items,
      checkpoint,
      late,
      lateAfter,
      read,
    });
  }

  held(after: number, change: Partial<Held> = {}): Held {
    return {
      peer: this.node.peer,
      frontier: this.frontier(after),
      lateCursor: 0,
      maxRecords: 1000,
      termsOf: (day) => (day === DAY ? TERMS : undefined),
      ...change,
    };
  }
}
