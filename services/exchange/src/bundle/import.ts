// A bundle of a peer taken in: the same steps, in the same code, as when the peer is pulled and calls.

import type { VerifiedPage } from '@detente/feed';
import { bundleIssuer, KeysError, publicKeyOf, thumbprint, verifyBundle } from '@detente/keys';
import { ProblemError } from '@detente/server';
import {
  keepBundleIn,
  markCarried,
  notePullFault,
  type Peer,
  readBundleIn,
  readCursor,
  readPeer,
} from '@detente/store/exchange';
import type { Bringer, Taker } from '../app.ts';
import { type Enrolled, enrolledPeer } from '../enrolled.ts';
import { pullDescriptor, seqOf, verifyShown } from '../jobs/descriptor.ts';
import { pullPage } from '../jobs/pages.ts';
import type { Puller } from '../jobs/pull.ts';
import { faultSentence, PullFault } from '../pull-fault.ts';
import { takeNotice } from '../take-notice.ts';
import { takeReceipt } from '../take-receipt.ts';
import { takeStatement } from '../take-statement.ts';
import { BundleFault } from './fault.ts';
import { fileLine, pageBehind } from './file-line.ts';
import { type BundleContent, endOf, type Place, parseContent, parseFile } from './format.ts';
import { judgeFreshness } from './fresh.ts';

export type Importer = Taker & Puller;

export type Imported = {
  peer: string;
  seq: number;
  /** `same`: it was taken in before; `keys`: first the worker must take in the peer's descriptor; `busy`: the peer's budget for
   *  notices is used up. After the last two it is to be imported again. */
  outcome: 'taken' | 'same' | 'keys' | 'busy';
  statements: number;
  receipts: number;
  notices: number;
  pages: number;
  records: number;
  /** What was refused beside pages, and records that were quarantined. */
  refused: { kind: string; code: string }[];
  /** Why pages were left out. */
  fault: string | null;
  /** How far we are in the peer's log. */
  after: number;
  /** Whether the peer has more than its bundle had room for. */
  more: boolean;
};

/** @param bytes the file
 *  @param more.now milliseconds of the epoch
 *  @throws BundleFault when nothing of it is taken */
export async function importBundle(
  importer: Importer,
  bytes: Buffer,
  { now, maxAgeDays }: { now: number; maxAgeDays: number },
): Promise<Imported> {
  const { border } = importer;
  const file = parseFile(bytes);
  const peer = await senderOf(importer, file.jws);
  const { seq, digest, made } = await verifySealed(importer, peer, file);
  const content = parseContent(file.content);
  const last = await readBundleIn(border.now, peer.origin);
  const freshness = judgeFreshness({ seq, digest, made }, { last, now: now / 1000, maxAgeDays });
  const report = await blank(importer, peer, { seq, content });
  const enrolled = peer.status === 'pending' ? undefined : enrolledPeer(peer);
  if (!enrolled || isBehind(peer, content)) {
    await pullDescriptor(importer, peer, fileLine(content));
    return { ...report, outcome: 'keys' };
  }
  const inItsTime = { ...importer, clock: () => made * 1000, bundled: true };
  if (freshness === 'same') {
    // What was left out before may fit by now.
    await takePages(inItsTime, { peer, enrolled }, { content, report });
    return report.outcome === 'taken' && report.pages === 0 ? { ...report, outcome: 'same' } : report;
  }
  await border.write((tx) => markCarried(tx, peer.origin, content.seen.seq));
  await takeSent(importer, enrolled, { content, report });
  if (report.outcome === 'busy') return report;
  await takePages(inItsTime, { peer, enrolled }, { content, report });
  if (report.outcome !== 'taken') return report;
  const { after, late } = content.seen;
  await border.write((tx) => keepBundleIn(tx, { peer: peer.origin, seq, digest, after, late }));
  return report;
}

async function blank(
  { border }: Importer,
  { origin }: Peer,
  { seq, content }: { seq: number; content: BundleContent },
): Promise<Imported> {
  const { after } = await readCursor(border.now, origin);
  const none = { statements: 0, receipts: 0, notices: 0, pages: 0, records: 0, refused: [], fault: null };
  return { peer: origin, seq, outcome: 'taken', ...none, after, more: content.more };
}

/** @throws BundleFault `signature_refused`, `peer_unknown` */
async function senderOf({ border }: Importer, jws: string): Promise<Peer> {
  const iss = refusing(() => bundleIssuer(jws));
  const peer = await readPeer(border.now, iss);
  if (!peer || peer.status === 'expelled')
    throw new BundleFault('peer_unknown', 'its sender is no peer of this node: add it with detente peer add');
  return peer;
}

/** Under the peer's transport key; or under one that a newer descriptor shows, which its pinned identity key has signed. Nothing
 *  of the content is looked at before, but for that descriptor.
 *  @throws BundleFault `signature_refused`, `for_another` */
