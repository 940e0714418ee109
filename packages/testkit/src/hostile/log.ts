// A log in memory, with pages over it that are right until somebody breaks them.

import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { composeItems, composePage, type FeedPage, planPage } from '@detente/feed';
import { digest } from '@detente/keys';
import { RECORD_TYP } from '@detente/record';
import {
  emptyRoot,
  extendTiles,
  hashLeaf,
  type ReadNode,
  readFrontier,
  rootOf,
  signCheckpoint,
  tileReader,
} from '@detente/tlog';

/** A record of the feed: what is sent for it, at its place in the log. */
export type Listed = { index: number; presentation: string };

export class HostileLog {
  readonly name: string;
  readonly #key: KeyObject;
  readonly #leaves: Buffer[] = [];
  readonly listed: Listed[] = [];

  constructor(name: string, key: KeyObject) {
    this.name = name;
    this.#key = key;
  }

  get size(): number {
    return this.#leaves.length;
  }

  /** Logs a token, and lists it: or `sent` in its place.
   *  @returns its index */
  add(token: string, sent = token): number {
    const index = this.size;
    const signed = token.slice(0, token.indexOf('.', token.indexOf('.') + 1));
    this.#leaves.push(Buffer.from(digest(RECORD_TYP, signed), 'base64url'));
    this.listed.push({ index, presentation: sent });
    return index;
  }

  pad(count: number): void {
    for (let at = 0; at < count; at++) this.#leaves.push(randomBytes(32));
  }

  read(size = this.size): ReadNode {
    return tileReader(extendTiles(0, this.#leaves.slice(0, size).map(hashLeaf), () => undefined));
  }

  checkpoint(size = this.size): string {
    const root = size === 0 ? emptyRoot() : rootOf(readFrontier(size, this.read(size)));
    return signCheckpoint({ origin: this.name, size, root }, this.#key);
  }

  /** A page of what is listed from `after` on, as an honest node would compose it; `late` behind `lateAfter`. */
  page(request: {
    after: number;
    limit?: number;
    size?: number;
    late?: readonly { number: number; listed: Listed; rule?: string }[];
    lateAfter?: number;
    day?: string;
    terms?: string;
  }): FeedPage {
    const { after, limit = 1000, size = this.size, late = [], lateAfter = 0 } = request;
    const waiting = this.listed.filter(({ index }) => index >= after && index < size);
    const items = waiting.slice(0, limit - late.length);
    const plan = planPage({
      ...{ after, size, indexes: items.map(({ index }) => index), complete: items.length === waiting.length },
      late: late.map(({ listed }) => listed.index),
    });
    const read = this.read(size);
    // Composed over names and filled in afterwards: what is sent may be anything, also what no page can be spliced from.
    const text = composePage({
      ...{ plan, log: this.name, read, lateAfter, checkpoint: this.checkpoint(size) },
      ...{ day: request.day ?? new Date().toISOString().slice(0, 10), terms: request.terms ?? digest('terms', '') },
      items: composeItems(
        plan,
        items.map((_, at) => `${at}`),
        read,
      ),
      late: late.map(({ number, listed, rule = 'widened' }) => ({
        number,
        index: listed.index,
        presentation: '',
        rule,
      })),
    });
    const page = JSON.parse(text) as FeedPage;
    for (const item of page.items) if ('record' in item) item.record = items[Number(item.record)]!.presentation;
    for (const [at, item] of page.late.entries()) item.record = late[at]!.listed.presentation;
    return page;
  }
}
