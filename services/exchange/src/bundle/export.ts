// A bundle for one peer: what it would have pulled and been sent, and no more.

import { signBundle } from '@detente/keys';
import { ProblemError } from '@detente/server';
import {
  endsBehind,
  keepBundleOut,
  lastDescriptors,
  nextSequence,
  type Peer,
  peerNamed,
  readBundleIn,
  readCursor,
  unsentStatements,
  waitingNotices,
  waitingReceipts,
} from '@detente/store/exchange';
import type { Exchange } from '../app.ts';
import { servePage } from '../serve-page.ts';
import { BundleFault } from './fault.ts';
import {
  type BundleContent,
  endOf,
  formatContent,
  formatFile,
  MAX_CARRIED,
  MAX_DESCRIPTORS,
  type Place,
} from './format.ts';

/** Within the budget that a receiver keeps for notices. */
const NOTICES = 100;
const RECEIPTS = 100;
const LIMIT = 1000;

export type Exporter = Pick<Exchange, 'origin' | 'border' | 'keys'>;

export type Exported = {
  text: string;
  peer: string;
  seq: number;
  statements: number;
  receipts: number;
  notices: number;
  pages: number;
  /** Where its pages lead in our log. */
  from: Place;
  next: Place;
  /** Whether there is more than it had room for. */
  more: boolean;
  /** Why it has no pages. */
  withheld: string | null;
};

/** @param name the peer's name or origin
 *  @param at.now milliseconds of the epoch
 *  @param at.from where its pages begin; where the peer's last bundle said that it was, when absent
 *  @throws BundleFault `peer_unknown`, `beyond_log` */
export async function exportBundle(
  exporter: Exporter,
  name: string,
  { now, from }: { now: number; from?: Place },
): Promise<Exported> {
  const { origin, border, keys } = exporter;
  const peer = await peerNamed(border.now, name);
  if (!peer || peer.status === 'expelled')
    throw new BundleFault('peer_unknown', `no peer is called ${name}: detente peer list shows them`);
  const { seen, statements, receipts, notices, start, ends } = await readBefore(exporter, peer, from);
  const carried = { statements, receipts, notices };
  const { pages, end, more, withheld } = await composePages(exporter, peer, {
    ...{ start, ends, isAsked: from !== undefined },
    room: MAX_CARRIED - sizeOf(carried),
  });
  const isFull = more || receipts.length === RECEIPTS || notices.length === NOTICES;
  const content = formatContent(
    {
      bundle: 'detente/bundle/1',
      seen,
      descriptors: await readDescriptors(exporter),
      statements: statements.map(({ jws }) => ({ statement: jws })),
      receipts: receipts.map(({ jws }) => ({ receipt: jws })),
      notices: notices.map(({ kind, body }) => ({ [kind]: body })) as BundleContent['notices'],
      start,
      more: isFull,
    },
    pages.map(({ text }) => text),
  );
  const { seq, jws } = await border.write(async (tx) => {
    const made = Math.floor(now / 1000);
    // The second in which it was made is higher than any number before it, also those that a restored backup does not know.
    const seq = await nextSequence(tx, 'detente-bundle+jwt', peer.origin, made);
    const first = pages.map(({ next }) => next).filter((next) => !ends.includes(next));
    await keepBundleOut(tx, { peer: peer.origin, seq, ends: first }, carried);
    const input = { iss: origin, aud: peer.origin, seq, made, content: Buffer.from(content) };
    return { seq, ...(await signBundle(input, keys.transport)) };
  });
  return {
    text: formatFile(jws, content),
    peer: peer.origin,
    seq,
    statements: statements.length,
    receipts: receipts.length,
    notices: notices.length,
    pages: pages.length,
    from: start,
    next: end,
    more: isFull,
    withheld,
  };
}

/** What is there for the peer beside pages, and where these begin and end. One that is not enrolled is shown the descriptor, as
 *  anybody is. */
async function readBefore({ border }: Exporter, { origin, status }: Peer, from: Place | undefined) {
  return border.read(async (reader) => {
    const last = await readBundleIn(reader, origin);
    const { after, late } = await readCursor(reader, origin);
    const start = from ?? { after: last?.after ?? 0, late: last?.late ?? 0 };
    const told = { seen: { seq: last?.seq ?? 0, after, late }, start };
    if (status === 'pending') return { ...told, ends: [], statements: [], receipts: [], notices: [] };
    return {
      ...told,
      ends: await endsBehind(reader, origin, start.after),
      statements: await unsentStatements(reader, origin),
      receipts: await waitingReceipts(reader, origin, RECEIPTS),
      notices: await waitingNotices(reader, origin, NOTICES),
    };
  });
}

/** Our last ones, read when all else is there: whatever a key has signed, a descriptor shows it. */
async function readDescriptors({ border }: Exporter): Promise<string[]> {
  const descriptors = await lastDescriptors(border.now, MAX_DESCRIPTORS);
  if (descriptors.length > 0) return descriptors;
  throw new BundleFault('peer_unknown', 'this node has no descriptor yet: start its worker once');
}

function sizeOf(carried: Record<string, readonly ({ jws: string } | { body: string })[]>): number {
  const lengths = Object.values(carried).flatMap((all) => all.map((one) => ('jws' in one ? one.jws : one.body).length));
  return lengths.reduce((sum, length) => sum + length, 0);
}

type Pages = { pages: { text: string; next: number }[]; end: Place; more: boolean; withheld: string | null };

/** Pages as the feed gives them, until there are no more or there is no more room. One ends at each place where the peer may be;
 *  what is late comes behind the last of these.
 *  @throws BundleFault `beyond_log` */
async function composePages(
  { origin, border }: Exporter,
  peer: Peer,
  { start, ends, room, isAsked }: { start: Place; ends: readonly number[]; room: number; isAsked: boolean },
): Promise<Pages> {
  const pages: Pages['pages'] = [];
  let end = start;
  let left = room;
  const done = (more: boolean, withheld: string | null = null) => ({ pages, end, more, withheld });
  if (peer.status === 'pending') return done(false, 'the peer is not enrolled here yet');
  for (;;) {
    let page: { next: number; late_next: number; late: { number: number }[] };
    const until = ends.find((place) => place > end.after);
    try {
      const request = { ...end, origin, peer: peer.origin, limit: LIMIT, ...(until !== undefined && { until }) };
      page = JSON.parse(await border.write((tx) => servePage(tx, request)));
    } catch (error) {
      if (!(error instanceof ProblemError && (error.code === 'unavailable' || error.code === 'conflict'))) throw error;
      if (isAsked && error.code === 'conflict') throw new BundleFault('beyond_log', beyond);
      return done(false, error.code === 'conflict' ? shorter : (error.detail ?? noTerms));
    }
    if (page.next === end.after && page.late.length === 0) return done(false);
    // On the wire it is ASCII; here it has the one spelling.
    const text = JSON.stringify(page);
    if (text.length > left && pages.length > 0) return done(true);
    pages.push({ text, next: page.next });
    left -= text.length;
    end = endOf({ start, pages: [page] });
  }
}

const noTerms = 'there are no terms with the peer yet, or no checkpoint';
const beyond = 'the log is not so long: --from takes the place that the peer’s import has named';
const shorter = 'the peer has seen more of the log than is here: restore the newest backup';