async function verifySealed({ origin: aud }: Importer, peer: Peer, { jws, content }: { jws: string; content: Buffer }) {
  const iss = peer.origin;
  const known = (peer.status === 'pending' ? undefined : enrolledPeer(peer))?.keys('transport');
  try {
    const verify = (keyFor: Parameters<typeof verifyBundle>[2]['keyFor']) =>
      verifyBundle(jws, content, { iss, aud, keyFor });
    const { seq, digest, body } = await verify((kid) => known?.get(kid)).catch(async (error: unknown) => {
      if (!(error instanceof KeysError && error.code === 'key_unknown')) throw error;
      const shown = parseContent(content);
      if (!isBehind(peer, shown)) throw error;
      const jwk = (await verifyShown(peer, fileLine(shown))).at(-1)?.keys.transport.jwk;
      return verify((kid) => (jwk && thumbprint(jwk) === kid ? publicKeyOf(jwk) : undefined));
    });
    return { seq, digest, made: body.made };
  } catch (error) {
    if (error instanceof KeysError && error.code === 'audience_unexpected')
      throw new BundleFault('for_another', 'it is for another node: carry it there', { cause: error });
    if (error instanceof BundleFault) throw error;
    return refusing(() => {
      throw error;
    });
  }
}

/** @throws BundleFault `signature_refused` for what the rules of signed things refuse */
function refusing<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof KeysError)) throw error;
    const what =
      error.code === 'key_unknown'
        ? 'its key is not the one that the peer signs with now: ask for a new one'
        : `it is not as its sender signed it (${error.code}): copy it again, or ask for a new one`;
    throw new BundleFault('signature_refused', what, { cause: error });
  }
}

/** Whether it shows a descriptor that is newer than the one that we hold. */
function isBehind({ status, descriptor }: Peer, { descriptors }: BundleContent): boolean {
  if (status === 'pending' || descriptor === null) return true;
  return (seqOf(descriptors[0]!) ?? 0) > (seqOf(descriptor) ?? 0);
}

type Taking = { content: BundleContent; report: Imported };

/** Statements, receipts and notices, each as if the peer had called with it. */
async function takeSent(importer: Importer, peer: Bringer, { content, report }: Taking): Promise<void> {
  const { statements, receipts, notices } = content;
  const take = async (kind: 'statements' | 'receipts' | 'notices', act: () => Promise<unknown>) => {
    try {
      await act();
      report[kind] += 1;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.code === 'rate_limited') report.outcome = 'busy';
      else if (error.code === 'validation_failed' || error.code === 'conflict')
        report.refused.push({ kind, code: error.errors?.[0]?.code ?? error.code });
      else throw error;
    }
  };
  for (const { statement } of statements) await take('statements', () => takeStatement(importer, peer, statement));
  for (const { receipt } of receipts) await take('receipts', () => takeReceipt(importer, peer, receipt));
  for (const notice of notices) await take('notices', () => takeNotice(importer, peer, notice));
}

/** The pages that begin where we are; what we have already is passed over. */
async function takePages(
  importer: Importer,
  { peer, enrolled }: { peer: Peer; enrolled: Enrolled },
  { content, report }: Taking,
): Promise<void> {
  const { border } = importer;
  const { origin } = peer;
  const place = () => readCursor(border.now, origin);
  const landed = (page: VerifiedPage) => {
    report.pages += 1;
    for (const item of [...page.items, ...page.late]) {
      if (item.ok) report.records += 1;
      else report.refused.push({ kind: 'records', code: item.code });
    }
  };
  try {
    let start = content.start;
    for (const page of content.pages) {
      const ours = await place();
      const line = fileLine(content, pageBehind(page, ours.late));
      const fits = ours.after === start.after && ours.late >= start.late;
      if (fits && (page.next > ours.after || page.late_next > ours.late))
        await pullPage({ ...importer, landed }, enrolled, line, () => pullDescriptor(importer, peer, line));
      start = { after: page.next, late: page.late_next };
    }
    const [ours, end] = [await place(), endOf(content)];
    if (ours.after < end.after || ours.late < end.late) throw outOfStep(ours, content.start);
  } catch (error) {
    const sentence = faultSentence(error);
    if (sentence === undefined) throw error;
    report.fault = sentence;
    if (error instanceof PullFault && error.code === 'keys_changed') report.outcome = 'keys';
    await border.write((tx) => notePullFault(tx, origin, sentence));
  }
  report.after = (await place()).after;
}

function outOfStep(ours: Place, start: Place): PullFault {
  const name = ({ after, late }: Place) => (late === 0 ? `${after}` : `${after}:${late}`);
  const where = `its pages begin at ${name(start)} and none where this node is, at ${name(ours)}`;
  const mend = `send the peer a bundle, or ask it for one made with --from ${name(ours)}`;
  return new PullFault('answer_refused', `${where}: ${mend}`);
}
