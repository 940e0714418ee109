// What peers sent: records in home, refusals in border.

import type { Reader } from '../database.ts';
import { and, desc, drizzleOf, eq, lt, notInArray, type SQL, sql } from '../drizzle.ts';
import { peers, quarantine } from '../tables/border.ts';
import { received } from '../tables/home.ts';

const later = sql`EXISTS (SELECT FROM received l WHERE l.peer = ${received.peer} AND l.id = ${received.id}
  AND l.tick > ${received.tick} AND l.revoked_at IS NULL)`;
const item = {
  peer: received.peer,
  digest: received.digest,
  id: received.id,
  type: received.type,
  tick: received.tick,
  index: received.place,
  level: received.level,
  domain: received.domain,
  band: received.band,
  tlp: received.tlp,
  exercise: received.exercise,
  retracted: received.retracted,
  current: sql<boolean>`NOT ${later} AND ${received.revokedAt} IS NULL`,
  rule: received.rule,
  relay: received.relay,
  fields: received.fields,
  received_at: received.receivedAt,
  warned_at: received.warnedAt,
  revoked_at: received.revokedAt,
};

export type InboxFilter = {
  /** Origin. */
  peer?: string;
  /** Origins of those that are left out. */
  but: readonly string[];
  domain?: string;
  history: boolean;
  exercise: boolean;
  /** Only what the peer warned of. */
  warned: boolean;
  /** Only what changed before this change number. */
  before?: number;
  limit: number;
};

/** Received records, last changed first; `change` is where the next page goes on. */
export async function listInbox(home: Reader, filter: InboxFilter) {
  const where: SQL[] = [eq(received.exercise, filter.exercise)];
  if (filter.peer !== undefined) where.push(eq(received.peer, filter.peer));
  if (filter.but.length > 0) where.push(notInArray(received.peer, [...filter.but]));
  if (filter.domain !== undefined) where.push(eq(received.domain, filter.domain));
  if (filter.warned) where.push(sql`${received.warnedAt} IS NOT NULL`);
  if (!filter.history) where.push(sql`NOT ${later}`);
  if (filter.before !== undefined) where.push(lt(received.change, filter.before));
  return drizzleOf(home)
    .select({ ...item, change: received.change })
    .from(received)
    .where(and(...where))
    .orderBy(desc(received.change))
    .limit(filter.limit);
}

export async function readInboxItem(home: Reader, peer: string, digest: string) {
  const [row] = await drizzleOf(home)
    .select({ ...item, presentation: received.presentation })
    .from(received)
    .where(and(eq(received.peer, peer), eq(received.digest, digest)));
  return row;
}

/** Refusals, newest first. */
export async function listQuarantine(border: Reader, filter: { peer?: string; before?: number; limit: number }) {
  const where: SQL[] = [];
  if (filter.peer !== undefined) where.push(eq(quarantine.peer, filter.peer));
  if (filter.before !== undefined) where.push(lt(quarantine.number, filter.before));
  return drizzleOf(border)
    .select({
      number: quarantine.number,
      peer: peers.name,
      kind: quarantine.kind,
      index: quarantine.place,
      digest: quarantine.digest,
      code: quarantine.code,
      detail: quarantine.detail,
      body: quarantine.body,
      received_at: quarantine.receivedAt,
    })
    .from(quarantine)
    .innerJoin(peers, eq(peers.origin, quarantine.peer))
    .where(and(...where))
    .orderBy(desc(quarantine.number))
    .limit(filter.limit);
}
