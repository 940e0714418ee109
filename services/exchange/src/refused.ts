// What a peer brings or shows that is well-formed and refused: evidence, kept under whoever sent it.

import { createHash } from 'node:crypto';
import { MAX_RECORD_LENGTH } from '@detente/record';
import type { Database } from '@detente/store/database';
import { quarantineReceived, type RefusedThing } from '@detente/store/exchange';

/** A refused thing of a peer, with its bytes as received. */
export type Refused = { kind: Exclude<RefusedThing['kind'], 'record'>; code: string; body: string };

export type KeepRefused = (peer: string, refused: Refused) => Promise<void>;

/** Of so many it is known that they are kept already. */
const remembered = 10_000;
/** Milliseconds from one count of what a peer's quota has no room for to the next. */
const countedEvery = 60_000;

/** Keeps what is refused, up to the quota. A peer tries again what we refused, so the same bytes again are passed over for as
 *  long as this process lives: the exchange may not look into the quarantine. Once a peer's quota is used up, it is said once a
 *  minute how many more there were. */
export function refusedKeeper(border: Database, now: () => number = Date.now): KeepRefused {
  const kept = new Set<string>();
  const full = new Map<string, { until: number; more: number }>();
  return async (peer, { kind, code, body }) => {
    const mark = createHash('sha256')
      .update(JSON.stringify([peer, kind, code, body]))
      .digest('base64url');
    if (kept.has(mark)) return;
    if (kept.size >= remembered) kept.clear();
    kept.add(mark);
    const waiting = full.get(peer);
    if (waiting && waiting.until > now()) {
      waiting.more += 1;
      return;
    }
    const thing = { kind, code, digest: null, place: null, detail: '{}', body: storable(body) };
    try {
      const isFull = await border.write((tx) => quarantineReceived(tx, peer, [thing], waiting?.more));
      if (isFull) full.set(peer, { until: now() + countedEvery, more: 0 });
    } catch (error) {
      kept.delete(mark);
      throw error;
    }
  };
}

/** As received where the database can hold it; with anything but visible ASCII, of which nothing signed is made, as a JSON
 *  string: a NUL or half a surrogate pair would stop the page for ever. Of what is longer than any record, its beginning. */
export function storable(received: string): string {
  const beginning = received.slice(0, MAX_RECORD_LENGTH);
  return /^[\x21-\x7e]*$/.test(beginning) ? beginning : JSON.stringify(beginning);
}
