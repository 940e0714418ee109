// Records of other nodes arrive in border, to be passed on as late items.

import { type Grants, relayedLevel } from '@detente/reciprocity';
import type { Cell, Level } from '@detente/record';
import type { Transaction } from '../database.ts';
import { lockMark, nextLate } from '../late.ts';
import type { OutgoingBody, RelayLine } from './outgoing.ts';

/** Keeps a record and who may have how much of it. Whoever may have more than before gets it as a late item of a new number. Also
 *  called ahead of the carry for what narrows: the same row again is no news. */
export async function applyRelay(tx: Transaction, number: number, body: OutgoingBody['relay']): Promise<void> {
  const { lines, ...record } = body;
  await tx.execute(
    `INSERT INTO relayed (digest, origin, record_id, cell, least, body, lengths, place)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (digest) DO UPDATE SET cell = excluded.cell, body = excluded.body, lengths = excluded.lengths`,
    [
      ...[record.digest, record.origin, record.record_id, record.cell, record.least],
      ...[record.body, record.lengths, record.place],
    ],
  );
  for (const line of [...lines].sort((a, b) => (a.peer < b.peer ? -1 : 1))) {
    await lockMark(tx, line.peer);
    await applyLine(tx, number, record.digest, line);
  }
}

type Held = { number: number; level: number | null; outgoing: number };

async function applyLine(tx: Transaction, outgoing: number, digest: string, line: RelayLine): Promise<void> {
  const { peer, level, followed } = line;
  const [held] = await tx.query<Held>('SELECT number, level, outgoing FROM relays WHERE peer = $1 AND digest = $2', [
    peer,
    digest,
  ]);
  if (held && held.outgoing >= outgoing) return;
  const isMore = !held || (level ?? -1) > (held.level ?? -1);
  const number = isMore ? await nextLate(tx, peer, 1) : held.number;
  await tx.execute(
    `INSERT INTO relays (peer, digest, number, level, followed, outgoing) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (peer, digest) DO UPDATE SET number = excluded.number, level = excluded.level,
       followed = excluded.followed, outgoing = excluded.outgoing`,
    [peer, digest, number, level, followed, outgoing],
  );
}

type Row = {
  digest: string;
  level: Level;
  followed: boolean;
  record_id: string;
  cell: Cell;
  least: number;
};

/** Gives new numbers to what a peer's grants give more of than before; its mark is locked. */
export async function raiseRelays(
  tx: Transaction,
  peer: string,
  { before, after, cells }: { before: Grants; after: Grants; cells: readonly string[] },
): Promise<void> {
  const rows = await tx.query<Row>(
    `SELECT digest, level, followed, record_id, cell, least FROM relays JOIN relayed USING (digest)
     WHERE peer = $1 AND level IS NOT NULL AND cell = ANY ($2::text[]) ORDER BY number`,
    [peer, cells],
  );
  const risen = rows.filter((row) => (relayedLevel(after, row, row) ?? -1) > (relayedLevel(before, row, row) ?? -1));
  if (risen.length === 0) return;
  const first = await nextLate(tx, peer, risen.length);
  await tx.execute(
    `UPDATE relays SET number = $3 + ordinality - 1
     FROM unnest($2::text[]) WITH ORDINALITY AS d (digest, ordinality)
     WHERE peer = $1 AND relays.digest = d.digest`,
    [peer, risen.map(({ digest }) => digest), first],
  );
}
